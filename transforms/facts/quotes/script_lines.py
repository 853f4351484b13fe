"""Find what persons say in a script or an interview: lines that begin with a name and a colon."""

import re
from collections.abc import Container, Iterator

from transforms.facts.quotes import rules
from transforms.facts.quotes.quotation_marks import QUOTE_MARK, Quoted
from transforms.language.cues import Cues
from transforms.language.names import (
    FULL_NAME,
    NAME_WORD,
    WHOLE_NAME_WORD,
    given_names,
    has_given_name,
    is_role,
)
from transforms.language.span import Span

SPEAKER_INITIALS = r"[A-Z]\.[ -]?(?:[A-Z]\.[ -]?)?[A-Z]\."  # "J. D.:", of Jane Doe
# "Doe: It works." or a line "Doe:" and its words in the next.
LINE = re.compile(
    rf"^(?P<who>{SPEAKER_INITIALS}|[^\W\d_][^:\n.?!]{{0,40}}?)[ \u00a0\u202f]?:[ \u00a0]?\n?"
    r"(?P<words>[^\s:][^\n]+)$",
    re.MULTILINE,
)
PAIR = re.compile(rf"(?P<given>{WHOLE_NAME_WORD}) (?=(?P<name>{NAME_WORD}))")
SHOUTED = re.compile(r"[^\W\d_][^\W\d_a-z]+(?: [^\W\d_a-z]+){0,3}")
FEWEST = 2  # lines, by two persons: fewer are notes ("Update: ...")


def find_script(text: str, cues: Cues) -> list[Quoted]:
    """Return the words of the lines that begin with who says them, if at least two persons speak.

    >>> from transforms.language.cues import cues_of
    >>> text = "Jane Doe: Is it new?\\nJohn Roe: It is."
    >>> [one.inner.of(text) for one in find_script(text, cues_of("en"))]
    ['Is it new?', 'It is.']
    """
    lines = list(_lines(text, cues))
    speakers = {line["who"] for line in lines}
    if len(speakers) < FEWEST and not _are_answers(text, lines):
        return []
    told = [line for line in lines if line["who"] not in cues.of("question")]
    spans = [Span(*line.span("words")) for line in told]
    return [Quoted(span, span, ":", rules.SCRIPT_LINE) for span in spans]


def _are_answers(text: str, lines: list[re.Match[str]]) -> bool:
    """Return True if half of the lines follow a question, as in an interview with one person."""
    before = [text[: line.start()].rstrip() for line in lines]
    return len(lines) >= FEWEST and 2 * sum(one.endswith("?") for one in before) >= len(lines)


def _lines(text: str, cues: Cues) -> Iterator[re.Match[str]]:
    found = [line for line in LINE.finditer(text) if not QUOTE_MARK.match(line["words"])]
    surnames = _surnames(text) if found else set()
    return (line for line in found if _is_speaker(line["who"], surnames, cues))


def _surnames(text: str) -> set[str]:
    """Return the words that stand behind a given name."""
    return {pair["name"] for pair in PAIR.finditer(text) if pair["given"] in given_names()}


def _is_speaker(who: str, surnames: Container[str], cues: Cues) -> bool:
    """Return True for "A", a full name, a surname of the text, and a role with a name in capitals."""
    if who in cues.of("question", "answer") or re.fullmatch(SPEAKER_INITIALS, who):
        return True
    words = who.split()
    if SHOUTED.fullmatch(who):
        return is_role(words[0])
    if re.fullmatch(FULL_NAME, who):
        return has_given_name(words) or is_role(words[0])
    return who in surnames
