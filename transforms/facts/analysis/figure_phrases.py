"""Read the noun phrase before a verb: where it begins, and whether it can have a figure."""

import re
from collections.abc import Sequence

from transforms.facts.analysis.phrases import PLURAL, as_subject
from transforms.facts.analysis.predicates import (
    MODALS,
    MOST_TO_VERB,
    Predicate,
    is_time,
)
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subjects import (
    is_adverb,
)
from transforms.facts.analysis.tokens import Token, verb_classes
from transforms.language.names import common_words
from transforms.language.span import Span

MOST_WORDS = 9  # of a subject; longer ones are clauses
ENDS = ("comma", "break", "opener", "finite", "verb")  # what a phrase begins after
SIGNS = re.compile(r"[^\w\s&$€£+%.’'\u00ad-]")  # no noun phrase has them
AMOUNT = re.compile(r"\D{0,3}\d")  # "RM1.6"
THIS = frozenset("this last next dieses diesen letztes vergangenes".split())
SHORT_BE = re.compile(r"^(?:he|she|it|that|there|who|what)['’]s$", re.IGNORECASE)
# Subject and verb agree in number: plural verbs end in these, and these articles are singular.
PLURAL_VERBS = {"es": "n", "pt": "m", "fr": "nt", "it": "no"}
ONE = {
    "es": frozenset(["el", "la", "un", "una", "su", "este", "esta"]),
    "pt": frozenset(["o", "a", "um", "uma", "seu", "sua"]),
    "fr": frozenset(["le", "la", "l", "un", "une", "son", "sa", "ce", "cette"]),
    "it": frozenset(["il", "lo", "la", "l", "un", "una", "uno", "suo", "sua"]),
}
JOINS = frozenset(["y", "e", "et", "mayoría", "maioria", "plupart", "maggioranza", "majorité", "parte"])
THIRD_PERSON = re.compile(r"(?!is$|has$|was$)[a-z]+[^s]s")
SAME_IN_PAST = frozenset("cost cut hit let put set shed shut spread split".split())
MANY = frozenset("and all both half many most others people several some those you i".split())
HELPERS = MODALS | frozenset("to not do does did help also".split())
PLURAL_NOUN = re.compile(r"[^siu]s$")
LINKS = frozenset("of in for from at with on by to that who which about among".split())
SUBORDINATES = frozenset("after before since until while because although whereas though".split())
CONJUNCTIONS = SUBORDINATES | frozenset("once as than".split())


def phrase_start(sentence: Sentence, end: int) -> int:
    """Return where the phrase before a token begins: behind a comma or another end of a clause."""
    tokens, start = sentence.tokens, end
    while start and not tokens[start - 1].has(*ENDS) and not _relates(tokens, start):
        if start < end and sentence.language == "en" and _opens_clause(tokens, start):
            break
        start -= 1
    return start


def _opens_clause(tokens: Sequence[Token], start: int) -> bool:
    """Return True if a clause begins at a token: "after | the firm cut", "the survey showed | it"."""
    before, is_noun_next = tokens[start - 1], _opens_noun(tokens[start])
    if before.text in SUBORDINATES:
        return is_noun_next and start > 1
    if before.text in CONJUNCTIONS:
        return any(_is_verb(tokens, i) for i in range(max(1, start - MOST_TO_VERB), start - 1))
    if before.has("and") and is_noun_next:  # "Nash scored the only goal and Norrena"
        ends = (i for i in range(start - 2, 0, -1) if _is_verb(tokens, i) or _parts(tokens[i]))
        nearest = next(ends, None)
        is_clause = nearest is not None and not _parts(tokens[nearest]) and start - nearest > 2
        return is_clause and not tokens[nearest or 0].has("verb")
    return is_noun_next and start > 1 and _is_verb(tokens, start - 1)


def _parts(token: Token) -> bool:
    return token.text in CONJUNCTIONS or token.has("comma", "break", "relative")


def _opens_noun(token: Token) -> bool:
    return token.has("determiner", "number") or token.text[0].isupper()


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Return True for a word behind a noun that is listed as a verb, or looks like a past tense."""
    token, before = tokens[at], tokens[at - 1]
    is_form = token.text.islower() and (token.text.endswith("ed") or token.text == "found")
    is_behind = before.text[0].isalnum() and not before.has("determiner", "link", "fronted")
    return is_behind and (is_form or token.has("figure_verb", "verb"))


def is_relative_clause(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return True if a phrase is the predicate of a relative clause: "that struck the island"."""
    first, inner = tokens[start], tokens[start + 1 : end]
    is_noun_phrase = first.has("determiner", "pronoun") or not first.text[0].islower()
    is_verb = first.has("figure_verb", "verb") or first.text.endswith("ed")
    is_bare = not is_verb and not any(one.has("determiner", "fronted") for one in inner)
    return tokens[start - 1].has("relative") and not is_noun_phrase and not (is_bare and inner)


def _relates(tokens: Sequence[Token], at: int) -> bool:
    """Return True if the token before a position is a relative pronoun, not "for that quarter"."""
    return tokens[at - 1].has("relative") and not (at > 1 and tokens[at - 2].has("link", "fronted"))


def noun_phrase(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return a phrase as a subject, without the words that join and place it: "but now the firm"."""
    tokens = sentence.tokens
    words = range(start, end)
    start = next(
        (i for i in words if not tokens[i].has("adverb", "and") and not is_adverb(tokens[i].text)), end
    )
    start = _behind_time(tokens, start, end)
    if start >= end or (
        tokens[start].has("preposition", "fronted", "circumstance")
        and not tokens[start].has("determiner")
    ):
        return None  # "neben den Punkten dürfen sie"
    subject = as_subject(sentence, start, end, is_agent=False)
    return subject if subject and may_count(sentence, subject) else None


def _behind_time(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where a phrase begins behind a time before it: "In May the firm", "за день сервис"."""
    if start < end and tokens[start].has("fronted", "preposition", "circumstance"):
        words = range(start + 1, min(start + 4, end - 1))
        return next((i + 1 for i in words if is_time(tokens[i].text)), start)
    return start


def may_count(sentence: Sentence, span: Span) -> bool:
    """Return True if a phrase can be the subject of a figure: no pronoun, number or common word."""
    words = span.of(sentence.text).split()
    first = next(token for token in sentence.tokens if token.span.start == span.start)
    is_pronoun = len(words) == 1 and (first.has("pronoun") or SHORT_BE.search(first.text) is not None)
    if AMOUNT.match(first.text) or is_pronoun or SIGNS.search(span.of(sentence.text)):
        return False
    if len(words) > MOST_WORDS or words[-1] == "-" or words[-1] in sentence.cues.of("determiner"):
        return False
    has_articles = bool(sentence.cues.of("article", "determiner"))
    is_bare = has_articles and words[0].islower() and words[0].isascii()
    if (
        is_bare
        and words[0].endswith("ing")
        and not first.has("determiner")
        and not words[-1].endswith("s")
    ):
        return False  # "seeing average salary"
    if words[0] == "s" or words[-1] in ("having", "being"):
        return False
    is_day = words[0].casefold() in THIS or not first.has("determiner")
    if is_day and is_time(words[-1].rstrip(".")):
        return False  # "will this week pledge"
    is_plain = words[0].casefold() in common_words() or is_bare
    return len(words) > 1 or not is_plain or words[0].endswith("s")


def agrees(sentence: Sentence, subject: Span, predicate: Predicate) -> bool:
    """Return False if a subject and its verb differ in number: "la app que usan 5 personas"."""
    words, language = re.split("[ ’']", subject.of(sentence.text)), sentence.language
    verb, at = predicate.verb, predicate.first
    is_helped = verb is not sentence.tokens[at] or (at > 0 and sentence.tokens[at - 1].text in HELPERS)
    if language in PLURAL_VERBS:
        is_plural = verb.text.endswith(PLURAL_VERBS[language]) and verb.has("figure_verb")
        return not (is_plural and words[0].casefold() in ONE[language] and JOINS.isdisjoint(words))
    if language != "en" or not verb.has("figure_verb"):
        return True
    head = words[next((i for i, word in enumerate(words) if word in LINKS and i), len(words)) - 1]
    if THIRD_PERSON.fullmatch(verb.text):
        return not (head.islower() and PLURAL_NOUN.search(head))
    is_bare = (
        f"{verb.text}s" in verb_classes(language) and not is_helped and verb.text not in SAME_IN_PAST
    )
    return not is_bare or any(map(PLURAL.search, [*words[:-1], head])) or not MANY.isdisjoint(words)
