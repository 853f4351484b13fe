"""The benchmark's measures, over scored examples."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tests.benchmarks.examples import Example
from tests.benchmarks.gold import overlap, words

Scored = tuple[Example, npt.NDArray[np.float64]]
Figures = dict[str, float]


def measure(scored: Sequence[Scored]) -> dict[str, Figures]:
    """Return the mean figures of all documents, of each set, each kind of page and each source."""
    rows: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for example, scores in scored:
        keep = scores >= 0.5
        kept = words(
            "\n".join(line for line, is_kept in zip(example.lines, keep, strict=True) if is_kept)
        )
        row = (*overlap(Counter(kept), example.gold), line_f1(keep, example.labels))
        for group in ("ALL", example.set_name, example.page_type, example.source):
            rows[group].append(row)
    names = ("precision", "recall", "f1", "line_f1")
    return {
        group: {"pages": len(found)}
        | dict(zip(names, np.mean(found, axis=0).round(4).tolist(), strict=True))
        for group, found in sorted(rows.items())
    }


def line_f1(keep: npt.NDArray[np.bool_], labels: npt.NDArray[np.bool_]) -> float:
    """Return the F1 of the kept lines."""
    total = int(keep.sum() + labels.sum())
    return 2 * int((keep & labels).sum()) / total if total else 1.0
