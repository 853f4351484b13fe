"""Find the subject that a sentence begins with."""

import re

from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subject_phrases import as_subject, behind_openers
from transforms.language.names import PART, PARTICLES, POSSESSIVE, common_words, given_names
from transforms.language.span import Span

MOST_FRONTED = 2  # adverbials before the subject: "In May, in a letter, Doe asked ... and said"
CLOSE = frozenset("”\"»;:’'")  # a clause begins after these
NAME = re.compile(rf"{PART}(?: (?:(?:{PARTICLES}|of|the|for|and) )*{PART}){{0,5}}")
# An apposition may come between a subject and its verb.
APPOSITION = re.compile(r"(?: \([^()]{1,60}\))?(?:,[^,.;:“”\"]{1,120},)?(?= [^\W\d_A-Z])")
# A phrase with a determiner ends before a verb; one without a clear end is not matched.
DESCRIBED = (
    r"[\w’'-]+(?: [\w’'-]+){1,4}?"
    r"(?=(?:, [^,.;:“”\"]{1,60},)? (?:%finite%|\w+ed|still|also|then|later)\b)"
)


def sentence_subject(sentence: Sentence) -> Span | None:
    """Return the subject at the start of a sentence, after any opening adverbials ("In May, ...").

    >>> text = "In May, Jane Doe, a professor, rose and said"
    >>> sentence_subject(Sentence.whole(text)).of(text)
    'Jane Doe'
    """
    tokens, start = sentence.tokens, 0
    for _ in range(MOST_FRONTED):
        start = behind_openers(sentence, start, len(tokens))
        if start >= len(tokens) or not tokens[start].has("fronted"):
            break
        start = sentence.next_of(start, len(tokens), "comma") + 1
        while start < len(tokens) and tokens[start].text in CLOSE | {"“"}:
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
    return word in given_names() or (
        word.casefold() not in common_words()
        and bool(re.search(rf"[^\W\d_A-Z],? {re.escape(word)}\b", text))
    )
