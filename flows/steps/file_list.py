"""The list of the files of a run, in the staging folder: it may be longer than fits in memory."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows.steps.run_context import RunContext
from transforms.captures.inputs import READ_AS_USUAL, InputFile, ReadingOptions, list_inputs
from warehouse.connection import connect
from warehouse.input_files import LISTED_SCHEMA, write_listed
from warehouse.parts import in_parts
from warehouse.paths import Layout

FILES_AT_ONCE = 10_000  # in memory, of a list on disk


@dataclass(frozen=True, slots=True)
class FileList:
    """Files to read or skip, each once, in the order of their names.

    `file` is a Parquet file with the columns of LISTED_SCHEMA. `file_systems` are those that its rows
    number, and `columns` are those that the user names.
    """

    file: Path
    file_systems: tuple[Any, ...]
    columns: Mapping[str, str]

    def __len__(self) -> int:
        rows: int = pq.read_metadata(self.file).num_rows
        return rows

    def __iter__(self) -> Iterator[InputFile]:
        with pq.ParquetFile(self.file) as opened:
            for part in opened.iter_batches(FILES_AT_ONCE):
                yield from map(self._file, part.to_pylist())

    def _file(self, row: dict[str, Any]) -> InputFile:
        path = row.pop("path").decode("utf-8", "surrogateescape")
        file_system = self.file_systems[row.pop("file_system")]
        return InputFile(**row, path=path, file_system=file_system, columns=self.columns)


def write_file_list(
    run: RunContext, inputs: Iterable[str], options: ReadingOptions = READ_AS_USUAL
) -> FileList:
    """Write the list of the files that the inputs of a run name; those of its warehouse are skipped.

    Raises InputMissing for an input that names nothing to read.
    """
    numbers: dict[Any, int] = {}
    run.staging.folder.mkdir(parents=True, exist_ok=True)
    with connect(run.staging.spill) as db:
        files = _without_own(run.layout, list_inputs(inputs, options))
        tables = (_tabulate(part, numbers) for part in in_parts(files, FILES_AT_ONCE))
        write_listed(db, run.staging, tables)
    return FileList(run.staging.listed, tuple(numbers), options.columns)


def _without_own(layout: Layout, files: Iterable[InputFile]) -> Iterator[InputFile]:
    """Yield the files, those of the warehouse itself marked to be skipped."""
    for file in files:
        is_own = file.skip is None and file.is_local and layout.owns(file.path)
        yield replace(file, skip="files of the warehouse") if is_own else file


def _tabulate(files: Iterable[InputFile], numbers: dict[Any, int]) -> pa.Table:
    """Return files as rows; a file system that is new gets the next number."""
    rows = [
        {
            "source_uri": file.source_uri,
            "path": file.path.encode("utf-8", "surrogateescape"),
            "file_system": numbers.setdefault(file.file_system, len(numbers)),
            "skip": file.skip,
            "stamp": file.stamp,
        }
        for file in files
    ]
    return pa.Table.from_pylist(rows, schema=LISTED_SCHEMA)
