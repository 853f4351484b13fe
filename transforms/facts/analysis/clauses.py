"""Find the clause of a figure: its verb, and the noun phrase that is the verb's subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts.analysis.tokens import Token, verb_classes
from transforms.language.cues import CAPITAL_NOUNS
from transforms.language.grammar import languages_with
from transforms.language.names import common_words
from transforms.language.span import Span

FARTHEST = 14  # tokens from a verb to its figure
MOST_WORDS = 9  # of a subject; longer ones are clauses
ENDS = ("comma", "break", "opener", "finite", "verb")  # what a phrase begins after
MOST_AFTER_AUXILIARY = 3
MOST_BETWEEN = 6  # tokens of the subject after its verb


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a sentence besides its tokens: its language, and its names by where they end."""

    language: str
    names: dict[int, Span]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with a figure: the span of its subject, and its verb."""

    subject: Span
    verb: Token


def clause_of(
    tokens: Sequence[Token], figure_start: int, language: str, names: Sequence[Span] = ()
) -> Clause | None:
    """Return the clause that a figure is in, or None if it has no clear verb and subject.

    `names` are the spans of known names: one at the end of an unclear phrase is the subject.

    >>> from transforms.facts.analysis.tokens import tokenise
    >>> text = "In March, the app, a rival of QQ, had more than 300 million users"
    >>> clause = clause_of(tokenise(text, Span(0, len(text)), "en"), 38, "en")
    >>> clause.subject.of(text), clause.verb.text
    ('the app', 'had')
    """
    known = Known(language, {name.end: name for name in names})
    before = [token for token in tokens if token.span.end <= figure_start]
    at = _verb_before(before)
    if at is None:
        return None
    if known.language in languages_with("verb_second"):
        is_inverted = at > 0 and before[0].has("fronted", "number") and not before[at - 1].has("comma")
        if is_inverted:
            behind = _phrase(_up_to_preposition(before[at + 1 :]), known)
            return Clause(behind, before[at]) if behind else None
    subject = _subject(before, at, known)
    return Clause(subject, before[at]) if subject else None


def is_subject(tokens: Sequence[Token], figure_end: int, language: str) -> bool:
    """Return True if a verb follows a figure in its clause: "and 800 people in town use a rival".

    >>> from transforms.facts.analysis.tokens import tokenise
    >>> text = "It has 300 users and 800 people in town use a rival"
    >>> tokens = tokenise(text, Span(0, len(text)), "en")
    >>> is_subject(tokens, 16, "en"), is_subject(tokens, 31, "en")
    (False, True)
    """
    after = [token for token in tokens if token.span.start >= figure_end]
    ends = (i for i, token in enumerate(after) if token.has("comma", "break", "relative", "and"))
    phrase = after[: next(ends, len(after))]
    return any(_is_finite(phrase, at, language) for at in range(len(phrase)))


def _is_finite(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Return True for a listed finite verb, and for "use"; "used" may be a participle."""
    is_noun = at > 0 and tokens[at - 1].has("fronted", "link", "determiner")
    return tokens[at].has("finite") or (not is_noun and f"{tokens[at].text}d" in verb_classes(language))


def _verb_before(tokens: Sequence[Token]) -> int | None:
    """Return the index of the last verb before a figure, if nothing ends its clause in between."""
    for index in range(len(tokens) - 1, max(-1, len(tokens) - 1 - FARTHEST), -1):
        token = tokens[index]
        if token.has("figure_verb"):
            is_noun = index > 0 and tokens[index - 1].has("determiner", "link")
            return None if is_noun or _is_too_far(token, tokens[index + 1 :]) else index
        if token.has("break", "comma", "relative", "finite", "verb", "opener"):
            return None
    return None


def _is_too_far(verb: Token, between: Sequence[Token]) -> bool:
    """Return True if "is" or "has" is not the verb of a figure: "is coming out after 12 years"."""
    if not verb.has("finite"):
        return False
    return len(between) > MOST_AFTER_AUXILIARY or any(token.has("fronted", "link") for token in between)


def _up_to_preposition(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the subject after a verb: "stieg der Umsatz um 5 Prozent"."""
    ends = (
        i for i, token in enumerate(tokens) if i and token.has("fronted") and not token.has("determiner")
    )
    return tokens[: next(ends, MOST_BETWEEN)]


def _subject(tokens: Sequence[Token], verb: int, known: Known) -> Span | None:
    """Return the subject to the left of a verb: across auxiliaries, appositions and joined verbs."""
    end = verb
    while end and _is_verbal(tokens[end - 1]):
        end -= 1
    if end and tokens[end - 1].has("and"):
        return _subject_of_joined(tokens, end - 1, known)
    if end and tokens[end - 1].has("relative"):
        return _antecedent(tokens, end - 1, known)
    end = _before_brackets(tokens, end)
    start = _start(tokens, end)
    if start < end:
        is_in_relative = start and tokens[start - 1].has("relative") and tokens[start - 1].text != "that"
        if start > 1 and tokens[start - 1].has("comma") and _is_superlative(tokens[start:end]):
            return _phrase(tokens[_start(tokens, start - 1) : start - 1], known)
        is_predicate = start and tokens[start - 1].text in AUXILIARIES
        return None if is_in_relative or is_predicate else _phrase(tokens[start:end], known)
    return _before_apposition(tokens, end, known)


def _is_superlative(tokens: Sequence[Token]) -> bool:
    """Return True if a phrase describes the one before it: "WeChat, the most popular of them has"."""
    is_most = len(tokens) > 1 and (tokens[1].text == "most" or tokens[1].text.endswith("est"))
    return is_most and tokens[0].has("determiner")


def _before_brackets(tokens: Sequence[Token], end: int) -> int:
    """Return where a phrase ends before a bracket: "the Nikkei (N225) fell"."""
    if end and tokens[end - 1].text == ")":
        opened = [index for index in range(end - 1) if tokens[index].text == "("]
        return opened[-1] if opened else end
    return end


def _before_apposition(tokens: Sequence[Token], end: int, known: Known) -> Span | None:
    """Return the subject before an apposition: "the app, a rival of QQ, had"."""
    if not end or not tokens[end - 1].has("comma"):
        return None
    start = _start(tokens, end - 1)
    while start and tokens[start - 1].has("relative"):
        start = _start(tokens, start - 1)
    if not start or not tokens[start - 1].has("comma") or start == end - 1:
        return None
    opens = tokens[start].has("determiner") or tokens[start].text.endswith(("ed", "ing"))
    opens = opens or any(token.has("link", "fronted") for token in tokens[start : start + 2])
    opens = opens or (start > 1 and tokens[start - 2].span.end in known.names)
    return _phrase(tokens[_start(tokens, start - 1) : start - 1], known) if opens else None


def _is_verbal(token: Token) -> bool:
    """Return True if a word before a verb belongs to it: an auxiliary or an adverb in -ly."""
    is_adverb = token.text.endswith("ly") and token.text.islower()
    return is_adverb or token.text in ADVERBS or (token.has("finite") and token.text in AUXILIARIES)


AUXILIARIES = frozenset(
    "has have had is are was were be been will would could may might can should must also does did do "
    "hat haben hatte hatten wird werden wurde wurden ist sind war a ont avait est sont ha han había va "
    "tem foi heeft hebben".split()
)
ADVERBS = frozenset("also now still already even then just once not only so both all never ever".split())


def _start(tokens: Sequence[Token], end: int) -> int:
    """Return where the phrase before a token begins: behind a comma or another end of a clause."""
    start = end
    while start and not tokens[start - 1].has(*ENDS) and not _relates(tokens, start):
        start -= 1
    return start


def _relates(tokens: Sequence[Token], at: int) -> bool:
    """Return True if the token before a position is a relative pronoun, not "for that quarter"."""
    return tokens[at - 1].has("relative") and not (at > 1 and tokens[at - 2].has("link", "fronted"))


def _subject_of_joined(tokens: Sequence[Token], at: int, known: Known) -> Span | None:
    """Return the subject that a verb after "and" shares: "The firm hired 30 people and fired 20"."""
    for index in range(at - 1, -1, -1):
        if tokens[index].has("figure_verb") and not tokens[index - 1].has("determiner"):
            return _subject(tokens, index, known)
        if tokens[index].has("break", "comma", "relative"):
            return None
    return None


def _antecedent(tokens: Sequence[Token], at: int, known: Known) -> Span | None:
    """Return the noun that a relative pronoun means: "the bridge, which weighs 300 tonnes"."""
    end = at - 1 if at and tokens[at - 1].has("comma") else at
    if end < at and tokens[at].text == "that":
        return None  # "Presumably, that would be worth"
    phrase = tokens[_start(tokens, end) : end]
    verbs = [index for index, token in enumerate(phrase) if token.has("figure_verb", "finite", "verb")]
    phrase = phrase[verbs[-1] + 1 :] if verbs else phrase
    articles = [index for index, token in enumerate(phrase) if token.has("determiner")]
    return _phrase(phrase[articles[-1] :] if articles else phrase, known)


def _phrase(tokens: Sequence[Token], known: Known) -> Span | None:
    """Return the noun phrase that tokens are, without what opens the clause, or None."""
    words = list(tokens)
    while words and words[0].has("and", "opener"):
        words = words[1:]
    if words and words[0].has("fronted") and not words[0].has("determiner"):
        words = _behind_adverbial(words)
    is_clause = any(_ends_phrase(token, last=token is words[-1]) for token in words)
    if not words:
        return _last_name(tokens, known) if tokens else None
    if is_clause or len(words) > MOST_WORDS or not _may_begin(words, known):
        return _last_name(tokens, known)
    return Span(words[0].span.start, words[-1].span.end)


def _last_name(tokens: Sequence[Token], known: Known) -> Span | None:
    """Return the known name at the end of an unclear phrase: "on its platform called WeChat, having"."""
    name = known.names.get(tokens[-1].span.end)
    before = [token for token in tokens if name and token.span.end <= name.start]
    return None if before and before[-1].has("fronted", "link", "determiner", "finite") else name


def _ends_phrase(token: Token, *, last: bool) -> bool:
    """Return True if a token cannot be in a noun phrase, or not at its end."""
    if token.has("finite", "verb", "break", "comma") or not (
        token.text[0].isalnum() or token.text in "&$€£+"
    ):
        return True
    if last and token.has("link", "determiner", "fronted", "and"):
        return True
    return token.has("pronoun") and (last or not token.has("determiner"))


def _behind_adverbial(words: list[Token]) -> list[Token]:
    """Return the words after an opening adverbial without a comma: "In 2020 the company"."""
    for index in range(1, len(words)):
        token, previous = words[index], words[index - 1]
        is_after_noun = not previous.has("fronted", "link", "determiner")
        if is_after_noun and (token.has("determiner") or _is_name_after_number(token, previous)):
            return words[index:]
    return []


def _is_name_after_number(token: Token, previous: Token) -> bool:
    return previous.has("number") and token.text[0].isupper()


def _may_begin(words: Sequence[Token], known: Known) -> bool:
    """Return True if a phrase can be a subject: it has an article or a name, or is a plain plural."""
    first = words[0]
    if any(char.isdigit() for char in first.text):
        return False
    if first.has("figure_verb", "link") and not first.has("determiner"):
        return False
    if first.has("determiner"):
        return len(words) > 1
    if len(words) == 1 and first.text.casefold() in common_words() and not first.text.endswith("s"):
        return False  # "Lower costs by 5%"
    return first.text[0].isalpha() and (known.language not in CAPITAL_NOUNS or first.text[0].isupper())
