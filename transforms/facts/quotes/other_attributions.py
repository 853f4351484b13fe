"""Find the speaker without a verb of saying: "according to X", signatures, "called it", a colon."""

import re

from transforms.facts.grammar.clauses import sentence_subject, shares_subject
from transforms.facts.grammar.noun_phrases import name_in_apposition, phrase_after
from transforms.facts.grammar.subject_phrases import as_subject, subject_before
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import FEWEST_WORDS_FAR, Attribution, is_passive
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import Cues
from transforms.language.names import FULL_NAME, NAME_WORD, has_given_name, is_no_name, is_role
from transforms.language.span import Span

FEWEST_WORDS_OF_CALL, FARTHEST_CALL = 5, 8  # words; shorter quotations are names and terms
MOST_WORDS_OF_LINE = 12
OPENS_LINE = re.compile(r"(?:And )?(?:[Ff]rom|[Bb]y|[Ss]aid|[Ss]tatement) ")
AS = re.compile(
    r"\b(?:as|of|for|als)(?: (?:an?|the|being|having|eine?n?))?\s*$"
)  # "dismissed it as “...”"
DOCUMENT = r"\b(?i:in|im|aus) (?:\w+ ){0,3}%document% %issued% (?P<who>[^,:.]+?)"
SIGNED = re.compile(
    r"\s*(?:[–—]|--?)\s*(?P<name>[^\W\d_a-z][\w.'’-]+"
    r"(?:(?: [^\W\d_a-z][\w.'’-]*){1,3}|(?=[ \t]*$)|(?: [\w'’-]+){1,9}(?=[ \t]*$)))",
    re.MULTILINE,
)
SIGNED_IN_LINE = re.compile(r"\n+(?:[–—]|--) (?P<name>\w[^\n,.]{1,40})(?=[,\n]|$)")
SIGNED_BELOW = re.compile(rf"\n+(?P<name>{FULL_NAME})(?:, [^\n.]{{1,100}})?(?=\n|$)")


def find_according_after(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `“...,” according to X`."""
    pattern = cues.compile(r"[\s,]*(?i:(?P<verb>%according%))\b")
    found = pattern.match(context.text, context.tail.start, context.tail.end)
    if not found:
        return None
    subject = phrase_after(context.text, Span(found.end(), context.tail.end), cues)
    return Attribution(subject, found["verb"], rules.ACCORDING_TO) if subject else None


def find_according_before(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `According to X, “...”`."""
    opening = cues.compile(r"\s*(?i:(?P<verb>%according%))\b")
    inside = cues.compile(r", (?P<verb>%according%)\b[^,]{2,60},\s*$")
    found = opening.match(context.text, context.head.start, context.head.end) or inside.search(
        context.text, context.head.start, context.head.end
    )
    if not found or (context.words < FEWEST_WORDS_FAR - 1 and not context.is_whole):
        return None
    subject = phrase_after(context.text, Span(found.end("verb"), context.head.end), cues)
    return Attribution(subject, found["verb"], rules.ACCORDING_TO) if subject else None


def find_in_document(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `In einer Mitteilung der Polizei heißt es: “...”` and `“...”, heißt es in einer ...`."""
    if cues.language != "de":
        return None
    says, names = "(?P<verb>(?:heißt|hieß) es)", DOCUMENT
    before = cues.compile(rf"{names} {says}[^.]*$")
    after = cues.compile(rf"[,\s]*{says} (?:\w+ )?{names}(?=[,.:]|$)")
    found = before.search(context.text, context.head.start, context.head.end) or after.match(
        context.text, context.tail.start, context.tail.end
    )
    if not found:
        return None
    subject = phrase_after(context.text, Span(*found.span("who")), cues)
    return Attribution(subject, found["verb"], rules.SAID_IN_DOCUMENT) if subject else None


def find_called(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `X called it a “...”` if the words are too many for a name, and `what X calls “...”`."""
    text, head = context.text, context.head
    verbs = cues.compile(r"(?<![\w-])(?P<verb>%call%)(?![\w-])")
    verb = next(iter(list(verbs.finditer(text, head.start, head.end))[-1:]), None)
    if verb is None or len(text[verb.end() : head.end].split()) > FARTHEST_CALL:
        return None
    if is_passive(text, head.start, verb.start()):
        return None
    if shares_subject(text, head.start, verb, cues):
        subject = sentence_subject(text, head, cues)
    else:
        subject = subject_before(text, Span(head.start, verb.start()), cues)
    if subject is None:
        return None
    if text[: subject.start].endswith("what ") and context.words >= FEWEST_WORDS_FAR:
        return Attribution(subject, verb["verb"], rules.WHAT_SPEAKER_CALLS)
    characterised = AS.search(text, verb.end(), head.end)
    if characterised and text[verb.end() : characterised.start()].strip():
        return Attribution(subject, verb["verb"], rules.DESCRIBED_AS)
    fewest = FEWEST_WORDS_FAR if context.is_whole else FEWEST_WORDS_OF_CALL
    return (
        Attribution(subject, verb["verb"], rules.PARTIAL_QUOTATION) if context.words >= fewest else None
    )


def find_signed(context: QuoteContext) -> Attribution | None:
    """Find `“...” — X`, the signature of testimonials and mottoes, and a name in the line below."""
    if context.words < FEWEST_WORDS_FAR:
        return None
    found = SIGNED.match(context.text, context.tail.start) or SIGNED_IN_LINE.match(
        context.text, context.tail.start
    )
    around = context.text[max(0, context.head.start - 1) : context.head.end] + context.tail.of(
        context.text
    )
    if found is None and not around.strip():
        found = SIGNED_BELOW.match(context.text, context.tail.end)
        found = found if found and has_given_name(found["name"].split()) else None
    return Attribution(Span(*found.span("name")), "—", rules.SIGNATURE) if found else None


def find_sentence_before(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `It rained, X said. “...”`: reported speech, then a quoted sentence of the same speaker."""
    text, start = context.text, context.head.start
    if not context.is_whole or context.head.of(text).strip():
        return None
    line = text[:start].rpartition("\n")[2]
    at = start - len(line)
    if found := cues.compile(r", (?P<who>[^,;:.]{2,60}?) (?P<verb>%say%)\.\s*$").search(line):
        subject = as_subject(text, Span(at + found.start("who"), at + found.end("who")), cues)
    elif found := cues.compile(r", (?P<verb>%say%) (?P<who>[^,;:.]{2,60})\.\s*$").search(line):
        subject = phrase_after(text, Span(at + found.start("who"), at + found.end("who")), cues)
    else:
        return None
    return Attribution(subject, found["verb"], rules.SPEAKER_IN_SENTENCE_BEFORE) if subject else None


def find_colon_before(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `Jane Doe (48) is not surprised: “...”`: a sentence that begins with its only person.

    Other names may follow in the person's role: `Jane Doe, director of Kew Gardens: “...”`.
    """
    head = context.head.of(context.text)
    if not context.is_whole or context.words < FEWEST_WORDS_FAR or not head.rstrip().endswith(":"):
        return None
    subject = sentence_subject(context.text, context.head, cues)
    if subject and subject.of(context.text).casefold() in cues.of("he", "she"):
        return Attribution(subject, ":", rules.COLON_AFTER_NAME)  # "Later she was more direct: “...”"
    article = re.match(r"[^\W\d_]+ [^,:]{2,60}(?=, )", head)
    role = Span(context.head.start, context.head.start + article.end()) if article else None
    if role and (name := name_in_apposition(context.text, role, context.head.end, cues)):
        return Attribution(name, ":", rules.COLON_AFTER_NAME)  # "The vicar, Jane Doe, was blunt: “...”"
    found = re.match(FULL_NAME, head)
    if found is None or not has_given_name(found[0].split()):
        found = re.match(rf"{NAME_WORD}(?= [^\W\d_A-Z])", head)
        if found is None or not _is_surname(context.text[: context.head.start], found[0]):
            return None
    if not head.startswith(", ", found.end()) and re.search(FULL_NAME, head[found.end() :]):
        return None
    span = Span(context.head.start, context.head.start + found.end())
    return Attribution(span, ":", rules.COLON_AFTER_NAME)


def find_line_before(context: QuoteContext) -> Attribution | None:
    """Find a line that names one person and ends in a colon: `From the desk of Milo Dorn:`."""
    head = context.head.of(context.text)
    line = head.strip()
    if not line.endswith(":") or "\n" in line or len(line.split()) > MOST_WORDS_OF_LINE:
        return None
    if "\n" not in head[head.rindex(":") :] and not OPENS_LINE.match(line):
        return None
    names = [match for match in re.finditer(FULL_NAME, head) if not is_no_name(match[0].split()[-1])]
    if len(names) != 1:
        return None
    words = [Span(*word.span()) for word in re.compile(r"\S+").finditer(head, *names[0].span())]
    while len(words) > 2 and (is_role(words[0].of(head)) or is_no_name(words[0].of(head))):
        words = words[1:]  # "Chairwoman Jess Rosendahl"
    start = context.head.start
    return Attribution(
        Span(start + words[0].start, start + words[-1].end), ":", rules.NAME_IN_LINE_BEFORE
    )


def _is_surname(text: str, word: str) -> bool:
    """Return True if a word occurs in a text as a person's surname."""
    names = re.finditer(rf"\b(?P<given>{NAME_WORD}) {re.escape(word)}\b", text)
    return any(has_given_name([match["given"]]) for match in names)
