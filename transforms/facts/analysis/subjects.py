"""Find the subject of a verb: before it, after it, or shared with an earlier verb."""

import re
from collections.abc import Iterator

from transforms.facts.analysis.apposition import name_in_apposition
from transforms.facts.analysis.phrases import (
    as_subject,
    before_adverbs,
    behind_openers,
)
from transforms.facts.analysis.sentence import Sentence
from transforms.language.names import (
    FULL_NAME,
    PART,
    PARTICLES,
    POSSESSIVE,
    common_words,
    has_given_name,
    roles,
)
from transforms.language.span import Span

MOST_FRONTED = 2  # adverbials before the subject: "In May, in a letter, Doe asked ... and said"
MOST_WORDS_OF_INSERT = 7  # "and, in a letter, said"
BE = frozenset("is was were are been be being".split())
BETWEEN_JOINED = frozenset("has had then later also".split())
BEFORE_PARTICIPLE = frozenset("while before after by".split())
ENDS = frozenset("”\"»;:’'")  # a clause begins after these
PARTS = frozenset(",–—")
NAME = re.compile(rf"{PART}(?: (?:(?:{PARTICLES}|of|the|for|and) )*{PART}){{0,5}}")
NAME_AT_END = re.compile(rf"[^\W\d_A-Z] (?P<name>{FULL_NAME})$")
# An apposition may come between a subject and its verb.
APPOSITION = re.compile(r"(?: \([^()]{1,60}\))?(?:,[^,.;:“”\"]{1,120},)?(?= [^\W\d_A-Z])")
# A phrase with a determiner ends before a verb; one without a clear end is not matched.
DESCRIBED = (
    r"[\w’'-]+(?: [\w’'-]+){1,4}?"
    r"(?=(?:, [^,.;:“”\"]{1,60},)? (?:%finite%|\w+ed|still|also|then|later)\b)"
)


def subject_before(sentence: Sentence, verb: int) -> Span | None:
    """Return the subject of a verb that comes before it.

    It is the part after the last comma, or the one before that if the last part is an apposition.

    >>> from transforms.facts.analysis.sentence import Sentence
    >>> from transforms.language.cues import cues_of
    >>> text = "Noting that, Mark Natkin, director of Marbridge, said"
    >>> subject_before(Sentence(text, Span(0, len(text)), cues_of("en")), 10).of(text)
    'Mark Natkin'
    """
    end = before_adverbs(sentence, 0, verb)
    parts = list(_parts(sentence, _clause_start(sentence, end), end))
    if not parts:
        return None
    if last := _last_word(sentence, *parts[-1]):
        return last
    has_apposition = sentence.tokens[end - 1].has("comma")
    candidates = parts[:-1][::-1] if has_apposition and len(parts) > 1 else parts[-1:]
    subject = next(filter(None, (as_subject(sentence, *part) for part in candidates)), None)
    return (named_by(sentence, subject, end) if subject else None) or subject


def first_subject(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return the first part between commas that can be a subject."""
    parts = _parts(sentence, start, end)
    return next(filter(None, (as_subject(sentence, *part) for part in parts)), None)


def behind_roles(sentence: Sentence, start: int, end: int) -> int:
    """Return where a phrase begins after a list of roles: "chairman, CEO and president Jane Doe"."""
    parts = list(_parts(sentence, start, end))
    while len(parts) > 1 and sentence.words(*parts[0]) in roles():
        parts = parts[1:]
    return parts[0][0] if parts else start


def named_by(sentence: Sentence, role: Span, end: int) -> Span | None:
    """Return the name after a role and a comma: "the deputy director, Jane Doe, said"."""
    name = name_in_apposition(sentence, role)
    stop = sentence.tokens[end - 1].span.end if end else 0
    return name if name and not sentence.text[name.end : stop].strip(", ") else None


def _clause_start(sentence: Sentence, end: int) -> int:
    tokens = sentence.tokens
    return next((i + 1 for i in range(end - 1, -1, -1) if tokens[i].text in ENDS), 0)


def _parts(sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts between commas and dashes."""
    first = start
    for at in range(start, end + 1):
        if at == end or sentence.tokens[at].text in PARTS:
            if at > first:
                yield first, at
            first = at + 1


def _last_word(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return a pronoun right before the verb ("in a post that day she"), or a name after a phrase."""
    first, last = sentence.tokens[start], sentence.tokens[end - 1]
    if last.has("person") and (sentence.language == "en" or first is last):
        return last.span
    span = sentence.span(start, end)
    name = NAME_AT_END.search(sentence.text, span.start, span.end)
    is_behind = first.has("fronted") and name and has_given_name(name["name"].split())
    return Span(*name.span("name")) if name and is_behind else None


def shares_subject(sentence: Sentence, verb: int) -> bool:
    """Return True if a verb shares an earlier subject: "Doe rose and said", "Doe left, adding"."""
    tokens, at = sentence.tokens, verb
    while at and (tokens[at - 1].text in BETWEEN_JOINED or is_adverb(tokens[at - 1].text)):
        at -= 1
    if not at:
        return False
    before = tokens[at - 1]
    is_participle = sentence.language == "en" and tokens[verb].text.split()[0].endswith("ing")
    if is_participle and (before.has("comma") or before.text in BEFORE_PARTICIPLE):
        return True
    if before.has("comma"):
        nearest = range(at - 2, max(0, at - 2 - MOST_WORDS_OF_INSERT), -1)
        opened = next((i for i in nearest if tokens[i].has("comma")), 0)
        before = tokens[opened - 1] if opened > 1 else before
        at = opened
    return at > 1 and before.has("and")


def is_adverb(word: str) -> bool:
    """Return True for an English adverb in -ly."""
    return word.endswith("ly") and word[0].islower()


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Return True if a verb is in the passive ("was called")."""
    return before_passive(sentence, verb) < verb


def before_passive(sentence: Sentence, verb: int) -> int:
    """Return where the words before a verb end, without the "was" of "was quoted"."""
    tokens, at = sentence.tokens, verb - 1
    if at > 0 and is_adverb(tokens[at].text):
        at -= 1
    return at if at >= 0 and tokens[at].text in BE else verb


def sentence_subject(sentence: Sentence) -> Span | None:
    """Return the subject at the start of a sentence, after any opening adverbials ("In May, ...").

    >>> from transforms.facts.analysis.sentence import Sentence
    >>> from transforms.language.cues import cues_of
    >>> text = "In May, Jane Doe, a professor, rose and said"
    >>> sentence_subject(Sentence(text, Span(0, len(text)), cues_of("en"))).of(text)
    'Jane Doe'
    """
    tokens, start = sentence.tokens, 0
    for _ in range(MOST_FRONTED):
        start = behind_openers(sentence, start, len(tokens))
        if start >= len(tokens) or not tokens[start].has("fronted"):
            break
        commas = (i for i in range(start, len(tokens)) if tokens[i].has("comma"))
        start = next(commas, len(tokens)) + 1
        while start < len(tokens) and tokens[start].text in ENDS | {"“"}:
            start += 1
    if start >= len(tokens):
        return None
    return tokens[start].span if tokens[start].has("person") else _name(sentence, start)


def _name(sentence: Sentence, start: int) -> Span | None:
    text, token, end = sentence.text, sentence.tokens[start], sentence.tokens[-1].span.end
    is_described = token.has("determiner")
    pattern = sentence.cues.compile(DESCRIBED) if is_described else NAME
    found = pattern.match(text, token.span.start, end)
    if found is None or found[0].endswith(POSSESSIVE) or not APPOSITION.match(text, found.end(), end):
        return None
    if not is_described and " " not in found[0] and not _is_name(text, found[0]):
        return None
    last = next(i for i, one in enumerate(sentence.tokens) if one.span.end >= found.end())
    return as_subject(sentence, start, last + 1)


def _is_name(text: str, word: str) -> bool:
    """Return True if the first word of a sentence is also capitalised in the middle of another."""
    return word.casefold() not in common_words() and bool(
        re.search(rf"[^\W\d_A-Z],? {re.escape(word)}\b", text)
    )
