"""Read the noun phrase before a verb: where it begins, and whether it can have a figure."""

import re
from collections.abc import Sequence

from transforms.facts.analysis.phrase_starts import is_bare, looks_like_verb
from transforms.facts.analysis.phrases import may_be_plural
from transforms.facts.analysis.predicates import Predicate, is_date, is_time
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subject_phrases import as_subject
from transforms.facts.analysis.tokens import ELIDED, Token
from transforms.language.cues import VERB_SECOND, WITHOUT_ARTICLES
from transforms.language.names import common_words
from transforms.language.span import Span
from transforms.language.word_lists import listed_words

MOST_WORDS_OF_TIME = 3  # "в прошлом году"
MOST_OF_PLACE = 7  # tokens of a place or a time behind a subject: "по итогам прошлого года"
MOST_WORDS = 9  # of a subject; longer ones are clauses
SIGNS = re.compile(r"[^\w\s&$€£+%.’'\u00ad«»„“”\"-]")  # no noun phrase has them
DASHES = (" - ", " – ", " — ")  # behind a place
AMOUNT = re.compile(r"\D{0,3}\d")  # "RM1.6"
SHORT_BE = re.compile(r"(?P<pronoun>[a-z]+)['’](?:s|m|re|ve|ll|d)", re.IGNORECASE)  # "there's"
THIRD_PERSON = re.compile(r"(?!is$|has$|was$)[a-z]+[^s]s")
PLURAL_NOUN = re.compile(r"[^siu]s$")


def noun_phrase(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return a phrase as a subject, without the words that join and place it: "but now the firm"."""
    tokens = sentence.tokens
    words = range(start, end)
    start = next((i for i in words if not tokens[i].has("adverb", "and")), end)
    first, end = _behind_time(tokens, start, end), _before_time(tokens, start, end)
    if sentence.language in WITHOUT_ARTICLES:  # Чистая прибыль банка по МСФО
        end = sentence.next_of(max(first + 1, end - MOST_OF_PLACE), end, "circumstance", "lasting")
    start = _behind_fronted(sentence, first, end, first > start)
    end = _before_verb(sentence, start, end)
    start += start < end and _is_short_be(tokens[start], sentence)  # "there's a chamber"
    if start >= end or (
        tokens[start].has("preposition", "fronted", "circumstance", "of")
        and not tokens[start].has("determiner")
    ):
        return None  # "neben den Punkten dürfen sie"
    if sentence.language == "en" and (
        _is_predicate(tokens, start) or _has_predicate(tokens, start, end)
    ):
        return None
    subject = as_subject(sentence, start, end, is_agent=False)
    if subject is None or not may_count(sentence, subject):
        return None
    inside = sentence.tokens_in(subject)
    is_verb = len(inside) == 1 and inside[0].text.casefold() in sentence.cues.of("say")
    is_place = inside[-1].text.isupper() and sentence.text[subject.end : subject.end + 3] in DASHES
    is_verb = is_verb or is_place  # "CASTELBRENTA - Sono rimasti"
    return None if is_verb or inside[-1].leads("of") else subject


def _is_predicate(tokens: Sequence[Token], start: int) -> bool:
    """Return True if a verb and its object begin at a token: "that can | minister to towns"."""
    before, first = tokens[start - 1] if start else None, tokens[start]
    has_object = start + 1 < len(tokens) and tokens[start + 1].has("determiner")
    if has_object and is_bare(first.text.casefold()):
        return True  # "see our guides"
    is_behind = before is not None and before.has("finite")
    opens = before is not None and before.has("relative", "opener", "subordinate", "asking", "adverb")
    is_noun = first.has("determiner", "pronoun", "number") or not first.text.islower()
    return is_behind and not opens and not is_noun


def _has_predicate(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return True if a verb and its object are inside: "profit fell to 1", "Doe reduced time"."""
    return any(
        tokens[i].has("figure_verb", "verb")
        and looks_like_verb(tokens, i)
        and (tokens[i].text.endswith("ed") or _is_of_many(tokens, i))
        for i in range(start + 1, end - 1)
    )


def _is_of_many(tokens: Sequence[Token], at: int) -> bool:
    """Return True for a verb in its bare form behind a plural: "firms increase"."""
    return tokens[at - 1].text.endswith("s") and is_bare(tokens[at].text)


def _behind_time(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where a phrase begins behind a time before it: "In May the firm", "В 2011 году завод"."""
    if (
        start + 2 < end
        and tokens[start].has("this_time", "last_time")
        and is_time(tokens[start + 1].text)
    ):
        return start + 2  # "Last year the shop"
    if start < end and tokens[start].has("fronted", "preposition", "circumstance"):
        words = range(start + 1, min(start + 1 + MOST_WORDS_OF_TIME, end - 1))
        return max(
            (i + 1 for i in words if is_time(tokens[i].text) or tokens[i].has("adverb")), default=start
        )
    if start + 1 < end and is_date(tokens[start].text):
        return start + 1  # "W latach 2016–2020 skarbnik"
    return start


def _behind_fronted(sentence: Sentence, start: int, end: int, is_behind_time: bool) -> int:
    """Return where a subject begins behind a phrase without a comma: "Per i camion il giro"."""
    tokens = sentence.tokens
    if sentence.language in VERB_SECOND or sentence.language == "en":
        return start
    joints = ("fronted", "circumstance", "belonging", "of", "preposition", "determiner", "and")
    articles = (i for i in range(end - 2, start + 1 - is_behind_time, -1) if tokens[i].has("determiner"))
    return next((i for i in articles if not tokens[i - 1].has(*joints)), start)


def may_count(sentence: Sentence, span: Span) -> bool:
    """Return True if a phrase can be the subject of a figure: no pronoun, number or common word."""
    words = span.of(sentence.text).split()
    first = next(token for token in sentence.tokens if token.span.start == span.start)
    is_pronoun = len(words) == 1 and first.has("pronoun")
    if AMOUNT.match(first.text) or is_pronoun or SIGNS.search(span.of(sentence.text)):
        return False
    if len(words) > MOST_WORDS or words[-1] == "-" or words[-1] in sentence.cues.of("determiner"):
        return False
    has_articles = (
        bool(sentence.cues.of("article", "determiner")) and sentence.language not in WITHOUT_ARTICLES
    )
    is_lower = has_articles and words[0].islower() and words[0].isascii()
    is_lower = is_lower and not ELIDED.match(words[0])  # "l'incidenza"
    if (
        is_lower
        and words[0].endswith("ing")
        and not first.has("determiner")
        and not words[-1].endswith("s")
    ):
        return False  # "seeing average salary"
    last = next(token for token in reversed(sentence.tokens) if token.span.end <= span.end)
    if words[0] == "s" or last.has("pronoun") or words[-1] in ("having", "being"):
        return False
    is_day = first.has("this_time") or not first.has("determiner")
    is_day = is_day or all(one.isdigit() or is_date(one) for one in words[1:])
    if is_day and is_time(words[-1].rstrip(".")):
        return False  # "will this week pledge"
    is_definite = sentence.cues.ends(words[0], "definite_ending")  # "produktionen"
    is_known = first.has("size", "whole") or (first.has("plural") and not first.has("several", "other"))
    is_plain = words[0].casefold() in common_words() or (is_lower and not is_definite)
    is_plain = is_plain and not is_known  # "Revenue rose", "Police made"
    return len(words) > 1 or not is_plain or words[0].endswith("s")


def _before_time(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where a phrase ends before a time behind it: "Выручка завода за 2023 год"."""
    if end - start > 2 and is_time(tokens[end - 1].text):
        words = range(end - 2, max(start, end - 1 - MOST_WORDS_OF_TIME), -1)
        return next((i for i in words if tokens[i].has("circumstance", "lasting", "fronted")), end)
    return end


def _before_verb(sentence: Sentence, start: int, end: int) -> int:
    """Return where a phrase ends before its verb and adverbs: "Straty wstępnie", "Projekt miał".

    A phrase of two clauses ends where it begins.
    """
    tokens, joints = sentence.tokens, ("determiner", "of", "belonging", "fronted", "and")
    if sentence.language != "en" and sentence.language not in VERB_SECOND:
        verbs = (i for i in range(start + 1, end) if tokens[i].has("figure_verb"))
        verbs = (i for i in verbs if tokens[i].text.islower() and not tokens[i - 1].has(*joints))
        verb = next(verbs, end)
        if any(one.has("and") for one in tokens[verb:end]):
            return start  # "l'incidenza è salita e i nuovi contagi": two clauses
        end = verb
    while end - start > 1 and tokens[end - 1].leads("adverb") and tokens[end - 1].text.islower():
        end -= 1
    return end


def _is_short_be(token: Token, sentence: Sentence) -> bool:
    """Return True for "there's" and "I'm"."""
    found = SHORT_BE.fullmatch(token.text)
    pronouns = sentence.cues.of("he", "she", "pronoun", "relative")
    return found is not None and found["pronoun"].casefold() in pronouns


def agrees(sentence: Sentence, subject: Span, predicate: Predicate) -> bool:
    """Return False if a subject and its verb differ in number: "la app que usan 5 personas"."""
    cues, verb = sentence.cues, predicate.verb
    words = sentence.tokens_in(subject)
    if cues.ends(verb.text, "neuter_verb"):
        return any(cues.ends(one.text, "neuter_noun") for one in words)
    if cues.ends(words[0].text, "object_ending"):
        return False  # "Akcję gaśniczą prowadziło 80 strażaków"
    if cues.of("plural_ending"):
        if sentence.language in VERB_SECOND:
            verb = sentence.tokens[predicate.first]
        is_form = cues.ends(verb.text, "plural_ending") and not verb.has("singular_verb")
        is_plural = is_form and verb.has("figure_verb", "auxiliary")
        is_one = words[0].has("singular") and not any(one.has("joining") for one in words)
        return not (is_plural and is_one)
    return (
        sentence.language != "en"
        or not verb.has("figure_verb")
        or _agrees_in_english(sentence, words, predicate)
    )


def _agrees_in_english(sentence: Sentence, words: Sequence[Token], predicate: Predicate) -> bool:
    verb, at = predicate.verb, predicate.first
    before = sentence.tokens[at - 1] if at else None
    ends = (i for i, word in enumerate(words) if i and word.has("link", "relative"))
    head = words[next(ends, len(words)) - 1].text
    is_joined = any(one.has("joining") for one in words)
    is_third = THIRD_PERSON.fullmatch(verb.text) is not None
    if is_third or (before is not None and before.has("singular_verb")):
        is_plural = head.islower() and PLURAL_NOUN.search(head) is not None
        return not is_plural or is_joined or head in listed_words("not_plural")
    is_helped = verb is not sentence.tokens[at] or (
        before is not None and before.has("auxiliary", "helper", "and")
    )
    is_plain = is_bare(verb.text) and not is_helped and not verb.has("same_in_past")
    is_many = any(may_be_plural(one.text, sentence.cues) or one.has("several") for one in words[:-1])
    return (
        not is_plain
        or is_joined
        or is_many
        or may_be_plural(head, sentence.cues)
        or words[-1].has("several")
    )
