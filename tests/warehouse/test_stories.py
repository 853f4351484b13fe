"""Loads find the stories anew that they change, and leave what is right when all are found anew."""

import random

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.stories import DROP_LINKS, STORIES_BEFORE, regroup_stories
from warehouse.story_groups import Link, group

LETTERS = "abcdefghijkl"
PAIRS = [(one * 64, other * 64) for one in LETTERS for other in LETTERS if one < other]
TABLES = """
CREATE TABLE documents (document_id VARCHAR, url VARCHAR);
CREATE TABLE articles (article_id VARCHAR, story_id VARCHAR, site VARCHAR, published_on DATE);
CREATE TABLE story_links (
    article_id VARCHAR, other_article_id VARCHAR, similarity DOUBLE, is_copy BOOLEAN
);
CREATE TABLE stories (story_id VARCHAR PRIMARY KEY, article_count BIGINT, site_count BIGINT,
    first_published_on DATE, last_published_on DATE);
CREATE TABLE good (document_id VARCHAR);
CREATE TABLE gone (document_id VARCHAR);
"""


def load(db, good, gone, drawn):
    """Load some articles, anew or again, with links of chance to those that are there."""
    db.execute("BEGIN; DELETE FROM good; DELETE FROM gone")
    for name, ids in (("good", good), ("gone", gone)):
        db.executemany(f"INSERT INTO {name} VALUES (?)", [[one] for one in ids] or [[""]])
    db.execute(STORIES_BEFORE)
    db.execute("DELETE FROM articles WHERE article_id IN (FROM good UNION FROM gone)")
    db.execute("DELETE FROM documents WHERE document_id IN (FROM good UNION FROM gone)")
    for one in good:
        db.execute("INSERT INTO documents VALUES (?, ?)", [one, f"https://a.example/{ord(one[0]) // 2}"])
        db.execute("INSERT INTO articles VALUES (?, NULL, 'a.example', NULL)", [one])
    db.execute(DROP_LINKS)
    there = {row[0] for row in db.execute("SELECT article_id FROM articles").fetchall()}
    for pair in PAIRS:
        if there.issuperset(pair) and set(pair) & set(good) and drawn.random() < 0.3:
            link = [*pair, round(drawn.random(), 2), drawn.random() < 0.1]
            db.execute("INSERT INTO story_links VALUES (?, ?, ?, ?)", link)
    regroup_stories(db)
    db.execute("COMMIT; DROP TABLE regrouped; DROP TABLE stories_before")


def all_anew(db):
    """Return the story of each article, and how many addresses each story has, from all links."""
    found = group(Link(*row) for row in db.execute("FROM story_links").fetchall())
    addresses = {}
    for one, story in found.items():
        addresses.setdefault(story, set()).add(ord(one[0]) // 2)
    sizes = {story: len(held) for story, held in addresses.items() if len(held) > 1}
    return {one: story for one, story in found.items() if story in sizes}, sizes


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_stories_are_those_of_all_links(seed):
    drawn = random.Random(seed)
    with duckdb.connect() as db:
        db.execute(TABLES)
        for _ in range(4):
            chosen = drawn.sample(LETTERS, 6)
            load(db, [one * 64 for one in chosen[:4]], [one * 64 for one in chosen[4:]], drawn)
            told = "SELECT article_id, story_id FROM articles WHERE story_id IS NOT NULL"
            sizes = dict(db.execute("SELECT story_id, article_count FROM stories").fetchall())
            assert (dict(db.execute(told).fetchall()), sizes) == all_anew(db)
