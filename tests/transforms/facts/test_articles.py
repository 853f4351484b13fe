"""The short articles with labels in the text keep what docs/facts.md says of them."""

import pytest

from tests.benchmarks.articles import KINDS, read_articles, score_articles
from tests.benchmarks.facts import Score

PARTS = {
    "tuned": 16, "unseen": 20, "first_score": 18, "fourth_score": 54, "fifth_score": 36,
    "sixth_score": 40,
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_each_label_is_of_words_in_its_text(part):
    articles = list(read_articles(part))
    assert len(articles) == PARTS[part]
    assert all(one["end"] > one["start"] for each in articles for one in each.label["quotes"])


@pytest.mark.parametrize("kind", KINDS)
def test_tuned_articles_keep_their_precision(kind):
    whole = Score()
    for score in score_articles("tuned").values():
        whole.add(score)
    assert whole.precision(kind) >= 0.95
    assert whole.recall(kind) >= (0.75 if kind == "subjects" else 0.9)
