"""Find who speaks behind a verb and an adverb, a listener, a time, a place or a body."""

from collections.abc import Sequence
from itertools import takewhile

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import Token
from transforms.language.cues import VERB_SECOND, WITHOUT_ARTICLES
from transforms.language.names import given_names, is_given_name, is_role

MOST_OF_INSERT = 5  # tokens between a verb of saying and who speaks
FARTHEST_ROLE = 9


def subject_start(after: Sentence, verb: int) -> int:
    """Return where the subject begins behind a verb, adverbs, a time or place, and a listener."""
    tokens, at = after.tokens, verb + 1
    while at + 1 < len(tokens) and tokens[at].has("adverb") and not tokens[at].has("person"):
        at += 1
    if after.language == "en" or at + 1 >= len(tokens):
        return at
    at = _behind_insert(tokens, at)
    if (role := _role_behind(after, at)) is not None:
        return role
    if after.language in VERB_SECOND:
        is_pronoun = tokens[at].has("addressee") and tokens[at].has("oblique", "pronoun")
        return at + (is_pronoun and not tokens[at].has("article", "determiner"))  # "hielt ihm Doe vor"
    is_listener = tokens[at].has("addressee")
    return (_behind_listener(after, at) or verb + 1) if is_listener else at


def _behind_listener(after: Sentence, at: int) -> int | None:
    """Return where a noun phrase begins behind a listener: "disse à Lusa o ministro"."""
    tokens, listener = after.tokens, at + 1
    listener += listener < len(tokens) and tokens[listener].has("determiner")
    subject = tokens[listener + 1] if listener + 1 < len(tokens) else None
    opens = subject is not None and subject.opens_noun
    return listener + 1 if opens else None


def _role_behind(after: Sentence, at: int) -> int | None:
    """Return where a role or a name begins behind a time or a place: "hoy en la radio el alcalde"."""
    tokens, opens = after.tokens, after.cues.of("definite")
    if not tokens[at].has("circumstance", "singular") or tokens[at].has("determiner"):
        return None
    for i in range(at, min(at + FARTHEST_ROLE, len(tokens) - 1)):
        if tokens[i].has("comma", "break"):
            return None
        is_name = is_given_name(tokens[i].text) and tokens[i + 1].is_capital
        if is_name or (tokens[i].text in opens and is_role(tokens[i + 1].text)):
            return i
    return None


def behind_listener(sentence: Sentence, at: int) -> int:
    """Return where who speaks stands behind a listener or a time: "сообщил прессе в среду министр".

    Only for languages whose cases tell the two apart. "Сообщили в полиции" is said by the police.
    """
    tokens = sentence.tokens
    if at >= len(tokens) or sentence.language not in WITHOUT_ARTICLES:
        return at
    at = _behind_insert(tokens, at)
    if tokens[at].has("addressee") and at + 1 < len(tokens):  # "сообщил агентству «Маяк» Иванов"
        behind = _behind_insert(tokens, at + 1)
        at = behind if behind > at + 1 else at
    if at and speaks_in(sentence, at, at - 1):
        return at + 1
    inside = range(at, sentence.next_of(at, len(tokens), "comma", "break", "quoted", "say"))
    if tokens[at].has("determiner"):
        return at
    role = next((i for i in inside if _describes_person(tokens[i])), None)
    following = tokens[role + 1 : role + 2] if role is not None else []
    if role is not None and (tokens[at].text.islower() or any(one.text.istitle() for one in following)):
        return role
    if not tokens[at].has("fronted", "addressee"):
        return at
    given = (i for i in inside if tokens[i].text in given_names())
    is_free = tokens[inside[-1]].is_capital and not stands_behind_preposition(tokens, inside[-1])
    return next(given, inside[-1] if is_free else at)


def stands_behind_preposition(tokens: Sequence[Token], at: int) -> bool:
    """Return True for the words of a name behind a preposition: "w Radiu Podhale"."""
    before = takewhile(lambda i: tokens[i].is_capital, range(at, -1, -1))
    first = min(before, default=at)
    return first > 0 and tokens[first - 1].has("fronted")


def _behind_insert(tokens: Sequence[Token], at: int) -> int:
    """Return where a phrase begins behind words between commas or marks: "сказал «Маяку» Иван"."""
    closing = {",": (",",), "«": ("»",), "„": ("”", "“")}.get(tokens[at].text, ())
    words = range(at + 1, min(at + 1 + MOST_OF_INSERT, len(tokens) - 1))
    end = next((i for i in words if tokens[i].text in closing), at)
    return end + 1 if end > at else at


def _describes_person(token: Token) -> bool:
    return token.text.islower() and (is_role(token.text) or token.has("form_of_address", "person"))


def speaks_in(sentence: Sentence, at: int, verb: int) -> bool:
    """Return True for the preposition before who speaks, beside a verb of many: "сообщили в полиции"."""
    tokens = sentence.tokens
    if at + 1 >= len(tokens) or not tokens[at].has("speaks_in"):
        return False
    where = tokens[at + 1]
    is_body = where.has("organisation") or (verb < at and not where.has("weekday"))
    is_body = is_body or all(one.is_capital for one in tokens[at + 1 : verb])
    return is_body and sentence.cues.ends(tokens[verb].text, "plural_ending")
