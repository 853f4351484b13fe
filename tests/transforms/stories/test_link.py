"""Which articles share a story: the five captures, copies, unrelated additions."""

import random
from dataclasses import replace

import pytest

from tests.house.test_seeds import SEEDS
from tests.linking import link_sketches
from tests.loading import ask, dump, run
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from transforms.stories.link import link
from transforms.stories.sketch import make_sketch
from warehouse import story_pairs
from warehouse.schema.examples import example
from warehouse.story_groups import Link, group

TELLING = (
    "The Harbour Office said on Monday that 1,372 boats had left the port of Lindow.\n"
    "“The tide will not wait for anyone who dithers at all,” said Jane Doe, director of the office.\n"
    "Fishermen from Lindow complained about the customs inspectors and their dredgers."
)
RETOLD = (
    "At Lindow, 1,372 boats are gone, officials say.\n"
    "“The tide will not wait for anyone who dithers,” Jane Doe, director of the Harbour Office, said.\n"
    "Inspectors came with dredgers."
)
OTHER = (
    "WeChat has 300 million users, and Tencent runs it in China.\n"
    "The company would not say how many accounts were closed during the campaign in Beijing."
)


def sketch_of(text, letter):
    article = example("articles", article_id=letter * 64, text=text, language="en", published_on=None)
    known = read_entities()
    return make_sketch(article, extract_facts(article.article_id, text, known), known.kinds)


def as_link(one):
    return Link(one.article_id, one.other_article_id, one.similarity, one.is_copy)


def test_same_events_are_linked_with_evidence():
    found = link(sketch_of(TELLING, "a"), sketch_of(RETOLD, "b"))
    assert found is not None
    assert (found.article_id, found.other_article_id) == ("a" * 64, "b" * 64)
    assert "both quote “the tide will not wait for anyone who dithers”" in found.evidence
    assert "figures: 1,372" in found.evidence


def test_copies_are_linked():
    found = link(sketch_of(TELLING, "a"), sketch_of(TELLING + "\nPrinted again.", "b"))
    assert found.evidence.startswith("the same text")


QUARREL = (
    "The council of {place} has voted by {n} to {m} to close the {thing}.\n"
    "“{said},” said {who}, who has worked there for years.\n"
    "The council expects that most of the people will find another way."
)
COLD = QUARREL.format(place="Kelmouth", n=11, m=6, thing="school", who="Anja Rehn", said="{said}")
FLAT = QUARREL.format(place="Osterby", n=14, m=3, thing="library", who="Tomas Okafor", said="{said}")


@pytest.mark.parametrize(
    ("said", "is_linked"),
    [
        ("Nobody asked the people who use it", False),
        ("Half of it was mine to begin with", False),
        ("Clandestine bulldozers demolished grandmother's greenhouse before breakfast", True),
    ],
)
def test_a_quotation_that_anybody_may_say_joins_no_stories(said, is_linked):
    found = link(sketch_of(COLD.format(said=said), "a"), sketch_of(FLAT.format(said=said), "b"))

    assert (found is not None) is is_linked


def test_same_subject_is_not_the_same_story():
    other = OTHER.replace("300 million", "355 million").replace("would not say", "had said before")
    assert link(sketch_of(OTHER, "a"), sketch_of(TELLING, "b")) is None
    assert link(sketch_of("WeChat has 355 million users in China.", "a"), sketch_of(other, "b")) is None


def test_order_and_batches_change_nothing():
    sketches = [
        sketch_of(text, letter) for text, letter in ((TELLING, "a"), (RETOLD, "b"), (OTHER, "c"))
    ]
    at_once = link_sketches(sketches)
    shuffled = random.Random(1).sample(sketches, 3)
    one_by_one = [one for i, new in enumerate(shuffled) for one in link_sketches([new], shuffled[:i])]
    assert sorted(map(repr, one_by_one)) == sorted(map(repr, at_once))


@pytest.mark.parametrize("many", [0, 3])
def test_load_compares_the_same_pairs_however_many_articles_are_new(monkeypatch, many):
    monkeypatch.setattr(story_pairs, "MANY_NEW", many)
    sketches = [
        sketch_of(text, letter)
        for text, letter in ((TELLING, "a"), (RETOLD, "b"), (OTHER, "c"), (TELLING + " It rained.", "d"))
    ]
    new, before = sketches[:1], sketches[1:]
    pairs = {(one.article_id[0], one.other_article_id[0]) for one in link_sketches(new, before)}
    assert pairs == {("a", "b"), ("a", "d")}


def test_copies_without_end_are_one_story_and_few_links():
    text = TELLING + " " + " ".join(f"The harbour of Lindow had {n} boats." for n in range(40))
    sketch = sketch_of(text, "a")
    sketches = [replace(sketch, article_id=f"{n:064x}") for n in range(250)]
    links = link_sketches(sketches)
    assert len(set(group(map(as_link, links)).values())) == 1
    assert len(links) < 250 * 20


def test_story_keeps_its_name_when_others_come():
    before = group([Link("b" * 64, "d" * 64, 0.9)])
    after = group([Link("b" * 64, "d" * 64, 0.9), Link("a" * 64, "c" * 64, 0.8)])
    assert before.items() <= after.items()


def test_adding_an_article_changes_no_other_rows(tmp_path):
    database = tmp_path / "w.duckdb"
    first, second, third = (tmp_path / f"{name}.txt" for name in ("one", "two", "three"))
    first.write_text(TELLING * 1 + "\n" + TELLING.replace("Lindow", "Marrow"), encoding="utf-8")
    second.write_text(OTHER + "\n" + OTHER.replace("closed", "opened"), encoding="utf-8")
    third.write_text(RETOLD + "\n" + RETOLD.replace("Lindow", "Marrow"), encoding="utf-8")
    run(database, first, second)
    before = dump(database)
    run(database, first, second, third)
    after = dump(database)
    for table in (
        "quotes",
        "quantities",
        "mentions",
        "paragraphs",
        "segments",
        "candidates",
        "story_keys",
    ):
        assert [row for row in after[table] if row in before[table]] == before[table]
    stories = {row["article_id"]: row["story_id"] for row in after["articles"]}
    unrelated = next(row["article_id"] for row in before["articles"] if "WeChat" in row["text"])
    assert stories.pop(unrelated) is None
    assert len(set(stories.values())) == 1


CAMPAIGN = (
    "de-tageszeitung.html", "en-crlf-daily.txt", "en-hard-wrapped-list.txt", "en-regional-daily.txt.zst",
    "en-weekly-sidebar.txt", "fr-latin1-depeche.txt", "ja-short.txt", "pl-portal.html.gz",
    "zh-gb18030-xinhua.txt",
)  # fmt: skip


def test_samples_on_the_campaign_of_may_2014_are_one_story(samples):
    rows = ask(
        samples, "SELECT source_uri, story_id FROM articles JOIN documents ON document_id = article_id"
    )
    stories = {row["source_uri"].rpartition("/")[2]: row["story_id"] for row in rows}
    assert len({stories[name] for name in CAMPAIGN}) == 1
    assert stories["en-modern-article.html"] != stories[CAMPAIGN[0]]
    assert stories["en-group-owners.txt"] is None


@pytest.mark.skipif(not SEEDS.exists(), reason="the captures are third-party text")
def test_captures_are_in_the_right_stories(tmp_path):
    database = tmp_path / "w.duckdb"
    run(database, SEEDS)
    rows = ask(
        database, "SELECT source_uri, story_id FROM articles JOIN documents ON document_id = article_id"
    )
    stories = {row["source_uri"].rpartition("/")[2][:3]: row["story_id"] for row in rows}
    assert stories["000"] == stories["001"] == stories["002"] is not None
    assert stories["003"] is None
    assert stories["004"] is None
