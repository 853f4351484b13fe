"""Find the text between quotation marks, of all kinds and also when they do not match."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from transforms.facts.quotes import rules
from transforms.language.scripts import HAN_OR_HIRAGANA, IS_HANGUL
from transforms.language.span import Span

# The closing marks of each opening mark; the first is the regular one, the others also occur.
CLOSERS = {
    "“": '”"“',
    "”": "”",
    "„": '“”"',
    "‘": "’'",
    "‚": "‘’",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "《": "》",
    '"': '"”',
    "'": "'’",
}
JOINED_SCRIPTS = re.compile(
    rf"{HAN_OR_HIRAGANA.pattern}|{IS_HANGUL.pattern}"
)  # a particle comes at once
ONLY_OPEN = "„‚‘「『《“"
ONLY_CLOSE = "」』》’"
QUOTE_MARK = re.compile("[" + "".join(CLOSERS) + "’」』》" + "]")
BEFORE_OPENING = "([{-–—/:：=，,。、（>"
CLIPPED = re.compile(r"(?:\d\ds?|tis|twas|em|til|cause|cos|n|bout|round)\b", re.IGNORECASE)  # ’90s, ’em
MOST_PARAGRAPHS = 12  # a longer quotation is a stray mark
MOST_UNMARKED = 3  # paragraphs of a quotation that do not repeat its mark
FURTHEST_CLOSE = 4000  # characters
MOST_LATER = 200  # marks of a line that are searched for a closing one
MOST_OPEN = 50  # nested quotations; more are stray marks


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quoted words: their span with the marks (`outer`) and without (`inner`), and how the marks pair.

    `pairing` is None if there is no closing mark.
    """

    outer: Span
    inner: Span
    mark: str
    pairing: rules.QuoteRule | None


@dataclass(slots=True)
class _Open:
    """A quotation whose closing mark has not been found yet."""

    start: int
    inner_start: int
    mark: str
    closers: str
    paragraphs: int = 1


@dataclass(slots=True)
class _Scan:
    """The state of a scan: open quotations, innermost last, and complete ones."""

    text: str
    open: list[_Open] = field(default_factory=list)
    found: list[Quoted] = field(default_factory=list)

    def close(self, depth: int, end: int, mark_end: int, pairing: rules.QuoteRule) -> None:
        opened = self.open[depth]
        del self.open[depth:]
        inner = Span(opened.inner_start, end)
        if not depth and inner.of(self.text).strip():
            if opened.paragraphs > 1:
                pairing = rules.MARKS_OVER_PARAGRAPHS
            self.found.append(
                Quoted(Span(opened.start, mark_end), _strip(self.text, inner), opened.mark, pairing)
            )


def find_quoted(text: str) -> list[Quoted]:
    """Return the text between quotation marks, outermost only, paragraph by paragraph.

    A quotation continues over paragraphs that repeat its opening mark. Marks of two kinds pair if no
    mark of the same kind closes the quotation. Apostrophes, inches and feet are ignored. A quotation
    without a closing mark ends with its paragraph; its `pairing` is None.

    >>> text = "He stated ‘we will fight,\\"\\nthe ‘”clean up” isn’t 5'4\\" tall, the workers’ “no.”"
    >>> [(quoted.inner.of(text), quoted.pairing.name) for quoted in find_quoted(text)]
    [('we will fight,', 'mixed_marks'), ('clean up', 'paired_marks'), ('no.', 'paired_marks')]
    """
    text = _with_single_marks(text)
    scan = _Scan(text)
    lines = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        _scan_line(scan, line)
        _end_line(scan, line, following)
    return scan.found


def _with_single_marks(text: str) -> str:
    """Return a text of the same length in which two commas that open Dutch quotations are one mark."""
    if ",," not in text:
        return text
    text = re.sub(r"(?<!,),,(?=[\w.])", " „", text)
    return re.sub(r"(?<=[\w.,!?…])(?:''|’’)(?!\w)", "” ", text)


def _scan_line(scan: _Scan, line: Span) -> None:
    marks = [match.start() for match in QUOTE_MARK.finditer(scan.text, line.start, line.end)]
    if scan.open and marks and marks[0] == line.start:
        marks = marks[1:]  # the opening mark repeated
    for i, at in enumerate(marks):
        _read_mark(scan, at, marks[i + 1 : i + 1 + MOST_LATER], line)


def _read_mark(scan: _Scan, at: int, later: Sequence[int], line: Span) -> None:
    text, mark = scan.text, scan.text[at]
    before, after = text[max(line.start, at - 1) : at], text[at + 1 : min(line.end, at + 2)]
    if _is_apostrophe(text, at, before, after):
        return
    if scan.open and scan.open[-1].inner_start == at and mark not in ONLY_OPEN and mark not in "\"'":
        scan.open[-1].inner_start += 1  # ‘” and ‘’ are one mark, mistyped
        scan.open[-1].closers += "”" if mark == "”" else "’"
        return
    can_open, can_close = _can_open(mark, before, after), _can_close(mark, before, after)
    if mark in "“”" and before.isspace() and not after.strip() and "„" not in line.of(text):
        can_open, can_close = mark == "“" and any(text[one] == "”" for one in later), mark == "”"
    depth = _matching(scan.open, mark) if can_close else None
    if depth is not None and not (can_open and mark in ONLY_OPEN and scan.open[depth].mark == mark):
        if not _is_possessive(text, at, scan.open[depth], later):
            scan.close(depth, at, at + 1, rules.PAIRED_MARKS)
    elif can_open and len(scan.open) < MOST_OPEN:
        scan.open.append(_Open(at, at + 1, mark, CLOSERS[mark]))
    elif can_close and scan.open and mark not in "'’" and not _closes_later(text, scan.open[-1], later):
        scan.close(len(scan.open) - 1, at, at + 1, rules.MIXED_MARKS)


def _matching(opened: Sequence[_Open], mark: str) -> int | None:
    """Return the index of the innermost open quotation that a mark can close, or None."""
    innermost_first = range(len(opened) - 1, -1, -1)
    return next((depth for depth in innermost_first if mark in opened[depth].closers), None)


def _can_open(mark: str, before: str, after: str) -> bool:
    if mark in ONLY_CLOSE or not after:
        return False
    if mark in ONLY_OPEN:
        return True
    starts = not before or before.isspace() or before in BEFORE_OPENING or bool(QUOTE_MARK.match(before))
    if mark == "«":
        return starts or after.isspace()
    return (starts or bool(HAN_OR_HIRAGANA.match(before))) and not after.isspace()


def _can_close(mark: str, before: str, after: str) -> bool:
    if mark in "„‚「『《" or not before:
        return False
    ends = not after or not after.isalnum() or bool(JOINED_SCRIPTS.match(after))
    if mark == "»":
        return True
    return not before.isspace() and (ends or mark in "”」』》")


def _is_apostrophe(text: str, at: int, before: str, after: str) -> bool:
    """Return True if a mark is an apostrophe or the sign of feet or inches."""
    mark = text[at]
    if mark not in "'’‘\"":
        return False
    if mark == "‘" and re.search(r"\d\.?$", text[max(0, at - 2) : at]):
        return True  # 72.‘, a minute in German sports reports
    if before.isdigit() and mark in "'\"" and re.search(r"\d['’]?\d*$", text[max(0, at - 5) : at]):
        return (not after.isspace() and bool(after)) or bool(
            re.search(r"\d['’]\d+$", text[max(0, at - 5) : at])
        )
    if mark == '"':
        return False
    if before.isalnum() and after.isalnum() and not HAN_OR_HIRAGANA.match(before):
        return True
    opens_word = not before or not before.isalnum()
    return opens_word and mark != "‘" and bool(CLIPPED.match(text, at + 1)) and before not in ("‘", "'")


def _is_possessive(text: str, at: int, opened: _Open, later: Sequence[int]) -> bool:
    """Return True if ’ after an s is a possessive ("workers’ rights") and does not end the quotation."""
    if text[at] not in "'’" or text[at - 1] != "s" or text[at + 1 : at + 2] != " ":
        return False
    closing = [one for one in later if text[one] in opened.closers and text[one - 1] in ",.!?"]
    reopened = [one for one in later if text[one] == opened.mark and text[one - 1] == " "]
    return bool(closing) and not (reopened and reopened[0] < closing[0])


def _closes_later(text: str, opened: _Open, later: Iterable[int]) -> bool:
    return any(
        text[one] in opened.closers and _can_close(text[one], text[one - 1], text[one + 1 : one + 2])
        for one in later
    )


def _end_line(scan: _Scan, line: Span, following: Span | None) -> None:
    if not scan.open:
        return
    first = scan.open[0]
    if _goes_on(scan.text, line, following, first):
        first.paragraphs += 1
        del scan.open[1:]
    elif first.paragraphs > 1:
        scan.close(0, line.end, line.end, rules.MARKS_OVER_PARAGRAPHS)
    else:
        _salvage(scan, line)


def _goes_on(text: str, line: Span, following: Span | None, opened: _Open) -> bool:
    """Return True if a quotation continues in the next paragraph, which repeats or closes its mark."""
    if following is not None and text[following.start] == opened.mark:
        return opened.paragraphs < MOST_PARAGRAPHS and line.end - opened.start < FURTHEST_CLOSE
    return opened.paragraphs <= MOST_UNMARKED and _closes_below(text, line.end, opened)


def _closes_below(text: str, start: int, opened: _Open) -> bool:
    """Return True if the next mark closes a quotation that does not repeat its opening mark."""
    below = re.compile(r"[“”]").search(text, start, start + FURTHEST_CLOSE)
    is_curly = opened.mark == "“" and below is not None and below[0] == "”"
    return is_curly and below is not None and text.count("\n", start, below.start()) <= 2 * MOST_UNMARKED


def _salvage(scan: _Scan, line: Span) -> None:
    """Drop an opening mark that is never closed, and keep the complete quotations after it."""
    first = scan.open[0]
    scan.open.clear()
    rest = Span(first.inner_start, line.end)
    inside = _Scan(scan.text)
    _scan_line(inside, rest)
    if inside.found:
        scan.found.extend(inside.found)
    elif rest.of(scan.text).strip():
        scan.found.append(Quoted(Span(first.start, line.end), _strip(scan.text, rest), first.mark, None))


def _strip(text: str, span: Span) -> Span:
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))
