"""A run is judged by those before it: a sudden change is a warning with the numbers, never a block."""

from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest

from tests.loading import ask, run
from warehouse.baselines import FEWEST_RUNS, MEASURES, create_history
from warehouse.migration import create_database
from warehouse.paths import Layout
from warehouse.schema.arrow import arrow_table
from warehouse.schema.examples import example

SITE = "daily.example"


def judge(tmp_path, nights, tonight):
    """Return what is unusual tonight, by measure, after nights of (site, articles, shares, language)."""
    layout = Layout(tmp_path / "w.duckdb")
    create_database(layout.next_database)
    with duckdb.connect(str(layout.next_database)) as db:
        for n, sites in enumerate(nights):
            run_id = f"202601{n + 1:02}T000000Z-0000"
            started = example("runs").started_at + timedelta(days=n)
            put(db, "runs", [replace(example("runs"), run_id=run_id, flow="ingest", started_at=started)])
            put(db, "run_sites", [
                replace(example("run_sites"), run_id=run_id, **facts) for facts in sites
            ])  # fmt: skip
            total = sum(facts["articles"] for facts in sites)
            put(db, "run_languages", [
                replace(example("run_languages"), run_id=run_id, language="en", articles=total)
            ] if total else [])  # fmt: skip
    with duckdb.connect() as db:
        db.register("rows", arrow_table("articles", tonight))
        db.execute("CREATE TABLE staged_articles AS FROM rows")
        create_history(db, layout)
        found = db.execute("FROM history").fetchall()
    return {
        measure: told[0]
        for at, measure in enumerate(MEASURES, start=1)
        if (told := [row[at] for row in found if row[at]])
    }


def put(db, table, rows):
    db.register("rows", arrow_table(table, rows))
    db.execute(f"INSERT INTO {table} BY NAME FROM rows")
    db.unregister("rows")


def night(articles, site=SITE, kept=0.6, untitled=0.0, undated=0.1):
    return [{"site": site, "articles": articles, "kept_share": kept, "untitled_share": untitled,
             "undated_share": undated}]  # fmt: skip


def articles(count, **facts):
    usual = {"site": SITE, "kept_share": 0.6, "title": "A title", "title_source": "markup"}
    return [replace(example("articles"), article_id=f"{n:064x}", **usual | facts) for n in range(count)]


USUAL = [night(40 + n % 5) for n in range(12)]


def test_usual_night_is_not_remarked(tmp_path):
    assert judge(tmp_path, USUAL, articles(43)) == {}


@pytest.mark.parametrize("count", [0, 5, 90])
def test_volume(tmp_path, count):
    found = judge(tmp_path, USUAL, articles(count))
    assert found.keys() == {"volume"}
    assert f"{count} articles, usually about 42 (of 12 runs)" in found["volume"]


def test_site_that_falls_silent_among_others(tmp_path):
    nights = [night(40) + night(60, "other.example") for _ in range(10)]
    found = judge(tmp_path, nights, articles(61, site="other.example"))
    assert found["volume"].startswith((f"{SITE}: 0 articles", "all sites: 61"))


@pytest.mark.parametrize(
    ("facts", "measure"),
    [
        ({"kept_share": 0.1}, "kept_share"),
        ({"title": None, "title_source": None}, "untitled_share"),
        ({"published_on": None, "published_source": None, "published_precision": None}, "undated_share"),
        ({"language": "de"}, "language_share"),
    ],
)
def test_shares(tmp_path, facts, measure):
    found = judge(tmp_path, USUAL, articles(42, **facts))
    assert found.keys() == {measure}
    assert "%, usually about" in found[measure]


def test_short_history_says_nothing(tmp_path):
    assert judge(tmp_path, USUAL[: FEWEST_RUNS - 1], articles(500)) == {}


def test_weekends_are_usual(tmp_path):
    nights = [night(3 if n % 7 in (5, 6) else 50) for n in range(27)]
    assert judge(tmp_path, nights, articles(3)) == {}
    (tmp_path / "again").mkdir()
    assert "volume" in judge(tmp_path / "again", nights, articles(500))


def test_new_site_and_few_articles_are_not_judged(tmp_path):
    tonight = articles(42) + [
        replace(one, article_id=f"{n + 500:064x}", site="new.example", title=None, title_source=None)
        for n, one in enumerate(articles(4))
    ]
    assert judge(tmp_path, USUAL, tonight) == {}


def test_history_is_kept_by_loads_and_told_by_the_checks(database, inbox, prose):
    """Eight nights of six articles each, then one of sixty: loaded, and told."""
    made = 0
    for _ in range(FEWEST_RUNS):
        for _ in range(6):
            made += 1
            (inbox / f"{made}.txt").write_text(prose(made))
        run(database, inbox)
        for path in inbox.iterdir():
            path.unlink()
    for _ in range(60):
        made += 1
        (inbox / f"{made}.txt").write_text(prose(made))
    done = run(database, inbox, checked=True)
    assert (done.status, done.documents_loaded) == ("completed", 60), done.detail
    told = ask(database, "FROM expectation_results WHERE NOT success ORDER BY suite")
    assert [row["expectation"] for row in told] == ["titles_are_missing", "volume_is_usual"]
    assert {row["severity"] for row in told} == {"warning"}, "a warning never stops a load"
    row = told[-1]
    assert (row["expectation"], row["severity"]) == ("volume_is_usual", "warning")
    assert "60 articles, usually about 6" in row["observed"]
