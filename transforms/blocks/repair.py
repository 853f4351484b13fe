"""Repair mojibake, entities, control characters, line ends and Markdown in plain text, reversibly."""

import re
from collections.abc import Iterable, Iterator

import ftfy
from ftfy.badness import is_bad

from transforms.blocks.drop_cap import find_letter_apart, is_drop_cap, space_behind
from transforms.blocks.markdown import HEADING, find_marks
from transforms.blocks.parted import find_parted
from transforms.blocks.repaired import Repaired, take_out
from warehouse.schema.vocabulary import RepairReason

# Quotation marks, ligatures and full-width letters are the outlet's spelling and are kept.
KEEP_STYLE = ftfy.TextFixerConfig(
    unescape_html=True,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    normalization=None,
)
LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
# Control characters, and invisible characters that only split words. Zero-width joiners are kept,
# since Persian and Indic words need them.
CONTROL_OR_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\u00ad\u200b\u2060\ufeff]|\x1b(?:\[[0-9;]*[A-Za-z])?"
)
# What a line can hold that needs a repair, apart from mojibake: these find the lines to look at.
UNUSUAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u00ad\u200b\u2028\u2029\u2060\ufeff]")
LONE_LETTER = re.compile(r"\n[^\S\n]*[\"“„‘'«»¿¡(]?[^\W\d_](?=\s)")
# Mojibake is at most six characters long, and not all of them are ASCII.
MOJIBAKE = 6
NEXT_LINE = re.compile("\n")
BEYOND_ASCII = re.compile(rf"[^\x00-\x7f](?:[\x00-\x7f]{{0,{MOJIBAKE}}}[^\x00-\x7f])*")
SOFT_HYPHEN = "\u00ad"  # at a line's end it parts a word, and the line break goes with it
LONGEST_WORD = 40  # characters of the next line that are examined
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,5}|#x[0-9a-fA-F]{2,5});")


def repair_text(decoded: str) -> tuple[str, tuple[Repaired, ...]]:
    r"""Return the repaired text and all changes, in order.

    In the result lines end in "\n", and there are no control characters, mojibake, HTML entities or
    marks of Markdown. Quotation marks, spaces of all widths and letters are not changed.

    >>> text, repairs = repair_text("Chinaâ€™s apps\r\nTea &amp; rice")
    >>> text
    'China’s apps\nTea & rice'
    >>> [repair.reason for repair in repairs]
    ['mojibake', 'line_end', 'entity']
    >>> from transforms.blocks.repaired import restore_text
    >>> restore_text(text, repairs)
    'Chinaâ€™s apps\r\nTea &amp; rice'
    """
    pieces: list[str] = []
    repairs: list[Repaired] = []
    length = 0
    for original, repaired, reason in _changes(decoded):
        if reason is not None:
            repairs.append(Repaired(length, length + len(repaired), original, reason))
        pieces.append(repaired)
        length += len(repaired)
    text = "".join(pieces)
    marks = find_marks(text)
    return take_out(text, repairs, marks, "markdown") if marks else (text, tuple(repairs))


def find_joins(repairs: Iterable[Repaired]) -> list[int]:
    """Return the places in the repaired text where a word was joined that a line's end had parted."""
    return [
        one.start_char for one in repairs if one.reason == "line_end" and one.start_char == one.end_char
    ]


def find_headings(repairs: Iterable[Repaired]) -> dict[int, int]:
    """Return the places in the repaired text where a heading of Markdown begins, with its level."""
    marks = (
        (one.start_char, HEADING.match(one.original)) for one in repairs if one.reason == "markdown"
    )
    return {start: len(mark["level"]) for start, mark in marks if mark}


def _changes(decoded: str) -> Iterator[tuple[str, str, RepairReason | None]]:
    """Yield the text in pieces: the original, the repaired one, and the reason if they differ."""
    position = 0
    if decoded.startswith("\ufeff"):
        yield "\ufeff", "", "byte_order_mark"
        position = 1
    for start, end in find_parted(decoded):
        yield from _span_of_lines_changes(decoded, position, start)
        yield decoded[start:end], "", "line_end"
        position = end
    yield from _span_of_lines_changes(decoded, position, len(decoded))


def _span_of_lines_changes(
    decoded: str, position: int, stop: int
) -> Iterator[tuple[str, str, RepairReason | None]]:
    """Yield the changes of a span; only lines that may need a repair are looked at one by one."""
    for start, end in _suspects(decoded, position, stop):
        yield decoded[position:start], decoded[position:start], None
        yield from _lines_changes(decoded, start, end)
        position = end
    yield decoded[position:stop], decoded[position:stop], None


def _suspects(decoded: str, position: int, stop: int) -> Iterator[tuple[int, int]]:
    r"""Yield the spans of the lines that may need a repair, with their line ends.

    Lines end in "\n" here. The first line is always one of them.
    """
    places = {position}
    places.update(found.start() for found in UNUSUAL.finditer(decoded, position, stop))
    places.update(found.start() for found in ENTITY.finditer(decoded, position, stop))
    places.update(found.end() - 1 for found in LONE_LETTER.finditer(decoded, position, stop))
    places.update(_damaged(decoded, position, stop))
    end = position
    for place in sorted(places):
        if place >= end:
            start = max(decoded.rfind("\n", position, place) + 1, position)
            end = decoded.find("\n", place, stop) + 1 or stop
            yield start, end


def _damaged(decoded: str, position: int, stop: int) -> Iterator[int]:
    """Yield a place in each line that may contain mojibake; only letters beyond ASCII are looked at."""
    for found in BEYOND_ASCII.finditer(decoded, position, stop) if not decoded.isascii() else ():
        start, end = max(0, found.start() - MOJIBAKE), min(found.end() + MOJIBAKE, stop)
        start += decoded[start : found.start()].rfind("\n") + 1  # some is only at the start of a line
        if is_bad(decoded[start:end]):
            yield found.start()
            lines = NEXT_LINE.finditer(decoded, found.start(), end)
            yield from (line.end() for line in lines if line.end() < stop)


def _lines_changes(
    decoded: str, position: int, stop: int
) -> Iterator[tuple[str, str, RepairReason | None]]:
    """Yield the changes of the lines in a span of the text."""
    for end in LINE_END.finditer(decoded, position, stop):
        line = decoded[position : end.start()]
        if is_drop_cap(line, following := decoded[end.end() : end.end() + LONGEST_WORD]):
            yield line, line.strip() + space_behind(line.strip(), following), "drop_cap"
            yield end.group(), "", "drop_cap"
        else:
            yield from _opening_changes(line)
            parted = line.endswith(SOFT_HYPHEN) and following[:1].isalpha()
            kept = "" if parted else "\n"
            yield end.group(), kept, (None if end.group() == kept else "line_end")
        position = end.end()
    yield from _opening_changes(decoded[position:stop])


def _opening_changes(line: str) -> Iterator[tuple[str, str, RepairReason | None]]:
    """Yield the changes of a line, whose first letter can be separated from its word by a space."""
    apart = find_letter_apart(line)
    if apart is not None:
        yield line[:apart], line[:apart], None
        yield line[apart], "", "drop_cap"
        line = line[apart + 1 :]
    yield from _line_changes(line)


def _line_changes(line: str) -> Iterator[tuple[str, str, RepairReason | None]]:
    position = 0
    for unseen in CONTROL_OR_INVISIBLE.finditer(line):
        yield from _span_changes(line[position : unseen.start()])
        yield unseen.group(), "", "control"
        position = unseen.end()
    yield from _span_changes(line[position:])


def _span_changes(span: str) -> Iterator[tuple[str, str, RepairReason | None]]:
    """Yield the changes of a span without control characters, limited to its damaged middle."""
    reason: RepairReason | None = "entity" if ENTITY.search(span) else None
    reason = "mojibake" if not span.isascii() and is_bad(span) else reason
    if reason is None:
        yield span, span, None
        return
    fixed = CONTROL_OR_INVISIBLE.sub(
        "", LINE_END.sub(" ", ftfy.fix_text(span, KEEP_STYLE))
    )  # "&shy;" is one too
    start, end = _common_ends(span, fixed)
    yield span[:start], span[:start], None
    if span != fixed:
        yield span[start : len(span) - end], fixed[start : len(fixed) - end], reason
    yield span[len(span) - end :], span[len(span) - end :], None


def _common_ends(one: str, other: str) -> tuple[int, int]:
    """Return how many characters two strings share at the start and at the end."""
    shortest = min(len(one), len(other))
    start = next((i for i in range(shortest) if one[i] != other[i]), shortest)
    rest = shortest - start
    end = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    return start, end
