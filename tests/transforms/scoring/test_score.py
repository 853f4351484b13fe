import numpy as np
import pytest

from transforms.blocks.block import Block
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.scoring.features.descriptions import describe
from transforms.scoring.features.matrix import page_columns, text_columns
from transforms.scoring.score import load_forest, score_blocks

ARTICLE = [
    "Home",
    "News",
    "Contact",
    "The village pump runs dry",
    "The pump in the middle of the village, which has given water for ninety years, ran dry on Monday.",
    "“We shall dig deeper,” said the mayor, who had come with a spade. Nobody believed him.",
    "Water carts came from the next town in the evening, and the queue went twice around the church.",
    "Share this",
    "Privacy policy",
    "All rights reserved",
]
PAGE = f"""<nav><a href=/>Home</a></nav><article><h1>{ARTICLE[3]}</h1>
{"".join(f"<p>{line}</p>" for line in ARTICLE[4:7])}</article>
<footer><a href=/p>Privacy policy</a></footer>"""


def blocks_of(lines):
    return [Block(0, len(line), line) for line in lines]


def test_prose_scores_above_the_menu_without_markup():
    scores = score_blocks(blocks_of(ARTICLE)).scores
    assert min(scores[4:7]) > 0.5
    assert max(*scores[:3], *scores[7:]) < 0.5


@pytest.mark.parametrize("vote", [None, "", "\n".join(ARTICLE[4:7])])
def test_prose_scores_above_the_menu_on_a_page(vote):
    blocks = render_page(Page(PAGE)).blocks
    scored = score_blocks(blocks, vote)
    assert scored.kind == ("fast" if vote is None else "best")
    scores = {block.text: score for block, score in zip(blocks, scored.scores, strict=True)}
    assert min(scores[line] for line in ARTICLE[4:7]) > max(scores["Home"], scores["Privacy policy"])


@pytest.mark.parametrize(
    "lines",
    [
        ["a"],
        ["—"],
        ["微信群 app"],
        ["x"] * 3,
        ["ไทย สวัสดี", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")],
    ],
)
def test_odd_documents_are_scored(lines):
    assert len(score_blocks(blocks_of(lines)).scores) == len(lines)


def test_nothing_has_no_scores():
    assert score_blocks([]).scores == ()


def test_reasons_are_said_in_words():
    scored = score_blocks(blocks_of(ARTICLE))
    reasons = scored.reasons(5)
    assert len(reasons) == 3
    assert all(reason.words for reason in reasons)


@pytest.mark.parametrize("kind", ["flat", "fast", "best"])
def test_every_feature_of_a_model_is_computed_and_described(kind):
    blocks = render_page(Page(PAGE)).blocks
    columns = text_columns(ARTICLE) if kind == "flat" else page_columns(blocks, "")
    assert set(load_forest(kind).names) <= set(columns)
    assert all(describe(name) for name in columns)


def test_half_vote_is_the_mean_of_best_and_fast():
    halved = load_forest("half_vote")
    rows = np.random.default_rng(7).normal(size=(40, len(halved.names))).astype(np.float32)
    log_odds, moved = np.zeros(len(rows)), np.zeros(len(halved.names))
    for forest in map(load_forest, ("best", "fast")):
        columns = [halved.names.index(name) for name in forest.names]
        log_odds += forest.log_odds(rows[:, columns]) / 2
        moved[columns] += forest.contributions(rows[0, columns]) / 2
    assert halved.log_odds(rows) == pytest.approx(log_odds)
    assert halved.contributions(rows[0]) == pytest.approx(moved)


@pytest.mark.parametrize(("letters", "kind"), [("bridge", "best"), ("мост", "half_vote")])
def test_vote_counts_half_where_the_letters_are_not_latin(letters, kind):
    page = Page(f"<p>{letters} {letters}.</p><p>{letters}</p>")
    assert score_blocks(render_page(page).blocks, letters).kind == kind
