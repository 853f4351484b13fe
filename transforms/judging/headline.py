"""Find the headline among the lines before the body, and the lines that repeat it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.judging.line import Line, without_credit
from transforms.language.phrases import normalise, normalise_lines
from transforms.language.reference import read_column
from transforms.language.words import (
    DENSE,
    DENSE_OR_SOUTHEAST_ASIAN,
    SOUTHEAST_ASIAN,
    count_words,
)
from warehouse.schema.vocabulary import TitleSource

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
# The last part of a page's title, which may be the name of the site.
LAST_PART = re.compile(r"\s(?P<sign>\||[-–—·•»]|::)\s+(?P<part>\S[^|–—·•»]*)$")
BANNER = re.compile(r"###.*###|\*\*\*.*\*\*\*")  # ### NEWS DESK ###
LONGEST_SITE = 4  # words
HEAD_LINES = 60  # lines before the body that are searched
# A text that is an article alone has its headline in its first line, and little between it and the body.
LINES_BELOW_FIRST = 2
SHARED_AT_TOP = 0.15  # of 1,600 articles alone, this finds as many headlines as 0.05 and more than 0.25
LEAD = 12  # words; a paragraph below a headline has more


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline: its line index (-1 if it is in no line), its source, and the lines that repeat it."""

    index: int
    text: str
    source: TitleSource
    repeats: tuple[int, ...]


def find_headline(lines: Sequence[Line], body_start: int, body: str) -> Headline | None:
    """Return the headline among the lines before the body, or None if there is no good candidate.

    Of a flattened page the first line is often its title: the headline and the name of the site. A line
    that is a part of it is preferred, then the first line of an article alone, then a repeated line,
    then the line that shares most words with the body. A line that shares too few words must be marked
    as a headline, by Markdown or by a byline below it: a missing title is better than a wrong one.
    """
    near = range(max(0, body_start - HEAD_LINES), body_start)
    top = [i for i in range(body_start)[:1] if i not in near]
    candidates = [i for i in (*top, *near) if _may_be_headline(lines[i])]
    if not candidates:
        return None
    normals = normalise_lines([lines[i].plain for i in candidates])
    keys = dict(zip(candidates, normals, strict=True))
    body_words = _content_words(body, normalise(body))
    shared = {i: _share(_content_words(lines[i].plain, keys[i]), body_words) for i in candidates}
    best = _find_in_page_title(lines, keys, shared)
    if best is None:
        best = _find_by_words(lines, keys, shared)
        is_at_top = 0 in keys and body_start <= 1 + LINES_BELOW_FIRST
        if is_at_top and (best is None or shared[0] >= SHARED_AT_TOP):
            best = 0
    if best is None:
        return None
    repeats = tuple(i for i in candidates if i != best and keys[i] == keys[best])
    first = min((best, *repeats))
    others = tuple(sorted({best, *repeats} - {first}))
    text = " ".join(map(str.strip, lines[first].plain.split("\n")))  # a wrapped one has several lines
    text = text if first else _without_site(text, body_words)
    return Headline(first, text, "repeated_line" if others else "first_line", others)


def opens_with_headline(lines: Sequence[Line]) -> bool:
    """Return True if the first line of a text may be its headline, and a longer paragraph is next.

    A headline that is a question, or in Thai, looks like a sentence.
    """
    if len(lines) == 1 or not _may_be_headline(lines[0]):
        return False
    return lines[1].ends_sentence and lines[1].words > max(LEAD, lines[0].words)


def _without_site(title: str, body_words: frozenset[str]) -> str:
    """Return the title of a page without the site's name at its end: "River sold twice | The Post"."""
    while found := LAST_PART.search(title):
        rest, part = title[: found.start()].rstrip(), found["part"]
        is_name = found["sign"] == "|" or (
            count_words(part) <= LONGEST_SITE
            and all(word[0].isupper() for word in part.split() if len(word) > 3)
            and _share(_content_words(part, normalise(part)), body_words) < SHARED_WITH_BODY
        )
        if not is_name or count_words(rest) < SHORTEST:
            break
        title = rest
    return title


def _find_in_page_title(
    lines: Sequence[Line], keys: Mapping[int, str], shared: Mapping[int, float]
) -> int | None:
    """Return the line that stands in the first line too, which has more: "River sold | The Post"."""
    title = f" {normalise(lines[0].plain)} "
    inside = [i for i in keys if i and f" {keys[i]} " in title]
    fitting = [i for i in inside if shared[i] >= SHARED_WITH_BODY or len(keys[i]) > len(title) / 2]
    return max(fitting, key=lambda i: (shared[i] >= SHARED_WITH_BODY, len(keys[i]), i), default=None)


def _find_by_words(
    lines: Sequence[Line], keys: Mapping[int, str], shared: Mapping[int, float]
) -> int | None:
    """Return the line that is repeated or shares most words with the body."""
    fitting = [i for i in keys if shared[i] >= SHARED_WITH_BODY or _is_marked(lines, i)]
    if not fitting:
        return None
    telling = (i for i in fitting if i and shared[i] >= SHARED_WITH_BODY)
    above_byline = [i for i in telling if i + 1 < len(lines) and lines[i + 1].byline is not None]
    fitting = [i for i in fitting if i <= above_byline[-1]] if above_byline else fitting
    seen = Counter(keys.values())
    best = max(fitting, key=lambda i: (seen[keys[i]] > 1, _weight(lines[i], shared[i]), -i))
    if best - 1 in keys and QUOTED.fullmatch(lines[best - 1].plain):
        best -= 1
    return best


def _may_be_headline(line: Line) -> bool:
    """Return True if a line has the length of a headline, and no end of a sentence but a question's."""
    text = without_credit(line.plain)
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
        and not BANNER.fullmatch(line.text.strip())
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
    runs: set[str] = set()
    if _has_runs(text):
        runs = {a + b for a, b in pairwise(DENSE.findall(text))} | _runs_of_four(text)
    words = set(normal.replace("-", " ").split())
    if _has_runs(normal):
        words = {word for word in words if not DENSE_OR_SOUTHEAST_ASIAN.search(word)}
    words = {word if word.isalnum() else _bare(word) for word in words}
    telling = {word for word in words if len(word) > 2} - read_column("stopwords", "word")
    return frozenset(telling | runs)


def _has_runs(text: str) -> bool:
    return not text.isascii() and DENSE_OR_SOUTHEAST_ASIAN.search(text) is not None


def _runs_of_four(text: str) -> set[str]:
    letters = "".join(SOUTHEAST_ASIAN.findall(text))
    return {letters[i : i + 4] for i in range(len(letters) - 3)}


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'“”‘’()").removesuffix("’s").removesuffix("'s")
