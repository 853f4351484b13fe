"""A sentence with its tokens, in which quoted words are masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts.analysis.tokens import Token, join_cues, tokenise
from transforms.language.cues import Cues
from transforms.language.span import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, its tokens and the cues of its language."""

    text: str
    tokens: Sequence[Token]
    cues: Cues

    @property
    def language(self) -> str:
        """Return the language of the cues."""
        return self.cues.language

    def span(self, start: int, end: int) -> Span:
        """Return the span of the tokens from `start` up to `end`."""
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end)

    def words(self, start: int, end: int) -> str:
        """Return the text of the tokens from `start` up to `end`."""
        return self.span(start, end).of(self.text) if start < end else ""


def read_sentence(text: str, within: Span, cues: Cues) -> Sentence:
    """Return a part of a text as a sentence.

    >>> from transforms.language.cues import cues_of
    >>> [one.text for one in read_sentence("Doe went on:", Span(0, 12), cues_of("en")).tokens]
    ['Doe', 'went on', ':']
    """
    tokens = tokenise(text, within, cues.language)
    return Sentence(text, join_cues(text, tokens, cues.language), cues)
