"""Find the predicate of a figure: the verb before it, or the one that closes its clause."""

from collections.abc import Sequence
from typing import NamedTuple

from transforms.facts.analysis.phrase_starts import MOST_TO_VERB, is_measuring, stands_as_noun
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import Token, verb_classes
from transforms.language.dates import IS_YEAR
from transforms.language.months import month_numbers
from transforms.language.word_lists import listed_words

NEAREST = 3  # tokens from "has", or from a verb that no list has, to its figure
MOST_OF_NOUN = 4  # tokens from "at" to "of" in "at a record speed of 11 knots"
CLAUSE_ENDS = ("break", "comma", "relative", "opener", "how", "asking")
HEDGE_AT_MOST = 2  # tokens: "followed more than 300 children"


class Predicate(NamedTuple):
    """A verb, and the index of its first word, before which a subject stands."""

    first: int
    verb: Token


def is_aside(sentence: Sentence, figure: int, predicate: Predicate) -> bool:
    """Return True if a figure says where or when: "killed two people in 3 towns"."""
    tokens = sentence.tokens
    if figure and tokens[figure - 1].has("each"):
        return True  # "a pound for every 10 degrees"
    verb = predicate.verb
    kind = verb_class(verb, sentence.language)
    is_passive = predicate.first > 0 and tokens[predicate.first - 1].has("be")
    is_held = kind == "have" and is_passive  # "was held in nine towns"
    is_measured = kind in ("be", "have", "rise", "fall", "reach") and not is_held
    at = _governor(tokens, figure)
    is_placed = tokens[at].has("circumstance") or (tokens[at].has("of") and _is_of_aside(sentence, at))
    return is_placed and not is_measured


def _is_of_aside(sentence: Sentence, of: int) -> bool:
    """Return True if a figure measures a noun behind a preposition: "at a speed of 11 knots"."""
    tokens = sentence.tokens
    if sentence.cues.compile("(?i:%change_noun%)").match(tokens[of - 1].text):
        return False  # "ha chiuso in rialzo del 2,3%"
    for i in range(of - 1, max(-1, of - 1 - MOST_OF_NOUN), -1):
        if tokens[i].has("comma", "break", "verb", "figure_verb", "finite"):
            return False
        if tokens[i].leads("fronted", "circumstance", "with") and not tokens[i].has("of"):
            return i < of - 1
    return False


def _governor(tokens: Sequence[Token], figure: int) -> int:
    """Return the index of the word before a figure and its determiners."""
    at = figure - 1
    while at > 0 and tokens[at].has("determiner", "oblique", "this_time", "last_time"):
        at -= 1
    return at


def is_when(tokens: Sequence[Token], figure: int) -> bool:
    """Return True if a figure of time says when or how long: "in ten years", "for 80 hours"."""
    before = tokens[_governor(tokens, figure)]
    return before.has("circumstance") or before.has("lasting")


def is_time(word: str) -> bool:
    """Return True for a unit of time, a month or a year."""
    return word.casefold() in listed_words("unit_of_time") or is_date(word)


def is_date(word: str) -> bool:
    """Return True for a month or a year."""
    return word.casefold() in month_numbers() or bool(IS_YEAR.fullmatch(word))


def predicate_before(sentence: Sentence, figure: int) -> Predicate | None:
    """Return the last verb before the figure at a token, if nothing ends its clause in between.

    >>> from transforms.language.span import Span
    >>> text = "The firm will cut some 300 posts"
    >>> found = predicate_before(Sentence.whole(text), 5)
    >>> found.first, found.verb.text
    (3, 'cut')
    """
    tokens = sentence.tokens[:figure]
    for index in range(figure - 1, max(-1, figure - 1 - MOST_TO_VERB), -1):
        if tokens[index].has("finite"):
            return _behind_auxiliary(sentence, index, figure)
        is_near = index >= figure - HEDGE_AT_MOST
        is_form = is_near and (is_participle(sentence, index) or _is_verb_form(sentence, index))
        if is_form or _is_listed(tokens, index):
            return Predicate(index, tokens[index])
        if _ends_clause(tokens, index):
            return None
    return None


def _is_listed(tokens: Sequence[Token], at: int) -> bool:
    """Return True for a listed verb that is none of the nouns of the same form."""
    is_compared = at > 0 and tokens[at - 1].has("comparing")  # "as revealed in", "than expected"
    return tokens[at].has("figure_verb") and not is_compared and not stands_as_noun(tokens, at)


def _ends_clause(tokens: Sequence[Token], at: int) -> bool:
    """Return True if a word parts a figure from the verbs before it."""
    token = tokens[at]
    if token.has("figure_verb"):
        return is_measuring(token)  # "at a total cost of $900"
    return token.has("verb", *CLAUSE_ENDS) or token.text == "without" or _opens_infinitive(tokens, at)


def _opens_infinitive(tokens: Sequence[Token], at: int) -> bool:
    """Return True for the "to" of a verb that no list has: "to hand over the records"."""
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    return tokens[at].has("to") and after is not None and after.has("article", "behind_to")


def _is_verb_form(sentence: Sentence, at: int) -> bool:
    """Return True for a verb that no list has by its form, and for ", forcing" behind a clause."""
    if sentence.language != "en":
        return _is_form(sentence, at)
    is_apart = at > 0 and sentence.tokens[at - 1].has("comma", "and")
    return _is_past(sentence, at) or (is_apart and _is_participle_form(sentence, at))


def _is_participle_form(sentence: Sentence, at: int) -> bool:
    """Return True for the -ing of a listed English verb."""
    word, verbs = sentence.tokens[at].text, verb_classes("en")
    stem = word.removesuffix("ing")
    is_form = word != stem and not verbs.keys().isdisjoint((stem, f"{stem}e", f"{stem}ed"))
    return sentence.language == "en" and is_form


def _is_past(sentence: Sentence, at: int) -> bool:
    """Return True for an English verb in -ed that no list has, right behind a noun or "and"."""
    word = sentence.tokens[at].text
    if not word.endswith("ed") or not word.islower() or sentence.tokens[at].has("no_verb"):
        return False
    before, after = sentence.tokens[at - 1] if at else None, sentence.tokens[at + 1 :]
    if before is None or not before.text[0].isalnum() or before.has("link", "determiner", "fronted"):
        return False
    is_share = len(after) > 2 and after[2].text in ("%", "percent", "per")  # "spiked by 256%"
    return not before.text.endswith(("'s", "’s")) and (after[0].text != "by" or is_share)


def _is_form(sentence: Sentence, at: int) -> bool:
    """Return True for a verb that no list has by its ending: "retirará 300", "a débloqué 300"."""
    token, before = sentence.tokens[at], sentence.tokens[at - 1] if at else None
    if before is None or not token.text.islower() or before.leads("determiner", "fronted", "link"):
        return False
    is_auxiliary = before.has("auxiliary", "figure_verb", "control")
    is_auxiliary = is_auxiliary or sentence.cues.ends(before.text, "infinitive_ending")
    if before.has("before_verb") and is_auxiliary:
        return sentence.cues.ends(token.text, "participle_ending")
    is_form = sentence.cues.ends(token.text, "finite_ending")
    return is_form and token.text not in sentence.cues.of("finite_ending")


def is_participle(sentence: Sentence, at: int) -> bool:
    """Return True for the -ing of a listed English verb behind a noun: "taxpayers earning 3"."""
    if at == 0 or not _is_participle_form(sentence, at):
        return False
    before = sentence.tokens[at - 1]
    is_verb = before.has("be", "auxiliary", "figure_verb", "verb", "object_acts")  # "started hiring"
    is_verb = is_verb or before.text.endswith("ed")
    return (
        before.text.isalpha() and not is_verb and not before.has("determiner", "link", "fronted", "and")
    )


def _behind_auxiliary(sentence: Sentence, at: int, figure: int) -> Predicate | None:
    """Return "is" or "has" as the verb of a figure, or the verb that it helps: "has promoted three"."""
    tokens, auxiliary = sentence.tokens, sentence.tokens[at]
    between, alone = tokens[at + 1 : figure], None
    if auxiliary.has("figure_verb"):
        alone = Predicate(at, auxiliary)
    elif not auxiliary.has("auxiliary"):
        return None
    if all(one.has("direction") for one in between):
        return alone
    if len(between) > NEAREST or any(token.has("fronted", "link") for token in between):
        return None
    helped = (one for one in between if not one.has("adverb", "fronted"))
    verb = next(helped, None) if sentence.language == "en" else None
    return Predicate(at, verb) if verb and _is_helped(verb.text, auxiliary) else alone


def _is_helped(word: str, auxiliary: Token) -> bool:
    if auxiliary.has("auxiliary"):
        return word.islower() and word not in ("have", "be", "not")
    return word.islower() and word.endswith(("ed", "ing", "en")) and word != "been"


def verb_class(verb: Token, language: str) -> str | None:
    """Return the class of a listed verb, or None."""
    return verb_classes(language).get(verb.text.casefold())


def moves(verb: Token, language: str) -> bool:
    """Return True for a verb whose figure may follow a preposition: "um 5 Prozent gestiegen"."""
    return verb_class(verb, language) in ("rise", "fall", "reach")


def is_governed(tokens: Sequence[Token], figure: int) -> bool:
    """Return True for a figure behind a preposition, but for "einen Verlust von 5 Millionen"."""
    at = _governor(tokens, figure)
    before = tokens[at]
    is_of = before.has("of") and at > 1 and tokens[at - 2].has("determiner")
    is_of = is_of or before.has("with")  # "mit 300 Traktoren"
    is_adverb = before.has("adverb") and not before.has("circumstance")  # "bot zuletzt 4 Prozent"
    return before.has("fronted", "link", "preposition") and not is_of and not is_adverb


def closing_verb(sentence: Sentence, figure: int) -> Token | None:
    """Return the verb that closes a figure's clause, before its auxiliary: "gestrichen (hat)"."""
    tokens = sentence.tokens
    last = sentence.next_of(figure + 1, len(tokens), "break", "comma", "and") - 1
    closing = [tokens[last - 1]] if tokens[last].has("auxiliary") and last - 1 > figure else []
    for token in [*closing, *tokens[max(last, figure + 1) : last + 1]]:
        is_form = token.has("figure_verb") or sentence.cues.ends(token.text, "participle_ending")
        is_noun = not token.text.islower() or (token.has("number"))
        if is_form and not is_noun and not token.has("fronted", "adverb"):
            return token
    return None
