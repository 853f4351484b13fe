"""Find the noun phrase that is the subject of the verb after it."""

import re
from collections.abc import Iterator

from transforms.facts.grammar.noun_phrases import (
    CLAUSE,
    LONGEST_SUBJECT,
    PLURAL,
    name_in_apposition,
    speech_verbs,
    without_doing,
)
from transforms.language.cues import Cues
from transforms.language.names import FULL_NAME, has_given_name, roles
from transforms.language.span import Span

TRAILING = re.compile(
    r"(?:\s*\b(?:[a-z]\w*ly|also|just|even|first|then|later|once|has|have|had|often|reportedly|hat|haben|ha|a|who|which))*\s*$"
)
# "which Jane says", "it needs what Jane calls", "Wie Jane erklärte"
RELATIVE = re.compile(
    r"[Ww]ie (?=[A-ZÄÖÜ]|(?:der|die|das|ein|eine|er|sie) )"
    r"|(?:which|that|whom|[Hh]ow) (?=[A-Z])|(?:.*\b)?[Ww]hat (?=\S)"
)
ELIDED = re.compile(r"(?:l|d|un|dell|all|quest)['’]\w")  # "l’entreprise", "dell’azienda"
ABBREVIATED = re.compile(r"[^()]+ \([^()]*\) (?=[A-Z])")


def behind_openers(text: str, within: Span, cues: Cues) -> int:
    """Return where a clause begins after its opening words: "and then", "but while"."""
    openers, start = cues.compile(r"(?i:%and|opener%),?\s+"), within.start
    while opener := openers.match(text, start, within.end):
        start = opener.end()
    return start


def subject_before(text: str, within: Span, cues: Cues) -> Span | None:
    """Return the subject of the verb that follows a span.

    It is the part after the last comma, or the one before that if the last part is an apposition.

    >>> from transforms.language.cues import cues_of
    >>> text = "Noting that, Mark Natkin, director of Marbridge, "
    >>> subject_before(text, Span(0, len(text)), cues_of("en")).of(text)
    'Mark Natkin'
    """
    end = _end_before_adverbs(text, within)
    parts = parts_before_verb(text, within)
    if not parts:
        return None
    if last := _last_word(text, parts[-1], cues):
        return last
    has_apposition = text[:end].rstrip().endswith(",")
    candidates = parts[:-1][::-1] if has_apposition and len(parts) > 1 else parts[-1:]
    subject = next(filter(None, (as_subject(text, part, cues) for part in candidates)), None)
    return (name_behind_role(text, subject, end, cues) if subject else None) or subject


def parts_before_verb(text: str, within: Span) -> list[Span]:
    """Return the parts between commas before a verb, without the verb's adverbs."""
    end = _end_before_adverbs(text, within)
    marks = re.compile(r"[”\"»]|’(?!\w)|;|: ")
    start = max((match.end() for match in marks.finditer(text, within.start, end)), default=within.start)
    return list(_parts(text, Span(start, end)))


def _end_before_adverbs(text: str, within: Span) -> int:
    """Return where the words before a verb end, without the verb's adverbs."""
    return within.start + TRAILING.search(within.of(text)).start()  # type: ignore[union-attr]


def first_phrase(text: str, within: Span, cues: Cues) -> Span | None:
    """Return the first part between commas that can be a subject."""
    return next(filter(None, (as_subject(text, part, cues) for part in _parts(text, within))), None)


def behind_roles(text: str, within: Span) -> int:
    """Return where a phrase begins after a list of roles: "chairman, CEO and president Jane Doe"."""
    parts = list(_parts(text, within))
    while len(parts) > 1 and parts[0].of(text) in roles():
        parts = parts[1:]
    return parts[0].start if parts else within.start


def name_behind_role(text: str, role: Span, end: int, cues: Cues) -> Span | None:
    """Return the name after a role and a comma: "the deputy director, Jane Doe, said"."""
    name = name_in_apposition(text, role, end, cues)
    return name if name and not text[name.end : end].strip(", ") else None


def _last_word(text: str, part: Span, cues: Cues) -> Span | None:
    """Return a pronoun right before the verb ("in a post that day she"), or a name after a phrase."""
    first, last = part.of(text).split()[0], part.of(text).split()[-1]
    if last in cues.of("he", "she") and (cues.language == "en" or first == last):
        return Span(part.end - len(last), part.end)
    name = re.compile(rf"[^\W\d_A-Z] (?P<name>{FULL_NAME})$").search(text, part.start, part.end)
    is_behind = first.casefold() in cues.of("fronted") and name and has_given_name(name["name"].split())
    return Span(*name.span("name")) if name and is_behind else None


def _parts(text: str, within: Span) -> Iterator[Span]:
    for match in re.compile(r"[^,–—\s](?:[^,–—]*[^,–—\s])?").finditer(text, within.start, within.end):
        yield Span(*match.span())


def as_subject(text: str, part: Span, cues: Cues) -> Span | None:
    """Return a part of a sentence without the adverbs around it, if it can be the subject of a verb."""
    span = _without_adverbs(text, part, cues)
    words = span.of(text).split()
    pronouns = cues.of("he", "she", "pronoun_other") - cues.of("determiner")
    if len(words) > 1 and words[0].casefold() in pronouns:
        if cues.language == "en":
            return None  # "she passes in the street, insisting"
        span, words = Span(span.start, span.start + len(words[0])), words[:1]  # "wie er später"
    if not words or len(words) > LONGEST_SUBJECT or CLAUSE.search(span.of(text)):
        return None
    low = [word.casefold().strip("’'") for word in words]
    inner = cues.of("finite", "preposition")
    is_phrase = low[-1] not in inner | cues.of("inside", "say") and inner.isdisjoint(
        _head_words(text, span)
    )
    return span if is_phrase and _can_begin(words, low, cues) else None


def _without_adverbs(text: str, part: Span, cues: Cues) -> Span:
    """Return a part without adverbs before the verb, starting where its subject can begin."""
    start = behind_openers(text, part, cues)
    start = _after_inner_verb(text, Span(start, part.end), cues)
    if relative := RELATIVE.match(text, start, part.end):
        start = relative.end()
    if bracket := ABBREVIATED.match(text, start, part.end):
        start = bracket.end()  # "Certified Planner (CP) Jane Doe"
    piece = text[start : part.end]
    piece = re.split(r" (?:in|at|on|from) | \(", piece)[0] if piece[:1].isupper() else piece
    return without_doing(text, Span(start, start + TRAILING.search(piece).start()))  # type: ignore[union-attr]


def _after_inner_verb(text: str, part: Span, cues: Cues) -> int:
    """Return where the subject begins after an opening bracket, or in "X said Y told her"."""
    start = part.start + (text[part.start] in "([")
    inner = list(speech_verbs(cues).any.finditer(text, start, part.end))
    rest = text[inner[-1].end() : part.end].strip() if inner else ""
    return part.end - len(text[inner[-1].end() : part.end].lstrip()) if rest[:1].isupper() else start


def _head_words(text: str, span: Span) -> set[str]:
    """Return the words of a phrase, without what comes after "of", "for", "by" or "from" in it."""
    head = re.split(r"\s(?:of|for|by|from|at|in|to|with)\s", span.of(text))[0]
    return {word.casefold() for word in head.split()}


def _can_begin(words: list[str], low: list[str], cues: Cues) -> bool:
    if not low[0] or not (low[0][0].isalnum() or low[0][0] in "@#[("):
        return False
    if low[0] in cues.of("fronted"):
        return False
    pronouns = cues.of("he", "she") | {"i", "we", "you", "they"}
    if not pronouns.isdisjoint(low[1:]):
        return False  # "the first thing you asked"
    if low[0] in cues.of("determiner", "he", "she", "pronoun_other"):
        return len(words) > 1 or low[0] in cues.of("he", "she", "pronoun_other")
    if words[0][0].isupper() or not words[0][0].isascii() or ELIDED.match(low[0]):
        return True
    if words[-1][0].isupper() and (words[0] in roles() or has_given_name(words)):
        return True  # "analyst Jane Doe"
    if PLURAL.search(words[0]) and len(words) > 2 and words[1] in ("at", "of", "from", "with"):
        return True  # "analysts at Example Consulting"
    is_plain = cues.language == "en" and not any(word[0].isupper() for word in words)  # "reports Axios"
    is_plain = is_plain and (bool(PLURAL.search(low[-1])) or low[-1] in roles())
    return is_plain and len(words) <= 3 and not cues.of("inside") & set(low)
