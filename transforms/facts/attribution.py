"""Who a sentence says it of: the phrase and the cue that stand before or after quoted words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts.clauses import sentence_subject, shares_subject
from transforms.facts.cues import Cues
from transforms.facts.noun_phrases import (
    FINITE,
    PLURAL,
    VERB_SECOND,
    as_subject,
    behind_roles,
    first_phrase,
    has_given_name,
    phrase_after,
    speech_verbs,
    subject_before,
)
from transforms.facts.people import FULL_NAME
from transforms.facts.scripts import HAN, JOINED
from transforms.facts.span import Span

# Farther from the cue than these, quoted words belong to something else. From the five captures and
# the training pages of the benchmark.
FARTHEST_VERB = 40  # words after the quotation: "study author X, a scientist at Y in Z, said"
FARTHEST_QUOTE = 20  # words from the cue to a partial quotation in the same sentence
MANY_WORDS = 6  # of a quotation that a name and a colon introduce without a verb of saying
FEWEST_WORDS_OF_CALL, FARTHEST_CALL = 5, 8  # words; shorter ones are names and terms
FARTHEST_TERM = 4  # words from the cue to a word or two: "said he was “moved”"
FEWEST_WORDS_FAR = 3  # a word or two far from the cue is a term, not what was said
BREAK = re.compile(r"[;:!?“”\"»«„‘]")
INVERTING = "”\"»“’',"  # what stands before a verb whose subject follows it
COMPOUND = re.compile(r"\s?[-‑]\w")  # the „Meet the Press“-programme
BARE_VERBS = frozenset(["say"])
SIGNED = re.compile(
    r"\s*(?:[–—]|--?)\s*(?P<name>[^\W\d_a-z][\w.'’-]+"
    r"(?:(?: [^\W\d_a-z][\w.'’-]*){1,3}|(?=[ \t]*$)|(?: [\w'’-]+){1,9}(?=[ \t]*$)))",
    re.MULTILINE,
)
SIGNED_BELOW = re.compile(rf"\n+(?P<name>{FULL_NAME})(?:, [^\n.]{{1,60}})?(?=\n|$)")
PASSIVE = re.compile(r"\b(?:is|was|were|are|been|be|being)\s+(?:[a-z]\w*ly\s+)?$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The phrase that names a speaker, the one that names who passes it on, the cue and the rule."""

    subject: Span | None
    cue: str
    rule: str
    relay: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Quoted words in their sentence; `text` has the words between marks blotted out."""

    text: str
    head: Span
    tail: Span
    words: int
    is_whole: bool  # it ends as a sentence or a clause ends, before the closing mark


def find_attribution(place: Place, cues: Cues) -> Attribution | None:
    """Return who the sentence says it of, or None where it does not say."""
    if cues.language in ("zh", "ja"):
        return _eastern(place, cues)
    before = _verb_before(place, cues)
    if before and before.rule == "speaker_and_verb_before":
        return before
    return (
        _verb_after(place, cues)
        or _according_after(place, cues)
        or before
        or _in_document(place, cues)
        or _according_before(place, cues)
        or _called(place, cues)
        or _signed(place)
        or _sentence_before(place, cues)
        or _colon_before(place, cues)
    )


def _called(place: Place, cues: Cues) -> Attribution | None:
    """Find `X called it a “...”` where the words are too many for a name, and `what X calls “...”`."""
    text, head = place.text, place.head
    verbs = re.compile(rf"(?<![\w-])(?P<verb>{cues.pattern('call')})(?![\w-])")
    verb = next(iter(list(verbs.finditer(text, head.start, head.end))[-1:]), None)
    if verb is None or len(text[verb.end() : head.end].split()) > FARTHEST_CALL:
        return None
    if PASSIVE.search(text[max(head.start, verb.start() - 30) : verb.start()]):
        return None
    subject = subject_before(text, Span(head.start, verb.start()), cues)
    if subject is None:
        return None
    if text[: subject.start].endswith("what "):
        return Attribution(subject, verb["verb"], "called")
    fewest = FEWEST_WORDS_FAR if place.is_whole else FEWEST_WORDS_OF_CALL
    return Attribution(subject, verb["verb"], "partial_quotation") if place.words >= fewest else None


def _sentence_before(place: Place, cues: Cues) -> Attribution | None:
    """Find `It rained, X said. “...”`: a sentence told by someone, and then whole words of the same."""
    text, start = place.text, place.head.start
    if not place.is_whole or place.head.of(text).strip():
        return None
    line, say = text[:start].rpartition("\n")[2], cues.pattern("say")
    at = start - len(line)
    if found := re.search(rf", (?P<who>[^,;:.]{{2,60}}?) (?P<verb>{say})\.\s*$", line):
        subject = as_subject(text, Span(at + found.start("who"), at + found.end("who")), cues)
    elif found := re.search(rf", (?P<verb>{say}) (?P<who>[^,;:.]{{2,60}})\.\s*$", line):
        subject = phrase_after(text, Span(at + found.start("who"), at + found.end("who")), cues)
    else:
        return None
    return Attribution(subject, found["verb"], "sentence_before") if subject else None


def _colon_before(place: Place, cues: Cues) -> Attribution | None:
    """Find `Jane Doe (48) is not surprised: “...”`: the one person in the sentence that opens it.

    Others may follow where that person's role does: `Jane Doe, director of Kew Gardens: “...”`.
    """
    head = place.head.of(place.text)
    if not place.is_whole or place.words < MANY_WORDS or not head.rstrip().endswith(":"):
        return None
    found = re.match(FULL_NAME, head)
    if found is None or not has_given_name(found[0].split()):
        return None
    if not head.startswith(", ", found.end()) and re.search(FULL_NAME, head[found.end() :]):
        return None
    span = Span(place.head.start, place.head.start + found.end())
    return Attribution(span, ":", "colon_after_name")


def _signed(place: Place) -> Attribution | None:
    """Find `“...” — X`, as testimonials and mottoes are signed, and a name in a line of its own below."""
    if place.words <= FEWEST_WORDS_FAR:
        return None
    found = SIGNED.match(place.text, place.tail.start)
    around = place.text[max(0, place.head.start - 1) : place.head.end] + place.tail.of(place.text)
    if found is None and not around.strip() and "\n" in (around or "\n"):
        found = SIGNED_BELOW.match(place.text, place.tail.end)
        found = found if found and has_given_name(found["name"].split()) else None
    return Attribution(Span(*found.span("name")), "—", "signed") if found else None


def _verb_after(place: Place, cues: Cues) -> Attribution | None:
    """Find `“...,” said X`, `“...,” X said`, `“...,” X quoted Y as saying`."""
    text, tail = place.text, place.tail
    start = tail.start + len(re.match(r"[\s,–—-]*(?:as )?", tail.of(text))[0])  # type: ignore[index]
    if COMPOUND.match(text, tail.start):
        return None
    if _is_in_front(place, cues):
        return None
    verbs = speech_verbs(cues)
    first = verbs.inverted.match(text, start, tail.end)
    if first and _may_invert(place, first, cues) and not _is_by(text, first.end(), tail.end):
        if subject := phrase_after(text, Span(first.end(), tail.end), cues):
            return _told(
                place, Attribution(subject, first["verb"], "verb_and_speaker_after"), first.end(), cues
            )
        return None
    found = verbs.any.search(text, start, tail.end)
    if not found or len(text[start : found.start()].split()) > FARTHEST_VERB:
        return None
    if BREAK.search(text, start, found.start()) or (
        not place.is_whole and place.words < FEWEST_WORDS_FAR
    ):
        return None
    end = _before_passive(text, start, found.start())
    start = behind_roles(text, Span(start, end))
    subject = first_phrase(text, Span(start, end), cues)
    if (
        subject is None
        or (subject.start != start and place.is_whole)
        or _asks(text, subject, found["verb"])
    ):
        return None
    return _with_relay(place, Attribution(subject, found["verb"], "speaker_and_verb_after"), found, cues)


def _is_in_front(place: Place, cues: Cues) -> bool:
    """Say whether quoted words end what stands before the subject: "In a review of the “...,” they say"."""
    words = place.head.of(place.text).casefold().split()
    return len(words) > 1 and words[0] in cues.of("fronted") and words[-1] in cues.of("determiner")


def _may_invert(place: Place, verb: re.Match[str], cues: Cues) -> bool:
    """Say whether the subject may follow a verb right behind quoted words: “cue” suggests a reward."""
    between = place.text[place.tail.start : verb.start()]
    is_apart = place.is_whole or "," in between or place.words >= MANY_WORDS
    return is_apart and not (cues.language == "en" and verb["verb"].endswith("ing"))


def _is_by(text: str, start: int, end: int) -> bool:
    return bool(re.compile(r"\s+(?:by|to be)\b").match(text, start, end))


def _with_relay(place: Place, one: Attribution, verb: re.Match[str], cues: Cues) -> Attribution | None:
    """Turn `X quoted Y as saying` round: Y speaks, X passes it on."""
    text, tail = place.text, place.tail
    is_passive = bool(PASSIVE.search(text[max(0, verb.start() - 30) : verb.start()]))
    if verb["verb"] not in cues.of("quote"):
        return None if is_passive else _told(place, one, verb.end(), cues)
    if is_passive:
        by = re.compile(r"\s+(?:as saying\s+)?by\s+").match(text, verb.end(), tail.end)
        relay = phrase_after(text, Span(by.end(), tail.end), cues) if by else None
        return Attribution(one.subject, verb["verb"], "speaker_was_quoted", relay)
    as_saying = re.compile(rf"\s{cues.pattern('as_saying')}\b").search(text, verb.end(), tail.end)
    if not as_saying:
        return None
    said = Span(verb.end() + 1, as_saying.start())
    return Attribution(said, verb["verb"], "relayed", one.subject)


def _told(place: Place, one: Attribution, after: int, cues: Cues) -> Attribution:
    """Add whom a speaker told it, who may be the one that passes it on."""
    if one.cue not in cues.of("tell"):
        return one
    end = max(place.tail.end, place.head.end)
    return Attribution(one.subject, one.cue, one.rule, phrase_after(place.text, Span(after, end), cues))


def _in_document(place: Place, cues: Cues) -> Attribution | None:
    """Find `In einer Mitteilung der Polizei heißt es: “...”` and `“...”, heißt es in einer ...`."""
    if cues.language != "de":
        return None
    says, document, issued = (
        "(?P<verb>(?:heißt|hieß) es)",
        cues.pattern("document"),
        cues.pattern("issued"),
    )
    names = rf"\b(?i:in|im|aus) (?:\w+ ){{0,3}}{document} {issued} (?P<who>[^,:.]+?)"
    before = re.compile(rf"{names} {says}[^.]*$").search(place.text, place.head.start, place.head.end)
    found = before or re.compile(rf"[,\s]*{says} (?:\w+ )?{names}(?=[,.:]|$)").match(
        place.text, place.tail.start, place.tail.end
    )
    if not found:
        return None
    subject = phrase_after(place.text, Span(*found.span("who")), cues)
    return Attribution(subject, found["verb"], "document") if subject else None


def _according_after(place: Place, cues: Cues) -> Attribution | None:
    pattern = re.compile(rf"[\s,]*(?i:(?P<verb>{cues.pattern('according')}))\b")
    found = pattern.match(place.text, place.tail.start, place.tail.end)
    if not found:
        return None
    subject = phrase_after(place.text, Span(found.end(), place.tail.end), cues)
    return Attribution(subject, found["verb"], "according_to") if subject else None


def _according_before(place: Place, cues: Cues) -> Attribution | None:
    pattern = re.compile(rf"\s*(?i:(?P<verb>{cues.pattern('according')}))\b")
    found = pattern.match(place.text, place.head.start, place.head.end)
    if not found or (place.words < FEWEST_WORDS_FAR and not place.is_whole):
        return None
    subject = phrase_after(place.text, Span(found.end(), place.head.end), cues)
    return Attribution(subject, found["verb"], "according_to") if subject else None


def _verb_before(place: Place, cues: Cues) -> Attribution | None:
    """Find `X said: “...”`, `X quoted Y as saying “...”` and `X said it was “...”`."""
    text, head = place.text, place.head
    found = list(speech_verbs(cues).any.finditer(text, head.start, head.end))
    quoting = [one for one in found if one["verb"] in cues.of("quote")]
    if quoting and (relayed := _relayed_before(place, quoting[-1], cues)):
        return relayed
    said = [
        one
        for one in found
        if one["verb"] not in cues.of("quote") and not _is_by(text, one.end(), head.end)
    ]
    if not said:
        return None
    verb, gap = said[-1], text[said[-1].end() : head.end]
    if not gap.strip() and text[: verb.start()].rstrip()[-1:] in INVERTING:
        return None  # “...,” said “Crime Hour” host Jane Doe
    if _is_loose_participle(text, head, verb, cues):
        return None
    inverted = _inverted(place, verb, cues)
    after = text[inverted.end : head.end] if inverted else gap
    is_near = bool(re.fullmatch(r"[\s,:–—-]*(?:that|how|of|to)?[\s,:]*", after))
    if not is_near and not _is_within_reach(place, gap):
        return None
    if PASSIVE.search(text[max(head.start, verb.start() - 30) : verb.start()]):
        return None
    subject = inverted or _subject_of(place, said, cues)
    if subject and _asks(text, subject, verb["verb"]):
        return None
    rule = "speaker_and_verb_before" if is_near else "partial_quotation"
    # "recalled that he said, “...”": somebody says it, and it is not whoever follows
    one = Attribution(subject, verb["verb"], rule) if subject or is_near else None
    return _told(place, one, verb.end(), cues) if one else None


def _is_loose_participle(text: str, head: Span, verb: re.Match[str], cues: Cues) -> bool:
    """Say whether a participle belongs to the noun before it ("the phrases describing “...”")."""
    if cues.language != "en" or not verb["verb"].split()[0].endswith("ing"):
        return False
    before = text[max(head.start, verb.start() - 30) : verb.start()].rstrip()
    return not (PASSIVE.search(before + " ") or before.endswith((",", "—", "–", "and")) or not before)


def _subject_of(place: Place, verbs: Sequence[re.Match[str]], cues: Cues) -> Span | None:
    """Return the subject of the last of the verbs of saying before quoted words."""
    text, head, verb = place.text, place.head, verbs[-1]
    if not shares_subject(text, head.start, verb, cues):
        return subject_before(text, Span(head.start, verb.start()), cues)
    if len(verbs) == 1:
        return sentence_subject(text, head, cues)
    is_inverted = text[: verbs[-2].start()].rstrip()[-1:] in INVERTING  # “...,” said X, adding
    if is_inverted:
        return phrase_after(text, Span(verbs[-2].end(), verb.start()), cues)
    return _subject_of(place, verbs[:-1], cues)


def _inverted(place: Place, verb: re.Match[str], cues: Cues) -> Span | None:
    """Return the subject behind a verb of a language in which the verb stands second.

    "Dennoch betont der Trainer: ..." begins with an adverb or a preposition, so that the subject
    follows the verb.
    """
    if cues.language not in VERB_SECOND:
        return None
    text, after = place.text, Span(verb.end(), place.head.end)
    first = re.compile(r"\w+").search(text, place.head.start, verb.start())
    if first and first[0].casefold() in cues.of("fronted"):
        return phrase_after(text, after, cues)
    is_told_first = text[: verb.start()].rstrip().endswith(",")  # "Sie stamme aus ..., sagte Stein: "
    is_name = bool(re.match(r" [^\W\d_a-z]", after.of(text)))
    return phrase_after(text, after, cues) if is_told_first and is_name else None


def _asks(text: str, subject: Span, verb: str) -> bool:
    return verb in BARE_VERBS and not PLURAL.search(subject.of(text))


def _is_within_reach(place: Place, gap: str) -> bool:
    """Say whether a cue earlier in the sentence still governs the quoted words."""
    if len(gap.split()) > FARTHEST_QUOTE or ";" in gap:
        return False
    words = set(gap.casefold().split())
    is_close = len(words) <= FARTHEST_TERM and "," not in gap and not words.isdisjoint(FINITE)
    is_close = is_close or (place.is_whole and place.words > 1 and " that " in gap)
    return place.words >= FEWEST_WORDS_FAR or is_close or gap.rstrip().endswith((":", ","))


def _relayed_before(place: Place, verb: re.Match[str], cues: Cues) -> Attribution | None:
    text, head = place.text, place.head
    as_saying = re.compile(rf"\s{cues.pattern('as_saying')}\b").search(text, verb.end(), head.end)
    if not as_saying:
        return None
    end = _before_passive(text, head.start, verb.start())
    subject = subject_before(text, Span(head.start, end), cues)
    if end < verb.start():
        by = re.compile(r"\s+by\s+").search(text, verb.end(), head.end)
        relay = phrase_after(text, Span(by.end(), head.end), cues) if by else None
        return Attribution(subject, verb["verb"], "speaker_was_quoted", relay)
    said = Span(verb.end() + 1, as_saying.start())
    return Attribution(said, verb["verb"], "relayed", subject) if said.end > said.start else None


def _before_passive(text: str, start: int, verb: int) -> int:
    """Return where the subject of a verb ends: before the "was" of "was quoted"."""
    passive = PASSIVE.search(text[start:verb])
    return start + passive.start() if passive else verb


def _eastern(place: Place, cues: Cues) -> Attribution | None:
    """Find `X说：“...”`, `“...，”X说` and `据X报道`."""
    say = cues.pattern("say")
    phrase = rf"(?P<subject>[{HAN}·A-Za-z ]{{1,40}}?)"
    before = re.compile(rf"(?:^|[，。；！？、”」\s]){phrase}(?P<verb>{say})[：:，,]?$")
    after = re.compile(rf"[，,]?{phrase}(?P<verb>{say})(?=[。，：:；]|$)")
    head = place.text[place.head.start : place.head.end]
    if (found := before.search(head)) and JOINED.search(found["subject"]):
        start = place.head.start + found.start("subject")
        return Attribution(
            Span(start, start + len(found["subject"])), found["verb"], "speaker_and_verb_before"
        )
    if not (found := after.match(place.text, place.tail.start, place.tail.end)):
        return None
    return Attribution(Span(*found.span("subject")), found["verb"], "speaker_and_verb_after")
