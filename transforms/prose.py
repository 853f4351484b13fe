"""Score the lines of a flattened text: how surely each is the article's own prose."""

from collections.abc import Sequence

from transforms.line import Line

LONG_LINE = (
    12  # words; nine lines in ten of the training pages' articles have more, of their menus fewer
)
SHORT_SENTENCE = 4  # words; "Some agreed." is a paragraph, "Share." is not
# What a line that is no prose takes from a run of prose: two headings and a caption in a row leave
# an article of three paragraphs in one piece, a menu of twenty lines ends it.
PENALTY = 6.0


def score_prose(lines: Sequence[Line]) -> list[float]:
    """Return a score from 0 to 1 for each line: prose in the best run of long lines scores high.

    The run is the one with the largest sum of words of prose less a penalty a line for all else
    (body text extraction, Finn, Kushmerick and Smyth 2001).
    """
    own = [_own_score(line) for line in lines]
    values = [line.words if score >= 0.5 else -PENALTY for line, score in zip(lines, own, strict=True)]
    start, end = best_run(values)
    return [score if start <= i < end else min(score, 0.3) for i, score in enumerate(own)]


def best_run(values: Sequence[float]) -> tuple[int, int]:
    """Return the start and end of the run with the largest sum.

    >>> best_run([-1, 2, -1, 3, -5, 4])
    (1, 4)
    """
    best, best_sum, start, total = (0, 0), 0.0, 0, 0.0
    for i, value in enumerate(values):
        if total <= 0:
            start, total = i, 0.0
        total += value
        if total > best_sum:
            best, best_sum = (start, i + 1), total
    return best


def _own_score(line: Line) -> float:
    if line.phrase or line.is_teaser or line.is_aged:
        return 0.1
    if line.words >= LONG_LINE:
        return 0.95 if line.ends_sentence else 0.8
    return 0.7 if line.ends_sentence and line.words >= SHORT_SENTENCE else 0.2
