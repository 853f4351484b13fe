"""Text as the index sees it: folded, and cut into words of every language.

SQLite's tokenizer finds words by the spaces and marks between them. Chinese, Japanese, Korean, Thai
and their neighbours write words without spaces or with particles attached, so runs of their characters
become pairs of neighbours, each a word: any two characters or more are found, wherever a word ends.
One character is found as the beginning of a pair.
"""

import re
import unicodedata
from collections.abc import Iterator

UNSPACED = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]+"
)
# What SQLite's tokenizer is told to take for parts of words: letters, their marks, digits.
TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
WORD = re.compile(r"[^\W_]+", re.UNICODE)


class _Folding(dict[int, str]):
    """Maps each character to one in its place: small, and without the accents that can be taken off."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFKD", char).casefold()[:1] or char
        # Thai and Indic vowels are marks too, and no accents: they stay.
        self[code] = base if len(base) == 1 and not UNSPACED.match(char) else char
        return self[code]


FOLDING = _Folding()


def fold(text: str) -> str:
    """Return a text in small letters without accents, each in the place of its character.

    >>> fold("Pékin, Łódź und ÖL")
    'pekin, łodz und ol'
    """
    return text.translate(FOLDING)


def compose(text: str) -> str:
    """Return a text with each letter and its accents as one character, as `fold` expects it."""
    return unicodedata.normalize("NFC", text)


def index_text(text: str) -> str:
    """Return a text for SQLite's tokenizer: folded, and unspaced runs as pairs of characters.

    >>> index_text("WeChat微信群 é")
    'wechat 微信 信群 群  e'
    """
    return UNSPACED.sub(_as_pairs, fold(compose(text)))


def _as_pairs(run: re.Match[str]) -> str:
    chars = run[0]
    pairs = (chars[i : i + 2] for i in range(len(chars)))  # the last is a single character
    return f" {' '.join(pairs)} "


def split_words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of folded text and unspaced runs, each with whether it is such a run.

    >>> list(split_words("we微信"))
    [('we', False), ('微信', True)]
    """
    at = 0
    for run in UNSPACED.finditer(text):
        yield from ((word, False) for word in WORD.findall(text[at : run.start()]))
        yield run[0], True
        at = run.end()
    yield from ((word, False) for word in WORD.findall(text[at:]))
