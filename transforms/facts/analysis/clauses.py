"""Find the clause of a figure: its verb, and the noun phrase that is the verb's subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts.analysis.figure_phrases import agrees, noun_phrase
from transforms.facts.analysis.predicates import (
    Predicate,
    is_aside,
    is_participle,
    is_when,
    moves,
    predicate_before,
)
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subjects import Subjects
from transforms.facts.analysis.tokens import Token, verb_classes
from transforms.facts.analysis.verb_second import clause_by_fields
from transforms.language.cues import PRO_DROP, VERB_SECOND
from transforms.language.span import Span

MOST_OF_INSERT = 6  # tokens of "said the interior minister" between commas


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with a figure: the span of its subject, its verb, and whether the figure says when."""

    subject: Span
    verb: Token
    is_when: bool


def clause_of(sentence: Sentence, figure: Span, names: Sequence[Span] = ()) -> Clause | None:
    """Return the clause that a figure is in, or None if it has no clear verb and subject.

    `names` are the spans of known names: one at the end of an unclear phrase is the subject.

    >>> text = "In March, the app, a rival of QQ, had more than 300 million users"
    >>> clause = clause_of(Sentence.whole(text), Span(38, 65))
    >>> clause.subject.of(text), clause.verb.text
    ('the app', 'had')
    """
    sentence = _without_inserts(sentence.without_brackets(figure.start), figure.start)
    tokens = sentence.tokens
    end = next((i for i, token in enumerate(tokens) if token.span.end > figure.start), len(tokens))
    if sentence.language in VERB_SECOND:
        found = clause_by_fields(sentence, end, figure)
    else:
        found = _clause_before(sentence, end, names)
    if found is None:
        return None
    subject, predicate = found
    is_said = not is_aside(sentence, end, predicate)
    if is_said and agrees(sentence, subject, predicate):
        return Clause(subject, predicate.verb, is_when(tokens, end))
    return None


def _clause_before(
    sentence: Sentence, figure: int, names: Sequence[Span]
) -> tuple[Span, Predicate] | None:
    """Return the subject and the predicate before a figure."""
    predicate = predicate_before(sentence, figure)
    subjects = Subjects(sentence, noun_phrase, {name.end: name for name in names})
    if predicate and is_participle(sentence, predicate.first):
        subject = subjects.antecedent(predicate.first, is_nearest=True)
    else:
        subject = subjects.before(predicate.first) if predicate else None
    if (
        predicate
        and subject is None
        and sentence.language in PRO_DROP
        and moves(predicate.verb, sentence.language)
    ):
        subject = _behind_verb(sentence, predicate.first, figure)
    return (subject, predicate) if subject and predicate else None


def _behind_verb(sentence: Sentence, verb: int, figure: int) -> Span | None:
    """Return the subject between a verb that opens its clause and a figure: "Выросла цена до 50"."""
    tokens = sentence.tokens
    is_first = verb == 0 or tokens[verb - 1].has("comma", "break", "and")
    end = sentence.next_of(verb + 1, figure, "fronted", "circumstance", "comma", "break")
    return noun_phrase(sentence, verb + 1, end) if is_first and verb + 1 < end else None


def _without_inserts(sentence: Sentence, until: int) -> Sentence:
    """Return a sentence without "he said" before a position: "it has, he said, 30 shops"."""
    kept: list[Token] = []
    opened: int | None = None  # the last comma that is kept
    for at, token in enumerate(sentence.tokens):
        kept.append(token)
        if not token.has("comma") or token.span.end > until:
            continue
        is_antecedent = any(one.has("relative") for one in sentence.tokens[at + 1 : at + 2])
        if opened is not None and not is_antecedent and _is_said(kept[opened + 1 : -1]):
            del kept[opened:]
            opened = None
        else:
            opened = len(kept) - 1
    return sentence.keeping(kept) if len(kept) < len(sentence.tokens) else sentence


def _is_said(insert: Sequence[Token]) -> bool:
    """Return True for "he said" and "said the minister" between commas."""
    return 1 < len(insert) <= MOST_OF_INSERT and (insert[0].has("say") or insert[-1].has("say"))


def is_subject(sentence: Sentence, figure_end: int) -> bool:
    """Return True if a verb follows a figure in its clause: "and 800 people in town use a rival".

    >>> text = "It has 300 users and 800 people in town use a rival"
    >>> sentence = Sentence.whole(text)
    >>> is_subject(sentence, 16), is_subject(sentence, 31)
    (False, True)
    """
    start = sentence.index_from(figure_end)
    end = sentence.next_of(start, len(sentence.tokens), "comma", "break", "relative", "and")
    phrase = sentence.tokens[start:end]
    return any(_is_finite(phrase, at, sentence.language) for at in range(len(phrase)))


def _is_finite(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Return True for a listed finite verb, and for "use"; "used" may be a participle."""
    is_a_noun = at > 0 and tokens[at - 1].has("fronted", "link", "determiner")
    return tokens[at].has("finite") or (
        not is_a_noun and f"{tokens[at].text}d" in verb_classes(language)
    )
