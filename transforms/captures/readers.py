"""Read the captures in one file; its bytes decide on its format, not its name."""

import io
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from transforms.captures.archived_page import with_own_address
from transforms.captures.capture import CannotRead, Outcome, RawCapture, Skipped, Unread
from transforms.captures.formats import find_format
from transforms.captures.inputs import InputFile
from transforms.captures.limits import MAX_NESTING, Allowance, Metered
from transforms.captures.press.dump import split_dump
from transforms.captures.source import BUFFER, Source, guarded
from transforms.language.well_formed import replace_surrogates


def read_captures(file: InputFile) -> Iterator[Outcome]:
    """Yield the outcomes of one file, at least one; an unreadable part is one with its reason."""
    if file.skip:
        yield Skipped(file.source_uri, file.skip)
        return
    is_empty = True
    for outcome in guarded(file.source_uri, lambda: _read_file(file)):
        is_empty = False
        own = with_own_address(outcome) if isinstance(outcome, RawCapture) else outcome
        yield _well_formed(own)
    if is_empty:
        yield Unread(file.source_uri, "empty", "it holds no files, rows or records")


def read_source(source: Source) -> Iterator[Outcome]:
    """Yield the captures of a stream by its format, and each article of an export."""
    yield from guarded(source.uri, lambda: _read_source(source))


def _read_file(file: InputFile) -> Iterator[Outcome]:
    try:
        opened = file.file_system.open(file.path, "rb")
    except OSError as error:
        raise CannotRead(
            "unreadable", f"{error.strerror or error}; check that it can be read"
        ) from error
    allowance = Allowance()
    with opened:
        stream = Metered(
            opened, allowance, is_expanded=False, reason="unreadable", fault="reading failed"
        )
        yield from read_source(
            Source(file.source_uri, io.BufferedReader(stream, BUFFER), allowance, file.columns)
        )


def _read_source(source: Source) -> Iterator[Outcome]:
    if source.depth > MAX_NESTING:
        raise CannotRead("too_deep", f"archives nested more than {MAX_NESTING} deep")
    for outcome in find_format(source).read(source, read_source):
        yield from split_dump(outcome) if outcome.source_uri == source.uri else (outcome,)


def _well_formed(outcome: Outcome) -> Outcome:
    """Return an outcome whose strings are valid Unicode, so that tables can store them."""
    texts: dict[str, Any] = {
        field.name: replace_surrogates(text)
        for field in fields(outcome)
        if isinstance(text := getattr(outcome, field.name), str) and not text.isascii()
    }
    return replace(outcome, **texts) if texts else outcome
