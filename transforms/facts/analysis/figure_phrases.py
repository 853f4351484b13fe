"""Read the noun phrase before a verb: where it begins, and whether it can have a figure."""

import re
from collections.abc import Sequence

from transforms.facts.analysis.phrases import PLURAL, as_subject
from transforms.facts.analysis.predicates import MOST_TO_VERB, Predicate, is_date, is_time
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subjects import is_adverb
from transforms.facts.analysis.tokens import Token, verb_classes
from transforms.language.names import common_words
from transforms.language.span import Span
from transforms.language.word_lists import listed_words

MOST_WORDS = 9  # of a subject; longer ones are clauses
ENDS = ("comma", "break", "opener", "finite", "verb")  # what a phrase begins after
SIGNS = re.compile(r"[^\w\s&$€£+%.’'\u00ad-]")  # no noun phrase has them
AMOUNT = re.compile(r"\D{0,3}\d")  # "RM1.6"
THIS = frozenset("this last next dieses diesen letztes vergangenes".split())
SHORT_BE = re.compile(r"^(?:he|she|it|that|there|who|what)['’]s$", re.IGNORECASE)
# Subject and verb agree in number: plural verbs end in these.
PLURAL_VERBS = {"es": "n", "pt": "m", "fr": "nt", "it": "no"}
JOINS = frozenset(
    ["and", "y", "e", "et", "mayoría", "maioria", "plupart", "maggioranza", "majorité", "parte"]
)
THIRD_PERSON = re.compile(r"(?!is$|has$|was$)[a-z]+[^s]s")
# Verbs behind which a clause can begin without "that".
FINDS = frozenset(
    "found find finds show shows suggest suggests mean means think thinks know believe".split()
)
SINGULAR = frozenset(["has", "is", "was"])
SAME_IN_PAST = frozenset("cost cut hit let put set shed shut spread split".split())
MANY = frozenset("and all both half many most others people several some those you i".split())
HELPERS = frozenset("to not do does did help also".split())
PLURAL_NOUN = re.compile(r"[^siu]s$")
LINKS = frozenset("of in for from at with on by to that who which about among".split())
COMPARING = frozenset("once as than".split())


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
    if before.has("subordinate"):
        return is_noun_next and start > 1
    if before.text in COMPARING:
        return any(_is_verb(tokens, i) for i in range(max(1, start - MOST_TO_VERB), start - 1))
    if before.has("and") and is_noun_next:  # "Nash scored the only goal and Norrena"
        ends = (i for i in range(start - 2, 0, -1) if _is_verb(tokens, i) or _parts(tokens[i]))
        nearest = next(ends, None)
        is_clause = nearest is not None and not _parts(tokens[nearest]) and start - nearest > 2
        return is_clause and not tokens[nearest or 0].has("verb")
    return is_noun_next and start > 1 and _is_verb(tokens, start - 1)


def _parts(token: Token) -> bool:
    return token.text in COMPARING or token.has("subordinate", "comma", "break", "relative")


def _opens_noun(token: Token) -> bool:
    return token.has("determiner", "number") or token.text[0].isupper()


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Return True for a word behind a noun that is listed as a verb, or looks like a past tense."""
    token, before = tokens[at], tokens[at - 1]
    is_form = token.text.islower() and (token.text.endswith("ed") or token.text in FINDS)
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
    """Return where a phrase begins behind a time before it: "In May the firm", "В 2011 году завод"."""
    if start < end and tokens[start].has("fronted", "preposition", "circumstance"):
        words = range(start + 1, min(start + 4, end - 1))
        return max((i + 1 for i in words if is_time(tokens[i].text)), default=start)
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
    is_day = is_day or all(one.isdigit() or is_date(one) for one in words[1:])
    if is_day and is_time(words[-1].rstrip(".")):
        return False  # "will this week pledge"
    is_plain = words[0].casefold() in common_words() or is_bare
    return len(words) > 1 or not is_plain or words[0].endswith("s")


def agrees(sentence: Sentence, subject: Span, predicate: Predicate) -> bool:
    """Return False if a subject and its verb differ in number: "la app que usan 5 personas"."""
    words, language = re.split("[ ’']", subject.of(sentence.text)), sentence.language
    verb, at = predicate.verb, predicate.first
    before = sentence.tokens[at - 1] if at else None
    is_helped = before is not None and (before.has("auxiliary") or before.text in HELPERS)
    is_helped = is_helped or verb is not sentence.tokens[at]
    if language in PLURAL_VERBS:
        is_plural = verb.text.endswith(PLURAL_VERBS[language]) and verb.has("figure_verb")
        is_one = words[0].casefold() in sentence.cues.of("singular") and JOINS.isdisjoint(words)
        return not (is_plural and is_one)
    if language != "en" or not verb.has("figure_verb"):
        return True
    head = words[next((i for i, word in enumerate(words) if word in LINKS and i), len(words)) - 1]
    is_plural = (
        head.islower() and bool(PLURAL_NOUN.search(head)) and head not in listed_words("not_plural")
    )
    is_third = THIRD_PERSON.fullmatch(verb.text) is not None
    if is_third or (before is not None and before.text in SINGULAR):
        return not (is_plural and JOINS.isdisjoint(words))
    is_bare = (
        f"{verb.text}s" in verb_classes(language) and not is_helped and verb.text not in SAME_IN_PAST
    )
    return not is_bare or any(map(PLURAL.search, [*words[:-1], head])) or not MANY.isdisjoint(words)
