"""Join drop caps (large first letters) with the rest of their word."""

import re
from functools import cache

from transforms.language.reference import read_column

LETTER = re.compile(r"[\"“„‘'«»¿¡(]?[^\W\d_]")
FIRST_WORD = re.compile(r"[^\W\d_]+")
# A line that begins with a letter, a space and the rest of a word: "T wo dozen".
APART = re.compile(r"(?P<letter>[\"“„‘'«¿¡]?[^\W\d_]) (?P<rest>[^\W\d_]+)(?=[\s,.;:’'!?-]|$)")
# One-letter words in European languages; a space after these can be correct.
ONE_LETTER_WORDS = frozenset("aàáâeéèëiíoóòuúwyzskvçавиксуояєіђ")


def is_drop_cap(line: str, following: str) -> bool:
    """Return True if a line is a single capital and the next line continues its word.

    >>> is_drop_cap("T", "he stone bridge"), is_drop_cap("T", "The bridge"), is_drop_cap("1", "he")
    (True, False, False)
    """
    letter = line.strip()
    return LETTER.fullmatch(letter) is not None and letter[-1].isupper() and following[:1].islower()


def space_behind(letter: str, rest: str) -> str:
    """Return the space between a large letter and the text after it: empty, or one space.

    >>> space_behind("T", "he bridge"), space_behind("A", "bridge"), space_behind("A", "fter")
    ('', ' ', '')
    """
    word = FIRST_WORD.match(rest.lstrip())
    is_word = letter[-1].casefold() in ONE_LETTER_WORDS
    return " " if is_word and word and word[0].casefold() in _common_words() else ""


def find_letter_apart(line: str) -> int | None:
    """Return the index of the space between a large first letter and its word, or None.

    >>> find_letter_apart("T wo dozen"), find_letter_apart("A hen and"), find_letter_apart("A fter it")
    (1, None, 1)
    """
    found = APART.match(line)
    if found is None or not found["letter"][-1].isupper() or not found["rest"].islower():
        return None
    letter, rest = found["letter"][-1].casefold(), found["rest"].casefold()
    are_words = letter in ONE_LETTER_WORDS and len(rest) > 1 and rest in _common_words()
    return found.end("letter") if letter + rest in _common_words() and not are_words else None


@cache
def _common_words() -> frozenset[str]:
    return read_column("common_words", "word") | read_column("stopwords", "word")
