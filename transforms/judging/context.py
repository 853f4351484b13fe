"""Find the body, headline and comments of a document, the context for judging its lines."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from transforms.judging.headline import LONGEST_HEADLINE, Headline, find_headline, opens_with_headline
from transforms.judging.line import Line
from transforms.judging.markup import find_comments
from transforms.language.phrases import Phrase, normalise
from transforms.metadata.byline import find_author_box

KEPT = 0.5
SHORT_LINE = 12  # words
SHORT_SENTENCE = 4  # words
SHORT_TEXT = 300  # words; 3 % of the flattened training pages have fewer
CLOSING = 0.1  # score of a short line that closes an article; offers and notes there have less
SHORT_PROSE = 0.75  # the minimum score of such a paragraph
# A box of related stories or "About NAME" can be in the middle of an article. It ends the article only
# if the kept words after it are less than this share of those before it.
WORDS_AFTER_BOX = 0.3
# "3 comments" is above the comments or, on a blog's front page, below the headline. It ends the
# article if fewer words come after it than before it.
WORDS_AFTER_COUNT = 1.0
# "Post a comment" can also be a button above the article. With fewer kept words than two paragraphs have
# before it, it ends the article only if at most this many times as many come after it.
FEWEST_BEFORE_FORM, WORDS_AFTER_BUTTON = 60, 3.0
# If one certain form of boilerplate has more of the kept words, it is how this document writes: the
# entries of a list of books look like picture credits.
MOST_IN_ONE_FORM = 0.5
LATIN_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Context:
    """A document's lines and their scores, and the positions of its parts.

    `openers` has, for each line of the rest, the last author box or phrase from there up to it, or -1.
    `authors` are those that the page's markup names, case folded. `usual_forms` are the rules of forms
    of boilerplate that most of the text has.
    """

    lines: Sequence[Line]
    scores: Sequence[float]
    body_start: int
    body_end: int
    rest_start: int
    headline: Headline | None
    comments: frozenset[int]
    keeps_comments: bool
    raised: frozenset[int]
    boxes: frozenset[int]
    openers: tuple[int, ...]
    authors: frozenset[str]
    usual_forms: frozenset[str]

    def is_body(self, i: int) -> bool:
        """Return True if a line's score keeps it and it comes before the rest."""
        return i < self.rest_start and self.scores[i] >= KEPT


def read_context(
    lines: Sequence[Line],
    scores: Sequence[float],
    title: str | None,
    keeps_comments: bool,
    is_remembered: bool = False,
    author: str | None = None,
) -> Context:
    """Find the body, the headline and the comments among the lines of a document."""
    raised = _find_short_prose(lines, scores, CLOSING if is_remembered else 0.0)
    scores = [max(score, SHORT_PROSE) if i in raised else score for i, score in enumerate(scores)]
    kept = [i for i, score in enumerate(scores) if score >= KEPT]
    start = _body_start(lines, kept)
    boxes = _find_author_boxes(lines)
    rest = _rest_start(lines, scores, start, boxes)
    end = max((i for i in kept if i < rest), default=-1) + 1
    return Context(
        lines=lines,
        scores=scores,
        body_start=start,
        body_end=end,
        rest_start=rest,
        headline=_find_title(lines, start, rest, kept, title),
        comments=_find_comments(lines, kept),
        keeps_comments=keeps_comments,
        raised=raised,
        boxes=boxes,
        openers=_find_openers(lines, rest, boxes),
        authors=frozenset((author or "").casefold().split("; ")) - {""},
        usual_forms=_find_usual_forms(lines, kept),
    )


def _body_start(lines: Sequence[Line], kept: Sequence[int]) -> int:
    """Return the index of the first paragraph; a headline in the first line is none."""
    prose = [i for i in kept if _is_prose(lines[i])] or _longer(lines, kept)
    is_above = prose[:2] == [0, 1] and lines[0].block.markup is None and opens_with_headline(lines)
    return next(iter(prose[is_above:]), len(lines))


def _find_usual_forms(lines: Sequence[Line], kept: Sequence[int]) -> frozenset[str]:
    """Return the rules of the forms that have most of the words that are kept for their scores."""
    sizes: Counter[str] = Counter()
    for line in (lines[i] for i in kept):
        if line.form:
            sizes[line.form.rule.name] += line.words
    most = MOST_IN_ONE_FORM * sum(lines[i].words for i in kept)
    return frozenset(name for name, size in sizes.items() if size > most)


def _find_short_prose(lines: Sequence[Line], scores: Sequence[float], least: float) -> frozenset[int]:
    """Return the paragraphs of a short text that the model scores too low, from the least score on.

    It was trained on whole pages, and classifies two paragraphs alone as a teaser. In a text of a few
    hundred words without markup, any full sentence that is not boilerplate belongs to the article. So
    does a shorter one directly after a paragraph: the last line of an article is often short.
    """
    if any(line.block.markup for line in lines) or sum(line.words for line in lines) >= SHORT_TEXT:
        return frozenset()
    found: set[int] = set()
    for i, line in enumerate(lines):
        is_below = i > 0 and (i - 1 in found or scores[i - 1] >= KEPT) and lines[i - 1].ends_sentence
        is_long = line.words >= SHORT_LINE
        is_closing = is_below and line.words >= SHORT_SENTENCE and scores[i] >= CLOSING
        if least <= scores[i] < SHORT_PROSE and (is_long or is_closing) and _is_whole(line):
            found.add(i)
    return frozenset(found | _find_enclosed(lines, scores, found))


def _find_enclosed(lines: Sequence[Line], scores: Sequence[float], found: set[int]) -> set[int]:
    """Return the lines of unbroken runs of sentences, from one that is kept to another.

    In an interview, an answer can have one word.
    """
    enclosed: set[int] = set()
    last = None  # the last kept line of the run
    for i, line in enumerate(lines):
        if not _is_whole(line):
            last = None
        elif i in found or scores[i] >= KEPT:
            enclosed.update(range(i if last is None else last + 1, i))
            last = i
    return {i for i in enclosed if scores[i] < SHORT_PROSE}


def _is_whole(line: Line) -> bool:
    """Return True if a line ends like a sentence and is no boilerplate."""
    return line.ends_sentence and not (line.is_teaser or line.phrase or line.form)


def _find_comments(lines: Sequence[Line], kept: Sequence[int]) -> frozenset[int]:
    """Return the lines that the page's markup marks as comments, unless they are the main text.

    If most of the text is marked as comments, the page is a forum, and its posts are the article.
    """
    marks = find_comments([line.block.markup for line in lines])
    named = {i for i, is_comment in enumerate(marks) if is_comment}
    inside = sum(lines[i].words for i in kept if i in named)
    outside = sum(lines[i].words for i in kept if i not in named)
    return frozenset(named) if outside >= inside else frozenset()


def _longer(lines: Sequence[Line], kept: Sequence[int]) -> list[int]:
    """Return the lines that are not much shorter than the longest, for a text without prose."""
    longest = max((len(lines[i].text) for i in kept), default=0)
    return [i for i in kept if len(lines[i].text) >= longest / 3]


def _is_prose(line: Line) -> bool:
    """Return True if a line is a paragraph: it ends as a sentence, or is too long for a headline."""
    return (line.ends_sentence and line.words >= SHORT_SENTENCE) or line.words > LONGEST_HEADLINE


def _find_title(
    lines: Sequence[Line], start: int, rest: int, kept: Sequence[int], title: str | None
) -> Headline | None:
    if title is None:
        body = " ".join(lines[i].text for i in kept if i < rest)
        return find_headline(lines, start, body)
    places = _find_copies(title, [line.text for line in lines[:rest]])
    return Headline(places[0] if places else -1, title, "markup", tuple(places[1:]))


def _find_copies(title: str, lines: Sequence[str]) -> list[int]:
    """Return the lines that are the title, apart from case, accents and outer punctuation.

    Letters of an ASCII line stay what they are, so it must contain the longest word of the title.
    """
    wanted = normalise(title)
    word = max(LATIN_WORD.findall(wanted), key=len, default="")
    near = (i for i, line in enumerate(lines) if not line.isascii() or word in line.lower())
    return [i for i in near if normalise(lines[i]) == wanted]


def _rest_start(
    lines: Sequence[Line], scores: Sequence[float], body_start: int, boxes: frozenset[int]
) -> int:
    """Return the index from which all is boilerplate: a reply form, an author box, related stories."""
    kept = (line.words if score >= KEPT else 0 for line, score in zip(lines, scores, strict=True))
    before = list(accumulate(kept, initial=0))
    for i in range(body_start + 1, len(lines)):
        most = _words_after(lines[i].phrase, i in boxes, is_above=before[i] < FEWEST_BEFORE_FORM)
        if before[-1] - before[i] <= most * before[i]:
            return i
    return len(lines)


def _find_openers(lines: Sequence[Line], rest: int, boxes: frozenset[int]) -> tuple[int, ...]:
    own = (i if i in boxes or lines[i].phrase else -1 for i in range(rest, len(lines)))
    return tuple(accumulate(own, max))


def _words_after(phrase: Phrase | None, is_author_box: bool, is_above: bool) -> float:
    """Return the largest ratio of words after to words before a line that ends the article.

    Negative if the line does not end it. `is_above` is true if hardly any text stands before it.
    """
    if is_author_box:
        return WORDS_AFTER_BOX
    if phrase is None:
        return -1.0
    if phrase.role == "comment_prompt" and phrase.opens_rest:
        return WORDS_AFTER_BUTTON if is_above else float("inf")
    if phrase.role == "comment_prompt":
        return WORDS_AFTER_COUNT if "#" in phrase.text else 0.0
    return WORDS_AFTER_BOX if phrase.opens_rest else 0.0


def _find_author_boxes(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that are "About NAME" and followed by a line with the surname."""
    names = ((i, find_author_box(line.text)) for i, line in enumerate(lines[:-1]))
    return frozenset(i for i, name in names if name and name.split()[-1] in lines[i + 1].text)
