"""A text with its sentences and the names in it, the input of all fact extraction."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts.names.entities import Named
from transforms.language.cues import LANGUAGE
from transforms.language.detect import UNSURE
from transforms.language.sentences import split_sentences
from transforms.language.span import Span


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its language, the spans of its sentences, and where it names known entities."""

    text: str
    language: str
    sentences: Sequence[Span]
    named: Sequence[Named]


def annotate(text: str, named: Sequence[Named], language: str | None = LANGUAGE) -> AnnotatedText:
    """Return a text with its sentences and names; a text in an unknown language is read as English.

    >>> text = annotate("Sen. Roe left. He said no more.", [], "und")
    >>> text.language, [span.of(text.text) for span in text.sentences]
    ('en', ['Sen. Roe left.', 'He said no more.'])
    """
    code = LANGUAGE if language in (None, UNSURE) else str(language)
    return AnnotatedText(text, code, split_sentences(text, code), named)
