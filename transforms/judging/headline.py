"""Find the headline among the lines before the body, and the lines that repeat it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.judging.line import Line
from transforms.language.phrases import normalise, normalise_lines
from transforms.language.reference import read_column
from transforms.language.words import DENSE, DENSE_OR_SOUTHEAST_ASIAN, SOUTHEAST_ASIAN
from warehouse.schema.tables import TitleSource

# Headlines of the benchmark's training articles have 3 to 30 words; shorter ones cannot be
# distinguished from the name of a section.
SHORTEST, LONGEST_HEADLINE = 3, 30
# A headline shares words with the body; names of sections, slogans and teasers mostly do not.
SHARED_WITH_BODY = 0.3
DATED_WORDS = 12
# The numeric date at the start of a line, in any order.
STAMPED = re.compile(r"\W*[0-9]{1,4}\s?[./年년-]\s?[0-9]{1,2}[./月월-]")
# A line that is a quotation as a whole: above another heading line, it is the headline of an interview.
QUOTED = re.compile(r'["“„「『][^"“”„「」『』]+["”“」』]')
HEAD_LINES = 60  # lines before the body that are searched


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline: its line index (-1 if it is in no line), its source, and the lines that repeat it."""

    index: int
    text: str
    source: TitleSource
    repeats: tuple[int, ...]


def find_headline(lines: Sequence[Line], body_start: int, body: str) -> Headline | None:
    """Return the headline among the lines before the body, or None if there is no good candidate.

    A repeated line is preferred, then the line that shares most words with the body. A line that
    shares too few words must be marked as a headline, by Markdown or by a byline below it: a missing
    title is better than a wrong one.
    """
    candidates = [
        i for i in range(max(0, body_start - HEAD_LINES), body_start) if _may_be_headline(lines[i])
    ]
    if not candidates:
        return None
    normals = normalise_lines([lines[i].plain for i in candidates])
    keys = dict(zip(candidates, normals, strict=True))
    body_words = _content_words(body, normalise(body))
    shared = {i: _share(_content_words(lines[i].plain, keys[i]), body_words) for i in candidates}
    fitting = [i for i in candidates if shared[i] >= SHARED_WITH_BODY or _is_marked(lines, i)]
    if not fitting:
        return None
    seen = Counter(keys.values())
    best = max(fitting, key=lambda i: (seen[keys[i]] > 1, _weight(lines[i], shared[i]), -i))
    if best - 1 in candidates and QUOTED.fullmatch(lines[best - 1].plain):
        best -= 1
    repeats = tuple(i for i in candidates if i != best and keys[i] == keys[best])
    first = min((best, *repeats))
    others = tuple(sorted({best, *repeats} - {first}))
    text = " ".join(map(str.strip, lines[first].plain.split("\n")))  # a wrapped one has several lines
    return Headline(first, text, "repeated_line" if others else "first_line", others)


def _may_be_headline(line: Line) -> bool:
    text = line.plain
    is_sentence = text.endswith((".", "。")) and not text.endswith(("...", "U.S."))
    return (
        SHORTEST <= line.words <= LONGEST_HEADLINE
        and not is_sentence
        and line.phrase is None
        and not line.is_aged
        and not line.is_teaser
        and line.byline is None
        and line.form is None
        and not STAMPED.match(text)
        and not (line.date and line.words <= DATED_WORDS)
    )


def _is_marked(lines: Sequence[Line], i: int) -> bool:
    """Return True if a line is a Markdown headline, or is right above the byline or the date."""
    if lines[i].block.level == 1 or lines[i].text.startswith("# "):
        return True
    below = lines[i + 1] if i + 1 < len(lines) else None
    if below is None:
        return False
    is_dated = len(below.plain.split()) <= DATED_WORDS and below.date is not None
    return is_dated or below.byline is not None


def _weight(line: Line, shared: float) -> float:
    return shared * min(line.words, 12)


def _share(words: frozenset[str], body_words: frozenset[str]) -> float:
    return len(words & body_words) / len(words) if words else 0.0


def _content_words(text: str, normal: str) -> frozenset[str]:
    """Return words of three or more letters without stop words; without spaces, runs of characters.

    Of CJK these are pairs, of Thai and similar scripts four characters. `normal` is the text as
    `normalise` returns it.
    """
    runs = {a + b for a, b in pairwise(DENSE.findall(text))} | _runs_of_four(text)
    words = set(normal.replace("-", " ").split())
    if DENSE_OR_SOUTHEAST_ASIAN.search(normal):
        words = {word for word in words if not DENSE_OR_SOUTHEAST_ASIAN.search(word)}
    words = {word if word.isalnum() else _bare(word) for word in words}
    telling = {word for word in words if len(word) > 2} - read_column("stopwords", "word")
    return frozenset(telling | runs)


def _runs_of_four(text: str) -> set[str]:
    letters = "".join(SOUTHEAST_ASIAN.findall(text))
    return {letters[i : i + 4] for i in range(len(letters) - 3)}


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'“”‘’()").removesuffix("’s").removesuffix("'s")
