"""Find where the noun phrase before a verb begins, and which words there are verbs."""

from collections.abc import Sequence

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import Token, verb_classes
from transforms.language.dates import IS_YEAR
from transforms.language.names import POSSESSIVE
from transforms.language.word_lists import listed_words

ENDS = ("comma", "break", "opener", "finite", "verb")  # what a phrase begins after
MOST_WORDS_OF_NAME = 5  # between its marks
MARKS_OF_NAME = {"»": ("«",), "”": ("“", "„", "”"), "“": ("„",), '"': ('"',), "«": ("»",)}
MOST_OF_DESCRIPTION = 4  # words from "a" to its noun
MOST_TO_VERB = 14  # tokens from a verb to what it governs


def phrase_start(sentence: Sentence, end: int) -> int:
    """Return where the phrase before a token begins: behind a comma or another end of a clause."""
    tokens, start = sentence.tokens, end
    while start:
        if _ends_clause(tokens, start):
            opening = _opening_of_name(tokens, start)
            if opening is None:
                break
            start = opening + 1
        elif start < end and sentence.language == "en" and _opens_clause(tokens, start):
            break
        start -= 1
    return start


def _opening_of_name(tokens: Sequence[Token], end: int) -> int | None:
    """Return the mark that opens a name behind its noun: "компания «Север»"."""
    marks = MARKS_OF_NAME.get(tokens[end - 1].text, ())
    if not marks:
        return None
    words = range(end - 2, max(0, end - 2 - MOST_WORDS_OF_NAME), -1)
    opening = next((i for i in words if tokens[i].text in marks), None)
    return opening if opening and tokens[opening - 1].text[0].isalpha() else None


def _ends_clause(tokens: Sequence[Token], at: int) -> bool:
    """Return True if a phrase cannot go on before a position; it can in "during that quarter"."""
    if tokens[at - 1].has("relative"):
        return not (at > 1 and tokens[at - 2].has("link", "fronted"))
    return tokens[at - 1].has(*ENDS)


def _opens_clause(tokens: Sequence[Token], start: int) -> bool:
    """Return True if a clause begins at a token: "after | the firm cut", "the survey showed | it"."""
    before, is_noun_next = tokens[start - 1], _opens_noun(tokens[start])
    if before.has("subordinate"):
        return is_noun_next and start > 1
    if before.has("comparing"):
        return any(looks_like_verb(tokens, i) for i in range(max(1, start - MOST_TO_VERB), start - 1))
    if before.has("and") and is_noun_next:  # "Nash scored the only goal and Norrena"
        ends = (i for i in range(start - 2, 0, -1) if looks_like_verb(tokens, i) or _parts(tokens[i]))
        nearest = next(ends, None)
        is_clause = nearest is not None and not _parts(tokens[nearest]) and start - nearest > 2
        return is_clause and not tokens[nearest or 0].has("verb")
    if not is_noun_next or start < 2 or tokens[start - 2].has("relative"):
        return False  # "the quake that struck the island rose"
    return looks_like_verb(tokens, start - 1)


def _parts(token: Token) -> bool:
    return token.has("comparing", "subordinate", "comma", "break", "relative")


def _opens_noun(token: Token) -> bool:
    return token.opens_noun or token.has("number")


def looks_like_verb(tokens: Sequence[Token], at: int) -> bool:
    """Return True for a word behind a noun that is listed as a verb, or looks like a past tense."""
    token, before = tokens[at], tokens[at - 1]
    is_past = token.text.endswith("ed") and token.text.isalpha() and token.text.islower()
    is_form = is_past or token.has("finds")
    is_behind = before.text[0].isalnum() or (before.has("comma") and token.has("finds"))
    is_behind = is_behind and not before.leads("determiner", "link", "fronted")
    return is_behind and (is_form or token.has("figure_verb", "verb"))


def stands_as_noun(tokens: Sequence[Token], at: int) -> bool:
    """Return True if a word that can be a verb is a noun here: "its costs", "a rise of 5%"."""
    before = tokens[at - 1] if at else None
    if before and (before.has("relative") or (at > 1 and before.has("to"))):
        return False
    if before and (before.leads("determiner", "link") or before.text.endswith(POSSESSIVE)):
        return True
    if before and before.has("number") and _counts(tokens, at):
        return True
    if before and before.has("scale") and at > 1 and tokens[at - 2].has("number"):
        return True  # "1.13 trillion won"
    if _is_of_one(tokens, at):
        return True
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    is_plural = tokens[at].text.endswith("s")
    if after == "by" and is_measuring(tokens[at]):
        return True  # "cut labelling costs by 70%"
    return (after == "of" and (is_plural or is_bare(tokens[at].text))) or (
        is_plural and after.endswith("ing")
    )


def _is_of_one(tokens: Sequence[Token], at: int) -> bool:
    """Return True for the bare form behind "a" and its adjectives: "a much shorter range"."""
    if not is_bare(tokens[at].text) or tokens[at].has("same_in_past"):
        return False  # "a new vaccine cut cases"
    ends = ("finite", "verb", "figure_verb", "auxiliary", "link", "and", "comma", "break", "to")
    for i in range(at - 1, max(-1, at - 1 - MOST_OF_DESCRIPTION), -1):
        if tokens[i].has("indefinite"):
            return not (i and tokens[i - 1].has("link"))  # "meals at a restaurant cost"
        if tokens[i].has(*ends) or tokens[i].text in listed_words("unit_of_time"):
            return False  # "users a month make up"
    return False


def is_measuring(token: Token) -> bool:
    """Return True for "costs", "weighs" and the like, which say how much something is."""
    return verb_classes("en").get(token.text) == "be" and not token.has("be", "finite")


def is_bare(word: str) -> bool:
    """Return True for the bare form of a listed English verb: "increase"."""
    return f"{word}s" in verb_classes("en")


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Return True if a number counts the word after it: "over 40 top apps", not "War 4 runs"."""
    is_name = at > 1 and tokens[at - 2].is_capital
    is_year = IS_YEAR.fullmatch(tokens[at - 1].text) is not None
    return not (is_name or is_year or tokens[at].text.endswith("ed"))


def is_relative_clause(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return True if a phrase is the predicate of a relative clause: "that struck the island"."""
    first, inner = tokens[start], tokens[start + 1 : end]
    if tokens[start - 1].text == "that" and start > 1 and tokens[start - 2].has("finds", "verb"):
        return False  # "the study shows that people without insurance are"
    is_verb = first.has("figure_verb", "verb") or first.text.endswith("ed")
    is_plural = not inner and first.text.endswith("s") and not is_verb  # "where infants were"
    is_noun_phrase = first.has("determiner", "pronoun") or not first.text[0].islower() or is_plural
    if tokens[start - 1].text == "who" and not is_noun_phrase:
        return True  # "customers who bundle policies may save"
    is_bare = not is_verb and not any(one.has("determiner", "fronted") for one in inner)
    return tokens[start - 1].has("relative") and not is_noun_phrase and not (is_bare and inner)
