"""Pages in languages that no collection has: whole articles, and little else (tests/cases/pages)."""

from collections import defaultdict
from functools import partial
from statistics import mean

import pytest

from tests.benchmarks.own_pages import read_pages
from tests.benchmarks.quality import keep_of_page, keep_of_text, score_text

# The least mean F1 and recall of a language; found were 0.954 and 0.99, of texts 0.852 and 0.856.
WAYS = {
    "html": (partial(keep_of_page, "best"), 0.93, 0.97),
    "flat.txt": (keep_of_text, 0.83, 0.83),
}


@pytest.mark.parametrize("kind", WAYS)
def test_articles_in_other_languages_are_found(kind):
    keep, f1, recall = WAYS[kind]
    rows = defaultdict(list)
    for case in read_pages(kind):
        rows[case.groups[1]].append(score_text(keep(case.content), case))
    assert len(rows) == 10
    means = {
        language: tuple(round(mean(row[name] for row in found), 3) for name in ("f1", "recall"))
        for language, found in rows.items()
    }
    assert {name: pair for name, pair in means.items() if pair[0] < f1 or pair[1] < recall} == {}
