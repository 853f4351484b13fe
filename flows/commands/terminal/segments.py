"""Print a document line by line: what was kept (+), taken as data (=) or removed (-)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from flows.commands.output import plain
from flows.commands.terminal.table import cut, one_line

Segment = dict[str, Any]
# Metadata is removed from the text but stored in separate columns.
METADATA_ROLES = ("title", "byline", "published")
STYLES = {"+": "", "=": "cyan", "-": "red"}
FOLDED = 3  # removed lines in a row that become one
WIDEST = 100  # terminal cells of a line of text
INDENT = 2
SAMPLE = 34  # terminal cells of the first and the last line of a fold


def sign_of(segment: Segment) -> str:
    """Return the sign of a segment.

    >>> sign_of({"is_kept": False, "role": "title"})
    '='
    """
    if segment["is_kept"]:
        return "+"
    return "=" if segment["role"] in METADATA_ROLES else "-"


def print_folded(segments: Sequence[Segment], out: Console) -> bool:
    """Print segments with their text; a run of removed lines is one line.

    Returns True if there was such a run.
    """
    shown, folded = (one for one in segments if one["role"] != "blank"), False
    for sign, run in groupby(shown, sign_of):
        listed = list(run)
        if sign == "-" and len(listed) >= FOLDED:
            folded = True
            out.print(_fold(listed), soft_wrap=True)
            continue
        for one in listed:
            label = {"+": "", "=": one["role"], "-": f"{one['role']}: {one['rule']}"}[sign]
            _print_text(one["text"], f"{sign} ", STYLES[sign], label, out)
    return folded


def print_evidence(segments: Sequence[Segment], out: Console) -> None:
    """Print every segment with its role, rule and score, its text, and the reasons for the score.

    The sentence of a rule is printed with the first segment that it decided.
    """
    explained: set[str] = set()
    for one in segments:
        if one["role"] == "blank":
            continue
        sign = sign_of(one)
        label = Text(
            f"{sign} {one['role']:15}{one['rule']} ({one['score']:.2f})", f"bold {STYLES[sign]}"
        )
        if one["rule"] not in explained and one["rule_sentence"]:
            label.append(f"  {one['rule_sentence']}", "not bold dim default")
        explained.add(one["rule"])
        out.print(label, soft_wrap=True)
        _print_text(one["text"], "    ", STYLES[sign], "", out)
        if one["reasons"]:
            _print_text("; ".join(one["reasons"]), "    ", "dim italic", "", out)


def _fold(segments: Sequence[Segment]) -> Text:
    """Return a run of removed lines as one line: how many of which role, the first and the last."""
    roles = Counter(one["role"].replace("_", " ") for one in segments).most_common()
    ends = (segments[0]["text"], segments[-1]["text"])
    first, last = (cut(one_line(plain(text.strip())), SAMPLE).rstrip() for text in ends)
    told = Text(f"- {len(segments)} lines removed: ", STYLES["-"])
    told.append(", ".join(f"{number} {role}" for role, number in roles))
    return told.append(f"  {first} … {last}", "dim default")


def _print_text(text: str, start: str, style: str, label: str, out: Console) -> None:
    """Print a text after the start of its first line, wrapped on a terminal, and a label at its end."""
    lines = text.strip().split("\n")
    for at, line in enumerate(lines):
        whole = Text(plain(line), style)
        if label and at == len(lines) - 1:
            whole.append(f"  [{label}]", "dim default")
        for number, piece in enumerate(_wrap(whole, out)):
            is_first = at == number == 0
            out.print(Text(start if is_first else " " * len(start), style) + piece, soft_wrap=True)


def _wrap(text: Text, out: Console) -> Iterable[Text]:
    """Return the lines of a text as wide as the terminal has room; on a file or pipe one line."""
    if not out.is_terminal:
        return [text]
    return _stripped(text.wrap(out, max(20, min(out.width, WIDEST) - 2 * INDENT)))


def _stripped(lines: Iterable[Text]) -> Iterator[Text]:
    for line in lines:
        line.rstrip()
        yield line
