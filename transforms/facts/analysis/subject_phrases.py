"""Read the noun phrase before a verb: without adverbs, and what opens its clause."""

from collections.abc import Sequence

from transforms.facts.analysis.apposition import name_in_apposition
from transforms.facts.analysis.phrase_ends import is_one_phrase
from transforms.facts.analysis.phrases import CLAUSE, MOST_WORDS_OF_PHRASE, may_be_plural, without_doing
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import ELIDED, Token
from transforms.language.names import has_given_name, roles
from transforms.language.span import Span


def as_subject(sentence: Sentence, start: int, end: int, *, is_agent: bool = True) -> Span | None:
    """Return the tokens of a part of a sentence as a noun phrase before its verb, or None.

    Adverbs and what opens a clause are left out, and of an agent where it is.

    >>> text = "but then the minister also"
    >>> as_subject(Sentence.whole(text), 0, 5).of(text)
    'the minister'
    """
    start, end = _trimmed(sentence, start, end, is_agent)
    if start >= end or (end - start == 1 and sentence.tokens[start].has("and")):
        return None
    tokens = sentence.tokens
    if end - start > 1 and tokens[start].has("person", "other") and not tokens[start].has("determiner"):
        if sentence.language == "en":
            return None  # "she passes in the street, insisting"
        end = start + 1  # "wie er später"
    span = without_doing(sentence, start, end)
    words = span.of(sentence.text).split()
    if len(words) > MOST_WORDS_OF_PHRASE or sentence.cues.compile(CLAUSE).search(span.of(sentence.text)):
        return None
    if tokens[end - 1].leads("finite", "preposition", "inside", "say"):
        return None
    if _has_verb(tokens[start:end], is_agent) or not _can_begin(
        sentence, tokens[start:end], words, is_agent
    ):
        return None
    return span if not is_agent or is_one_phrase(sentence, start, end) else None


def _trimmed(sentence: Sentence, start: int, end: int, is_agent: bool) -> tuple[int, int]:
    """Return a part of a sentence without the words around its noun phrase."""
    tokens = sentence.tokens
    start = behind_openers(sentence, start, end)
    inner = [i for i in range(start, end) if tokens[i].has("say", "tell", "quote")]
    behind = range(inner[-1] + 1, end) if inner else range(0)
    if behind and tokens[behind[0]].is_capital:
        start = behind[0]  # "X said Y told her"
    elif behind and not is_agent:  # "officials told reporters the storm"
        start = next((i for i in behind if tokens[i].leads("determiner")), start)
    start = _behind_relative(sentence, start, end)
    closed = [i for i in range(start + 2, end - 1) if tokens[i].text == ")"]
    if closed and tokens[closed[0] + 1].is_capital:
        start = closed[0] + 1  # "Certified Planner (CP) Jane Doe"
    if start < end and tokens[start].text in "([":
        start += 1
    if is_agent and start < end and tokens[start].is_capital:
        cut = (i for i in range(start + 1, end) if tokens[i].has("cut_before") or tokens[i].text == "(")
        end = next(cut, end)
    return start, before_adverbs(sentence, start, end)


def behind_openers(sentence: Sentence, start: int, end: int) -> int:
    """Return where a clause begins after its opening words: "and then", "but while", "já o juiz"."""
    tokens = sentence.tokens
    while start < end - 1 and (
        tokens[start].has("and", "opener")
        or (tokens[start].has("adverb") and tokens[start + 1].has("determiner"))
    ):
        start += 1
        if tokens[start].has("comma"):
            start += 1
    return start


def _behind_relative(sentence: Sentence, start: int, end: int) -> int:
    """Return where a subject begins behind "which", "what" or "wie": "which Jane says"."""
    tokens = sentence.tokens
    asked = [i for i in range(start, end - 1) if tokens[i].has("asking")]
    if asked:
        return asked[-1] + 1
    if start + 1 >= end or not tokens[start].has("relative", "how"):
        return start
    return start + (tokens[start + 1].opens_noun or tokens[start + 1].has("person"))


def is_between(token: Token) -> bool:
    """Return True for an auxiliary or an adverb between a subject and its verb."""
    return token.has("before_verb", "adverb")


def before_adverbs(sentence: Sentence, start: int, end: int) -> int:
    """Return where the words before a verb end, without its adverbs and auxiliaries."""
    tokens = sentence.tokens
    while end > start and (is_between(tokens[end - 1]) or tokens[end - 1].has("relative")):
        end -= 1
    return end


def _has_verb(tokens: Sequence[Token], is_agent: bool) -> bool:
    """Return True if the head of a phrase, up to "of" or the like, has a verb or a preposition."""
    head = next((i for i, token in enumerate(tokens) if i and token.has("link")), len(tokens))
    return any(token.has("finite", *("preposition",) * is_agent) for token in tokens[:head])


def _can_begin(sentence: Sentence, tokens: Sequence[Token], words: list[str], is_agent: bool) -> bool:
    first = tokens[0]
    if not (first.text[0].isalnum() or first.text in "@#[(") or first.has("quoted"):
        return False
    if first.has("fronted", "as_told"):
        return False
    if any(one.has("person", "own_subject") for one in tokens[1:]):
        return False  # "the first thing you asked"
    if first.has("determiner", "person", "other"):
        return len(words) > 1 or first.has("person", "other") or bool(ELIDED.match(first.text))
    if first.is_capital or not first.text[0].isascii() or not is_agent:
        return True
    if words[-1][0].isupper() and (words[0] in roles() or has_given_name(words)):
        return True  # "analyst Jane Doe"
    if may_be_plural(words[0], sentence.cues) and len(words) > 2 and tokens[1].has("link"):
        return True  # "analysts at Example Consulting"
    is_plain = sentence.language == "en" and not any(word[0].isupper() for word in words)
    is_plain = is_plain and (may_be_plural(words[-1], sentence.cues) or words[-1] in roles())
    return is_plain and len(words) <= 3 and not any(one.has("inside") for one in tokens)


def named_by(sentence: Sentence, role: Span, end: int) -> Span | None:
    """Return the name after a role and a comma: "the director, Jane Doe of the Port, had said"."""
    name = name_in_apposition(sentence, role)
    if name is None:
        return None
    last = before_adverbs(sentence, 0, end) - 1
    rest = sentence.text[name.end : sentence.tokens[last].span.end].strip(", ")
    is_place = rest.partition(" ")[0] in sentence.cues.of("link") and "," not in rest
    return name if not rest or is_place else None
