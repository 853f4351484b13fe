"""Find the speaker by a verb after the quotation: `“...,” said X`, `“...,” X quoted Y as saying`."""

import re

from transforms.facts.grammar.noun_phrases import VERB_SECOND, phrase_after, speech_verbs
from transforms.facts.grammar.subject_phrases import (
    as_subject,
    behind_openers,
    behind_roles,
    first_phrase,
    name_behind_role,
)
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import (
    FEWEST_WORDS_FAR,
    MANY_WORDS,
    Attribution,
    add_listener,
    before_passive,
    is_by,
    is_passive,
    only_asks,
)
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import Cues
from transforms.language.names import PART
from transforms.language.span import Span

# A verb, recognised by its ending or from the list, before a pronoun, an article or a name.
INQUIT = r", (?P<verb>[a-zäöüß]{2,}t(?:e|en)?|%inquit%)(?= (?:er|sie|der|die|das|ein|eine|[A-ZÄÖÜ]))"
BREAK = re.compile(r"[;:!?“”\"»«„‘]")
COMPOUND = re.compile(r"\s?[-‑]\w")  # the „Meet the Press“-programme


def find_verb_after(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `“...,” said X`, `“...,” X said`, `“...,” X quoted Y as saying`."""
    text, tail = context.text, context.tail
    if COMPOUND.match(text, tail.start) or _is_in_front(context, cues):
        return None
    start = tail.start + len(re.match(r"[\s,–—-]*(?:as )?", tail.of(text))[0])  # type: ignore[index]
    verbs = speech_verbs(cues)
    first = verbs.inverted.match(text, start, tail.end)
    if first and _may_invert(context, first, cues) and not is_by(text, first.end(), tail.end):
        return _inverted(context, first, cues)
    if inquit := _inquit(context, cues):
        return inquit
    found = verbs.any.search(text, start, tail.end)
    if not found or not _is_near(context, Span(start, found.start())):
        return None
    if cues.language in VERB_SECOND and text[: found.start()].rstrip().endswith(","):
        return _inverted(context, found, cues)  # „...“ gehabt, so Doe
    before = Span(start, before_passive(text, start, found.start()))
    subject = _subject(context, before, cues)
    if subject is None or only_asks(text, subject, found["verb"]):
        return None
    return _with_relay(
        context, Attribution(subject, found["verb"], rules.SPEAKER_AND_VERB_AFTER), found, cues
    )


def _inverted(context: QuoteContext, verb: re.Match[str], cues: Cues) -> Attribution | None:
    subject = phrase_after(context.text, Span(verb.end(), context.tail.end), cues)
    if subject is None:
        return None
    one = Attribution(subject, verb["verb"], rules.VERB_AND_SPEAKER_AFTER)
    return add_listener(context, one, verb.end(), cues)


def _inquit(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `„...“, schmunzelt Doe`: after a German sentence and a comma, any verb names the speaker."""
    if cues.language != "de" or not context.is_whole or context.words < FEWEST_WORDS_FAR:
        return None
    verb = cues.compile(INQUIT).match(context.text, context.tail.start, context.tail.end)
    if verb is None or verb["verb"] in cues.of("fronted", "finite", "no_inquit"):
        return None
    return _inverted(context, verb, cues)


def _is_near(context: QuoteContext, between: Span) -> bool:
    """Return True if a verb after quoted words is close enough to govern them."""
    words = between.of(context.text)
    is_term = not context.is_whole and context.words < FEWEST_WORDS_FAR
    return not BREAK.search(words) and not is_term


def _subject(context: QuoteContext, before: Span, cues: Cues) -> Span | None:
    """Return the subject before a verb; if the quotation is a sentence, it comes right after it."""
    before = Span(behind_roles(context.text, before), before.end)
    if name := _last_name(context.text, before, cues):
        return name
    subject = first_phrase(context.text, before, cues)
    if subject and (name := name_behind_role(context.text, subject, before.end, cues)):
        return name
    is_apart = subject is not None and subject.start != before.start and context.is_whole
    return None if is_apart else subject


def _last_name(text: str, within: Span, cues: Cues) -> Span | None:
    """Return a single name before the verb after more of the sentence: "and they fled, Doe"."""
    found = re.compile(rf", (?P<name>{PART}(?: {PART}){{0,2}})\s*$").search(
        text, within.start, within.end
    )
    if found is None or behind_openers(text, within, cues) == within.start:
        return None
    return as_subject(text, Span(*found.span("name")), cues)


def _is_in_front(context: QuoteContext, cues: Cues) -> bool:
    """Return True if quoted words are part of an adverbial: "In a review of the “...,” they say"."""
    words = context.head.of(context.text).casefold().split()
    return len(words) > 1 and words[0] in cues.of("fronted") and words[-1] in cues.of("determiner")


def _may_invert(context: QuoteContext, verb: re.Match[str], cues: Cues) -> bool:
    """Return True if the subject can follow the verb; in `“cue” suggests a reward` it does not."""
    between = context.text[context.tail.start : verb.start()]
    is_apart = context.is_whole or "," in between or context.words >= MANY_WORDS
    return is_apart and not (cues.language == "en" and verb["verb"].endswith("ing"))


def _with_relay(
    context: QuoteContext, one: Attribution, verb: re.Match[str], cues: Cues
) -> Attribution | None:
    """Read `X quoted Y as saying`: Y is the speaker, X relays the words."""
    text, tail = context.text, context.tail
    in_passive = is_passive(text, 0, verb.start())
    if verb["verb"] not in cues.of("quote"):
        return None if in_passive else add_listener(context, one, verb.end(), cues)
    if in_passive:
        by = re.compile(r"\s+(?:as saying\s+)?by\s+").match(text, verb.end(), tail.end)
        relay = phrase_after(text, Span(by.end(), tail.end), cues) if by else None
        return Attribution(one.subject, verb["verb"], rules.SPEAKER_WAS_QUOTED, relay)
    as_saying = cues.compile(r"\s%as_saying%\b").search(text, verb.end(), tail.end)
    if not as_saying:
        return None
    said = Span(verb.end() + 1, as_saying.start())
    return Attribution(said, verb["verb"], rules.QUOTED_AS_SAYING, one.subject)
