"""Scripts that write words without spaces between them."""

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from transforms.language.grammar import languages_with

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HIRAGANA = r"\u3040-\u309f"
KATAKANA = r"\u30a0-\u30ff"
HANGUL = r"\uac00-\ud7af"
# Ends of sentences: Arabic and Urdu, Devanagari, Armenian, Ethiopic, Khmer, Burmese.
STOPS = "\u061f\u06d4\u0964\u0965\u0589\u1362\u17d4\u104b"
# Thai and Lao have none; there a line of so many words counts as a sentence.
WITHOUT_STOP = re.compile(r"[\u0e00-\u0eff]\Z")
SENTENCE_WITHOUT_STOP = 12  # words; headlines have fewer
UNSPACED = languages_with("unspaced")
HAN_OR_HIRAGANA = re.compile(f"[{HAN}{HIRAGANA}]")
IS_KATAKANA = re.compile(f"[{KATAKANA}]")
IS_HANGUL = re.compile(f"[{HANGUL}]")


def continues_word(inside: str, outside: str, *, before: bool) -> bool:
    """Return True if the character outside a span belongs to the same word as the one inside.

    For Han and hiragana the result is always False, since they have no spaces between words; after
    Hangul too, since a Korean particle is joined to its noun.

    >>> continues_word("t", "s", before=False), continues_word("信", "用", before=False)
    (True, False)
    """
    if HAN_OR_HIRAGANA.match(inside) or not inside.isalnum():
        return False
    if IS_KATAKANA.match(inside):
        return bool(IS_KATAKANA.match(outside))
    if IS_HANGUL.match(inside):
        return before and bool(IS_HANGUL.match(outside))
    return (outside.isalnum() or outside == "_") and not HAN_OR_HIRAGANA.match(outside)


def is_mostly_latin(text: str) -> bool:
    """Return True unless more letters of a text are of other scripts than of the Latin one.

    >>> is_mostly_latin("Die Brücke, мост"), is_mostly_latin("Bridge: 橋がしまっています")
    (True, False)
    """
    if text.isascii():
        return True
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    latin = ((0x41, 0x5B), (0x61, 0x7B), (0xC0, 0x250), (0x1E00, 0x1F00))
    others = ((0x370, 0x1E00), (0x1F00, 0x2000), (0x3040, 0x110000))
    return _count(codes, latin) >= _count(codes, others)


def _count(codes: npt.NDArray[np.uint32], spans: Iterable[tuple[int, int]]) -> int:
    return sum(int(np.count_nonzero((codes >= low) & (codes < high))) for low, high in spans)
