"""Keep and remove the lines that people decided about, whatever their score."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transforms.article.rules import CORRECTION, SITE_SETTING
from transforms.blocks.block import Block
from transforms.blocks.path import is_within
from transforms.corrections.correction import (
    LINE_KINDS,
    Correction,
    Selector,
    SiteSettings,
    is_same,
    one_line,
)
from transforms.judging.decide import shape_of
from transforms.judging.judged import Judged
from transforms.judging.line import read_line, strip_marks
from transforms.judging.markup import role_of_boilerplate, role_of_content
from warehouse.schema.vocabulary import CorrectionKind, Role

METADATA: frozenset[Role] = frozenset(("title", "byline", "published", "duplicate"))
CONTENT: frozenset[Role] = frozenset(("dateline", "heading", "paragraph", "list_item", "block_quote"))


@dataclass(frozen=True, slots=True)
class Target:
    """A line that a correction can name: its span, its text, and the lines above and below ("" none)."""

    start_char: int
    end_char: int
    text: str
    above: str
    below: str


def apply_settings(judged: Sequence[Judged], settings: SiteSettings | None) -> tuple[Judged, ...]:
    """Keep what is always text on a site and remove what is always boilerplate; text goes first."""
    if settings is None:
        return tuple(judged)
    return tuple(_set(one, settings) for one in judged)


def _set(one: Judged, settings: SiteSettings) -> Judged:
    if any(_selects(selector, one) for selector in settings.text):
        return one if one.is_kept else _keep(one, one._replace(rule=SITE_SETTING))
    if one.is_kept and any(_selects(selector, one) for selector in settings.boilerplate):
        return _remove(one, one._replace(rule=SITE_SETTING))
    return one


def list_selected(judged: Sequence[Judged], selectors: Iterable[Selector]) -> list[Selector]:
    """Return the selectors that name a line of a document, whatever became of it."""
    return [one for one in selectors if any(_selects(one, piece) for piece in judged)]


def _selects(selector: Selector, one: Judged) -> bool:
    """Return True if a selector names a block; a path does not name headlines, bylines and dates."""
    if selector.line is not None:
        return is_same(selector.line, one.block.text)
    is_text = one.block.markup is not None and one.role not in METADATA
    return is_text and is_within(one.block.markup.element, selector.path or "*")  # type: ignore[union-attr]


def _keep(one: Judged, marked: Judged) -> Judged:
    return marked._replace(role=_content_role(one), is_kept=True, score=1.0)


def _remove(one: Judged, marked: Judged) -> Judged:
    role = one.role if not one.is_kept else role_of_boilerplate(one.block.markup) or "other"
    return marked._replace(role=role, is_kept=False, score=0.0)


def _content_role(one: Judged) -> Role:
    if one.role in CONTENT:
        return one.role
    block = one.block
    return role_of_content(block.markup) or shape_of(read_line(block, strip_marks(block.text)))


def apply_lines(
    blocks: Sequence[Block], judged: Sequence[Judged], decided: Sequence[Correction]
) -> tuple[tuple[Judged, ...], dict[Correction, str | None]]:
    """Keep and remove lines; return the judged pieces, and why each correction does not apply, or None.

    Where two corrections contradict each other about a piece, neither applies.
    """
    corrections = [one for one in decided if one.kind in LINE_KINDS]
    outcomes: dict[Correction, str | None] = {}
    chosen: dict[Correction, Target] = {}
    targets = list_targets(blocks, judged) if corrections else []
    for one in corrections:
        found = find_target(targets, one)
        outcomes[one] = found if isinstance(found, str) else None
        if isinstance(found, Target):
            chosen[one] = found
    for one, other in _contradictions(chosen):
        outcomes[one] = outcomes[other] = "another correction says the opposite about this line"
    kinds = {
        (target.start_char, target.end_char): one.kind
        for one, target in chosen.items()
        if outcomes[one] is None
    }
    return tuple(_decide(one, kinds) for one in judged), outcomes


def _contradictions(chosen: dict[Correction, Target]) -> Iterator[tuple[Correction, Correction]]:
    """Yield the pairs of a decision to keep and one to remove that overlap."""
    kept = [one for one in chosen if one.kind == "keep"]
    removed = [one for one in chosen if one.kind == "remove"]
    for one in kept:
        for other in removed:
            a, b = chosen[one], chosen[other]
            if a.start_char < b.end_char and b.start_char < a.end_char:
                yield one, other


def _decide(one: Judged, kinds: Mapping[tuple[int, int], CorrectionKind]) -> Judged:
    block = one.block
    covering = (
        kind for (start, end), kind in kinds.items() if start <= block.start_char < block.end_char <= end
    )
    kind = next(covering, None)
    if kind is None:
        return one
    marked = one._replace(rule=CORRECTION)
    return _keep(one, marked) if kind == "keep" else _remove(one, marked)


def list_targets(blocks: Sequence[Block], judged: Sequence[Judged]) -> list[Target]:
    """Return the lines of a capture, and the pieces into which some of them were split."""
    texts = ["", *(one_line(block.text) for block in blocks), ""]
    targets = [
        Target(block.start_char, block.end_char, texts[i + 1], texts[i], texts[i + 2])
        for i, block in enumerate(blocks)
    ]
    whole = {(one.start_char, one.end_char) for one in targets}
    starts = [one.start_char for one in targets]
    for piece in (one.block for one in judged):
        if (piece.start_char, piece.end_char) not in whole:
            line = targets[bisect_right(starts, piece.start_char) - 1]
            targets.append(
                Target(piece.start_char, piece.end_char, one_line(piece.text), line.above, line.below)
            )
    return sorted(targets, key=lambda one: (one.start_char, -one.end_char))


def find_target(targets: Sequence[Target], one: Correction) -> Target | str:
    """Return the line that a correction means, or why there is none."""
    alike = [target for target in targets if is_same(one.value, target.text)]
    if not alike:
        return "the line is not there"
    best = max(_neighbours(target, one) for target in alike)
    nearest = [target for target in alike if _neighbours(target, one) == best]
    if len(nearest) == 1:
        return nearest[0]
    if one.occurrence <= len(alike) and alike[one.occurrence - 1] in nearest:
        return alike[one.occurrence - 1]
    return f"{len(alike)} lines have this text, and none stands where the corrected one stood"


def _neighbours(target: Target, one: Correction) -> int:
    """Return how many of the lines around a line are those of a correction."""
    pairs = ((one.above, target.above), (one.below, target.below))
    return sum(given is not None and is_same(given, text) for given, text in pairs)
