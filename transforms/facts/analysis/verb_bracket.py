"""Find the two parts of a verb around a figure: "hat im Mai 300 Stellen gestrichen" (German, Dutch)."""

from collections.abc import Sequence

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import Token


def find_bracket(sentence: Sentence, figure: int) -> tuple[int, Token] | None:
    """Return the index of the auxiliary before a figure's token, and the verb that closes the clause.

    None if the figure is not the object between them. Source: the verb bracket of German grammars.

    >>> from transforms.facts.analysis.sentence import read_sentence
    >>> from transforms.language.cues import cues_of
    >>> from transforms.language.span import Span
    >>> text = "Die Firma hat im Mai 300 Stellen gestrichen."
    >>> at, verb = find_bracket(read_sentence(text, Span(0, len(text)), cues_of("de")), 5)
    >>> at, verb.text
    (2, 'gestrichen')
    """
    tokens = sentence.tokens
    if not 0 < figure < len(tokens) or tokens[figure - 1].has("fronted", "link", "preposition"):
        return None
    opening = _opening(tokens, figure)
    closing = _closing(tokens, figure) if opening is not None else None
    return (opening, closing) if opening is not None and closing is not None else None


def _opening(tokens: Sequence[Token], figure: int) -> int | None:
    """Return the auxiliary before a figure in its clause."""
    for index in range(figure - 1, 0, -1):
        if tokens[index].has("auxiliary"):
            return index
        if tokens[index].has("break", "comma", "relative", "opener", "figure_verb", "verb"):
            return None
    return None


def _closing(tokens: Sequence[Token], figure: int) -> Token | None:
    """Return the last word of a figure's clause, if it can be a participle or an infinitive."""
    ends = (i for i in range(figure + 1, len(tokens)) if tokens[i].has("break", "comma", "and"))
    last = tokens[next(ends, len(tokens)) - 1]
    is_form = last.text.islower() and last.text.endswith(("en", "t", "d", "n"))
    return last if last is not tokens[figure] and is_form and not last.has("fronted") else None
