"""Count words, in scripts with and without spaces."""

import re

# Scripts without spaces between words (Hangul has some, but its words are short). Two characters of
# Han, kana or Hangul count as a word, and four of Thai, Lao, Khmer or Burmese.
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
SOUTHEAST_ASIAN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
SPACED_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")


def count_words(text: str) -> int:
    """Return the number of words; in scripts without spaces, estimate it from the characters.

    >>> count_words("Qiao’s groups of 5,000 people"), count_words("中国政府打击微信"), count_words("—")
    (5, 4, 0)
    """
    if text.isascii():
        return len(SPACED_WORD.findall(text))
    dense, unspaced = len(DENSE.findall(text)), len(SOUTHEAST_ASIAN.findall(text))
    if dense or unspaced:
        text = SOUTHEAST_ASIAN.sub(" ", DENSE.sub(" ", text))
    return len(SPACED_WORD.findall(text)) + (dense + 1) // 2 + (unspaced + 3) // 4
