"""Say what stands with a verb: the chain that it closes, a subject that it shares, a passive."""

from collections.abc import Sequence

from transforms.facts.analysis.apposition import PART_SIGNS
from transforms.facts.analysis.phrase_starts import looks_like_verb, stands_as_noun
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subject_phrases import is_between
from transforms.facts.analysis.tokens import Token

GERUNDS = ("ing", "ant", "ndo")  # "adding", "ajoutant", "añadiendo"
MOST_WORDS_OF_INSERT = 7  # "and, in a letter, said"
AT_CLOSE = frozenset("”\"»“’'")


def chain_start(sentence: Sentence, verb: int) -> int:
    """Return where a chain of verbs begins: "now plans to", "is expected to", "would also"."""
    tokens, cues, end = sentence.tokens, sentence.cues, verb
    while end:
        is_chained = end < verb or cues.ends(tokens[verb].text, "infinitive_ending")
        is_infinitive = cues.ends(tokens[end].text, "infinitive_ending")
        governs = ("control", "say", "figure_verb") if is_infinitive else ("control",)
        if tokens[end - 1].has("to") and end > 1 and tokens[end - 2].has(*governs):
            end -= 2
        elif is_between(tokens[end - 1]) or (is_chained and tokens[end - 1].has(*governs[:2])):
            end -= 1
        else:
            break
    return end


def shares_subject(sentence: Sentence, verb: int) -> bool:
    """Return True if a verb shares an earlier subject: "Doe rose and said", "Doe left, adding"."""
    tokens, at = sentence.tokens, verb
    while at and is_between(tokens[at - 1]):
        at -= 1
    if not at:
        return False
    before = tokens[at - 1]
    is_participle = tokens[verb].text.split()[0].endswith(GERUNDS)
    is_apart = before.text in PART_SIGNS or before.text in ("while", "before", "after", "by")
    if is_participle and is_apart:
        return True
    if before.has("comma"):
        nearest = range(at - 2, max(0, at - 2 - MOST_WORDS_OF_INSERT), -1)
        opened = next((i for i in nearest if tokens[i].has("comma")), 0)
        before = tokens[opened - 1] if opened > 1 else before
        at = opened
    return at > 1 and before.has("and")


def is_behind_quotation(tokens: Sequence[Token], verb: int) -> bool:
    """Return True if a verb comes right after a quotation: `“...,” said`."""
    signs = [one.text for one in tokens[max(0, verb - 2) : verb]]
    return len(signs) == 2 and (
        (signs[0] in ",.!?…" and signs[1] in AT_CLOSE) or (signs[0] in AT_CLOSE and signs[1] == ",")
    )


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Return True if a verb is in the passive ("was called")."""
    return before_passive(sentence, verb) < verb


def before_passive(sentence: Sentence, verb: int) -> int:
    """Return where the words before a verb end, without the "was" of "was quoted"."""
    tokens, at = sentence.tokens, verb - 1
    if at > 0 and tokens[at].has("adverb"):
        at -= 1
    return at if at >= 0 and tokens[at].has("be") else verb


def is_predicate(tokens: Sequence[Token], at: int) -> bool:
    """Return True for a listed verb or an auxiliary that is no noun and not behind a preposition."""
    token = tokens[at]
    is_verb = token.has("figure_verb", "verb") or (token.has("before_verb") and token.has("finite"))
    is_verb = is_verb or (at > 0 and looks_like_verb(tokens, at))
    return is_verb and not stands_as_noun(tokens, at) and not tokens[at - 1].has("fronted")
