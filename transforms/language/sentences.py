"""Split a text into sentences."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from transforms.language.grammar import languages_with
from transforms.language.reference import read_column
from transforms.language.scripts import STOPS
from transforms.language.span import Span
from transforms.language.word_lists import listed_words

# Characters. The longest sentences of prose have about 2,000; a longer one is a list or a table, and
# searching all of it for each fact would take too long.
LONGEST = 3_000
CLOSING = "\"'”’»«“›)\\]」』）】"
OPENING = "\"'“‘«»„‚‹(\\[「『（【¿¡—–\\-"
# Starts at the first of several stops and does not backtrack, so that each stop is read only once. What
# must stand before a stop is looked at behind it, since a search skips fast to a sign that comes first.
WESTERN_END = re.compile(
    r"(?P<end>[.!?…](?<![.!?…][.!?…])[.!?…]*+"
    rf"[{CLOSING}]*+)\s++(?=[{OPENING}\s]*+(?P<next>\w))"
)
# The space is missing: "an example.There are".
GLUED_END = re.compile(r"(?P<end>[.!?])(?<=[^\W\d_A-Z]{3}[.!?])(?=(?P<next>[A-Z])[a-z]*[ ,’'])")
WIDE_END = re.compile(rf"[。！？｡{STOPS}]+[{CLOSING}]*\s*")
LAST_WORD = re.compile(r"(?<![\w.&\-])[\w.&\-]+$")
INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")  # U.S, J.K, e.g, z.B

# After these, at the end of a name or a list, a capital means that a new sentence begins.
ENDS_NAMES = listed_words("abbreviation_at_end")
BEFORE_NUMBERS = listed_words("before_number")
ORDINAL_STOP = languages_with("ordinal_stop")  # "am 3. Mai", "19. Parteitag"


def split_sentences(text: str, language: str = "en") -> list[Span]:
    """Return the spans of a text's sentences, without surrounding spaces; a line end also ends one.

    A full stop does not end a sentence after an abbreviation, an initial or a number, before a
    lower-case letter, or inside a quotation after which the sentence continues.

    >>> text = "Mr. Li of Tencent Inc. spoke. “It is over.” He left at 5 p.m. on Tuesday."
    >>> [span.of(text) for span in split_sentences(text)]
    ['Mr. Li of Tencent Inc. spoke.', '“It is over.”', 'He left at 5 p.m. on Tuesday.']
    >>> [span.of("微信用户很多。他说。") for span in split_sentences("微信用户很多。他说。")]
    ['微信用户很多。', '他说。']
    """
    return [
        span
        for line in re.finditer(r"[^\n]+", text)
        for span in _split_line(text, Span(*line.span()), language)
    ]


def _split_line(text: str, line: Span, language: str) -> list[Span]:
    stops = (one.finditer(text, line.start, line.end) for one in (WESTERN_END, GLUED_END))
    ends = {match.end("end") for match in chain(*stops) if _is_end(match, language)}
    ends |= {match.end() for match in WIDE_END.finditer(text, line.start, line.end)}
    bounds = [line.start, *sorted(ends), line.end]
    pieces = (_strip(text, *part) for pair in pairwise(bounds) for part in _cut(text, *pair))
    return [piece for piece in pieces if piece.start < piece.end]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span that is too long for a sentence, split after spaces if possible."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _is_end(match: re.Match[str], language: str) -> bool:
    following = match["next"]
    if following.islower():
        return False
    if match["end"][0] != "." or len(match["end"].rstrip(CLOSING)) > 1:
        return True
    word = LAST_WORD.search(match.string, max(0, match.start() - 20), match.start())
    return word is None or not _is_abbreviation(word[0], following, language)


def _is_abbreviation(word: str, following: str, language: str) -> bool:
    """Return True if a full stop after a word is part of an abbreviation.

    "U.S. Congress" and "Tencent Inc. The firm" look alike. After initials and most abbreviations the
    sentence continues; after those of firms ("Inc.") a new one begins if a capital follows.
    """
    if word.isdigit():
        return following.isdigit() or language in ORDINAL_STOP
    if word in ENDS_NAMES or word.casefold() in BEFORE_NUMBERS:
        return following.isdigit()
    is_initial = bool(INITIALS.fullmatch(word)) or (len(word) == 1 and word.isupper())
    return is_initial or word in read_column("abbreviations", "abbreviation", language)
