"""Find the speaker without a verb of saying: "according to X", signatures, "called it", a colon."""

import re

from transforms.facts.analysis.apposition import name_in_apposition
from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.sentence_subject import sentence_subject
from transforms.facts.analysis.subject_phrases import as_subject, behind_openers
from transforms.facts.analysis.subjects import Subjects
from transforms.facts.analysis.verb_chains import is_passive
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import FEWEST_WORDS_FAR, MANY_WORDS, Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import VERB_SECOND, WITHOUT_ARTICLES
from transforms.language.names import FULL_NAME, LOWER, NAME_WORD, has_given_name, is_no_name, is_role
from transforms.language.span import Span

FEWEST_WORDS_OF_CALL, FARTHEST_CALL = 5, 8  # words; shorter quotations are names and terms
MOST_WORDS_OF_LINE = 12
FARTHEST_ROLE = 5  # tokens of "pour l’ancien maire"
OWN_VIEW = r"(?i:%his_view|her_view|own_view%)(?!\w)"
OPENS_LINE = r"(?i:(?:%and% )?%opens_line%) "
AS = r"\b%as%(?: %determiner|being%)?\s*$"  # "dismissed it as “...”"
CAPITALISED = rf"[^\W\d_{LOWER}][\w.'’-]"
SIGNED = re.compile(
    rf"\s*(?:[–—]|--?)\s*(?P<name>{CAPITALISED}+"
    rf"(?:(?: {CAPITALISED}*){{1,3}}|(?=[ \t]*$)|(?: [\w'’-]+){{1,9}}(?=[ \t]*$)))",
    re.MULTILINE,
)
SIGNED_IN_LINE = re.compile(r"\n+(?:[–—]|--) (?P<name>\w[^\n,.]{1,40})(?=[,\n]|$)")
SIGNED_BELOW = re.compile(rf"\n+(?P<name>{FULL_NAME})(?:, [^\n.]{{1,100}})?(?=\n|$)")
ROLE_AND_NAME_FIRST = re.compile(
    rf"(?:[^\W\d_]+ |[Ll]['’])?(?P<role>[\w-]+) (?:[«„“][^»”“]*[»”“] )?(?P<name>{FULL_NAME})"
    r"(?= [^\W\d_A-Z])"
)
LAST_NAME = re.compile(r"(?:(?:,| \()[^:]{1,60})?:\s*")
ROLE_AND_COMMA = re.compile(r"[^\W\d_]+ [^,:]{2,60}(?=, )")


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
    is_inserted = at > 0 and tokens[at - 1].has("comma") and commas == [len(tokens) - 1]
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
    head, start = context.head.of(context.text), context.head.start
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


def find_colon_before(context: QuoteContext) -> Attribution | None:
    """Find `Jane Doe (48) is not surprised: “...”`: a sentence that begins with its only person.

    Other names may follow in the person's role: `Jane Doe, director of Kew Gardens: “...”`.
    """
    before = context.before
    head = context.head.of(context.text)
    if not context.is_whole or context.words < FEWEST_WORDS_FAR or not head.rstrip().endswith(":"):
        return None
    subject = _pronoun_behind_verb(before) or sentence_subject(before)
    if subject and before.cues.of("he", "she") & {subject.of(context.text).casefold()}:
        return Attribution(subject, ":", rules.COLON_AFTER_NAME)  # "Later she was more direct: “...”"
    subject = _named_role(before, head, context.head.start) or _first_person(context, head)
    subject = subject or _of_parted_verb(before) or _only_person(context, head)
    return Attribution(subject, ":", rules.COLON_AFTER_NAME) if subject else None


def _pronoun_behind_verb(before: Sentence) -> Span | None:
    """Return the pronoun behind a verb in second place, before a colon: "Hierzu führte er aus:"."""
    if before.language not in VERB_SECOND:
        return None
    words = [one for one in before.tokens if one.text[0].isalnum()][-3:]
    words = words[:-1] if words and not words[-1].has("person") else words
    is_verb = len(words) > 1 and words[-2].text.endswith(tuple(before.cues.of("finite_ending")))
    return words[-1].span if is_verb and words[-1].has("person") else None


def _of_parted_verb(before: Sentence) -> Span | None:
    """Return the subject of a verb in two parts, before a colon: "Das Gericht stellt dazu fest:"."""
    tokens, verb = before.tokens, max(before.find("say_after"), default=0)
    words = [one for one in tokens[verb + 1 :] if one.text[0].isalnum()]
    if before.language not in VERB_SECOND or not verb or not words or not words[-1].text.islower():
        return None
    start = before.behind_last(verb, "break", "comma")
    if tokens[start].has("fronted", "adverb", "circumstance"):
        return phrase_after(before, verb + 1)
    return as_subject(before, start, verb)


def _named_role(before: Sentence, head: str, start: int) -> Span | None:
    """Return the name behind a role that opens a sentence: "The vicar, Jane Doe, was blunt: “...”"."""
    named = ROLE_AND_NAME_FIRST.match(head)
    is_noun = named is not None and before.language in WITHOUT_ARTICLES and named["role"].islower()
    if named and (is_role(named["role"]) or (is_noun and has_given_name(named["name"].split()))):
        return Span(start + named.start("name"), start + named.end("name"))
    role = ROLE_AND_COMMA.match(head)
    name = name_in_apposition(before, Span(start, start + role.end())) if role else None
    return name or _role_first(before)


def _role_first(before: Sentence) -> Span | None:
    """Return the role that opens a sentence: "La curatrice non se la prende: «...»"."""
    start = behind_openers(before, 0, len(before.tokens))
    tokens = before.tokens[start : start + FARTHEST_ROLE - 1]
    opens = tokens[0].text.casefold() if tokens else ""
    if re.split("(?<=['’])", opens)[0] not in before.cues.of("definite"):
        return None
    words = [re.split("['’]", one.text)[-1] for one in tokens]
    role = next((i for i, word in enumerate(words) if is_role(word)), None)
    return None if role is None else before.span(start, start + role + 1)


def _first_person(context: QuoteContext, head: str) -> Span | None:
    start = context.head.start
    found = re.match(FULL_NAME, head)
    if found and found[0].split()[0].casefold() in context.cues.of("fronted"):
        return None  # "For Jane the question was: “...”"
    if found is None or not has_given_name(found[0].split()):
        found = re.match(rf"{NAME_WORD}(?= [^\W\d_A-Z]|:)", head)
        if found is None or not _is_surname(context.text[:start], found[0]):
            return None
    return Span(start, start + found.end())


def _only_person(context: QuoteContext, head: str) -> Span | None:
    """Return the only full name of a sentence: "Una opinión que comparte Ana Gil, bombera: “...”"."""
    names = [one for one in re.finditer(FULL_NAME, head) if has_given_name(one[0].split())]
    start = context.head.start
    if len(names) != 1 or "\n" in head:
        return None
    is_fronted = head[: names[0].start()].count(",") == 1 == head.count(",")
    if not is_fronted and not LAST_NAME.fullmatch(head, names[0].end()):
        return None
    return Span(start + names[0].start(), start + names[0].end())


def find_line_before(context: QuoteContext) -> Attribution | None:
    """Find a line that names one person and ends in a colon: `From the desk of Milo Dorn:`."""
    head = context.head.of(context.text)
    line = head.strip()
    if not line.endswith(":") or "\n" in line or len(line.split()) > MOST_WORDS_OF_LINE:
        return None
    if "\n" not in head[head.rindex(":") :] and not context.cues.compile(OPENS_LINE).match(line):
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
