"""The facts of the five captures the project began with; their text is not copied here."""

from functools import cache

import pytest

from tests.house.test_seeds import SEEDS
from tests.loading import capture_of
from transforms.clean import clean
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities

pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the captures are third-party text")

# Value, unit, hedge and entity of each figure, in the order of the text.
FIGURES = {
    "000": [(3e8, "users", "more than", "wechat"), (200_000, "subscribers", None, None)],
    "001": [
        (8e8, "users", "over", None),
        (3.55e8, "users", None, "wechat"),
        (5, "Tibetans", None, None),
        (2, "monks", None, None),
    ],
    "002": [
        (1e5, "followers", "hundreds of", None),
        (1e6, "Chinese", "millions of", None),
        (5, "officers", None, None),
        (40, "accounts", "at least", "wechat"),
        (500, "times", None, None),
        (5000, "times", None, None),
    ],
    "003": [(1e5, "users", "hundreds of", None), (3e8, "users", "around", "wechat")],
    "004": [
        (6.62e8, "users", None, "wechat"),
        (500, "people", "as many as", None),
        (40, "people", None, None),
        (4, "accounts", None, "qiao-mu"),
        (16, "accounts", None, "qiao-mu"),
    ],
}
# Speaker, what stands for it there, its entity and who relays it, of each statement.
STATEMENTS = {
    "000": [("SIIO", "The statement released by SIIO", "siio", None)],
    "001": [
        (
            "State Internet Information Office",
            "a statement by the State Internet Information Office (SIIO) on Tuesday",
            "siio",
            "xinhua",
        ),
        ("State Internet Information Office", "the statement", "siio", None),
    ],
    "002": [
        ("Xinhua", "Xinhua", "xinhua", None),
        (
            "Cabinet’s Internet Information Office",
            "a statement from the Cabinet’s Internet Information Office",
            "siio",
            "xinhua",
        ),
        ("Mark Natkin", "he", "mark-natkin", None),
    ],
    "003": [],
    "004": [("Qiao Mu", "Qiao", "qiao-mu", None), ("Qiao Mu", "Qiao", "qiao-mu", None)],
}
OTHER_KINDS = {
    "000": ["scare", "scare", "scare", "message"],
    "001": ["scare", "scare"],
    "002": ["scare"],
    "003": ["scare"],
    "004": ["scare"],
}
SERVICES = {"wechat", "laiwang", "mi-talk", "yixin"}


@cache
def facts_of(number):
    article = clean(capture_of(next(SEEDS.glob(f"{number}_*")).read_bytes())).articles[0]
    return extract_facts(article.article_id, article.text, read_entities(), article.language)


@pytest.mark.parametrize("number", FIGURES)
def test_figures(number):
    found = [(q.value, q.unit, q.hedge, q.entity_id) for q in facts_of(number).quantities]
    assert found == FIGURES[number]


@pytest.mark.parametrize("number", STATEMENTS)
def test_speakers(number):
    quotes = facts_of(number).quotes
    found = [
        (q.speaker, q.speaker_surface, q.entity_id, q.relayed_by_entity_id)
        for q in quotes
        if q.kind == "statement"
    ]
    assert found == STATEMENTS[number]
    assert [q.kind for q in quotes if q.kind != "statement"] == OTHER_KINDS[number]
    assert all(q.speaker is None for q in quotes if q.kind != "statement")


def test_services_and_spellings():
    mentions = facts_of("000").mentions
    assert {mention.entity_id for mention in mentions} >= SERVICES
    spellings = {m.surface for m in mentions if m.entity_id == "wechat"}
    assert spellings == {"WECHAT", "Weixin", "Wechat", "WeChat", "Wixen", "weChat"}
    assert "We Chat" in {m.surface for m in facts_of("001").mentions if m.entity_id == "wechat"}
