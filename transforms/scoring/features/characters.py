"""The characters of a document as arrays of code points and character classes."""

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from transforms.language.scripts import STOPS

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint32]

(
    WORD_CLASS, UPPER, LOWER, DIGIT, WIDE, UNSPACED_CLASS, STOP, FULL_STOP, COMMA, BAR, SPACE,
    CLOSER, COLON, MARK_CLASS,
) = (1 << n for n in range(14))  # fmt: skip
SIGNS = {
    STOP: ".!?\u2026\u037e\uff0e" + STOPS,
    FULL_STOP: "\u3002\uff01\uff1f",  # not followed by a space
    COMMA: ",;\u060c\u3001\uff0c\uff1b\u061b",
    BAR: "|/\u2022\u00b7\u00bb\u203a\u2192\u25ba",
    SPACE: " \u00a0\u3000\t",
    CLOSER: "\"'\u201d\u2019\u00bb\u203a)]}\u300d\u300f\uff09*_ \u00a0\u3000\t",
    COLON: ":\uff1a",
    MARK_CLASS: "-\u2013\u2014\u2022\u00b7*+\u25aa\u25cf\u25b6\u25ba\u203a\u00bb\u2192>#|",
}
# Scripts written without spaces: a Han or kana character is a word by itself; of Thai, Lao, Burmese
# and Khmer, up to four characters.
WIDE_RANGES = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
UNSPACED_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
PLANE = 0x10000
BEYOND = {1: 0xFFFE, 2: 0x4E00}  # other planes: symbols and emoji, and rarer Han characters
PAD = 4  # characters that a pattern can look ahead


@dataclass(frozen=True, slots=True)
class Characters:
    """The lines of a document, each with its line end, as code points and classes.

    The arrays are padded with a few zeros, so that patterns can look ahead.
    """

    codes: Codes
    folded: Codes
    classes: npt.NDArray[np.uint16]
    starts: Ints  # of each line

    @property
    def size(self) -> int:
        """Return the number of characters, without the padding."""
        return len(self.codes) - PAD

    def has(self, classes: int, ahead: int = 0) -> Flags:
        """Flag the characters for which the character `ahead` places later is in one of the classes."""
        return (self.classes[ahead : ahead + self.size] & classes) > 0

    def spells(self, text: str) -> Flags:
        """Flag the characters at which a short text begins, ignoring case."""
        found = np.ones(self.size, np.bool_)
        for ahead, char in enumerate(text):
            found &= self.folded[ahead : ahead + self.size] == ord(char)
        return found


def read_characters(texts: list[str]) -> Characters:
    """Return the characters of the lines of a document; line ends within a line become spaces."""
    joined = "".join(text.replace("\n", " ") + "\n" for text in texts)
    plain = np.frombuffer((joined + "\0" * PAD).encode("utf-32-le", "surrogatepass"), np.uint32)
    index = plain
    if plain.max(initial=0) >= PLANE:
        plane = plain >> 16
        index = np.where(plane == 0, plain, np.where(plane == 2, BEYOND[2], BEYOND[1]))
    classes, folds = _tables()
    ends = np.flatnonzero(plain == ord("\n"))
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    return Characters(plain, folds[index], classes[index], starts)


@cache
def _tables() -> tuple[npt.NDArray[np.uint16], Codes]:
    """Return for each code point of the first plane its classes and its lower-case form."""
    classes = np.zeros(PLANE, np.uint16)
    folds = np.arange(PLANE, dtype=np.uint32)
    for code in [*range(0x3400), *range(0xA640, 0xAC00), *range(0xF900, 0xFFFD)]:
        classes[code] = _classes(chr(code))
        lower = chr(code).lower()
        folds[code] = ord(lower) if len(lower) == 1 else code
    classes[0x3400:0xA640] = classes[0xAC00:0xD7B0] = WORD_CLASS
    for sign_class, signs in SIGNS.items():
        classes[[ord(sign) for sign in signs]] |= sign_class
    for scripts, script_class in ((WIDE_RANGES, WIDE), (UNSPACED_RANGES, UNSPACED_CLASS)):
        for first, last in scripts:
            classes[first : last + 1] |= script_class * (classes[first : last + 1] & WORD_CLASS)
    return classes, folds


def _classes(char: str) -> int:
    """Return the word and case classes of a character; accents and vowel signs are parts of words."""
    is_word = char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")
    return (
        WORD_CLASS * is_word | UPPER * char.isupper() | LOWER * char.islower() | DIGIT * char.isdigit()
    )
