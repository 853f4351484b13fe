"""Split a text that lost its line ends: into sentences, and apart from what was a menu or a heading."""

import re
from collections.abc import Iterator
from itertools import pairwise

from transforms.language.sentences import split_sentences
from transforms.language.span import Span

TOKEN = re.compile(r"\S+")
# Between the entries of menus and bread crumbs, and between words of Chinese and Japanese, which have no
# spaces inside a sentence.
DENSE_CHAR = r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\uffef]"
APART = re.compile(
    rf"\s[|»«›‹•·▪►■◆→/]{{1,3}}(?=\s\w)|(?<={DENSE_CHAR})\s(?=[\w\[(])|(?<=[\w\])])\s(?={DENSE_CHAR})"
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\Z")
FEWEST_APART = 4  # words in front of a sentence, or behind one without a full stop
FEWEST_LOWER = 4  # words in lower case more than others, in prose


def split_run_on(text: str) -> list[Span]:
    """Return the spans of a text's sentences, and of menus, headings and lists around them.

    In scripts with capitals prose has most words in lower case, and a menu has few.

    >>> text = "Home News About Us Contact The old pump in the village ran dry. Read More | Next"
    >>> [span.of(text) for span in split_run_on(text)]
    ['Home News About Us Contact', 'The old pump in the village ran dry.', 'Read More |', 'Next']
    >>> [span.of("首页 新闻 水泵周一干了。") for span in split_run_on("首页 新闻 水泵周一干了。")]
    ['首页', '新闻', '水泵周一干了。']
    """
    return [
        span
        for sentence in split_sentences(text)
        for start, end in pairwise(
            [
                sentence.start,
                *(cut.end() for cut in APART.finditer(text, *_ends(sentence))),
                sentence.end,
            ]
        )
        for span in _prose_apart(text, start, end)
    ]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _prose_apart(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the words in front of the prose in a span, the prose, and the words behind it."""
    words = [match.span() for match in TOKEN.finditer(text, start, end)]
    first, after = _find_prose([_value(text[a:b]) for a, b in words])
    if first < FEWEST_APART:
        first = 0
    if len(words) - after < FEWEST_APART or SENTENCE_END.search(text[words[-1][0] : end].rstrip()):
        after = len(words)
    for a, b in ((0, first), (first, after), (after, len(words))):
        if a < b:
            yield Span(words[a][0], words[b - 1][1])


def _value(word: str) -> int:
    """Return 1 for a word in lower case, 0 for one of a script without cases, -1 for any other."""
    letter = next((char for char in word if char.isalnum()), "")
    if letter.islower():
        return 1
    return 0 if letter.isalpha() and letter.lower() == letter.upper() else -1


def _find_prose(values: list[int]) -> tuple[int, int]:
    """Return where the words with the highest sum begin, with the capital before them, and end.

    >>> _find_prose([-1, -1, -1, -1, 1, 1, 1, 1, -1])
    (3, 8)
    """
    best, best_span, total, start = FEWEST_LOWER - 1, (0, len(values)), 0, 0
    for number, value in enumerate(values):
        if total < 0:
            total, start = 0, number
        total += value
        if total > best:
            best, best_span = total, (start, number + 1)
    first, after = best_span
    while first > 0 and values[first - 1] == 0:
        first -= 1
    return max(first - 1, 0), after
