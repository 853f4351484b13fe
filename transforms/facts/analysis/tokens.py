"""Split a sentence into tokens, each with its classes from all lists of the language, in one pass."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.language.cues import CAPITAL_NOUNS, cues_of
from transforms.language.known_words import KnownWords
from transforms.language.names import given_names
from transforms.language.reference import read_mapping, read_rows
from transforms.language.span import Span

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d[\d.,\u00a0\u202f’']*\d|[^\W_]+(?:[’'.-][^\W_]+)*[’']?|-{2,3}|[^\w\s]|_+"
)
BREAKS = frozenset('.;:!?؛؟()[]—–“”"«»„|•=')  # what no clause runs over
# A kind of cues is a class of tokens; these kinds give other classes.
CLASSES = {
    "preposition": ("preposition", "fronted"),
    "article": ("determiner", "article"),
    "he": ("pronoun", "person"),
    "she": ("pronoun", "person"),
    "pronoun_other": ("pronoun", "other"),
}
# Cues that can be several words; these become one token. They count in the case that the list has.
VERBS = {
    "say": ("verb", "say"),
    "say_after": ("say_after",),
    "tell": ("tell",),
    "quote": ("quote",),
    "call": ("call",),
    "as_saying": ("as_saying", "preposition"),
    "it_says": ("it_says", "verb"),
    "document": ("document",),
    "according": ("according", "fronted"),
}
OTHERS = ("adverb", "lasting", "circumstance")  # other kinds whose cues can be several words
LONGEST_ABBREVIATION = 5  # characters: "Capt. Doe", "J. Doe"
OPEN_SENTENCE = ("according", "adverb")  # kinds whose forms may have a capital
MASK = "ꞏ"  # a letter without case, which masks quoted words


class Token(NamedTuple):
    """A token: its span, its text, and the classes of its case-folded form."""

    span: Span
    text: str
    classes: frozenset[str]

    @property
    def is_capital(self) -> bool:
        """Return True if the token begins with a capital."""
        return self.text[0].isupper()

    @property
    def opens_noun(self) -> bool:
        """Return True if a noun phrase can begin with the token: a determiner or a capital."""
        return self.is_capital or self.has("determiner")

    def has(self, *classes: str) -> bool:
        """Return True if the token has one of the classes."""
        return not self.classes.isdisjoint(classes)

    def leads(self, *classes: str) -> bool:
        """Return True if the token has one of the classes and no noun of its own, as "l'usine" has."""
        return self.has(*classes) and not ELIDED.match(self.text)


CONTRACTED = ("’ll", "'ll", "’ve", "'ve", "’re", "'re", "’d", "'d")  # "They’ll"
ENCLITIC = re.compile(r"-(?:t-)?(?=(?:ils?|elles?|se|lhes?)$)")  # "a-t-elle ajouté", "fixou-se"
ELIDED = re.compile(r"(?:[ldu]n?|[dn]ell|[ds]?all|sull|quest)['’](?=\w)", re.IGNORECASE)
ELIDED_BEFORE_VERB = re.compile(r"[dlmnjt]['’](?=\w)", re.IGNORECASE)  # "m’a donné", "d’investir"
NONE: frozenset[str] = frozenset()
ADVERB, FIGURE_VERB = frozenset(["adverb"]), frozenset(["figure_verb"])
TIED = frozenset(["tied"])  # a pronoun and its verb, which become two tokens
IN_NAME, BEFORE_VERB = frozenset(["in_name"]), frozenset(["before_verb"])
COMMA, BREAK, NUMBER, QUOTED = (frozenset([kind]) for kind in ("comma", "break", "number", "quoted"))


def tokenise(text: str, within: Span, language: str) -> Sequence[Token]:
    """Return the tokens of a span with their classes.

    >>> [token.has("determiner") for token in tokenise("Its share", Span(0, 9), "en")]
    [True, False]
    >>> [token.text for token in tokenise("a-t-elle ajouté", Span(0, 15), "fr")]
    ['a', 'elle', 'ajouté']
    """
    tokens, classes = list[Token](), _known_classes(language)
    for match in TOKEN.finditer(text, within.start, within.end):
        word, (start, end) = match[0], match.span()
        if word[0] == "-" and text[start - 1 : start] == " " == text[end : end + 1]:
            word = "–"  # "BRANTON, Oct 9 - Shares fell", "BRANTON -- Shares fell"
        if word == "." and tokens and _is_in_name(text, tokens[-1], start):
            tokens.append(Token(Span(start, end), word, IN_NAME))
            continue
        if "-" in word and (enclitic := ENCLITIC.search(word)):
            middle = start + enclitic.start()
            verb = text[start:middle]
            tokens.append(Token(Span(start, middle), verb, classes[verb]))
            word, start = word[enclitic.end() :], start + enclitic.end()
        found = classes[word]
        if found is TIED:
            tokens.append(Token(Span(start, start + 2), word[:2], classes[word[:2]] | BEFORE_VERB))
            word, start = word[2:], start + 2
            found = classes[word]
        token = Token(Span(start, end), word, found)
        if "figure_verb" in found and tokens and _is_noun(tokens[-1], word, language):
            token = token._replace(classes=token.classes - FIGURE_VERB)
        if tokens and _is_given_name(tokens[-1], token):
            tokens[-1] = tokens[-1]._replace(classes=NONE)
        tokens.append(token)
    return tokens


def _is_noun(before: Token, word: str, language: str) -> bool:
    """Return True for a word in capitals behind another, and for a German one inside a sentence."""
    is_inside = word[0].isupper() and before.text[0].isalnum()
    return is_inside and (language in CAPITAL_NOUNS or before.is_capital)


def _is_before_verb(word: str, language: str) -> bool:
    """Return True for a pronoun or a preposition that an apostrophe ties to a verb."""
    if not ELIDED_BEFORE_VERB.match(word) or word in _verbs(language):
        return False
    verb, infinitives = word[2:].casefold(), tuple(cues_of(language).of("infinitive_ending"))
    is_listed = verb in verb_classes(language) and (word[0] not in "dlDL" or verb.endswith(infinitives))
    return bool(infinitives) and (is_listed or verb in cues_of(language).of("before_verb"))


def _is_given_name(token: Token, after: Token) -> bool:
    """Return True for a name that is also a word of the language: "Will Doe", not "Will Rise"."""
    is_name = token.has("finite", "fronted") and token.text in given_names()
    return is_name and after.is_capital and not after.has("figure_verb")


def _is_in_name(text: str, before: Token, dot: int) -> bool:
    """Return True for the dot of "Dr. Doe" and "J. Doe"."""
    word = before.text
    is_short = before.span.end == dot and word[0].isupper() and len(word) < LONGEST_ABBREVIATION
    return is_short and text[dot + 1 : dot + 3].strip()[:1].isupper()


def join_cues(text: str, tokens: Sequence[Token], language: str) -> Sequence[Token]:
    """Return tokens in which verbs of saying of several words are one token: "pointed out".

    >>> text = "as he pointed out"
    >>> [one.text for one in join_cues(text, tokenise(text, Span(0, len(text)), "en"), "en")]
    ['as', 'he', 'pointed out']
    """
    several, joined, at = _cues_of_several_words(language), list[Token](), 0
    while at < len(tokens):
        token = tokens[at]
        for words, classes in several.get(token.text, ()):
            last = at + len(words) - 1
            if [one.text for one in tokens[at : last + 1]] == words:
                span = Span(token.span.start, tokens[last].span.end)
                classes |= tokens[last].classes & FIGURE_VERB  # "ha prometido 300 casas"
                token, at = Token(span, span.of(text), classes), last
                break
            if _is_around_pronoun(text, tokens[at : at + 3], words):
                joined.append(tokens[at + 1])  # "a-t-elle ajouté": the pronoun, then the verb
                token, at = tokens[at + 2]._replace(classes=classes), at + 2
                break
        joined.append(token)
        at += 1
    return joined


def _is_around_pronoun(text: str, tokens: Sequence[Token], words: list[str]) -> bool:
    """Return True for a verb of two words with a pronoun tied to the first: "a-t-elle ajouté"."""
    is_verb = len(tokens) == 3 and [tokens[0].text, tokens[2].text] == words
    return is_verb and text[tokens[1].span.start - 1] == "-"


@cache
def _cues_of_several_words(language: str) -> dict[str, list[tuple[list[str], frozenset[str]]]]:
    """Return the cues of several words by their first word, the longest first."""
    found: dict[str, list[tuple[list[str], frozenset[str]]]] = {}
    for kind, classes in (VERBS | {kind: (kind,) for kind in OTHERS}).items():
        for form in _written(kind, language):
            words = TOKEN.findall(form)
            if len(words) > 1:
                found.setdefault(words[0], []).append((words, frozenset(classes)))
    return {first: sorted(each, key=lambda one: -len(one[0])) for first, each in found.items()}


def _written(kind: str, language: str) -> Iterator[str]:
    """Yield the forms of a kind of cue as texts write them."""
    for form in cues_of(language).of(kind):
        yield form
        if kind in OPEN_SENTENCE:
            yield form[0].upper() + form[1:]


@cache
def _known_classes(language: str) -> KnownWords[frozenset[str]]:
    return KnownWords(lambda word: _classes_of(word, language))


def _classes_of(word: str, language: str) -> frozenset[str]:
    if word in ",،":
        return COMMA
    if word in BREAKS:
        return BREAK
    if word[0].isdigit():
        return NUMBER
    if word[0] == MASK:
        return QUOTED
    if _is_before_verb(word, language):
        return TIED
    low, classes = word.casefold(), _classes(language)
    found = classes.get(low) or classes.get(
        re.split("['’]", low)[0] if low.endswith(CONTRACTED) else low, NONE
    )
    if cues_of(language).ends(low, "adverb_ending") and word[0].islower():
        found |= NONE if low in cues_of(language).of("no_adverb") else ADVERB
    if elided := ELIDED.match(low):
        found |= classes.get(elided[0], NONE)
    return found | _verbs(language).get(word, NONE)


@cache
def _classes(language: str) -> dict[str, frozenset[str]]:
    """Return the classes of each listed word of a language."""
    found: dict[str, set[str]] = {}
    for kind, forms in cues_of(language).words.items():
        for form in forms if kind not in VERBS else ():
            found.setdefault(form.casefold(), set()).update(CLASSES.get(kind, (kind,)))
    for word in verb_classes(language):
        found.setdefault(word, set()).add("figure_verb")
    for row in read_rows("scales", language):
        if row["kind"] == "scale":
            found.setdefault(row["form"].casefold(), set()).add("scale")
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _verbs(language: str) -> dict[str, frozenset[str]]:
    """Return the classes of each verb that quotes, in the case that the list has."""
    found: dict[str, set[str]] = {}
    for kind, names in VERBS.items():
        for form in _written(kind, language):
            found.setdefault(form, set()).update(names)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def verb_classes(language: str) -> dict[str, str]:
    """Return the verbs between a subject and its figure, each with the class that it is compared by.

    >>> verb_classes("en")["rose"], verb_classes("de")["stieg"]
    ('rise', 'rise')
    """
    return read_mapping("figure_verbs", "form", "class", language)
