"""Find who speaks before a colon: `Jane Doe is not surprised: “...”`, `From the desk of Milo Dorn:`."""

import re

from transforms.facts.analysis.apposition import name_in_apposition
from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.sentence_subject import sentence_subject
from transforms.facts.analysis.subject_phrases import as_subject, behind_openers
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import FEWEST_WORDS_FAR, Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import VERB_SECOND, WITHOUT_ARTICLES
from transforms.language.names import FULL_NAME, NAME_WORD, has_given_name, is_no_name, is_role
from transforms.language.span import Span
from transforms.language.words import word_spans

FARTHEST_ROLE = 4  # tokens of "la nuova curatrice"
MOST_WORDS_OF_LINE = 12
OPENS_LINE = r"(?i:(?:%and% )?%opens_line%) "
ROLE_AND_NAME_FIRST = re.compile(
    rf"(?:[^\W\d_]+ |[Ll]['’])?(?P<role>[\w-]+) (?:[«„“][^»”“]*[»”“] )?(?P<name>{FULL_NAME})"
    r"(?= [^\W\d_A-Z])"
)
LAST_NAME = re.compile(r"(?:(?:,| \()[^:]{1,60})?:\s*")
ROLE_AND_COMMA = re.compile(r"[^\W\d_]+ [^,:]{2,60}(?=, )")


def find_colon_before(context: QuoteContext) -> Attribution | None:
    """Find `Jane Doe (48) is not surprised: “...”`: a sentence that begins with its only person.

    Other names may follow in the person's role: `Jane Doe, director of Kew Gardens: “...”`.
    """
    before = context.before
    head = context.opening
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
    words = [one for one in before.tokens if one.text[0].isalnum()][-4:]
    while len(words) > 2 and not words[-1].has("person"):  # "lehnte sie jedoch ab:"
        words = words[:-1]
    is_verb = len(words) > 1 and before.cues.ends(words[-2].text, "finite_ending")
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
    tokens = before.tokens[start : start + FARTHEST_ROLE]
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
    head = context.opening
    line = head.strip()
    if not line.endswith(":") or "\n" in line or len(line.split()) > MOST_WORDS_OF_LINE:
        return None
    if "\n" not in head[head.rindex(":") :] and not context.cues.compile(OPENS_LINE).match(line):
        return None
    names = [match for match in re.finditer(FULL_NAME, head) if not is_no_name(match[0].split()[-1])]
    if len(names) != 1:
        return None
    words = word_spans(head, Span(*names[0].span()))
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
