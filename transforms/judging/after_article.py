"""Judge lines after the end of an article: reply forms, comments, author boxes, teasers."""

from transforms.judging import rules
from transforms.judging.context import SHORT_LINE, Context
from transforms.judging.judged import Verdict
from transforms.judging.line import Line

NEAR_TEASER = 3  # lines of a teaser: section and age, headline, beginning


def judge_rest(context: Context, i: int) -> Verdict | None:
    """Remove a line after the article: after a reply form, an author box or related stories."""
    if i < context.rest_start:
        return None
    line = context.lines[i]
    if line.phrase:
        return Verdict(line.phrase.role, False, rules.BOILERPLATE_PHRASE)
    verdict = _judge_by_neighbours(context, i)
    if verdict is None or line.form is None or verdict.role == "comment":
        return verdict
    # It is removed for what is around it; what it is itself names it better.
    return Verdict(line.form.role, False, line.form.rule)


def _judge_by_neighbours(context: Context, i: int) -> Verdict | None:
    """Remove a line that is near a teaser, or in a section that a phrase above it opens."""
    near = range(max(context.rest_start, i - NEAR_TEASER + 1), min(len(context.lines), i + NEAR_TEASER))
    if any(is_teaser(context.lines[j]) for j in near):
        return Verdict("sidebar", False, rules.TEASER_AFTER_ARTICLE)
    return _judge_by_section(context, i)


def is_teaser(line: Line) -> bool:
    """Return True if a line ends in the age of a story or breaks off in dots."""
    return line.is_aged or (line.is_teaser and line.words >= SHORT_LINE)


def _judge_by_section(context: Context, i: int) -> Verdict | None:
    """Give a line after the article the role of the last phrase or author box above it."""
    opener = context.openers[i - context.rest_start]
    if opener < 0:
        return None
    phrase = context.lines[opener].phrase
    if phrase is None or opener in context.boxes:
        return Verdict("author_bio", False, rules.AUTHOR_BOX)
    is_comment = phrase.role == "comment_prompt" and context.lines[i].words >= SHORT_LINE
    role = "comment" if is_comment else phrase.role
    is_kept = role == "comment" and context.keeps_comments
    return Verdict(role, is_kept, rules.AFTER_BOILERPLATE_PHRASE)
