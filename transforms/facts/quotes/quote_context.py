"""Find the sentence around each quotation, with all quoted words masked."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.facts.analysis.sentence import Sentence, SplitText
from transforms.facts.analysis.tokens import MASK
from transforms.facts.quotes.quotation_marks import Quoted
from transforms.facts.quotes.rules import DIALOGUE_DASH
from transforms.language.cues import Cues
from transforms.language.scripts import HAN_OR_HIRAGANA
from transforms.language.span import Span

FEWEST_WORDS_OF_CLAUSE = 4  # if a comma follows the closing mark
MOST_WORDS_OF_TERM = 4  # quoted words without a cue; shorter statements look like terms
FARTHEST = 600  # characters on each side; a longer sentence is a list or data
CHARACTERS_A_WORD = 2  # in Chinese
CLOSING_STOPS = frozenset(".!?…")  # behind the closing mark of a quotation that is a sentence of its own
NEVER = "\0"  # no text has it


@dataclass(frozen=True)
class QuoteContext:
    """Quoted words in their sentence; in the text of `split` all quoted words are masked."""

    quoted: Quoted
    split: SplitText
    head: Span
    tail: Span
    words: int
    is_whole: bool  # it ends as a sentence or a clause, before the closing mark
    is_described: bool = False  # it begins in lower case, as a description does

    @property
    def is_term(self) -> bool:
        """Return True for a few words of Chinese that their sentence goes on behind: “十二五”期间."""
        goes_on = HAN_OR_HIRAGANA.match(self.text, self.tail.start, self.tail.end) is not None
        return goes_on and not self.is_whole and self.words <= MOST_WORDS_OF_TERM

    @property
    def text(self) -> str:
        """Return the text, in which quoted words are masked."""
        return self.split.text

    @property
    def cues(self) -> Cues:
        """Return the cues of the text's language."""
        return self.split.cues

    @cached_property
    def before(self) -> Sentence:
        """Return what comes before the quotation."""
        return self.split.sentence(self.head).without_brackets(self.head.end)

    @cached_property
    def after(self) -> Sentence:
        """Return what comes after the quotation."""
        return self.split.sentence(self.tail)


def find_contexts(
    text: str, blotted: str, sentences: Sequence[Span], found: Sequence[Quoted], cues: Cues
) -> list[QuoteContext]:
    """Return each quotation in its sentence, with all quoted words masked."""
    split = SplitText(blotted, join_in_quotations(sentences, found), cues)
    return [_place(split, one, text) for one in found]


def join_in_quotations(sentences: Sequence[Span], found: Sequence[Quoted]) -> list[Span]:
    """Return the sentences of a text; a sentence that ends inside a quotation is joined with the next.

    >>> from transforms.language.sentences import split_sentences
    >>> text = "“We left. It was late,” he said. Then it rained."
    >>> quoted = Quoted(Span(0, 24), Span(1, 23), "“", "paired_marks")
    >>> [span.of(text) for span in join_in_quotations(split_sentences(text), [quoted])]
    ['“We left. It was late,” he said.', 'Then it rained.']
    """
    joined: list[Span] = []
    for sentence in sentences:
        last = bisect_right(found, sentence.start, key=lambda one: one.inner.end) - 1
        if joined and last >= 0 and sentence.start < found[last].outer.end < sentence.end:
            joined[-1] = Span(joined[-1].start, found[last].outer.end)  # « Non. » Il part.
            sentence = Span(found[last].outer.end, sentence.end)
        end = joined[-1].end if joined else 0
        at = bisect_right(found, end, key=lambda one: one.inner.end)
        if joined and at < len(found) and found[at].inner.start < end:
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined


def blot_quoted(text: str, found: Sequence[Quoted]) -> str:
    """Return a text of the same length with the quoted words masked, except their last mark."""
    pieces, end = [], 0
    for one in found:
        last = text[one.inner.end - 1]
        kept = last if not last.isalnum() else MASK
        pieces += [text[end : one.inner.start], MASK * (one.inner.end - one.inner.start - 1), kept]
        end = one.inner.end
    return "".join([*pieces, text[end:]])


def _place(split: SplitText, one: Quoted, text: str) -> QuoteContext:
    blotted, sentences = split.text, split.sentences
    first = bisect_right(sentences, one.outer.start, key=lambda span: span.end)
    after = bisect_left(sentences, one.outer.end, key=lambda span: span.start)
    start = min(sentences[first].start, one.outer.start)
    start += len(blotted[start : one.outer.start]) - len(blotted[start : one.outer.start].lstrip())
    start = _introduced_at(blotted, sentences[max(0, after - 2) : after], start, one)
    start = max(start, one.outer.start - FARTHEST)
    end = min(max(sentences[after - 1].end, one.outer.end), one.outer.end + FARTHEST)
    last = (one.inner.of(text).rstrip("’'”\"»)") or " ")[-1]
    following = sentences[after : after + 1]
    goes_on = "?!？！…—-。" if HAN_OR_HIRAGANA.match(blotted, end) else "?!？！…—-"
    is_opened = blotted[start : one.outer.start].rstrip().endswith(":")
    if (
        end == one.outer.end
        and last in goes_on
        and not is_opened
        and following
        and "\n" not in blotted[end : following[0].start]
    ):
        end = following[0].end
    words = _count_words(one.inner.of(text))
    is_whole = last in ",.?!،؟，。？！…—–-"
    is_whole = is_whole or one.pairing is DIALOGUE_DASH
    is_whole = is_whole or (
        words >= FEWEST_WORDS_OF_CLAUSE and blotted.startswith((",", "،"), one.outer.end)
    )
    head, tail = Span(start, one.outer.start), Span(one.outer.end, end)
    before = head.of(blotted).rstrip()
    stop = "." if before.endswith(":") else "。" if not before else NEVER
    is_whole = is_whole or blotted.startswith(stop, one.outer.end)
    is_sentence = tail.of(blotted).strip() in CLOSING_STOPS and (is_opened or start == one.outer.start)
    is_whole = is_whole or (words >= FEWEST_WORDS_OF_CLAUSE and is_sentence)
    return QuoteContext(one, split, head, tail, words, is_whole, text[one.inner.start].islower())


def _introduced_at(blotted: str, sentences: Sequence[Span], start: int, one: Quoted) -> int:
    """Return the start of the sentence that introduces a quotation; it may end the paragraph before."""
    if start != one.outer.start:
        return start
    before = start
    while before and blotted[before - 1].isspace():
        before -= 1
    if not blotted.endswith((":", ","), 0, before) or "\n" not in blotted[before:start]:
        return start
    return max((span.start for span in sentences if span.start < before), default=start)


def _count_words(words: str) -> int:
    return len(words.split()) + len(HAN_OR_HIRAGANA.findall(words)) // CHARACTERS_A_WORD
