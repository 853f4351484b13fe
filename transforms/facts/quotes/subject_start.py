"""Find where the speaker begins behind a verb: `“...,” ha dicho hoy en la radio el alcalde`."""

from transforms.facts.analysis.phrases import VERB_SECOND
from transforms.facts.analysis.sentence import Sentence
from transforms.language.names import is_given_name, is_role

MOST_INSERTED, FARTHEST_ROLE = 5, 9  # tokens


def subject_start(after: Sentence, verb: int) -> int:
    """Return where the subject begins behind a verb, adverbs, a time or place, and a listener."""
    tokens, at = after.tokens, verb + 1
    while at + 1 < len(tokens) and tokens[at].has("adverb") and not tokens[at].has("person"):
        at += 1
    if after.language == "en" or at + 1 >= len(tokens):
        return at
    at = _behind_insert(after, at)
    if (role := _role_behind(after, at)) is not None:
        return role
    if after.language in VERB_SECOND:
        is_pronoun = tokens[at].has("addressee") and tokens[at].has("oblique", "pronoun")
        return at + (is_pronoun and not tokens[at].has("article", "determiner"))  # "hielt ihm Doe vor"
    is_listener = tokens[at].has("addressee")
    return (_behind_listener(after, at) or verb + 1) if is_listener else at


def _behind_insert(after: Sentence, at: int) -> int:
    """Return where a sentence goes on behind words between commas: "dit, amer, le maire"."""
    nearest = range(at, min(at + MOST_INSERTED, len(after.tokens) - 1))
    commas = [i for i in nearest if after.tokens[i].has("comma")]
    return commas[-1] + 1 if len(commas) > 1 and commas[0] == at else at


def _behind_listener(after: Sentence, at: int) -> int | None:
    """Return where a noun phrase begins behind a listener: "disse à Lusa o ministro"."""
    tokens, listener = after.tokens, at + 1
    listener += listener < len(tokens) and tokens[listener].has("determiner")
    subject = tokens[listener + 1] if listener + 1 < len(tokens) else None
    opens = subject is not None and (subject.has("determiner") or subject.text[0].isupper())
    return listener + 1 if opens else None


def _role_behind(after: Sentence, at: int) -> int | None:
    """Return where a role or a name begins behind a time or a place: "hoy en la radio el alcalde"."""
    tokens, opens = after.tokens, after.cues.of("definite")
    if not tokens[at].has("circumstance", "singular") or tokens[at].has("determiner"):
        return None
    for i in range(at, min(at + FARTHEST_ROLE, len(tokens) - 1)):
        if tokens[i].has("comma", "break"):
            return None
        is_name = is_given_name(tokens[i].text) and tokens[i + 1].text[0].isupper()
        if is_name or (tokens[i].text in opens and is_role(tokens[i + 1].text)):
            return i
    return None
