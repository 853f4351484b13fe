"""What a word is, in scripts with and without spaces."""

import re

# Han, kana and Hangul run on without spaces (Hangul words are short); Thai, Lao, Khmer and
# Burmese too. Two characters of the first or four of the second say what a word says.
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
SOUTHEAST_ASIAN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
SPACED_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")


def count_words(text: str) -> int:
    """Count words; runs without spaces count by their characters.

    >>> count_words("Qiao’s groups of 5,000 people"), count_words("中国政府打击微信"), count_words("—")
    (5, 4, 0)
    """
    if text.isascii():
        return len(SPACED_WORD.findall(text))
    dense, unspaced = len(DENSE.findall(text)), len(SOUTHEAST_ASIAN.findall(text))
    if dense or unspaced:
        text = SOUTHEAST_ASIAN.sub(" ", DENSE.sub(" ", text))
    return len(SPACED_WORD.findall(text)) + (dense + 1) // 2 + (unspaced + 3) // 4
