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
ENDS_OF_CLAUSE = ",.?!،؟，。？！…—–-"  # the last sign of words that are a sentence or a clause


@dataclass(frozen=True)
class QuoteContext:
    """Quoted words in their sentence; in the text of `split` all quoted words are masked."""

    quoted: Quoted
    said: str  # the quoted words
    split: SplitText
    head: Span
    tail: Span
    words: int
    is_whole: bool  # it ends as a sentence or a clause, before the closing mark

    @property
    def is_described(self) -> bool:
        """Return True if the words begin in lower case, as a description does."""
        return self.said[:1].islower()

    @property
    def opening(self) -> str:
        """Return the sentence up to the quotation."""
        return self.head.of(self.text)

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
    """Return quoted words in the sentence around them."""
    said = one.inner.of(text)
    last = (said.rstrip("’'”\"»)") or " ")[-1]
    head = Span(_head_start(split, one), one.outer.start)
    is_opened = head.of(split.text).rstrip().endswith(":")
    tail = Span(one.outer.end, _tail_end(split, one.outer.end, last, is_opened=is_opened))
    words = _count_words(said)
    is_whole = one.pairing is DIALOGUE_DASH or last in ENDS_OF_CLAUSE
    is_whole = is_whole or _is_closed(split.text, head, tail, words, is_opened=is_opened)
    return QuoteContext(one, said, split, head, tail, words, is_whole)


def _head_start(split: SplitText, one: Quoted) -> int:
    """Return where the sentence of a quotation begins, or the one that introduces it."""
    text, sentences, end = split.text, split.sentences, one.outer.start
    first = bisect_right(sentences, end, key=lambda span: span.end)
    after = bisect_left(sentences, one.outer.end, key=lambda span: span.start)
    start = min(sentences[first].start, end)
    start = end - len(text[start:end].lstrip())
    start = _introduced_at(text, sentences[max(0, after - 2) : after], start, one)
    return max(start, end - FARTHEST)


def _tail_end(split: SplitText, start: int, last: str, *, is_opened: bool) -> int:
    """Return where the sentence of a quotation ends; who says the words may follow their last sign."""
    text, sentences = split.text, split.sentences
    after = bisect_left(sentences, start, key=lambda span: span.start)
    end = min(max(sentences[after - 1].end, start), start + FARTHEST)
    following = sentences[after] if after < len(sentences) else None
    if end > start or is_opened or following is None or "\n" in text[end : following.start]:
        return end
    goes_on = "?!？！…—-。" if HAN_OR_HIRAGANA.match(text, end) else "?!？！…—-"
    return following.end if last in goes_on else end


def _is_closed(text: str, head: Span, tail: Span, words: int, *, is_opened: bool) -> bool:
    """Return True if the sign behind the marks, and what stands before them, make a clause of words."""
    is_alone = not head.of(text).strip()
    if (is_opened and text.startswith(".", tail.start)) or (
        is_alone and text.startswith("。", tail.start)
    ):
        return True
    is_sentence = tail.of(text).strip() in CLOSING_STOPS and (is_opened or head.start == head.end)
    is_closed = is_sentence or text.startswith((",", "،"), tail.start)
    return is_closed and words >= FEWEST_WORDS_OF_CLAUSE


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
