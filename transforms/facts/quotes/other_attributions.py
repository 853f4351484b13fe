"""Find the speaker without a verb of saying: "according to X", documents, "called it", signatures."""

import re

from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence_subject import sentence_subject
from transforms.facts.analysis.subjects import Subjects
from transforms.facts.analysis.verb_chains import is_passive
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import FEWEST_WORDS_FAR, MANY_WORDS, Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.names import FULL_NAME, LOWER, has_given_name, is_role
from transforms.language.span import Span

FEWEST_WORDS_OF_CALL, FARTHEST_CALL = 5, 8  # words; shorter quotations are names and terms
FARTHEST_ROLE = 5  # tokens of "pour l’ancien maire"
OWN_VIEW = r"(?i:%his_view|her_view|own_view%)(?!\w)"
AS = r"\b%as%(?: %determiner|being%)?\s*$"  # "dismissed it as “...”"
CAPITALISED = rf"[^\W\d_{LOWER}][\w.'’-]"
SIGNED = re.compile(
    rf"\s*(?:[–—]|--?)\s*(?P<name>{CAPITALISED}+"
    rf"(?:(?: {CAPITALISED}*){{1,3}}|(?=[ \t]*$)|(?: [\w'’-]+){{1,9}}(?=[ \t]*$)))",
    re.MULTILINE,
)
SIGNED_IN_LINE = re.compile(r"\n+(?:[–—]|--) (?P<name>\w[^\n,.]{1,40})(?=[,\n]|$)")
SIGNED_BELOW = re.compile(rf"\n+(?P<name>{FULL_NAME})(?:, [^\n.]{{1,100}})?(?=\n|$)")


def find_according_after(context: QuoteContext) -> Attribution | None:
    """Find `“...,” according to X`, and `It is “...” for all, according to X`."""
    after, is_far = context.after, context.words >= MANY_WORDS
    at = next(iter(after.find("according", "break", "quoted", "say")), None)
    if at is None or not after.tokens[at].has("according"):
        return None
    is_next = all(one.has("comma") for one in after.tokens[:at])
    if not is_next and not (is_far and after.tokens[at - 1].has("comma")):
        return None
    subject = phrase_after(after, at + 1)
    return Attribution(subject, after.tokens[at].text, rules.ACCORDING_TO) if subject else None


def find_according_before(context: QuoteContext) -> Attribution | None:
    """Find `According to X, “...”` and `It is, according to X, “...”`."""
    before = context.before
    found = before.find("according")
    if not found or (context.words < FEWEST_WORDS_FAR - 1 and not context.is_whole):
        return None
    at, tokens = found[0], before.tokens
    commas = [i for i in range(at, len(tokens)) if tokens[i].has("comma")]
    is_closed = commas[-1:] == [len(tokens) - 1] and len(commas) <= 2  # "per the mayor, Jane Doe, “...”"
    is_inserted = at > 0 and tokens[at - 1].has("comma") and is_closed
    if at and not is_inserted:
        return None
    subject = phrase_after(before, at + 1)
    return Attribution(subject, tokens[at].text, rules.ACCORDING_TO) if subject else None


def find_opinion(context: QuoteContext) -> Attribution | None:
    """Find `Pour le maire, Paul Astier, la culture « n’est pas un luxe »`: for whom it is so."""
    before = context.before
    tokens = before.tokens
    is_open = len(tokens) > 2 and tokens[0].text.casefold() in before.cues.of("opinion")
    if not is_open or context.words < FEWEST_WORDS_FAR:
        return None
    subject = phrase_after(before, 1) if any(one.has("comma") for one in tokens) else None
    words = subject.of(context.text).split() if subject else []
    near = [re.split("['’]", one.text)[-1] for one in tokens[1:FARTHEST_ROLE]]
    is_person = has_given_name(words) or any(map(is_role, near))
    is_person = is_person or not before.cues.of("organisation").isdisjoint(near)
    return Attribution(subject, tokens[0].text, rules.ACCORDING_TO) if subject and is_person else None


def find_own_view(context: QuoteContext) -> Attribution | None:
    """Find `In her view, “...”` and `A su juicio, la ley “...”`: whose view it is stands before."""
    head, start = context.opening, context.head.start
    found = context.cues.compile(OWN_VIEW).match(head)
    if found is None or context.words < FEWEST_WORDS_FAR:
        return None
    return Attribution(Span(start, start + found.end()), found[0], rules.ACCORDING_TO)


def find_in_document(context: QuoteContext) -> Attribution | None:
    """Find `In einer Mitteilung der Polizei heißt es: “...”` and `“...”, heißt es in einer ...`."""
    if not context.cues.of("it_says"):
        return None
    for sentence, is_before in ((context.before, True), (context.after, False)):
        verb = next(iter(sentence.find("it_says")), None)
        if verb is None:
            continue
        near = range(verb) if is_before else range(verb, len(sentence.tokens))
        document = next((i for i in near if sentence.tokens[i].has("document")), None)
        if document is None or document + 2 >= len(sentence.tokens):
            continue
        issued = sentence.cues.of("issued")  # none where a case says it: "в сообщении банка"
        if not issued or sentence.tokens[document + 1].text in issued:
            subject = phrase_after(sentence, document + 1 + bool(issued))
            cue = sentence.tokens[verb].text
            return Attribution(subject, cue, rules.SAID_IN_DOCUMENT) if subject else None
    return None


def find_called(context: QuoteContext) -> Attribution | None:
    """Find `X called it a “...”` if the words are too many for a name, and `what X calls “...”`."""
    before = context.before
    verb = max(before.find("call"), default=None)
    if verb is None or is_passive(before, verb):
        return None
    cue = before.tokens[verb]
    gap = Span(cue.span.end, context.head.end).of(context.text)
    if len(gap.split()) > FARTHEST_CALL:
        return None
    subject = Subjects(before).before(verb)
    if subject is None:
        return None
    if context.text.endswith("what ", 0, subject.start) and context.words >= FEWEST_WORDS_FAR:
        if subject.of(context.text) in before.cues.of("pronoun_other"):
            subject = sentence_subject(before) or subject  # "the airline apologised for what it called"
        return Attribution(subject, cue.text, rules.WHAT_SPEAKER_CALLS)
    if before.language == "en" and not any(map(str.isalnum, gap)):
        return None  # "a page called “...”"
    is_object = context.is_described and bool(gap.strip()) and before.language != "en"
    if is_object or ((found := context.cues.compile(AS).search(gap)) and gap[: found.start()].strip()):
        return Attribution(subject, cue.text, rules.DESCRIBED_AS)
    fewest = FEWEST_WORDS_FAR if context.is_whole else FEWEST_WORDS_OF_CALL
    is_long = context.words >= fewest
    return Attribution(subject, cue.text, rules.PARTIAL_QUOTATION) if is_long else None


def find_signed(context: QuoteContext) -> Attribution | None:
    """Find `“...” — X`, the signature of testimonials and mottoes, and a name in the line below."""
    if context.words < FEWEST_WORDS_FAR:
        return None
    text, tail = context.text, context.tail
    found = SIGNED.match(text, tail.start) or SIGNED_IN_LINE.match(text, tail.start)
    around = text[max(0, context.head.start - 1) : context.head.end] + tail.of(text)
    if found is None and not around.strip():
        found = SIGNED_BELOW.match(text, tail.end)
        found = found if found and has_given_name(found["name"].split()) else None
    return Attribution(Span(*found.span("name")), "—", rules.SIGNATURE) if found else None
