"""What is known of the words of a language, looked up without a call of Python for each."""

from collections.abc import Callable
from typing import TypeVar

MOST_WORDS = 50_000
Value = TypeVar("Value")


class KnownWords(dict[str, Value]):
    """A function of words that remembers its values, up to a number of them.

    >>> lengths = KnownWords(len)
    >>> list(map(lengths.__getitem__, ["rice", "tea", "rice"])), len(lengths)
    ([4, 3, 4], 2)
    """

    def __init__(self, function: Callable[[str], Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> Value:
        """Compute the value of a new word; when there are too many words, all are forgotten."""
        if len(self) >= MOST_WORDS:
            self.clear()
        self[word] = value = self._function(word)
        return value
