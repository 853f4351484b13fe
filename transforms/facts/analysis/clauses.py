"""Find the clause of a figure: its verb, and the noun phrase that is the verb's subject."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts.analysis.phrases import VERB_SECOND, as_subject
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subjects import (
    is_adverb,
    sentence_subject,
    shares_subject,
    subject_before,
)
from transforms.facts.analysis.tokens import Token, verb_classes
from transforms.facts.analysis.verb_bracket import find_bracket
from transforms.language.names import common_words
from transforms.language.span import Span

FARTHEST = 14  # tokens from a verb to its figure
MOST_WORDS = 9  # of a subject; longer ones are clauses
MOST_AFTER_AUXILIARY = 3
ENDS = ("comma", "break", "opener", "finite", "verb")  # what a phrase begins after
SIGNS = re.compile(r"[^\w\s&$€£+%.’'\u00ad-]")  # no noun phrase has them
AMOUNT = re.compile(r"\D{0,3}\d")  # "RM1.6"
MOST_BETWEEN = 6  # tokens of the subject after its verb


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with a figure: the span of its subject, and its verb."""

    subject: Span
    verb: Token


def clause_of(sentence: Sentence, figure_start: int, names: Sequence[Span] = ()) -> Clause | None:
    """Return the clause that a figure is in, or None if it has no clear verb and subject.

    `names` are the spans of known names: one at the end of an unclear phrase is the subject.

    >>> from transforms.facts.analysis.sentence import read_sentence
    >>> from transforms.language.cues import cues_of
    >>> text = "In March, the app, a rival of QQ, had more than 300 million users"
    >>> clause = clause_of(read_sentence(text, Span(0, len(text)), cues_of("en")), 38)
    >>> clause.subject.of(text), clause.verb.text
    ('the app', 'had')
    """
    tokens = sentence.tokens
    end = next((i for i, token in enumerate(tokens) if token.span.end > figure_start), len(tokens))
    verbs = [find_bracket(sentence, end) if sentence.language in VERB_SECOND else None]
    verbs.append((at, tokens[at]) if (at := _verb_before(tokens[:end])) is not None else None)
    subjects = ((_subject_of(sentence, at, end, names), verb) for at, verb in filter(None, verbs))
    return next((Clause(subject, verb) for subject, verb in subjects if subject), None)


def _subject_of(sentence: Sentence, verb: int, end: int, names: Sequence[Span]) -> Span | None:
    """Return the subject of a verb, behind it or before it."""
    if sentence.language in VERB_SECOND and _is_inverted(sentence.tokens, verb):
        return _noun_phrase(sentence, verb + 1, _preposition(sentence.tokens, verb + 1, end))
    return _subject(sentence, verb, {name.end: name for name in names})


def is_subject(sentence: Sentence, figure_end: int) -> bool:
    """Return True if a verb follows a figure in its clause: "and 800 people in town use a rival".

    >>> from transforms.facts.analysis.sentence import read_sentence
    >>> from transforms.language.cues import cues_of
    >>> text = "It has 300 users and 800 people in town use a rival"
    >>> sentence = read_sentence(text, Span(0, len(text)), cues_of("en"))
    >>> is_subject(sentence, 16), is_subject(sentence, 31)
    (False, True)
    """
    after = [token for token in sentence.tokens if token.span.start >= figure_end]
    ends = (i for i, token in enumerate(after) if token.has("comma", "break", "relative", "and"))
    phrase = after[: next(ends, len(after))]
    return any(_is_finite(phrase, at, sentence.language) for at in range(len(phrase)))


def _is_finite(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Return True for a listed finite verb, and for "use"; "used" may be a participle."""
    is_noun = at > 0 and tokens[at - 1].has("fronted", "link", "determiner")
    return tokens[at].has("finite") or (not is_noun and f"{tokens[at].text}d" in verb_classes(language))


def _verb_before(tokens: Sequence[Token]) -> int | None:
    """Return the index of the last verb before a figure, if nothing ends its clause in between."""
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 1 - FARTHEST), -1):
        token = tokens[index]
        if token.has("figure_verb"):
            is_noun = index > 0 and tokens[index - 1].has("determiner", "link")
            return None if is_noun or _is_too_far(token, tokens[index + 1 :]) else index
        if token.has("break", "comma", "relative", "finite", "verb", "opener"):
            return None
    return None


def _is_too_far(verb: Token, between: Sequence[Token]) -> bool:
    """Return True if "is" or "has" is not the verb of a figure: "is coming out after 12 years"."""
    if not verb.has("finite"):
        return False
    return len(between) > MOST_AFTER_AUXILIARY or any(token.has("fronted", "link") for token in between)


def _is_inverted(tokens: Sequence[Token], verb: int) -> bool:
    """Return True if the subject follows the verb: "2023 stieg der Umsatz um 5 Prozent"."""
    is_fronted = verb > 0 and tokens[0].has("fronted", "number")
    return is_fronted and not tokens[verb - 1].has("comma")


def _preposition(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where a subject after its verb ends: before "um 5 Prozent"."""
    end = min(end, start + MOST_BETWEEN)
    inner = (
        i for i in range(start + 1, end) if tokens[i].has("fronted") and not tokens[i].has("determiner")
    )
    return next(inner, end)


def _subject(sentence: Sentence, verb: int, names: dict[int, Span]) -> Span | None:
    """Return the subject to the left of a verb: across auxiliaries, appositions and joined verbs."""
    tokens, end = sentence.tokens, verb
    if tokens[verb].text.endswith("ing") and shares_subject(sentence, verb):
        return _subject_of_participle(sentence, verb, names)
    while end and _is_between(tokens[end - 1]):
        end -= 1
    if end and tokens[end - 1].has("and"):
        return _subject_of_joined(sentence, end - 1, names)
    if end > 1 and tokens[end - 1].has("relative"):
        is_comma = tokens[end - 2].has("comma")
        is_loose = is_comma and tokens[end - 1].text == "that"  # "Presumably, that would be worth"
        return None if is_loose else _antecedent(sentence, end - 1 - is_comma)
    end = _before_brackets(tokens, end)
    start = _start(tokens, end)
    if start < end and start and _is_relative_clause(tokens, start):
        return _noun_phrase(sentence, _start(tokens, start - 1), start - 1)
    if start > 1 and _is_superlative(tokens[start:end]):
        return _last_name(tokens[: start - 1], names)
    if start == end:
        subject = subject_before(sentence, end) if end else None  # before an apposition
        subject = subject if subject and _may_count(sentence, subject) else None
    else:
        subject = _noun_phrase(sentence, start, end)
    return subject or _last_name(tokens[:end], names)


def _is_between(token: Token) -> bool:
    """Return True for an auxiliary or an adverb between a subject and its verb."""
    return token.text in AUXILIARIES or is_adverb(token.text) or token.has("adverb")


def _subject_of_participle(sentence: Sentence, verb: int, names: dict[int, Span]) -> Span | None:
    """Return the name before ", having", perhaps before an apposition, or the sentence's subject."""
    commas = [i for i in range(verb) if sentence.tokens[i].has("comma")][-2:]
    found = (_last_name(sentence.tokens[:at], names) for at in commas)
    subject = next(filter(None, found), None) or sentence_subject(sentence)
    return subject if subject and _may_count(sentence, subject) else None


def _before_brackets(tokens: Sequence[Token], end: int) -> int:
    """Return where a phrase ends before a bracket: "the Nikkei (N225) fell"."""
    opened = [i for i in range(end - 1) if tokens[i].text == "("]
    return opened[-1] if opened and tokens[end - 1].text == ")" else end


def _start(tokens: Sequence[Token], end: int) -> int:
    """Return where the phrase before a token begins: behind a comma or another end of a clause."""
    start = end
    while start and not tokens[start - 1].has(*ENDS) and not _relates(tokens, start):
        start -= 1
    return start


def _is_relative_clause(tokens: Sequence[Token], start: int) -> bool:
    """Return True if a phrase is the predicate of a relative clause: "that struck the island"."""
    is_noun = tokens[start].has("determiner") or not tokens[start].text[0].islower()
    return tokens[start - 1].has("relative") and not is_noun and not tokens[start].has("pronoun")


def _relates(tokens: Sequence[Token], at: int) -> bool:
    """Return True if the token before a position is a relative pronoun, not "for that quarter"."""
    return tokens[at - 1].has("relative") and not (at > 1 and tokens[at - 2].has("link", "fronted"))


def _is_superlative(tokens: Sequence[Token]) -> bool:
    """Return True if a phrase describes the one before it: "WeChat, the most popular of them has"."""
    is_most = len(tokens) > 1 and (tokens[1].text == "most" or tokens[1].text.endswith("est"))
    return is_most and tokens[0].has("determiner")


def _subject_of_joined(sentence: Sentence, at: int, names: dict[int, Span]) -> Span | None:
    """Return the subject that a verb after "and" shares: "The firm hired 30 people and fired 20"."""
    tokens = sentence.tokens
    for index in range(at - 1, -1, -1):
        if tokens[index].has("figure_verb") and not tokens[index - 1].has("determiner"):
            return _subject(sentence, index, names)
        if tokens[index].has("break", "comma", "relative"):
            return None
    return None


def _antecedent(sentence: Sentence, end: int) -> Span | None:
    """Return the noun that a relative pronoun means: "the bridge, which weighs 300 tonnes"."""
    tokens, start = sentence.tokens, end
    while start and not tokens[start - 1].has(
        "comma", "break", "finite", "verb", "figure_verb", "relative"
    ):
        start -= 1
    articles = [i for i in range(start, end) if tokens[i].has("determiner")]
    return _noun_phrase(sentence, articles[-1] if articles else start, end)


def _noun_phrase(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return a phrase as a subject, without the words that join and place it: "but now the firm"."""
    tokens = sentence.tokens
    start = next((i for i in range(start, end) if not tokens[i].has("adverb", "and")), end)
    if start == end or (tokens[start].has("preposition") and not tokens[start].has("determiner")):
        return None  # "neben den Punkten dürfen sie"
    subject = as_subject(sentence, start, end, is_agent=False)
    return subject if subject and _may_count(sentence, subject) else None


def _may_count(sentence: Sentence, span: Span) -> bool:
    """Return True if a phrase can be the subject of a figure: no pronoun, number or common word."""
    words = span.of(sentence.text).split()
    first = next(token for token in sentence.tokens if token.span.start == span.start)
    is_pronoun = first.has("pronoun") and len(words) == 1
    if AMOUNT.match(first.text) or is_pronoun or SIGNS.search(span.of(sentence.text)):
        return False
    if len(words) > MOST_WORDS or words[-1] == "-":
        return False
    has_articles = bool(sentence.cues.of("article", "determiner"))
    is_bare = has_articles and words[0].islower() and words[0].isascii()
    is_plain = words[0].casefold() in common_words() or is_bare
    return len(words) > 1 or not is_plain or words[0].endswith("s")


def _last_name(tokens: Sequence[Token], names: dict[int, Span]) -> Span | None:
    """Return the known name at the end of an unclear phrase: "on its platform called WeChat, having"."""
    name = names.get(tokens[-1].span.end) if tokens else None
    before = [token for token in tokens if name and token.span.end <= name.start]
    return None if before and before[-1].has("fronted", "link", "determiner", "finite") else name


AUXILIARIES = frozenset(
    "has have had is are was were be been will would could may might can should must also does did do "
    "hat haben hatte hatten wird werden wurde wurden ist sind war a ont avait est sont ha han había va "
    "tem foi heeft hebben väntas now still already only not never ever all both so "
    "me te se nos le les lui leur lo la mi ti ci vi já ya déjà già bereits schon al już уже".split()
)
