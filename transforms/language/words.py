"""Count and find words, in scripts with and without spaces."""

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import cache

from transforms.language.span import Span

# Scripts without spaces between words (Hangul has some, but its words are short). Two characters of
# Han, kana or Hangul count as a word, and four of Thai, Lao, Khmer or Burmese.
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
SOUTHEAST_ASIAN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
DENSE_OR_SOUTHEAST_ASIAN = re.compile(DENSE.pattern[:-1] + SOUTHEAST_ASIAN.pattern[1:])
SPACED_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")
NO_SPACES = re.compile(r"\S+")
WESTERN = "cp1252"  # has all letters and signs of most Western texts, a byte each
NO_LETTERS, NO_LETTERS_IN_LINE = re.compile(r"[\W_]+"), re.compile(r"[^\w\n]+|_+")
SIGNS_AS_SPACES = "signs_as_spaces"
OTHER_LETTER = re.compile(r"[^\W_]|[\u0300-\u1fff\u3040-\ufaff]")  # and signs of other scripts
LETTER, JOINT = re.compile(r"[^\W_]"), re.compile(r"['’\-.,]")


def _signs_as_spaces(error: UnicodeError) -> tuple[str, int]:
    """Return spaces for signs that an encoding lacks, such as emoji; raise the error for letters."""
    if not isinstance(error, UnicodeEncodeError) or OTHER_LETTER.search(
        error.object, error.start, error.end
    ):
        raise error
    return " " * (error.end - error.start), error.end


codecs.register_error(SIGNS_AS_SPACES, _signs_as_spaces)


def count_words(text: str) -> int:
    """Return the number of words; in scripts without spaces, estimate it from the characters.

    >>> count_words("Qiao’s groups of 5,000 people"), count_words("中国政府打击微信"), count_words("—")
    (5, 4, 0)
    """
    try:
        content = text.encode("ascii" if text.isascii() else WESTERN, SIGNS_AS_SPACES)
    except UnicodeEncodeError:
        return _count_in_any_script(text)
    kinds = b" " + content.translate(_kinds())
    # A word begins with a letter behind no letter, and behind no joint that joins it to one.
    return kinds.count(b" a") + kinds.count(b" -a") + kinds.count(b"--a")


@cache
def _kinds() -> bytes:
    """Return for each byte of a Western text whether it is a letter (a), a joint (-), or neither."""
    signs = [bytes([byte]).decode(WESTERN, "replace") for byte in range(256)]
    kinds = ("a" if LETTER.match(sign) else "-" if JOINT.match(sign) else " " for sign in signs)
    return "".join(kinds).encode()


def _count_in_any_script(text: str) -> int:
    dense = unspaced = 0
    if DENSE_OR_SOUTHEAST_ASIAN.search(text):
        text, dense = DENSE.subn(" ", text)
        text, unspaced = SOUTHEAST_ASIAN.subn(" ", text)
    return len(SPACED_WORD.findall(text)) + (dense + 1) // 2 + (unspaced + 3) // 4


def runs_of(text: str, kind: str) -> list[str]:
    r"""Return the runs of the characters of a kind, which is a set of a regular expression.

    In Western texts they are found several times as fast as by the expression.

    >>> runs_of("Qiao’s 5,000 people", r"[^\W_]")
    ['Qiao', 's', '5', '000', 'people']
    """
    encoding = "ascii" if text.isascii() else WESTERN
    try:
        content = text.encode(encoding, SIGNS_AS_SPACES)
    except UnicodeEncodeError:
        return re.findall(f"(?:{kind})+", text)
    return content.translate(_only(kind)).decode(encoding).split()


@cache
def _only(kind: str) -> bytes:
    """Return for each byte of a Western text the byte if its character is of a kind, else a space."""
    pattern = re.compile(kind)
    signs = [bytes([byte]).decode(WESTERN, "replace") for byte in range(256)]
    return bytes(byte if pattern.match(sign) else ord(" ") for byte, sign in enumerate(signs))


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, case folded.

    >>> letters_of("The Harbour-Post, no. 5")
    'theharbourpostno5'
    """
    return NO_LETTERS.sub("", text.casefold())


def letters_of_lines(lines: Sequence[str]) -> list[str]:
    """Return lines as `letters_of` does, faster than line by line."""
    return NO_LETTERS_IN_LINE.sub("", "\n".join(lines).casefold()).split("\n") if lines else []


def line_start(text: str, at: int) -> int:
    """Return where the line begins that a position is in."""
    return text.rfind("\n", 0, at) + 1


def word_spans(text: str, within: Span) -> list[Span]:
    """Return the spans of the words between spaces."""
    return [Span(*match.span()) for match in NO_SPACES.finditer(text, *within)]


def find_whole(text: str, words: str) -> Iterator[Span]:
    """Yield where words stand in a text and no word goes on before or after them.

    >>> [span.start for span in find_whole("Roe met Roe's aide Monroe", "Roe")]
    [0, 8]
    """
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not _is_in_word(text[max(0, start - 1) : start]) and not _is_in_word(text[end : end + 1]):
            yield Span(start, end)
        start = text.find(words, end)


def _is_in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
