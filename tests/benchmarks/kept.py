"""What was kept of a document by scores that its own collection had no part in, and how good it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.benchmarks.collections import SNIPPETS, Record, put_title_in_front
from tests.benchmarks.examples import Example
from tests.benchmarks.gold import overlap, words
from tests.benchmarks.snippets import score_phrases
from transforms.article.assemble import split_judged
from transforms.article.doubt import find_doubt, find_surest, is_refused
from transforms.judging.decide import decide
from transforms.judging.line import read_lines

Figures = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """What was kept of a document: by the house and by the labeller alone, the title in front."""

    example: Example
    house: str
    labeller: str
    is_refused: bool
    is_doubtful: bool

    @cached_property
    def f1(self) -> tuple[float, float]:
        """Return the F1 of the bag of words of the house and of the labeller."""
        return self._f1(self.house), self._f1(self.labeller)

    def _f1(self, text: str) -> float:
        return overlap(Counter(words(text)), self.example.gold)[2]


def keep(example: Example, scores: npt.NDArray[np.float64], is_remembered: bool = False) -> Kept:
    """Return what the house and the labeller alone keep of a document."""
    decision = decide(
        read_lines(example.blocks), scores.tolist(), example.title, is_remembered=is_remembered
    )
    judged, _ = split_judged(decision.judged)
    by_house = [one.block.text for one in judged if one.is_kept]
    by_labeller = [line for line, score in zip(example.lines, scores, strict=True) if score >= 0.5]
    surest = find_surest(judged)
    refused = is_refused("\n".join(by_house), surest)
    house, labeller = (
        "\n".join(put_title_in_front(example.set_name, decision.title, lines))
        for lines in (by_house, by_labeller)
    )
    is_doubtful = not refused and find_doubt(surest) is not None
    return Kept(example, "" if refused else house, labeller, refused, is_doubtful)


def refuse(page: Record) -> Kept:
    """Return what is kept of a page of which nothing can be rendered."""
    example = Example(
        page_id=page["id"],
        set_name=page["set"],
        site="",
        page_type=page.get("page_type") or "news",
        language=page.get("lang") or "",
        source="page",
        title=None,
        blocks=(),
        names=(),
        rows=np.zeros((0, 0), np.float32),
        labels=np.zeros(0, np.bool_),
        trust=np.zeros(0),
        gold=Counter(words(page["gold_text"])),
    )
    return Kept(example, house="", labeller="", is_refused=True, is_doubtful=False)


def figures_of(kept: Sequence[Kept], pages: dict[str, Record]) -> Figures:
    """Return the figures of one collection: F1 of the bag of words, or of the phrases of snippets."""
    if kept[0].example.set_name == SNIPPETS:
        house = score_phrases([(pages[one.example.page_id], one.house) for one in kept])[2]
        labeller = score_phrases([(pages[one.example.page_id], one.labeller) for one in kept])[2]
    else:
        house, labeller = np.mean([one.f1 for one in kept], axis=0).tolist()
    return {
        "house": round(house, 4),
        "labeller": round(labeller, 4),
        "documents": len(kept),
        "refused": round(float(np.mean([one.is_refused for one in kept])), 4),
        "doubtful": round(float(np.mean([one.is_doubtful for one in kept])), 4),
    }


def errors_on_empty(kept: Sequence[Kept]) -> Figures:
    """Return which share of documents without an article is taken for one, and with a doubt."""
    if not kept:
        return {}
    return {
        "empty_documents": len(kept),
        "empty_kept": round(float(np.mean([not one.is_refused for one in kept])), 4),
        "empty_doubtful": round(float(np.mean([one.is_doubtful for one in kept])), 4),
    }
