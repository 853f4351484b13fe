"""A sentence with its tokens, in which quoted words may be masked."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from transforms.facts.analysis.tokens import Token, join_cues, tokenise
from transforms.facts.names.entities import Named
from transforms.language.cues import LANGUAGE, Cues, cues_of
from transforms.language.span import Span


@dataclass(frozen=True)
class Sentence:
    """A part of a text and the names in it; its tokens are read when they are asked for.

    >>> [one.text for one in Sentence.whole("Doe went on:").tokens]
    ['Doe', 'went on', ':']
    """

    text: str
    within: Span
    cues: Cues
    named: Sequence[Named] = ()
    code: str | None = None
    kept: Sequence[Token] | None = None

    @classmethod
    def whole(cls, text: str, language: str = LANGUAGE) -> "Sentence":
        """Return a text that is one sentence, without names."""
        return cls(text, Span(0, len(text)), cues_of(language))

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """Return the tokens with their classes."""
        if self.kept is not None:
            return self.kept
        return _split(self.text, self.within, self.language)

    @property
    def language(self) -> str:
        """Return the language of the text, or that of the cues, which is English if it has none."""
        return self.code or self.cues.language

    def find(self, *classes: str) -> list[int]:
        """Return the indices of the tokens that have one of the classes."""
        wanted = frozenset(classes)
        return [i for i, one in enumerate(self.tokens) if not wanted.isdisjoint(one.classes)]

    def next_of(self, start: int, end: int, *classes: str) -> int:
        """Return the index of the first token from `start` with one of the classes, or `end`."""
        return next((i for i in range(start, end) if self.tokens[i].has(*classes)), end)

    def behind_last(self, end: int, *classes: str) -> int:
        """Return the index behind the last token before `end` with one of the classes, or 0."""
        return next((i for i in range(end, 0, -1) if self.tokens[i - 1].has(*classes)), 0)

    def index_from(self, position: int) -> int:
        """Return the index of the first token that begins at a position of the text or behind it."""
        return bisect_left(self.tokens, position, key=lambda one: one.span.start)

    def tokens_in(self, span: Span) -> Sequence[Token]:
        """Return the tokens within a span."""
        return [one for one in self.tokens if span.covers(one.span)]

    def span(self, start: int, end: int) -> Span:
        """Return the span of the tokens from `start` up to `end`."""
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end)

    def words(self, start: int, end: int) -> str:
        """Return the text of the tokens from `start` up to `end`."""
        return self.span(start, end).of(self.text) if start < end else ""

    def without_brackets(self, until: int) -> "Sentence":
        """Return the sentence without brackets that close before a position: "the agency (IAEA) has"."""
        if all(one.text != ")" for one in self.tokens):
            return self
        kept: list[Token] = []
        opened: int | None = None  # the last opening bracket that is kept
        for token, after in zip(self.tokens, [*self.tokens[1:], None], strict=True):
            kept.append(token)
            opened = len(kept) - 1 if token.text == "(" else opened
            goes_on = after is not None and (after.has("relative") or after.is_capital)
            closes = token.text == ")" and token.span.end <= until
            if closes and opened is not None and not goes_on:  # "Planner (CP) Jane Doe"
                del kept[opened:]
                opened = None
        return self.keeping(kept)

    def keeping(self, tokens: Sequence[Token]) -> "Sentence":
        """Return the sentence with some of its tokens."""
        return replace(self, kept=tokens)


@dataclass(frozen=True)
class SplitText:
    """A text whose sentences are split into tokens when they are asked for, each once.

    `sentences` are in the order of the text. No token is returned that a span cuts.
    """

    text: str
    sentences: Sequence[Span]
    cues: Cues
    known: dict[Span, Sequence[Token]] = field(default_factory=dict)

    def sentence(self, within: Span) -> Sentence:
        """Return a part of the text, of one sentence or several, with its tokens.

        >>> split = SplitText("It rained. Doe said so.", [Span(0, 10), Span(11, 23)], cues_of("en"))
        >>> [one.text for one in split.sentence(Span(3, 19)).tokens]
        ['rained', '.', 'Doe', 'said']
        """
        first = bisect_right(self.sentences, within.start, key=lambda one: one.end)
        last = bisect_left(self.sentences, within.end, key=lambda one: one.start)
        kept: list[Token] = []
        for sentence in self.sentences[first:last]:
            tokens = self._tokens(sentence)
            start = bisect_left(tokens, within.start, key=lambda one: one.span.start)
            kept += tokens[start : bisect_right(tokens, within.end, key=lambda one: one.span.end)]
        return Sentence(self.text, within, self.cues, kept=kept)

    def _tokens(self, sentence: Span) -> Sequence[Token]:
        if sentence not in self.known:
            self.known[sentence] = _split(self.text, sentence, self.cues.language)
        return self.known[sentence]


def _split(text: str, within: Span, language: str) -> Sequence[Token]:
    return join_cues(text, tokenise(text, within, language), language)
