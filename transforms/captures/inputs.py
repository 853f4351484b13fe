"""List the files that the inputs of a run name, in a fixed order."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from transforms.captures.capture import SkipKind
from transforms.captures.folder import walk_folder
from transforms.captures.names import escape_name, unescape_name
from transforms.captures.records import FIELDS

# Files that a browser's "save page" leaves beside the page: never pages themselves.
ASSETS = frozenset(
    "css js mjs map png jpg jpeg gif svg webp avif ico bmp woff woff2 ttf otf eot mp3 mp4".split()
)
# Where a browser puts them; JSON elsewhere may hold records.
ASSETS_FOLDER = re.compile(r"_(?:files|Dateien|fichiers|archivos|file|bestanden|pliki)$")
MAGIC = re.compile(r"[*?\[]")


class InputMissing(Exception):
    """Raised before a run starts if an input matches no file."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How inputs are read: the columns of each field, and whether links out of a folder are followed."""

    columns: dict[str, str] = field(default_factory=dict)
    follow_links: bool = False


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
    """A file to read or skip; `path` is its name in the file system."""

    source_uri: str
    path: str
    file_system: Any
    columns: Mapping[str, str] = field(default_factory=dict)
    skip: SkipKind | None = None


def list_inputs(inputs: Iterable[str], options: ReadingOptions = READ_AS_USUAL) -> list[InputFile]:
    """Return the files that files, folders (recursive), globs and URLs name, each once, by name.

    In folders these are marked to be skipped: hidden files, a saved page's assets, links that lead out
    of the folder or to a folder, pipes and devices. A file that is named itself is always taken. Raises
    InputMissing for an input that names nothing to read.
    """
    found = {file.source_uri: file for given in inputs for file in _expand(given, options)}
    return [found[name] for name in sorted(found)]


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


def _expand(given: str, options: ReadingOptions) -> Iterator[InputFile]:
    try:
        file_system, path = url_to_fs(given)
        if not file_system.exists(path):
            given, path = unescape_name(given), unescape_name(path)
    except (ValueError, ImportError) as error:
        raise InputMissing(f"{given}: {error}") from error
    files = list(_files(given, file_system, path, options))
    if all(file.skip for file in files):
        kinds = sorted({file.skip or "" for file in files})
        skipped = f" ({len(files)} skipped: {', '.join(kinds)})" if files else ""
        raise InputMissing(f"{escape_name(given)}: no file there to read{skipped}; check the path")
    yield from files


def _files(given: str, file_system: Any, path: str, options: ReadingOptions) -> Iterator[InputFile]:
    is_pattern = bool(MAGIC.search(given)) and not file_system.exists(path)
    if not is_pattern and not file_system.isdir(path):
        if file_system.exists(path):
            skip = None if file_system.isfile(path) else "pipes, sockets and devices"
            yield InputFile(_tidy(given), path, file_system, options.columns, skip)  # type: ignore[arg-type]
        return
    root_given, root = (
        (_static_part(given), _static_part(path))
        if is_pattern
        else (given.rstrip("/"), path.rstrip("/"))
    )
    for name, skip in _found(file_system, path, root, is_pattern, options.follow_links):
        uri = _tidy(root_given + name[len(root) :])
        yield InputFile(uri, name, file_system, options.columns, skip or skip_kind(name))


def _found(
    file_system: Any, path: str, root: str, is_pattern: bool, follow_links: bool
) -> Iterator[tuple[str, SkipKind | None]]:
    """Yield the files below a folder, or that match a pattern, and why any of them is skipped."""
    if is_pattern:
        names = [name for name in file_system.glob(path) if not file_system.isdir(name)]
    elif isinstance(file_system, LocalFileSystem):
        yield from walk_folder(root, follow_links)
        return
    else:
        names = file_system.find(path)
    yield from ((name, None) for name in names)


def _static_part(pattern: str) -> str:
    match = MAGIC.search(pattern)
    return pattern[: match.start()] if match else pattern


def _tidy(uri: str) -> str:
    """Remove a leading './', so that one file has one name, and escape bytes that are not UTF-8."""
    return escape_name(uri.removeprefix("./") or uri)
