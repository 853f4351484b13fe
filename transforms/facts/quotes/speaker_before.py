"""Find the speaker by a verb before the quotation: `X said: “...”`, `X rose, adding it was “...”`."""

import re
from collections.abc import Sequence

from transforms.facts.grammar.clauses import sentence_subject, shares_subject
from transforms.facts.grammar.noun_phrases import VERB_SECOND, phrase_after, speech_verbs
from transforms.facts.grammar.subject_phrases import subject_before
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import (
    FEWEST_WORDS_FAR,
    Attribution,
    add_listener,
    before_passive,
    is_by,
    is_passive,
    only_asks,
)
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import Cues
from transforms.language.span import Span

# Quoted words farther from the cue do not belong to it. Measured on the five sample captures and the
# training pages of the benchmark.
FARTHEST_QUOTE = 20  # words from the cue to a partial quotation in the same sentence
FARTHEST_TERM = 4  # words from the cue to a word or two: "said he was “moved”"
# "said the plan was being “adjusted”", "said in a letter that it “regrets” the loss"
PREDICATE = re.compile(
    r"\b(?:is|was|were|are|be|ist|war|waren|sei|seien|it|he|she|they|there|we)"
    r"(?: (?:had|has|have|would|will|could|did|do|being|not|a|an|the|so|very|too|"
    r"das|es|er|sie|dies|eine?))*\s*$"
)
QUOTED_BEFORE = re.compile(r"(?:[,.!?…][”\"»“’‘']|[”\"»“’‘'],)\s*$")
# said that “...”
RIGHT_BEFORE = re.compile(r"[\s,:–—-]*(?:that|how|of|to|que|qu[’']|dass|che|dat)?[\s,:]*")
NAME_AND_COLON = re.compile(r" [^\W\d_a-z][^:]{1,60}:\s*")
INVERTING = "”\"»“’',"  # marks before a verb whose subject follows it


def find_verb_before(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `X said: “...”`, `X quoted Y as saying “...”` and `X said it was “...”`."""
    text, head = context.text, context.head
    found = list(speech_verbs(cues).any.finditer(text, head.start, head.end))
    quoting = [one for one in found if one["verb"] in cues.of("quote")]
    if quoting and (relayed := _relayed_before(context, quoting[-1], cues)):
        return relayed
    said = [one for one in found if one not in quoting and not is_by(text, one.end(), head.end)]
    if not said:
        return _asked(context, cues)
    return _said(context, said, cues) if _may_govern(context, said[-1], cues) else None


def _may_govern(context: QuoteContext, verb: re.Match[str], cues: Cues) -> bool:
    """Return True if quoted words can be the object of a verb before them."""
    text, head = context.text, context.head
    is_right_before = not text[verb.end() : head.end].strip()
    if is_right_before and text[: verb.start()].rstrip()[-1:] in INVERTING:
        return False  # “...,” said “Crime Hour” host Jane Doe
    is_loose = _is_loose_participle(text, head, verb, cues)
    return not is_loose and not is_passive(text, head.start, verb.start())


def _said(context: QuoteContext, verbs: Sequence[re.Match[str]], cues: Cues) -> Attribution | None:
    """Return the attribution to the subject of the last verb, if the quoted words are close enough."""
    text, verb, end = context.text, verbs[-1], context.head.end
    inverted = _inverted(context, verb, cues)
    is_near = bool(RIGHT_BEFORE.fullmatch(text, inverted.end if inverted else verb.end(), end))
    if not is_near and not _is_within_reach(context, text[verb.end() : end], cues):
        return None
    subject = inverted or _subject_of(context, verbs, cues)
    if subject and only_asks(text, subject, verb["verb"]):
        return None
    if subject is None and not is_near:
        return None  # a verb right before the words needs no subject: "recalled he said, “...”"
    rule = rules.SPEAKER_AND_VERB_BEFORE if is_near else rules.PARTIAL_QUOTATION
    return add_listener(context, Attribution(subject, verb["verb"], rule), verb.end(), cues)


def _asked(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `X wrote to me to ask, “...”`."""
    verb = cues.compile(r"\bto (?P<verb>%ask%)[,:]?\s*$").search(
        context.text, context.head.start, context.head.end
    )
    subject = sentence_subject(context.text, context.head, cues) if verb else None
    return (
        Attribution(subject, verb["verb"], rules.SPEAKER_AND_VERB_BEFORE) if verb and subject else None
    )


def _is_loose_participle(text: str, head: Span, verb: re.Match[str], cues: Cues) -> bool:
    """Return True if a participle belongs to the noun before it ("the phrases describing “...”")."""
    if cues.language != "en" or not verb["verb"].split()[0].endswith("ing"):
        return False
    before = text[max(head.start, verb.start() - 30) : verb.start()].rstrip()
    return bool(before) and not before.endswith((",", "—", "–", "and"))


def _subject_of(context: QuoteContext, verbs: Sequence[re.Match[str]], cues: Cues) -> Span | None:
    """Return the subject of the last verb of saying before quoted words."""
    text, head, verb = context.text, context.head, verbs[-1]
    if shares_subject(text, head.start, verb, cues):
        earlier = _subject_of(context, verbs[:-1], cues) if len(verbs) > 1 else None
        return earlier or sentence_subject(text, head, cues)
    if QUOTED_BEFORE.search(text, head.start, verb.start()):
        return phrase_after(text, Span(verb.end(), head.end), cues)  # “...,” said X, adding
    return subject_before(text, Span(head.start, verb.start()), cues)


def _inverted(context: QuoteContext, verb: re.Match[str], cues: Cues) -> Span | None:
    """Return the subject after a verb: in English a name before a colon; in verb-second languages also
    after a fronted part of the sentence ("Dennoch betont der Trainer: ...").
    """
    text, after = context.text, Span(verb.end(), context.head.end)
    before = text[context.head.start : verb.start()]
    if cues.language == "en":
        is_first = not before.strip() or before.endswith(", ")
        follows = is_first and bool(NAME_AND_COLON.fullmatch(after.of(text)))
    elif cues.language in VERB_SECOND:
        first = re.search(r"\w+", before)
        is_fronted = first is not None and first[0].casefold() in cues.of("fronted")
        is_told = re.search(r"(?:,|\bso)\s*$", before)  # "Sie stamme aus ..., sagte Stein: "
        follows = is_fronted or bool(is_told and re.match(r" [^\W\d_a-z]", after.of(text)))
    else:
        return None
    return phrase_after(text, after, cues) if follows else None


def _is_within_reach(context: QuoteContext, gap: str, cues: Cues) -> bool:
    """Return True if the quoted words belong to a cue earlier in the sentence."""
    if len(gap.split()) > FARTHEST_QUOTE or ";" in gap:
        return False
    if context.words >= FEWEST_WORDS_FAR or PREDICATE.search(gap):
        return True
    if context.is_whole and " that " in gap:
        return True
    words = set(gap.casefold().split())
    has_verb = not words.isdisjoint(cues.of("finite", "preposition"))
    return len(words) <= FARTHEST_TERM and has_verb  # said he was “moved”


def _relayed_before(context: QuoteContext, verb: re.Match[str], cues: Cues) -> Attribution | None:
    text, head = context.text, context.head
    as_saying = cues.compile(r"\s%as_saying%\b").search(text, verb.end(), head.end)
    if not as_saying:
        return None
    end = before_passive(text, head.start, verb.start())
    subject = subject_before(text, Span(head.start, end), cues)
    if end < verb.start():
        by = re.compile(r"\s+by\s+").search(text, verb.end(), head.end)
        relay = phrase_after(text, Span(by.end(), head.end), cues) if by else None
        return Attribution(subject, verb["verb"], rules.SPEAKER_WAS_QUOTED, relay)
    said = Span(verb.end() + 1, as_saying.start())
    return (
        Attribution(said, verb["verb"], rules.QUOTED_AS_SAYING, subject)
        if said.end > said.start
        else None
    )
