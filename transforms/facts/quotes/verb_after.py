"""Find the speaker by a verb after the quotation: `“...,” said X`, `“...,” X quoted Y as saying`."""

import re
from dataclasses import replace

from transforms.facts.analysis.apposition import parts_of
from transforms.facts.analysis.listeners import stands_behind_preposition, subject_start
from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.sentence_subject import sentence_subject
from transforms.facts.analysis.subject_phrases import as_subject, behind_openers, named_by
from transforms.facts.analysis.tokens import Token
from transforms.facts.analysis.verb_chains import before_passive, is_passive
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import (
    FEWEST_WORDS_FAR,
    MANY_WORDS,
    PAUSE_SIGNS,
    Attribution,
    is_by,
    only_asks,
    with_listener,
    with_relay,
)
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import PRO_DROP, VERB_SECOND, WITHOUT_ARTICLES
from transforms.language.grammar import languages_with
from transforms.language.names import NAME_WORD, is_role, roles
from transforms.language.span import Span

VERB_LAST = languages_with("verb_last")
BREAKS = frozenset(';:!?“”"»«„‘')
# What stands before a noun phrase that is no subject: "escreveu em uma rede social".
GOVERNS = ("fronted", "circumstance", "belonging", "addressee", "preposition", "determiner")
COMPOUND = re.compile(r"\s?[-‑]\w")  # the „Meet the Press“-programme
GERMAN_VERB = r"[a-zäöüß]{2,}%inquit_ending%"
LAST_NAME = re.compile(rf"{NAME_WORD}(?: {NAME_WORD}){{0,2}}")


def find_verb_after(context: QuoteContext) -> Attribution | None:
    """Find `“...,” said X`, `“...,” X said`, `“...,” X quoted Y as saying`."""
    after = context.after
    if COMPOUND.match(context.text, context.tail.start) or _is_part(context):
        return None
    start = first_word(after)
    word = after.tokens[start] if start < len(after.tokens) else None
    is_beside = word is not None and not word.has("say") and _is_beside_verb(word, after)
    first = start + is_beside  # "le reprochó"
    says = first < len(after.tokens) and after.tokens[first].has("say", "say_after")
    if says and _may_invert(context, first) and not is_by(after, first):
        return _behind_words(context, first)
    if after.language == "de" and (inquit := _inquit(context)):
        return inquit
    verb = _verb_near(context, start)
    if verb is None:
        return None
    if verb and after.tokens[verb - 1].has("comma") and _has_subject_behind(after, verb):
        return _inverted(after, verb)  # „...“ gehabt, so Doe
    subject = _subject_after(context, start, before_passive(after, verb))
    if subject is None and after.language in WITHOUT_ARTICLES and start < verb:
        return _inverted(after, verb)  # «...», — с надеждой говорит Иван
    if subject is None or only_asks(context, subject, after.tokens[verb].text):
        return None
    return _said_by(after, subject, verb)


def _said_by(after: Sentence, subject: Span, verb: int) -> Attribution | None:
    """Return the attribution to the subject before a verb, with its listener or who relays it."""
    if after.tokens[verb].has("quote"):
        return with_relay(after, subject, verb)
    one = Attribution(subject, after.tokens[verb].text, rules.SPEAKER_AND_VERB_AFTER)
    return None if is_passive(after, verb) else with_listener(one, after, verb)


def _behind_words(context: QuoteContext, verb: int) -> Attribution | None:
    """Return who speaks behind a verb right after the words, or before them: `X, “...” dedi`."""
    one = _inverted(context.after, verb)
    if one is None or one.subject or context.after.language not in VERB_LAST:
        return one
    return replace(one, subject=sentence_subject(context.before))


def _is_beside_verb(word: Token, after: Sentence) -> bool:
    """Return True for what may stand before a verb of saying: a listener or an adverb."""
    is_manner = word.text.islower() and after.cues.ends(word.text, "manner_ending")
    return is_manner or word.has("listener", "adverb")


def first_word(after: Sentence) -> int:
    """Return the index of the first word after a quotation, behind commas, dashes and "as"."""
    at = 0
    while at < len(after.tokens) and after.tokens[at].text in PAUSE_SIGNS:
        at += 1
    is_as = at < len(after.tokens) and after.tokens[at].has("as_told")
    return at + is_as


def _inverted(after: Sentence, verb: int) -> Attribution | None:
    subject = phrase_after(after, subject_start(after, verb))
    if subject is None and not _omits_subject(after, verb):
        return None
    one = Attribution(subject, after.tokens[verb].text, rules.VERB_AND_SPEAKER_AFTER)
    return with_listener(one, after, verb)


def _has_subject_behind(after: Sentence, verb: int) -> bool:
    """Return True for a verb after a comma whose subject follows it: “...” to vote, said Doe."""
    if after.language in VERB_SECOND:
        return True
    if after.tokens[verb].has("tell"):
        return False  # “...,” Doe, a clerk, told Reuters
    subject = phrase_after(after, verb + 1)
    if subject is None or after.tokens[verb + 1].has("weekday", "circumstance", "person"):
        return False  # “...,” Doe, a clerk, said Friday
    behind = after.tokens[after.index_from(subject.end) :]
    return not behind or behind[0].has("comma", "break")


def _omits_subject(after: Sentence, verb: int) -> bool:
    """Return True if a verb ends its clause and the language needs no subject: «...», aseguró."""
    if after.language not in PRO_DROP:
        return False
    rest = after.tokens[verb + 1 :]
    ends = next((i for i, one in enumerate(rest) if not one.text[0].isalnum()), len(rest))
    if not ends or not after.cues.of("definite"):  # powiedziała dziennikarzom
        behind = range(verb + 1, verb + 1 + ends)  # przyznał w rozmowie z Radiem Tatry
        tokens = after.tokens
        is_other = [tokens[i].text.islower() or stands_behind_preposition(tokens, i) for i in behind]
        return all(is_other) and not any(is_role(one.text) for one in rest[:ends])
    pairs = zip(after.tokens[verb:], rest[:ends], strict=False)
    return all(before.has(*GOVERNS) for before, one in pairs if one.opens_noun)


def _inquit(context: QuoteContext) -> Attribution | None:
    """Find `„...“, schmunzelt Doe`: after a German sentence and a comma, any verb names the speaker."""
    tokens, cues = context.after.tokens, context.cues
    if not context.is_whole or context.words < FEWEST_WORDS_FAR or len(tokens) < 3:
        return None
    verb, subject = tokens[1], tokens[2]
    is_verb = cues.compile(GERMAN_VERB).fullmatch(verb.text) or verb.text in cues.of("inquit")
    is_verb = is_verb and not verb.has("fronted", "finite")
    if not tokens[0].has("comma") or not is_verb or verb.text in cues.of("no_inquit"):
        return None
    return _inverted(context.after, 1) if subject.opens_noun or subject.has("person") else None


def _verb_near(context: QuoteContext, start: int) -> int | None:
    """Return the first verb after quoted words that is close enough to govern them."""
    if not context.is_whole and context.words < FEWEST_WORDS_FAR:
        return None  # a term
    tokens = context.after.tokens
    for i in range(start, len(tokens)):
        if tokens[i].has("say", "tell", "quote"):
            return i
        if tokens[i].text in BREAKS or tokens[i].has("quoted"):
            return None
    return None


def _subject_after(context: QuoteContext, start: int, end: int) -> Span | None:
    """Return the subject before a verb; if the quotation is a sentence, it comes right after it."""
    after = context.after
    start = _behind_roles(after, start, end)
    if name := _last_name(after, start, end):
        return name
    parts = parts_of(after, start, end)
    subject = next(filter(None, (as_subject(after, *part) for part in parts)), None)
    if subject and (name := named_by(after, subject, end)):
        return name
    is_apart = subject is not None and start < end and subject.start != after.tokens[start].span.start
    return None if is_apart and context.is_whole else subject


def _behind_roles(after: Sentence, start: int, end: int) -> int:
    """Return where a phrase begins after a list of roles: "chairman, CEO and president Jane Doe"."""
    parts = list(parts_of(after, start, end))
    while len(parts) > 1 and after.words(*parts[0]) in roles():
        parts = parts[1:]
    return parts[0][0] if parts else start


def _last_name(after: Sentence, start: int, end: int) -> Span | None:
    """Return a single name before the verb after more of the sentence: "and they fled, Doe"."""
    commas = [i for i in range(start, end) if after.tokens[i].has("comma")]
    if not commas or behind_openers(after, start, end) == start or commas[-1] + 1 >= end:
        return None
    words = after.words(commas[-1] + 1, end)
    is_name = LAST_NAME.fullmatch(words)
    return as_subject(after, commas[-1] + 1, end) if is_name else None


def _is_part(context: QuoteContext) -> bool:
    """Return True if quoted words are part of a clause: "In a review of the “...,” they say"."""
    tokens, behind = context.before.tokens, context.after.tokens[:1]
    if not context.is_whole and any(one.has("subordinate", "relative") for one in behind):
        return True  # It was “a breach” when Doe said
    return len(tokens) > 1 and tokens[0].has("fronted") and _is_determiner(tokens[-1])


def _is_determiner(token: Token) -> bool:
    return token.has("determiner") and not token.has("article")


def _may_invert(context: QuoteContext, verb: int) -> bool:
    """Return True if the subject can follow the verb; in `“cue” suggests a reward` it does not."""
    tokens = context.after.tokens
    signs = PAUSE_SIGNS if context.after.language != "en" else PAUSE_SIGNS[:1]
    is_apart = any(one.text in signs for one in tokens[:verb])
    is_apart = is_apart or context.is_whole or context.words >= MANY_WORDS
    is_apart = is_apart or context.after.language in VERB_LAST
    return is_apart and not (context.after.cues.language == "en" and tokens[verb].text.endswith("ing"))
