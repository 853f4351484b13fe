"""Find the clause of a figure: its verb, and the noun phrase that is the verb's subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts.analysis.figure_phrases import agrees, noun_phrase
from transforms.facts.analysis.phrase_starts import phrase_start
from transforms.facts.analysis.phrases import VERB_SECOND
from transforms.facts.analysis.predicates import (
    Predicate,
    is_aside,
    is_when,
    predicate_before,
)
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subjects import Subjects
from transforms.facts.analysis.tokens import ELIDED, Token, verb_classes
from transforms.facts.analysis.verb_second import clause_by_fields
from transforms.language.span import Span

MOST_OF_DESCRIPTION = 8  # tokens from a figure to the comma that closes its description
MOST_OF_NOUN = 6  # tokens from an article to the "of" of a measure
NO_NOUN = ("comma", "break", "verb", "figure_verb", "number", "relative", "and", "total")
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

    >>> from transforms.facts.analysis.sentence import Sentence
    >>> from transforms.language.cues import cues_of
    >>> text = "In March, the app, a rival of QQ, had more than 300 million users"
    >>> clause = clause_of(Sentence(text, Span(0, len(text)), cues_of("en")), Span(38, 65))
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
    is_said = not is_aside(tokens, end, predicate, sentence.language)
    if is_said and agrees(sentence, subject, predicate):
        return Clause(subject, predicate.verb, is_when(tokens, end))
    return None


def _clause_before(
    sentence: Sentence, figure: int, names: Sequence[Span]
) -> tuple[Span, Predicate] | None:
    """Return the subject and the predicate before a figure."""
    predicate = predicate_before(sentence, figure)
    subjects = Subjects(sentence, noun_phrase, {name.end: name for name in names})
    subject = subjects.before(predicate.first) if predicate else None
    return (subject, predicate) if subject and predicate else None


def described_by(sentence: Sentence, figure: Span) -> Span | None:
    """Return the phrase before a comma that a figure describes: "Its report, 310 pages long, says".

    >>> from transforms.language.cues import cues_of
    >>> text = "Its report, 310 pages long, says"
    >>> described_by(Sentence(text, Span(0, 32), cues_of("en")), Span(12, 21)).of(text)
    'Its report'
    >>> text = "WeChat, with 355 million users a month, grows"
    >>> described_by(Sentence(text, Span(0, 45), cues_of("en")), Span(13, 30)).of(text)
    'WeChat'
    """
    tokens = sentence.tokens
    start = next((i for i, one in enumerate(tokens) if one.span.start >= figure.start), 0)
    after = [one for one in tokens[start:] if one.span.start >= figure.end]
    is_of, is_with = (start > 1 and tokens[start - 1].has(kind) for kind in ("of", "with"))
    if (comma := _comma_before_measure(sentence, start)) and sentence.language not in VERB_SECOND:
        begin = _noun_start(sentence, comma, is_genitive=True)
        return noun_phrase(sentence, begin, comma) if begin is not None else None
    comma = start - 1 - (is_of or is_with)
    if comma < 1 or not tokens[comma].has("comma") or not after:
        return None
    begin = phrase_start(sentence, comma)
    is_first = begin == 0 or tokens[begin - 1].has("break")
    is_measured = after[0].text in sentence.cues.of("measure") or (is_of and after[0].has("comma", "of"))
    nearest = after[:3] if is_measured else after[:MOST_OF_DESCRIPTION] if is_with and is_first else []
    if is_first and comma == start - 1 and sentence.language != "en":
        nearest = nearest or after[:1]  # "La moyenne, 38 km/h, est"
    is_closed = any(one.has("comma") for one in nearest)
    return noun_phrase(sentence, begin, comma) if is_closed else None


def _comma_before_measure(sentence: Sentence, start: int) -> int | None:
    """Return the comma before what a figure measures: "La galleria, lunga 620 metri", "doté de 10 €"."""
    tokens = sentence.tokens
    first = start - 1 - (start > 1 and tokens[start - 1].has("of", "lasting", "fronted", "belonging"))
    if first < 2 or not tokens[first - 1].has("comma"):
        return None
    endings = tuple(sentence.cues.of("participle_ending") - {"is", "it", "u", "i", "so"})
    is_form = tokens[first].text.endswith(endings) or tokens[first].text[:-1].endswith(endings)
    return first - 1 if tokens[first].has("measure") or (is_form and first < start - 1) else None


def measured_noun(sentence: Sentence, figure: Span) -> Span | None:
    """Return the noun whose size a figure gives: "une étape de 167 kilomètres".

    >>> from transforms.language.cues import cues_of
    >>> text = "une étape de 167 kilomètres"
    >>> measured_noun(Sentence(text, Span(0, 27), cues_of("fr")), Span(13, 27)).of(text)
    'une étape'
    """
    tokens = sentence.tokens
    of = next((i for i, one in enumerate(tokens) if one.span.start >= figure.start), 0) - 1
    if sentence.language == "en" or of < 2 or not tokens[of].has("of"):
        return None
    begin = _noun_start(sentence, of)
    is_change = sentence.cues.compile("(?i:%changing_stem|number_of%)").match(tokens[of - 1].text)
    return None if is_change or begin is None else noun_phrase(sentence, begin, of)


def _noun_start(sentence: Sentence, end: int, *, is_genitive: bool = False) -> int | None:
    """Return where the noun phrase that ends before a token begins: with an article, or behind "du".

    With `is_genitive` it goes on before "of" and an article: "le stade de la ville".
    """
    tokens, at = sentence.tokens, end - 1
    while at >= 0 and end - at <= MOST_OF_NOUN and not tokens[at].has(*NO_NOUN):
        if tokens[at].has("determiner"):
            if not (is_genitive and at > 1 and tokens[at - 1].has("of")):
                return at if at < end - 1 or ELIDED.match(tokens[at].text) else None
            at -= 1
        elif tokens[at].has("belonging") and not is_genitive:
            return at + 1 if at + 1 < end and tokens[at].text.endswith(("'une", "’une", "'un", "’un")) else None
        at -= 1
    return None


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

    >>> from transforms.facts.analysis.sentence import Sentence
    >>> from transforms.language.cues import cues_of
    >>> text = "It has 300 users and 800 people in town use a rival"
    >>> sentence = Sentence(text, Span(0, len(text)), cues_of("en"))
    >>> is_subject(sentence, 16), is_subject(sentence, 31)
    (False, True)
    """
    after = [token for token in sentence.tokens if token.span.start >= figure_end]
    ends = (i for i, token in enumerate(after) if token.has("comma", "break", "relative", "and"))
    phrase = after[: next(ends, len(after))]
    return any(_is_finite(phrase, at, sentence.language) for at in range(len(phrase)))


def _is_finite(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Return True for a listed finite verb, and for "use"; "used" may be a participle."""
    is_a_noun = at > 0 and tokens[at - 1].has("fronted", "link", "determiner")
    return tokens[at].has("finite") or (
        not is_a_noun and f"{tokens[at].text}d" in verb_classes(language)
    )
