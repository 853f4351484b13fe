"""Find the files that the inputs of a run name."""

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from transforms.captures.capture import SkipKind
from transforms.captures.folder import walk_folder
from transforms.captures.names import escape_name, unescape_name
from transforms.captures.records import FIELDS
from transforms.captures.values import without_password

# Files that a browser's "save page" leaves beside the page: never pages themselves.
ASSETS = frozenset(
    "css js mjs map png jpg jpeg gif svg webp avif ico bmp woff woff2 ttf otf eot mp3 mp4".split()
)
# Where a browser puts them; JSON elsewhere may hold records.
ASSETS_FOLDER = re.compile(r"_(?:files|Dateien|fichiers|archivos|file|bestanden|pliki)$")
MAGIC = re.compile(r"[*?\[]")
# The coarsest clock of a file system in use counts in steps of 2 s: of a file that changed later than
# that before it was listed, a second change may not show.
NANOSECONDS_TO_SETTLE = 2_000_000_000


class InputMissing(Exception):
    """Raised before a run starts if an input matches no file."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How inputs are read.

    `columns` names the columns of each field. With `follow_links`, links out of a folder are followed;
    with `verify`, files are read again even if their size and time are as they were.
    """

    columns: dict[str, str] = field(default_factory=dict)
    follow_links: bool = False
    verify: bool = False


READ_AS_USUAL = ReadingOptions()


def read_columns(given: str) -> dict[str, str]:
    """Return the columns that the user names, by field; raise ValueError if the text is malformed.

    >>> read_columns("text=Body, url=Link")
    {'text': 'Body', 'url': 'Link'}
    """
    pairs = [part.partition("=") for part in given.split(",")]
    columns = {field.strip().lower(): column.strip() for field, _, column in pairs}
    if not all(columns.values()) or not columns.keys() <= set(FIELDS):
        raise ValueError(f"expected FIELD=COLUMN, ... with the fields {', '.join(FIELDS)}: {given}")
    return columns


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read or skip; `path` is its name in the file system.

    `stamp` has its size and the time of its last change, or its size and ETag in an object store. It is
    None if these cannot tell whether the file has changed.
    """

    source_uri: str
    path: str
    file_system: Any
    columns: Mapping[str, str] = field(default_factory=dict)
    skip: SkipKind | None = None
    stamp: str | None = None

    @property
    def is_local(self) -> bool:
        """Return True if the file is on this machine's disks."""
        return isinstance(self.file_system, LocalFileSystem)


def list_inputs(inputs: Iterable[str], options: ReadingOptions = READ_AS_USUAL) -> Iterator[InputFile]:
    """Yield the files that files, folders (recursive), globs and URLs name, as they are found.

    A file that two inputs name comes twice. In folders these are marked to be skipped: hidden files, a
    saved page's assets, links that lead out of the folder or to a folder, pipes and devices. A file that
    is named itself is always taken. Raises InputMissing for an input that names nothing to read.
    """
    for given in inputs:
        yield from _expand(given, options)


def require_inputs(inputs: Iterable[str], options: ReadingOptions = READ_AS_USUAL) -> None:
    """Raise InputMissing for an input that names nothing to read; look no further than one file."""
    for given in inputs:
        next(file for file in _expand(given, options) if not file.skip)


def skip_kind(path: str) -> SkipKind | None:
    """Return why a file found in a folder or archive is skipped by its name, or None.

    >>> skip_kind("pages/a_files/site.css"), skip_kind("pages/.DS_Store"), skip_kind("pages/a.html")
    ('parts of saved pages', 'hidden files', None)
    """
    name = PurePosixPath(path)
    if name.name.startswith(".") or "__MACOSX" in name.parts:
        return "hidden files"
    ending = name.suffix.lower().lstrip(".")
    in_assets = ending == "json" and ASSETS_FOLDER.search(name.parent.name)
    return "parts of saved pages" if ending in ASSETS or in_assets else None


def stamp_file(size: int, changed_ns: int, now_ns: int) -> str | None:
    """Return the stamp of a local file from its size in bytes and its time of change, None if it is new.

    >>> stamp_file(78, changed_ns=0, now_ns=9_000_000_000), stamp_file(78, 8_000_000_000, 9_000_000_000)
    ('78 0', None)
    """
    return f"{size} {changed_ns}" if changed_ns <= now_ns - NANOSECONDS_TO_SETTLE else None


def _expand(given: str, options: ReadingOptions) -> Iterator[InputFile]:
    """Yield the files of an input; raise InputMissing at the end if none of them is to be read."""
    try:
        file_system, path = url_to_fs(given)
        if not file_system.exists(path):
            given, path = unescape_name(given), unescape_name(path)
    except (ValueError, ImportError) as error:
        raise InputMissing(f"{given}: {error}") from error
    kinds: Counter[SkipKind | None] = Counter()
    for file in _files(given, file_system, path, options):
        kinds[file.skip] += 1
        yield file
    if not kinds[None]:
        told = ", ".join(sorted(kind for kind in kinds if kind))
        skipped = f" ({kinds.total()} skipped: {told})" if told else ""
        raise InputMissing(f"{escape_name(given)}: no file there to read{skipped}; check the path")


def _files(given: str, file_system: Any, path: str, options: ReadingOptions) -> Iterator[InputFile]:
    is_pattern = bool(MAGIC.search(given)) and not file_system.exists(path)
    if not is_pattern and not file_system.isdir(path):
        if file_system.exists(path):
            is_file = file_system.isfile(path)
            skip: SkipKind | None = None if is_file else "pipes, sockets and devices"
            stamp = _stamp(file_system, path, file_system.info(path))
            yield InputFile(_tidy(given), path, file_system, options.columns, skip, stamp)
        return
    root_given, root = (
        (_static_part(given), _static_part(path))
        if is_pattern
        else (given.rstrip("/"), path.rstrip("/"))
    )
    for name, skip, stamp in _found(file_system, path, root, is_pattern, options.follow_links):
        uri = _tidy(root_given + name[len(root) :])
        yield InputFile(uri, name, file_system, options.columns, skip or skip_kind(name), stamp)


def _found(
    file_system: Any, path: str, root: str, is_pattern: bool, follow_links: bool
) -> Iterator[tuple[str, SkipKind | None, str | None]]:
    """Yield the files below a folder, or that match a pattern: path, why it is skipped, and stamp."""
    if isinstance(file_system, LocalFileSystem) and not is_pattern:
        for name, skip in walk_folder(root, follow_links):
            yield name, skip, None if skip else _stamp_local(name)
        return
    listed = file_system.glob(path, detail=True) if is_pattern else file_system.find(path, detail=True)
    for name, info in listed.items():
        if not (is_pattern and file_system.isdir(name)):
            yield name, None, _stamp(file_system, name, info)


def _stamp(file_system: Any, path: str, info: Mapping[str, Any]) -> str | None:
    if isinstance(file_system, LocalFileSystem):
        return _stamp_local(path)
    etag = info.get("ETag") or info.get("etag")
    return f"{info['size']} {etag}" if etag else None


def _stamp_local(path: str) -> str | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return stamp_file(found.st_size, found.st_mtime_ns, time.time_ns())


def _static_part(pattern: str) -> str:
    match = MAGIC.search(pattern)
    return pattern[: match.start()] if match else pattern


def _tidy(uri: str) -> str:
    """Remove a leading './', so that one file has one name, and a password; escape what is not UTF-8."""
    return escape_name(without_password(uri.removeprefix("./") or uri))
