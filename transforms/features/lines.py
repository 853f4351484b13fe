"""What a line of text shows by itself."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from transforms.features.tokens import (
    HAS_DIGIT,
    IS_CAPITALS,
    IS_OFFER,
    IS_TITLE,
    IS_WAY,
    LENGTH_AT,
    MOST_LENGTH,
    Floats,
    Tokens,
    stop_words,
)
from transforms.phrases import Phrase, find_phrases

CLOSERS = "\"'\u201d\u2019\u00bb\u203a)]}\u300d\u300f\uff09*_"
STOPS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964\u037e\uff0e")
COLONS = frozenset(":\uff1a")
MARKS = frozenset("-\u2013\u2014\u2022\u00b7*+\u25aa\u25cf\u25b6\u25ba\u203a\u00bb\u2192>#|")
WIDE_STOPS = re.compile(r"[\u3002\uff01\uff1f](?=.)|[\u2026\u061f\u06d4\u0964][\"\u201d\u00bb)]*\s")
WIDE_COMMAS = re.compile(r"[\u060c\u3001\uff0c\uff1b\u061b]")
WIDE_BARS = re.compile(r"[\u2022\u00b7\u00bb\u203a\u2192\u25ba]")
LONG = 200  # characters; a date in a longer line is part of what it tells
CLOCK = re.compile(r"\b(?:19|20)\d\d\b|\d[:.]\d\d\b|\d/\d")
DIGIT = re.compile(r"[0-9]+")
def line_features(texts: Sequence[str], tokens: Tokens) -> dict[str, Floats]:
    """Return what each line shows by itself, a column a feature."""
    columns = _word_features(tokens) | _sign_features(texts) | _repeat_features(texts, tokens)
    return columns | _phrase_features(find_phrases(texts))


def _word_features(tokens: Tokens) -> dict[str, Floats]:
    counts = np.maximum(tokens.counts, 1)
    lengths = (tokens.traits >> LENGTH_AT) & MOST_LENGTH
    letters = np.bincount(tokens.line, weights=lengths, minlength=len(counts))
    is_stop = stop_words(tokens)
    return {
        "words": tokens.words,
        "word_length": letters / counts,
        "stop_share": tokens.share(is_stop),
        "title_share": tokens.share(tokens.has(IS_TITLE)),
        "capitals_share": tokens.share(tokens.has(IS_CAPITALS)),
        "number_share": tokens.share(tokens.has(HAS_DIGIT)),
        "legal_words": tokens.share(tokens.has(IS_OFFER) & ~is_stop),
        "menu_words": tokens.share(tokens.has(IS_WAY) & ~is_stop),
    }


def _sign_features(texts: Sequence[str]) -> dict[str, Floats]:
    rows = [_signs(text) for text in texts]
    names = ("ending", "beginning", "inner_stops", "commas", "bars", "has_address", "has_clock")
    return dict(zip(names, np.array(rows, np.float64).reshape(len(rows), len(names)).T, strict=True))


def _signs(text: str) -> tuple[float, ...]:
    stops = text.count(". ") + text.count("? ") + text.count("! ")
    commas, bars = text.count(",") + text.count(";"), text.count("|") + text.count("/")
    if not text.isascii():
        stops += len(WIDE_STOPS.findall(text))
        commas += len(WIDE_COMMAS.findall(text))
        bars += len(WIDE_BARS.findall(text))
    return (
        _ending(text),
        _beginning(text),
        stops,
        commas,
        bars,
        "@" in text or "://" in text or "www." in text or ".com" in text,
        len(text) <= LONG and CLOCK.search(text) is not None,
    )


def _ending(text: str) -> float:
    """0 nothing, 1 a comma or the like, 2 three dots, 3 a colon, 4 a full stop of some script."""
    bare = text.rstrip(CLOSERS) or text
    last = bare[-1:]
    if last in STOPS:
        return 2.0 if last == "\u2026" or bare.endswith("...") else 4.0
    if last in COLONS:
        return 3.0
    return 0.0 if last.isalnum() else 1.0


def _beginning(text: str) -> float:
    """0 small letter, 1 capital, 2 script without case, 3 digit, 4 list mark, 5 other sign."""
    first = text[:1]
    if first.isdigit():
        return 3.0
    if first.isalpha():
        return 1.0 if first.isupper() else 0.0 if first.islower() else 2.0
    return 4.0 if first in MARKS else 5.0


def _repeat_features(texts: Sequence[str], tokens: Tokens) -> dict[str, Floats]:
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    keys = DIGIT.sub("0", joined.casefold()).split("\n") if texts else []
    copies = Counter(keys)
    seen: Counter[str] = Counter()
    earlier = []
    for key in keys:
        earlier.append(seen[key])
        seen[key] += 1
    shapes = list(zip(map(_first_word, keys), map(_last_word, keys), strict=True))
    firsts = Counter(first for first, _ in shapes)
    lasts = Counter(last for _, last in shapes)
    return {
        "copies": np.array([copies[key] for key in keys], np.float64),
        "earlier_copies": np.array(earlier, np.float64),
        "same_first_word": np.array([firsts[first] for first, _ in shapes], np.float64),
        "same_last_word": np.array([lasts[last] for _, last in shapes], np.float64),
    }


def _first_word(key: str) -> str:
    return key.split(" ", 1)[0]


def _last_word(key: str) -> str:
    return key.rsplit(" ", 1)[-1]


def _phrase_features(found: Sequence[Phrase | None]) -> dict[str, Floats]:
    """Which kind of furniture a phrase names, and how long ago one opened what runs on."""
    roles = [phrase.role if phrase else "" for phrase in found]
    opens = [bool(phrase and phrase.opens_rest) for phrase in found]
    index = np.arange(len(found))
    last = np.maximum.accumulate(np.where(opens, index, -1)) if len(found) else index
    return {
        "phrase": np.array([PHRASE_ORDER.get(role, 0) for role in roles], np.float64),
        "since_opener": np.where(last >= 0, index - last, 999.0),
    }


# From what most often stands alone on a page to what stands near the article's text.
PHRASE_ORDER = {
    "legal": 9, "navigation": 8, "share": 7, "advert": 6, "sidebar": 5, "related": 4,
    "comment_prompt": 3, "comment": 3, "author_bio": 2, "published": 1,
}  # fmt: skip
