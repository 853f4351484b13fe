"""The decision: what each block of a document is, whether it is kept, and why.

A score says how surely a block is the article's own text; rules that are certain go before it. Every
rule looks at one line in its context and either decides or leaves it to the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transforms.blocks.split import LIST_MARK
from transforms.judging.boilerplate_forms import find_form
from transforms.judging.context import SHORT_LINE, SHORT_SENTENCE, Context, is_author_box, read_context
from transforms.judging.headline import STAMPED
from transforms.judging.judged import Judged
from transforms.judging.line import Line
from transforms.judging.markup import role_of_content, role_of_furniture
from transforms.language.dates import find_date
from transforms.metadata.byline import find_byline
from warehouse.schema.tables import Role, TitleSource

# On the flattened training pages, forms and phrases were wrong more often than right where the model
# was this sure; and a short line between kept ones was right as often as wrong from PROMOTED on.
SURE = 0.8
PROMOTED = 0.3
HEADING_WORDS = 14  # the longest subheading of the training articles' ninety-ninth percentile
STRAY_WORDS = 2  # in front of the first paragraph: a tag, the words of a picture; subheadings come later
DATE_LINE = 20  # words; the date, the hour, the source and the desk
NEAR_TEASER = 3  # lines of a teaser: section and age, headline, beginning
Verdict = tuple[Role, bool, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """The judged blocks of a document, and its headline."""

    judged: tuple[Judged, ...]
    title: str | None
    title_source: TitleSource | None


def decide(
    lines: Sequence[Line],
    scores: Sequence[float],
    scored_by: str,
    title: str | None = None,
    keeps_comments: bool = False,
) -> Decision:
    """Judge the lines of a document; `scored_by` names what made the scores, `title` is the known title.

    Comments below an article are dropped or kept by their role, not by their score. Returns as many
    judged blocks as there are lines, in order.
    """
    context = read_context(lines, scores, scored_by, title, keeps_comments)
    judged = []
    for i, line in enumerate(lines):
        role, is_kept, rule = next(verdict for rule in RULES if (verdict := rule(context, i)))
        judged.append(
            Judged(
                line.block, role, is_kept, rule, _certainty(context.scores[i], is_kept, rule, context)
            )
        )
    headline = context.headline
    return Decision(
        tuple(judged), headline.text if headline else None, headline.source if headline else None
    )


def _certainty(score: float, is_kept: bool, rule: str, context: Context) -> float:
    """Return the score where it decided; a certain rule is sure."""
    if rule == context.scored_by or rule.startswith("prose"):
        return score
    return max(score, 0.6) if is_kept else min(score, 0.05)


def judge_title(context: Context, i: int) -> Verdict | None:
    """Take the headline out of the text: it has a column; what repeats it is a duplicate."""
    if context.headline is None:
        return None
    if i == context.headline.index:
        return "title", False, "headline"
    return ("duplicate", False, "repeats_headline") if i in context.headline.repeats else None


def judge_rest(context: Context, i: int) -> Verdict | None:
    """Remove all that follows a reply form, an author box or a list of related stories."""
    if i < context.rest_start:
        return None
    line = context.lines[i]
    if line.phrase:
        return line.phrase.role, False, "furniture_phrase"
    near = range(max(context.rest_start, i - NEAR_TEASER + 1), min(len(context.lines), i + NEAR_TEASER))
    if any(_is_teaser(context.lines[j]) for j in near):
        return "sidebar", False, "teaser_after_article"
    role, rule = _section_of(context, i)
    return role, role == "comment" and context.keeps_comments, rule


def _is_teaser(line: Line) -> bool:
    return line.is_aged or (line.is_teaser and line.words >= SHORT_LINE)


def _section_of(context: Context, i: int) -> tuple[Role, str]:
    """Return what a line after the article belongs to: the last phrase or author box above it."""
    for j in range(i, context.rest_start - 1, -1):
        if is_author_box(context.lines, j):
            return "author_bio", "author_box"
        if phrase := context.lines[j].phrase:
            if phrase.role == "comment_prompt" and context.lines[i].words >= SHORT_LINE:
                return "comment", "after_comment_prompt"
            return phrase.role, f"after_{phrase.role}"
    return "other", "after_article"


def judge_comment(context: Context, i: int) -> Verdict | None:
    """Keep or drop a comment below an article, as the run was told to."""
    if i not in context.comments:
        return None
    is_said = context.lines[i].phrase is None and context.lines[i].words >= SHORT_SENTENCE
    return "comment", context.keeps_comments and is_said, "comment"


def judge_phrase(context: Context, i: int) -> Verdict | None:
    """Remove a line that is a set phrase of furniture, unless its score is sure of the contrary."""
    phrase = context.lines[i].phrase
    if phrase is None or (context.scores[i] >= SURE and not phrase.is_whole_line):
        return None
    return phrase.role, False, "furniture_phrase"


def judge_form(context: Context, i: int) -> Verdict | None:
    """Remove a line that is furniture by its form, unless its score is sure of the contrary."""
    form = find_form(context.lines[i])
    if form is None or (context.scores[i] >= SURE and not form.is_certain):
        return None
    return form.role, False, form.rule


def judge_head(context: Context, i: int) -> Verdict | None:
    """Tell apart what stands before the body: byline, date, navigation."""
    line = context.lines[i]
    if i >= context.body_start:
        return None
    if find_byline(line.plain):
        return "byline", False, "byline"
    if line.words <= DATE_LINE and not line.ends_sentence and _is_dated(line.plain):
        return "published", False, "date_line"
    above = context.lines[i - 1].phrase if i else None
    if above is not None and above.role == "published" and line.words <= STRAY_WORDS:
        return "published", False, "after_published"
    is_stray = line.block.markup is None and line.words <= STRAY_WORDS and context.scores[i] < SURE
    return ("other", False, "stray_before_article") if is_stray else None


def _is_dated(text: str) -> bool:
    """Say whether a text holds a date, or begins with one whose day and month cannot be told apart."""
    return find_date(text) is not None or STAMPED.match(text) is not None


def judge_score(context: Context, i: int) -> Verdict | None:
    """Keep what scores high, in the role that its markup or its shape says."""
    if not context.is_body(i):
        return None
    line = context.lines[i]
    role = role_of_content(line.block.markup) or _shape(line)
    if i in context.raised:
        return role, True, "prose_in_short_text"
    if line.block.markup is None and role == "paragraph" and not line.ends_sentence:
        return role, True, "prose_without_end"
    return role, True, context.scored_by


def judge_heading(context: Context, i: int) -> Verdict | None:
    """Keep a short line inside the body as a subheading if prose follows it directly."""
    line = context.lines[i]
    is_inside = context.body_start < i < context.body_end and line.block.markup is None
    if (
        not is_inside
        or context.scores[i] < PROMOTED
        or line.words > HEADING_WORDS
        or line.is_aged
        or line.is_teaser
    ):
        return None
    if LIST_MARK.match(line.text):
        return "list_item", True, "list_in_body"
    follows = i + 1 < len(context.lines) and context.is_body(i + 1)
    return ("heading", True, "heading_before_prose") if follows else None


def judge_furniture(context: Context, i: int) -> Verdict:
    """Remove what is left, in the role that its markup or its place says."""
    line = context.lines[i]
    if role := role_of_furniture(line.block.markup):
        return role, False, context.scored_by if line.block.markup else "furniture"
    if _is_teaser(line):
        return "related", False, "teaser"
    if context.lines[i].words <= SHORT_LINE:
        if i < (context.headline.index if context.headline else context.body_start):
            return "navigation", False, "short_line_before_article"
        return "other", False, "short_line_outside_prose"
    return "other", False, "outside_body"


def _shape(line: Line) -> Role:
    """Return the role that the form of a kept line speaks for where there is no markup."""
    if LIST_MARK.match(line.text) and not line.text.startswith("#"):
        return "list_item"
    return "heading" if line.words <= HEADING_WORDS and not line.ends_sentence else "paragraph"


RULES: tuple[Callable[[Context, int], Verdict | None], ...] = (
    judge_title,
    judge_rest,
    judge_comment,
    judge_phrase,
    judge_head,
    judge_form,
    judge_score,
    judge_heading,
    judge_furniture,
)
