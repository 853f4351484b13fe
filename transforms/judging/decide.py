"""Decide for each block of a document its role, and whether it is kept, and by which rule.

The score is the probability that a block is part of the article; rules that are certain override it.
Each judge looks at one line in its context and returns a verdict, or None to leave it to the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transforms.blocks.split import LIST_MARK
from transforms.judging import rules
from transforms.judging.after_article import is_teaser, judge_rest
from transforms.judging.context import KEPT, SHORT_LINE, SHORT_SENTENCE, Context, read_context
from transforms.judging.headline import STAMPED
from transforms.judging.judged import Judged, Verdict
from transforms.judging.line import Line
from transforms.judging.markup import role_of_boilerplate, role_of_content
from transforms.metadata.byline import find_byline, opens_byline
from warehouse.schema.vocabulary import Role, TitleSource

# Above the score SURE, forms and phrases are wrong more often than right on flattened training pages; on
# pages with markup, in collections left out, the forms that are not certain are from KEPT on. Lines
# between kept ones cost as many words as they save at any PROMOTED from 0.1 to 0.3; a gap costs more.
SURE = 0.8
PROMOTED = 0.2
ABOVE_REPLY_FORM = 0.4  # a paragraph between the article and the form
HEADING_WORDS = 14  # 99 % of the training articles have no longer subheading
STRAY_WORDS = 2  # before the first paragraph: a tag or text of a picture; subheadings come later
BELOW_LEAD = 6  # lines after the first of the body in which the author and the date may stand
DATE_LINE = 20  # words: the date, the time, the source and the department


@dataclass(frozen=True, slots=True)
class Decision:
    """The judged blocks of a document, and its headline."""

    judged: tuple[Judged, ...]
    title: str | None
    title_source: TitleSource | None


def decide(
    lines: Sequence[Line],
    scores: Sequence[float],
    title: str | None = None,
    keeps_comments: bool = False,
    is_remembered: bool = False,
    author: str | None = None,
) -> Decision:
    """Judge the lines of a document by their scores (0 to 1); `title` and `author` are given if known.

    `is_remembered` is true if the scores know the other pages of the site: a paragraph that they score
    lowest is not taken for prose of a short text. `keeps_comments` decides about comments below the
    article; their score does not matter. Returns one judged block for each line, in order.
    """
    context = read_context(lines, scores, title, keeps_comments, is_remembered, author)
    judged = tuple(_judge(context, i) for i in range(len(lines)))
    headline = context.headline
    return Decision(judged, headline.text if headline else None, headline.source if headline else None)


def _judge(context: Context, i: int) -> Judged:
    """Return a line with the verdict of the first judge that has one."""
    verdict = _first_verdict(context, i)
    score = _certainty(context.scores[i], verdict)
    return Judged(context.lines[i].block, verdict.role, verdict.is_kept, verdict.rule, score)


def _first_verdict(context: Context, i: int) -> Verdict:
    for judge in JUDGES:
        if verdict := judge(context, i):
            return verdict
    return judge_boilerplate(context, i)


def _certainty(score: float, verdict: Verdict) -> float:
    """Return the score if it decided, otherwise a score that agrees with the certain rule."""
    if verdict.rule.is_scored:
        return score
    return max(score, 0.6) if verdict.is_kept else min(score, 0.05)


def judge_title(context: Context, i: int) -> Verdict | None:
    """Remove the headline, which has its own column, and the lines that repeat it."""
    if context.headline is None:
        return None
    if i == context.headline.index:
        return Verdict("title", False, rules.HEADLINE)
    if i in context.headline.repeats:
        return Verdict("duplicate", False, rules.REPEATS_HEADLINE)
    return None


def judge_comment(context: Context, i: int) -> Verdict | None:
    """Keep or remove a comment below an article, as the options say."""
    if i not in context.comments:
        return None
    is_said = context.lines[i].phrase is None and context.lines[i].words >= SHORT_SENTENCE
    return Verdict("comment", context.keeps_comments and is_said, rules.COMMENT_SECTION)


def judge_phrase(context: Context, i: int) -> Verdict | None:
    """Remove a boilerplate phrase; if it is only a part of the line, a high score keeps the line."""
    phrase = context.lines[i].phrase
    if phrase is None or (context.scores[i] >= SURE and not phrase.is_whole_line):
        return None
    return Verdict(phrase.role, False, rules.BOILERPLATE_PHRASE)


def judge_form(context: Context, i: int) -> Verdict | None:
    """Remove a line with a form of boilerplate; a score can keep it if the form is not certain here."""
    line = context.lines[i]
    if line.form is None:
        return None
    enough = SURE if line.block.markup is None else KEPT
    is_certain = line.form.is_certain and line.form.rule.name not in context.usual_forms
    if context.scores[i] >= enough and not is_certain:
        return None
    return Verdict(line.form.role, False, line.form.rule)


def judge_head(context: Context, i: int) -> Verdict | None:
    """Judge a line before the body or near its start: a byline, a date, or stray words."""
    line = context.lines[i]
    if i > context.body_start + BELOW_LEAD:
        return None
    is_author = line.plain.casefold() in context.authors
    if is_author or line.byline or (i < context.body_start and _is_split_byline(context, i)):
        return Verdict("byline", False, rules.BYLINE)
    if i >= context.body_start:
        return Verdict("published", False, rules.PUBLICATION_DATE_LINE) if line.is_date else None
    if line.words <= DATE_LINE and (line.is_date or _is_dated(line)):
        return Verdict("published", False, rules.PUBLICATION_DATE_LINE)
    above = context.lines[i - 1].phrase if i else None
    if above is not None and above.role == "published" and line.words <= STRAY_WORDS:
        return Verdict("published", False, rules.AFTER_BOILERPLATE_PHRASE)
    is_stray = line.block.markup is None and line.words <= STRAY_WORDS and context.scores[i] < SURE
    return Verdict("other", False, rules.STRAY_WORDS_BEFORE_ARTICLE) if is_stray else None


def _is_split_byline(context: Context, i: int) -> bool:
    """Return True for "By" alone and for the name on the line below it."""
    first = i if opens_byline(context.lines[i].plain) else i - 1
    pair = context.lines[max(first, 0) : first + 2]
    return len(pair) == 2 and opens_byline(pair[0].plain) and find_byline(_join(pair)) is not None


def _join(lines: Sequence[Line]) -> str:
    return " ".join(line.plain for line in lines)


def _is_dated(line: Line) -> bool:
    """Return True if a line that is no sentence contains a date, or begins with an ambiguous one."""
    return not line.ends_sentence and (line.date is not None or STAMPED.match(line.plain) is not None)


def judge_score(context: Context, i: int) -> Verdict | None:
    """Keep a line with a high score, with the role given by its markup or its shape."""
    if not context.is_body(i):
        return None
    line = context.lines[i]
    role = role_of_content(line.block.markup) or shape_of(line)
    if i in context.raised:
        return Verdict(role, True, rules.PROSE_IN_SHORT_TEXT)
    if line.block.markup is None and role == "paragraph" and not line.ends_sentence:
        return Verdict(role, True, rules.PROSE_WITHOUT_SENTENCE_END)
    return Verdict(role, True, rules.MODEL)


def judge_gap(context: Context, i: int) -> Verdict | None:
    """Keep a line of flattened text that would leave a gap in the article."""
    line = context.lines[i]
    is_inside = context.body_start < i <= context.body_end and line.block.markup is None
    if not is_inside or context.scores[i] < PROMOTED or line.is_aged or line.is_teaser:
        return None
    if line.words > HEADING_WORDS:
        return _judge_paragraph(context, i)
    if i == context.body_end:
        return None
    if LIST_MARK.match(line.text) and not _is_heading(line):
        return Verdict("list_item", True, rules.LIST_ITEM_IN_ARTICLE)
    # Above a paragraph alone it may be the headline of a teaser.
    is_between = context.is_body(i - 1) and context.is_body(i + 1)
    return Verdict("heading", True, rules.HEADING_BEFORE_PROSE) if is_between else None


def _judge_paragraph(context: Context, i: int) -> Verdict | None:
    """Keep a paragraph below a kept one, if another kept one or a reply form comes next."""
    below = context.lines[i + 1] if i + 1 < len(context.lines) else None
    if below is None or not context.is_body(i - 1):
        return None
    is_last = below.phrase is not None and below.phrase.role == "comment_prompt"
    if context.is_body(i + 1) or (is_last and context.scores[i] >= ABOVE_REPLY_FORM):
        return Verdict("paragraph", True, rules.PARAGRAPH_IN_ARTICLE)
    return None


def judge_boilerplate(context: Context, i: int) -> Verdict:
    """Remove any other line, with the role given by its markup or its position."""
    line = context.lines[i]
    if role := role_of_boilerplate(line.block.markup):
        return Verdict(role, False, rules.MODEL)
    if is_teaser(line):
        return Verdict("related", False, rules.TEASER)
    if line.words <= SHORT_LINE:
        if i < (context.headline.index if context.headline else context.body_start):
            return Verdict("navigation", False, rules.SHORT_LINE_BEFORE_ARTICLE)
        return Verdict("other", False, rules.SHORT_LINE_OUTSIDE_PROSE)
    return Verdict("other", False, rules.LONG_LINE_OUTSIDE_PROSE)


def shape_of(line: Line) -> Role:
    """Return the role of a kept line without markup, by its length and its end."""
    if _is_heading(line):
        return "heading"
    if LIST_MARK.match(line.text):
        return "list_item"
    return "heading" if line.words <= HEADING_WORDS and not line.ends_sentence else "paragraph"


def _is_heading(line: Line) -> bool:
    return line.block.level > 0 or line.text.startswith("#")


# The last, judge_boilerplate, has a verdict on any line.
JUDGES: tuple[Callable[[Context, int], Verdict | None], ...] = (
    judge_title,
    judge_rest,
    judge_comment,
    judge_phrase,
    judge_head,
    judge_form,
    judge_score,
    judge_gap,
)
