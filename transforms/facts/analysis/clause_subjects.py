"""Find the subject of a predicate: before it, behind it, or shared with an earlier verb."""

from collections.abc import Sequence

from transforms.facts.analysis.figure_phrases import (
    is_relative_clause,
    may_count,
    noun_phrase,
    phrase_start,
)
from transforms.facts.analysis.phrases import VERB_SECOND
from transforms.facts.analysis.predicates import INFINITIVES, Predicate, stands_as_noun
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subjects import (
    BE,
    is_adverb,
    sentence_subject,
    shares_subject,
    subject_before,
)
from transforms.facts.analysis.tokens import Token
from transforms.language.cues import CAPITAL_NOUNS
from transforms.language.span import Span

BEFORE_INFINITIVE = frozenset(["to", "de", "a", "à", "att", "di", "que", "para", "d"])
INFINITIVE_ENDINGS = ("ar", "er", "ir", "re", "or", "ać", "ić", "yć", "ть")
MOST_BETWEEN = 6  # tokens of the subject after its verb


def subject_of_predicate(
    sentence: Sentence, predicate: Predicate, end: int, names: Sequence[Span]
) -> Span | None:
    """Return the subject of a predicate, behind its first word or before it."""
    tokens, first = sentence.tokens, predicate.first
    if predicate.is_final:
        subject = noun_phrase(sentence, first + 1, _end_of_phrase(tokens, first + 1, end))
        is_relative = first > 1 and not tokens[first].has("subordinate")
        return subject or (_antecedent(sentence, first - 1) if is_relative else None)
    if sentence.language in VERB_SECOND and _is_inverted(tokens, first):
        return noun_phrase(sentence, first + 1, _end_of_phrase(tokens, first + 1, end))
    return _subject(sentence, first, {name.end: name for name in names})


def _is_inverted(tokens: Sequence[Token], verb: int) -> bool:
    """Return True if the subject follows the verb: "2023 stieg der Umsatz um 5 Prozent"."""
    opening = next((i + 1 for i in range(verb - 1, -1, -1) if tokens[i].has("break")), 0)
    is_fronted = opening < verb and tokens[opening].has("fronted", "number", "adverb")
    return is_fronted and not tokens[verb - 1].has("comma")


def _end_of_phrase(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where a subject behind its verb ends: before "um 5 Prozent" or an adverb."""
    end = min(end, start + MOST_BETWEEN)
    inner = range(start + 1, end)
    return next(
        (i for i in inner if tokens[i].has("fronted", "adverb") and not tokens[i].has("determiner")), end
    )


def _subject(sentence: Sentence, verb: int, names: dict[int, Span]) -> Span | None:
    """Return the subject to the left of a verb: across auxiliaries, appositions and joined verbs."""
    tokens = sentence.tokens
    if tokens[verb].text.endswith("ing") and shares_subject(sentence, verb):
        return _subject_of_participle(sentence, verb, names)
    end = _chain_start(tokens, verb)
    before = tokens[end - 1] if end else None
    if before and before.text in INFINITIVES and sentence.language == "en":
        return _of_purpose(sentence, end - 1)
    if before and before.has("and"):
        return _subject_of_joined(sentence, end - 1, names)
    if before and end > 1 and before.has("relative"):
        is_comma = tokens[end - 2].has("comma")
        is_loose = is_comma and before.text == "that"  # "Presumably, that would be worth"
        return None if is_loose else _antecedent(sentence, end - 1 - is_comma)
    return _phrase_before(sentence, end, names)


def _phrase_before(sentence: Sentence, end: int, names: dict[int, Span]) -> Span | None:
    """Return the noun phrase that ends before a token, or before an apposition there."""
    tokens = sentence.tokens
    start = phrase_start(sentence, end)
    if 0 < start < end and tokens[start - 1].text in BE:
        return None  # "adults who were obese increased"
    if start < end and start and is_relative_clause(tokens, start, end):
        return noun_phrase(sentence, phrase_start(sentence, start - 1), start - 1)
    if start > 1 and _is_superlative(tokens[start:end]):
        return _last_name(tokens[: start - 1], names)
    if start == end:
        subject = _before_apposition(sentence, end) if end else None
    else:
        subject = noun_phrase(sentence, start, end)
    return subject or _last_name(tokens[:end], names)


def _before_apposition(sentence: Sentence, end: int) -> Span | None:
    """Return the phrase before an apposition: "Doe said teams of scouts, many of them new, ..."."""
    subject = subject_before(sentence, end)
    if subject is None:
        return None
    inside = [i for i, one in enumerate(sentence.tokens) if subject.covers(one.span)]
    said = [i for i in inside if sentence.tokens[i].has("verb")]
    if said:
        return noun_phrase(sentence, said[-1] + 1, inside[-1] + 1)
    return subject if may_count(sentence, subject) else None


def _chain_start(tokens: Sequence[Token], verb: int) -> int:
    """Return where a chain of verbs begins: "now plans to", "is expected to", "would also"."""
    end = verb
    while end:
        is_chained = end < verb or tokens[verb].text.endswith(INFINITIVE_ENDINGS)
        if tokens[end - 1].text in BEFORE_INFINITIVE and end > 1 and tokens[end - 2].has("control"):
            end -= 2
        elif _is_between(tokens[end - 1]) or (is_chained and tokens[end - 1].has("control")):
            end -= 1
        else:
            break
    return end


def _is_between(token: Token) -> bool:
    """Return True for an auxiliary or an adverb between a subject and its verb."""
    return token.text in AUXILIARIES or is_adverb(token.text) or token.has("adverb")


def _of_purpose(sentence: Sentence, to: int) -> Span | None:
    """Return the subject of a sentence that ends in a purpose: "They merged, to save £5,000"."""
    subject = sentence_subject(sentence) if sentence.tokens[to - 1].has("comma") else None
    return subject if subject and may_count(sentence, subject) else None


def _subject_of_participle(sentence: Sentence, verb: int, names: dict[int, Span]) -> Span | None:
    """Return the name before ", having", perhaps before an apposition, or the sentence's subject."""
    commas = [i for i in range(verb) if sentence.tokens[i].has("comma")][-2:]
    found = (_last_name(sentence.tokens[:at], names) for at in commas)
    subject = next(filter(None, found), None) or sentence_subject(sentence)
    return subject if subject and may_count(sentence, subject) else None


def _is_superlative(tokens: Sequence[Token]) -> bool:
    """Return True if a phrase describes the one before it: "WeChat, the most popular of them has"."""
    is_most = len(tokens) > 1 and (tokens[1].text == "most" or tokens[1].text.endswith("est"))
    return is_most and tokens[0].has("determiner")


def _subject_of_joined(sentence: Sentence, at: int, names: dict[int, Span]) -> Span | None:
    """Return the subject that a verb after "and" shares: "The firm hired 30 people and fired 20"."""
    tokens = sentence.tokens
    ends = (i for i in range(at - 1, -1, -1) if tokens[i].has("break", "comma", "relative"))
    verbs = [i for i in range(at - 1, max(0, next(ends, 0)), -1) if _is_predicate(tokens, i)]
    if sentence.language in VERB_SECOND:  # "hat 300 Stellen gestrichen und will"
        verbs = [i for i in verbs if tokens[i].has("auxiliary")] or verbs
    return _subject(sentence, verbs[0], names) if verbs else None


def _is_predicate(tokens: Sequence[Token], at: int) -> bool:
    """Return True for a listed verb or an auxiliary that is no noun and not behind a preposition."""
    token = tokens[at]
    is_verb = token.has("figure_verb", "verb") or (token.text in AUXILIARIES and token.has("finite"))
    return is_verb and not stands_as_noun(tokens, at) and not tokens[at - 1].has("fronted")


def _antecedent(sentence: Sentence, end: int) -> Span | None:
    """Return the noun that a relative pronoun means: "the bridge, which weighs 300 tonnes"."""
    tokens, start = sentence.tokens, end
    while start and not tokens[start - 1].has(
        "comma", "break", "finite", "verb", "figure_verb", "relative"
    ):
        start -= 1
    while sentence.language in CAPITAL_NOUNS and end > start + 1 and tokens[end - 1].text.islower():
        end -= 1  # "das Geschäft geschlossen, das"
    articles = [i for i in range(start, end) if tokens[i].has("determiner")]
    return noun_phrase(sentence, articles[-1] if articles else start, end)


def _last_name(tokens: Sequence[Token], names: dict[int, Span]) -> Span | None:
    """Return the known name at the end of an unclear phrase: "on its platform called WeChat, having"."""
    name = names.get(tokens[-1].span.end) if tokens else None
    before = [token for token in tokens if name and token.span.end <= name.start]
    return None if before and before[-1].has("fronted", "link", "determiner", "finite") else name


AUXILIARIES = frozenset(
    "has have had is are was were be been will would could may might can should must also does did do "
    "hat haben hatte hatten wird werden wurde wurden ist sind war a ont avait est sont ha han había va "
    "tem foi heeft hebben väntas now still already only not never ever all both so "
    "me te se nos le les lui leur lo la mi ti ci vi já ya déjà già bereits schon al уже".split()
)
