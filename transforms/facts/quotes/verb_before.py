"""Find the speaker by a verb before the quotation: `X said: “...”`, `X rose, adding it was “...”`."""

import re

from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.sentence_subject import sentence_subject
from transforms.facts.analysis.subjects import Subjects
from transforms.facts.analysis.tokens import Token
from transforms.facts.analysis.verb_chains import AT_CLOSE, before_passive, is_passive
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import (
    FEWEST_WORDS_FAR,
    PAUSE_SIGNS,
    Attribution,
    is_by,
    only_asks,
    with_listener,
    with_relay,
)
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import PRO_DROP, VERB_SECOND
from transforms.language.names import LOWER
from transforms.language.span import Span

# Quoted words farther from the cue do not belong to it. Measured on the five sample captures and the
# training pages of the benchmark.
FARTHEST_QUOTE = 20  # words from the cue to a partial quotation in the same sentence
FARTHEST_TERM = 4  # words from the cue to a word or two: "said he was “moved”"
# "said the plan was being “adjusted”", "said in a letter that it “regrets” the loss"
MOST_WORDS_OF_NAME = 3
PREDICATE = r"\b%be|he|she|pronoun%(?: %before_verb|be|determiner|he|she|pronoun|degree%)*\s*$"
NAMED = r"(?i:\b%determiner%) [\w-]+\s*$"  # "answered questions on the site “Evolution”"
RIGHT_BEFORE = r"[\s,:–—-]*(?:(?:%adverb% )?%told_that%[\s,:]*)?"  # said only that “...”
ADVERB_BEFORE = re.compile(rf"\s[{LOWER}]+:\s*")  # said flatly: “...”


def find_verb_before(context: QuoteContext) -> Attribution | None:
    """Find `X said: “...”`, `X quoted Y as saying “...”` and `X said it was “...”`."""
    before = context.before
    found = before.find("say", "tell", "quote")
    quoting = [i for i in found if before.tokens[i].has("quote")]
    if quoting and (relayed := _relayed(before, quoting[-1])):
        return relayed
    said = [i for i in found if i not in quoting and not is_by(before, i)]
    said = [i for i in said if not (i and _is_noun_behind(before.tokens[i - 1]))]  # "em nota"
    if not said:
        return _asked(before)
    return _said(context, said[-1]) if _may_govern(before, said[-1]) else None


def _is_noun_behind(token: Token) -> bool:
    """Return True for a word behind which a verb of saying is a noun: "em nota", "su cuenta"."""
    is_article = token.leads("determiner") and not token.has("before_verb", "person", "other")
    return token.has("circumstance", "of") or is_article


def _may_govern(before: Sentence, verb: int) -> bool:
    """Return True if quoted words can be the object of a verb before them."""
    tokens = before.tokens
    behind = verb - 1 - (verb > 1 and tokens[verb - 1].has("comma"))
    if behind >= 0 and verb + 1 == len(tokens) and tokens[behind].text in AT_CLOSE:
        return False  # “...,” said “Crime Hour” host Jane Doe
    return not _is_loose_participle(before, verb) and not is_passive(before, verb)


def _is_loose_participle(before: Sentence, verb: int) -> bool:
    """Return True if a participle belongs to the noun before it ("the phrases describing “...”")."""
    if before.language != "en" or not before.tokens[verb].text.split()[0].endswith("ing"):
        return False
    return verb > 0 and before.tokens[verb - 1].text not in (",", "—", "–", "and")


def _said(context: QuoteContext, verb: int) -> Attribution | None:
    """Return the attribution to the subject of a verb, if the quoted words are close enough."""
    before, end = context.before, context.head.end
    cue = before.tokens[verb]
    inverted = _inverted_before(before, verb)
    gap = Span(inverted.end if inverted else cue.span.end, end)
    words = gap.of(context.text)
    is_near = bool(context.cues.compile(RIGHT_BEFORE).fullmatch(words))
    if is_near and _is_told_by_name(context, verb, gap):
        return None
    is_behind_adverb = ADVERB_BEFORE.fullmatch(words) is not None
    if not (is_near or is_behind_adverb or _is_within_reach(context, context.text[cue.span.end : end])):
        return None
    subject = inverted or Subjects(before).before(verb)  # "La ministre, interrogée, a promis"
    is_near = (
        is_near or (subject is not None and is_behind_adverb) or _omits_subject(before, verb, words)
    )
    if subject and (
        (not is_near and _is_aside(before, subject, gap)) or only_asks(context, subject, cue.text)
    ):
        return None
    if subject is None and not is_near:
        return None  # a verb right before the words needs no subject: "recalled he said, “...”"
    rule = rules.SPEAKER_AND_VERB_BEFORE if is_near else rules.PARTIAL_QUOTATION
    return with_listener(Attribution(subject, cue.text, rule), before, verb)


def _omits_subject(before: Sentence, verb: int, gap: str) -> bool:
    """Return True for a verb that opens a sentence without a subject: "Napisał w sieci: “...”"."""
    return verb == 0 and before.language in PRO_DROP and gap.rstrip().endswith(":")


def _is_told_by_name(context: QuoteContext, verb: int, gap: Span) -> bool:
    """Return True for a quoted name of who says it: `Firma upadła - informuje "Gazeta"`."""
    tokens = context.before.tokens
    is_behind = verb > 0 and tokens[verb - 1].text in PAUSE_SIGNS
    after = context.after.tokens[:1]
    is_listener = any(one.is_capital for one in after)  # рассказала «Вестнику» Анна Лыкова
    is_name = not (context.is_whole or context.is_described) and context.words <= MOST_WORDS_OF_NAME
    return (
        (is_behind or is_listener)
        and is_name
        and context.before.language in PRO_DROP
        and not gap.of(context.text).strip()
    )


def _is_aside(before: Sentence, subject: Span, gap: Span) -> bool:
    """Return True for "after the court had ruled, in June, that he must go, there was “...”"."""
    opening = next((one for one in reversed(before.tokens) if one.span.end <= subject.start), None)
    is_subordinate = opening is not None and opening.has("subordinate")
    return is_subordinate and "," in gap.of(before.text)


def _asked(before: Sentence) -> Attribution | None:
    """Find `X wrote to me to ask, “...”`."""
    words = [one.text for one in before.tokens if one.text not in ",:"]
    if words[-2:-1] != ["to"] or words[-1] not in before.cues.of("ask"):
        return None
    subject = sentence_subject(before)
    return Attribution(subject, words[-1], rules.SPEAKER_AND_VERB_BEFORE) if subject else None


def _inverted_before(before: Sentence, verb: int) -> Span | None:
    """Return the subject after a verb: in English a name before a colon; in verb-second languages also
    after a fronted part of the sentence ("Dennoch betont der Trainer: ..."); in others if it opens its
    clause.
    """
    tokens = before.tokens
    if verb + 1 >= len(tokens):
        return None
    is_name = tokens[verb + 1].is_capital
    if before.language == "en":
        is_first = verb == 0 or tokens[verb - 1].has("comma")
        colons = [i for i in range(verb, len(tokens)) if tokens[i].text == ":"]
        follows = is_first and is_name and colons == [len(tokens) - 1]
    elif before.language in VERB_SECOND:
        words = [one for one in tokens[:verb] if one.text[0].isalnum()]
        is_fronted = bool(words) and words[0].has("fronted")
        is_told = verb > 0 and (tokens[verb - 1].has("comma") or tokens[verb - 1].has("opener"))
        follows = is_fronted or (is_told and is_name)  # "Sie stamme aus ..., sagte Stein: "
    else:
        follows = any(one.has("how", "as_told") for one in tokens[max(0, verb - 2) : verb])
        is_apart = verb > 0 and tokens[verb - 1].has("comma") and not _is_after_insert(before, verb)
        follows = follows or verb == 0 or is_apart  # "Как отметил мэр, «...»"
    return phrase_after(before, verb + 1) if follows else None


def _is_after_insert(before: Sentence, verb: int) -> bool:
    """Return True for a verb behind its subject and an insert: "La ministre, interrogée, a promis"."""
    commas = [i for i in range(verb) if before.tokens[i].has("comma")]
    opens = before.tokens[0].leads("determiner") or before.tokens[0].is_capital
    is_phrase = len(commas) > 1 and not before.tokens[0].has("fronted", "how", "as_told")
    head = before.tokens[: commas[0]] if is_phrase else []
    has_verb = any(one.has("finite", "say", "figure_verb") for one in head[1:])
    return is_phrase and opens and not has_verb


def _is_within_reach(context: QuoteContext, gap: str) -> bool:
    """Return True if the quoted words belong to a cue earlier in the sentence."""
    if len(gap.split()) > FARTHEST_QUOTE or ";" in gap:
        return False
    if context.words >= FEWEST_WORDS_FAR or context.cues.compile(PREDICATE).search(gap):
        return True
    if context.is_whole and " that " in gap:
        return True
    told = not context.cues.of("told_that").isdisjoint(gap.split())
    if told and context.is_described and context.tail.of(context.text)[:1] in (".", ",", ";", ""):
        return True  # "disse que o suspeito “confessou”."
    if context.cues.compile(NAMED).search(gap):
        return False
    words = set(gap.casefold().split())
    has_verb = not words.isdisjoint(context.before.cues.of("finite", "preposition"))
    return len(words) <= FARTHEST_TERM and has_verb  # said he was “moved”


def _relayed(before: Sentence, verb: int) -> Attribution | None:
    """Find `X quoted Y as saying “...”` and `Y was quoted by X as saying “...”`."""
    if not any(one.has("as_saying") for one in before.tokens[verb + 1 :]):
        return None
    return with_relay(before, Subjects(before).before(before_passive(before, verb)), verb)
