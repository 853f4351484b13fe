"""A warehouse that an earlier version made is brought up, or refused in words and left alone."""

import json
from hashlib import sha256

import duckdb
import pytest

from tests.loading import ROOT, ask, conserves, dump, run
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.schema.column import fields_of
from warehouse.schema.ddl import schema_sql
from warehouse.schema.tables import SCHEMA_VERSION, SCHEMA_VERSIONS, TABLES

SCHEMAS = ROOT / "tests" / "schemas"
# The digest of the tables of each version; whoever changes a table gives them a new version.
DIGESTS = {
    2: "6c06448a9f00",
    3: "1c70101c7333",
    4: "ff54fb2a623a",
    5: "8c8fd1eee01a",
    6: "8b193de4226e",
    7: "dd054cd1669a",
    8: "92064150c687",
    9: "23ea57ffecd7",
    10: "3695856a4629",
    11: "b52a19e2d045",
    12: "99f08a719ba4",
    13: "1c2ee268c0b1",
    14: "ca7e833dc76c",
}


def make_old(database, made_now, schema):
    """Make a warehouse with the tables of an earlier version and the rows of one of today."""
    database.parent.mkdir(exist_ok=True)
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{database}' AS old (STORAGE_VERSION 'v1.0.0')")
        db.execute(f"ATTACH '{made_now}' AS now (READ_ONLY)")
        db.execute("USE old")
        db.execute((SCHEMAS / schema).read_text())
        query = "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
        for table, columns in db.execute(query + "WHERE database_name = 'old' GROUP BY ALL").fetchall():
            if schema != "before-facts.sql" or table not in FACTS:
                names = ", ".join(columns)
                rows = "version < 3" if table == "schema_versions" else "true"
                db.execute(f"INSERT INTO {table} BY NAME SELECT {names} FROM now.{table} WHERE {rows}")
        db.execute("UPDATE segments SET rule = 'furniture_phrase' WHERE rule = 'boilerplate_phrase'")


# Declared before they were filled: at that version their rows were none.
MEMORY = ("site_pages", "site_lines")
FACTS = ("quotes", "quantities", "mentions", "stories", "story_links")


@pytest.fixture(scope="module")
def house(tmp_path_factory, prose, junk):
    """A warehouse with loaded, refused and resolved captures, and their folder."""
    folder = tmp_path_factory.mktemp("old")
    inbox = folder / "inbox"
    inbox.mkdir()
    for n in range(3):
        (inbox / f"{n}.txt").write_text(prose(n) + "\nShare on Facebook\n")
    (inbox / "junk.txt").write_text(junk())
    run(folder / "now.duckdb", inbox)
    return folder / "now.duckdb", inbox


@pytest.mark.parametrize("schema", sorted(path.name for path in SCHEMAS.glob("*.sql")))
def test_old_warehouse_is_brought_up(house, tmp_path, schema):
    made_now, inbox = house
    database = tmp_path / "old.duckdb"
    make_old(database, made_now, schema)
    old_bytes = database.read_bytes()
    with duckdb.connect(str(database), read_only=True) as reader:
        done = run(database, inbox)
        assert reader.execute("SELECT count(*) FROM runs").fetchall() == [(1,)]
    assert conserves(done)
    assert (done.documents_loaded, done.documents_unchanged, done.documents_quarantined) == (0, 3, 1)
    expected, found = dump(made_now), dump(database)
    version = int(schema.removesuffix(".sql").replace("before-facts", "0"))
    for table in MEMORY if version < 9 else ():
        assert expected.pop(table)
        assert found.pop(table) == []  # comes when a document is cleaned again
    assert "boilerplate_phrase" in {row["rule"] for row in expected["segments"]}
    if version < 2:
        for row in expected["articles"]:
            row["language_confidence"] = None  # comes when it is cleaned again
    for row in expected["quantities"] if version < 8 else ():
        row |= dict.fromkeys(("unit_canonical", "verb_class", "bound", "year"))  # come likewise
    if version == 0:  # an older cleaner did not write these; they come when it cleans again
        for table in (*FACTS, "candidates", "story_keys", "entities"):
            expected.pop(table), found.pop(table)
        for row in (*expected["articles"], *found["articles"]):
            row.pop("story_id")
    assert found == expected
    assert database.read_bytes() != old_bytes
    assert run(database, inbox).documents_unchanged == 3


def test_captures_of_one_page_count_once_afterwards(tmp_path, prose):
    """Files of version 13 took http and https, and links that were shared, for pages of their own."""
    urls = ["http://a.example/1", "https://a.example/1?utm_source=x", "https://b.example/2"]
    rows = [
        {"url": url, "captured_at": f"2024-03-0{at}T08:00:00Z", "text": prose(1) + f"\nIt was day {at}."}
        for at, url in enumerate(urls, 1)
    ]
    inbox, database = tmp_path / "a.jsonl", tmp_path / "a.duckdb"
    inbox.write_text("".join(json.dumps(row) + "\n" for row in rows))
    run(database, inbox)
    expected = dump(database)
    with duckdb.connect(str(database)) as db:
        db.execute("DELETE FROM article_versions; DELETE FROM schema_versions WHERE version > 13")
        db.execute("UPDATE stories SET article_count = 3")
    run(database, inbox)
    found = dump(database)
    assert [row["article_count"] for row in ask(database, "FROM stories")] == [2]
    assert len(ask(database, "FROM article_versions")) == 2
    assert {name: found[name] for name in ("article_versions", "stories", "articles")} == {
        name: expected[name] for name in ("article_versions", "stories", "articles")
    }


def test_version_is_kept_in_the_file(house):
    rows = ask(house[0], "SELECT max(version) AS version, count(*) AS n FROM schema_versions")
    assert rows == [{"version": SCHEMA_VERSION, "n": len(SCHEMA_VERSIONS)}]


def spoil(database, *statements):
    with duckdb.connect(str(database)) as db:
        for statement in statements:
            db.execute(statement)


@pytest.mark.parametrize(
    ("version", "words"),
    [(SCHEMA_VERSION - 1, "the next `winnow run` brings it up"), (SCHEMA_VERSION + 1, "update Winnow")],
)
def test_reader_of_another_version_is_told_which_and_not_that_the_file_is_damaged(
    house, tmp_path, version, words
):
    database = tmp_path / "other.duckdb"
    database.write_bytes(house[0].read_bytes())
    spoil(
        database,
        "DROP TABLE repairs",
        f"DELETE FROM schema_versions WHERE version >= {version}",
        f"INSERT INTO schema_versions VALUES ({version}, 'another')",
    )
    with pytest.raises(WarehouseError, match=f"of version {version}, (.|\n)*{words}"):
        ask(database, "FROM repairs")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("INSERT INTO schema_versions VALUES (99, 'of a year to come')", "a newer Winnow made it"),
        ("ALTER TABLE runs ADD COLUMN mood VARCHAR; CREATE TABLE mine (a INT)", "not Winnow's: mine"),
        ("ALTER TABLE runs ADD COLUMN mood VARCHAR", "does not know runs.mood"),
        ("DROP TABLE runs; DROP TABLE documents", "not a Winnow warehouse"),
    ],
)
def test_what_cannot_be_brought_up_is_refused_and_left_alone(house, tmp_path, statement, words):
    made_now, inbox = house
    database = tmp_path / "odd.duckdb"
    database.write_bytes(made_now.read_bytes())
    spoil(database, statement)
    before = database.read_bytes()
    with pytest.raises(WarehouseError, match=words):
        run(database, inbox)
    assert database.read_bytes() == before
    assert not Layout(database).next_database.exists()


def test_row_that_breaks_a_rule_of_today_is_refused_with_the_remedy(house, tmp_path):
    made_now, inbox = house
    database = tmp_path / "lax.duckdb"
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{database}' AS old (STORAGE_VERSION 'v1.0.0')")
        db.execute(f"ATTACH '{made_now}' AS now (READ_ONLY)")
        for name in TABLES:
            db.execute(f"CREATE TABLE old.{name} AS FROM now.{name}")
        db.execute("UPDATE old.articles SET word_count = 0")
    with pytest.raises(WarehouseError, match=r"articles does not fit(.|\n)*winnow rebuild"):
        run(database, inbox)


def test_change_of_a_table_is_a_new_version():
    """The tables of a version never change: who changes them gives them the next number."""
    digest = sha256(schema_sql().encode()).hexdigest()[:12]
    assert {SCHEMA_VERSION: digest}.items() <= DIGESTS.items(), (
        "the tables changed: add a version to SCHEMA_VERSIONS and its digest here"
    )


COLUMNS = "SELECT table_name, column_name FROM duckdb_columns() ORDER BY table_name, column_index"


def test_new_columns_stand_last():
    """Loads insert by name, but people read tables by position: an old column keeps its place."""
    with duckdb.connect() as db:
        db.execute((SCHEMAS / "1.sql").read_text())
        old = db.execute(COLUMNS).fetchall()
    for name, table in TABLES.items():
        before = [column for owner, column in old if owner == name]
        assert [column.name for column in fields_of(table)][: len(before)] == before
