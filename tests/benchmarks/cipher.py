"""Texts in a language that nobody knows: the letters replaced one for one, or words by Han characters.

Length, punctuation, figures, capitals and repeats stay; the words of a language and its set phrases are
gone. A model that trains on such texts too leans less on the languages that it has seen.
"""

import hashlib
import random
import re
from collections.abc import Callable

LATIN = "abcdefghijklmnopqrstuvwxyz"
# What Latin letters become; half of the texts stay in their own script.
ALPHABETS = (LATIN, LATIN, "абвгдежзийклмнопрстуфхцчшщыэюя", "αβγδεζηθικλμνξοπρστυφχψω")
HAN_SHARE = 0.25  # of the texts become Han characters, without spaces
FIRST_HAN, HANS = 0x4E00, 6000
LETTERS_A_HAN, MOST_HANS = 3, 6
WORD = re.compile(r"[^\W\d_]+")
FULL_STOP = re.compile(r"\. ?(?=$|[\u4e00-\u9fff])", re.MULTILINE)
GAP = re.compile(r"(?<=[\u4e00-\u9fff，。]) (?=[\u4e00-\u9fff])")


def cipher_of(seed: str) -> Callable[[str], str]:
    """Return what turns texts into a made-up language, the same for the same seed.

    >>> cipher_of("c")("The gate, the river: 5,000 feet.")
    'Glv cagv, glv kjivk: 5,000 zvvg.'
    """
    drawn = random.Random(seed)
    if drawn.random() < HAN_SHARE:
        return as_han
    replacements = _replacements(drawn)
    return lambda text: text.translate(replacements)


def _replacements(drawn: random.Random) -> dict[int, str]:
    alphabet = drawn.choice(ALPHABETS)
    letters = drawn.sample(alphabet, len(alphabet)) + drawn.sample(alphabet, len(alphabet))
    small = dict(zip(LATIN, letters, strict=False))
    return {ord(a): b for a, b in small.items()} | {ord(a.upper()): b.upper() for a, b in small.items()}


def as_han(text: str) -> str:
    """Return a text with one character for up to three letters, and no spaces between them.

    >>> expected = _han_of("gate") + "，5 " + _han_of("rivers") + "。"
    >>> as_han("Gate, 5 rivers.") == expected
    True
    """
    text = WORD.sub(lambda word: _han_of(word.group().lower()), text)
    text = FULL_STOP.sub("。", text).replace(", ", "，").replace(",", "，")
    return GAP.sub("", text)


def _han_of(word: str) -> str:
    """Return the characters of a word, always the same for the word."""
    size = min(-(-len(word) // LETTERS_A_HAN), MOST_HANS)
    return "".join(chr(FIRST_HAN + pair % HANS) for pair in digest_pairs(word)[:size])


def digest_pairs(word: str) -> list[int]:
    """Return sixteen numbers of two bytes, always the same for the word."""
    digest = hashlib.sha256(word.encode()).digest()
    return [256 * high + low for high, low in zip(digest[::2], digest[1::2], strict=True)]
