"""From the inputs of a run to the files they name, in a fixed order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from fsspec.core import url_to_fs

# Files that a browser's "save page" leaves beside the page: never pages themselves.
ASSETS = frozenset(
    "css js mjs map json png jpg jpeg gif svg webp avif ico bmp woff woff2 ttf otf eot mp3 mp4".split()
)
MAGIC = re.compile(r"[*?\[]")


class InputMissing(Exception):
    """An input names nothing: a wrong call, found before anything is done."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read; `path` is what its file system calls it."""

    source_uri: str
    path: str
    file_system: Any


def list_inputs(inputs: Iterable[str]) -> list[InputFile]:
    """Return the files that files, folders (recursive), globs and URLs name, each once, by name.

    Hidden files and, in folders, a saved page's assets are left out; a file that is named
    itself is always taken. Raises InputMissing for an input that names nothing.
    """
    found = {file.source_uri: file for given in inputs for file in _expand(given)}
    return [found[name] for name in sorted(found)]


def is_asset(path: str) -> bool:
    """Say whether a file found in a folder is hidden or part of a saved page's furniture.

    >>> is_asset("pages/a_files/site.css"), is_asset("pages/.DS_Store"), is_asset("pages/a.html")
    (True, True, False)
    """
    name = PurePosixPath(path)
    return name.name.startswith(".") or name.suffix.lower().lstrip(".") in ASSETS


def _expand(given: str) -> Iterator[InputFile]:
    try:
        file_system, path = url_to_fs(given)
    except (ValueError, ImportError) as error:
        raise InputMissing(f"{given}: {error}") from error
    if MAGIC.search(given) and not file_system.exists(path):
        root_given, root = _static_part(given), _static_part(path)
        paths = [name for name in file_system.glob(path) if not is_asset(name)]
    elif file_system.isdir(path):
        root_given, root = given.rstrip("/"), path.rstrip("/")
        paths = [name for name in file_system.find(path) if not is_asset(name)]
    else:
        root_given, root = given, path
        paths = [path] if file_system.exists(path) else []
    if not paths:
        raise InputMissing(f"{given}: no file there to read; check the path")
    for name in paths:
        tail = name[len(root) :]
        if file_system.isfile(name):
            yield InputFile(_tidy(root_given + tail), name, file_system)


def _static_part(pattern: str) -> str:
    match = MAGIC.search(pattern)
    return pattern[: match.start()] if match else pattern


def _tidy(uri: str) -> str:
    """Drop a leading './', so that one file has one name."""
    return uri.removeprefix("./") or uri
