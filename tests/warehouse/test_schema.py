"""One declaration, two engines: what DuckDB refuses, Great Expectations refuses, and the reverse."""

from dataclasses import fields, replace

import duckdb
import pytest

from expectations.check import check_staged
from expectations.rules import ON_THE_DAY
from flows.generated import GENERATED
from tests.loading import ROOT
from warehouse.schema.arrow import arrow_table
from warehouse.schema.column import fields_of, keys_of
from warehouse.schema.ddl import schema_sql
from warehouse.schema.document_tables import UNINDEXED
from warehouse.schema.examples import example
from warehouse.schema.invariants import OF_DOCUMENTS, OF_THE_WAREHOUSE
from warehouse.schema.tables import TABLES

RUN_ID = "20260101T000000Z-0000"
BETWEEN_ROWS = {rule.name for rule in OF_DOCUMENTS} | {
    name for rules in ON_THE_DAY.values() for name, _, _ in rules
}
# Conditions on whole rows, and values that a declaration's own words do not give.
BY_HAND = {
    "documents": [{"document_id": "z" * 64}, {"media_type": "text/markdown"}],
    "captures": [{"document_id": "A" * 64}],
    "repairs": [{"start_char": 9, "end_char": 8}, {"reason": "taste"}],
    "segments": [
        {"start_char": 5, "end_char": 5},
        {"is_kept": True, "role": "navigation"},
        {"is_kept": True, "role": "blank"},
        {"is_kept": True, "role": "title"},
        {"role": "furniture"},
        {"score": float("nan")},
        {"score": float("inf")},
    ],
    "articles": [
        {"title": None},
        {"title_source": None},
        {"published_on": None},
        {"published_source": None},
        {"published_precision": None},
        {"language": "English"},
        {"language": "EN"},
        {"dateline_date": "May 30"},
        {"dateline_date": "2014-5-3"},
        {"kept_share": float("nan")},
        {"word_count": 0},
    ],
    "paragraphs": [{"start_char": 9, "end_char": 9}, {"kind": "dateline"}],
    "quotes": [
        {"start_char": 9, "end_char": 9},
        {"speaker": ""},
        {"kind": "scare", "speaker": "Qiao Mu", "relayed_by": None},
        {"kind": "title", "speaker": None, "relayed_by": "Xinhua"},
    ],
    "quantities": [{"value": 9.0, "value_high": 8.0}, {"start_char": 9, "end_char": 9}],
    "entities": [
        {"entity_id": "We Chat"},
        {"wikidata_id": "283233"},
        {"kind": "app"},
        {"aliases": None},
    ],
    "mentions": [{"start_char": 9, "end_char": 9}],
    "candidates": [{"entity_id": "Jane Doe"}],
    "story_keys": [{"story_key": "0123"}],
    "document_corrections": [{"kind": "hide"}, {"is_applied": True}, {"detail": None}],
    "site_pages": [{"site": ""}],
    "site_lines": [{"documents": 1}],
    "stories": [{"article_count": 1}],
    "story_links": [{"other_article_id": "0" * 64}, {"similarity": 1.5}],
    "article_versions": [{"previous_article_id": None}, {"changes": None}, {"article_id": "abc"}],
    "quarantine": [
        {"reason": "dull"},
        {"stage": "load"},
        {"document_id": "abc"},
        {"resolved_at": None},
    ],
    "runs": [
        {"captures_seen": 21},
        {"documents_quarantined": 0},
        {"status": "running"},
        {"run_id": "yesterday"},
    ],
    "input_files": [{"captures": -1}, {"run_id": "yesterday"}],
    "expectation_results": [{"severity": "info"}, {"run_id": ""}],
    "run_sites": [{"articles": 0}, {"kept_share": 1.5}],
    "run_languages": [{"language": "English"}],
    "schema_versions": [{"about": ""}],
}


def bad_values():
    """Yield table and change for each rule of each column, and what stands in BY_HAND."""
    for name, table in TABLES.items():
        for field in fields_of(table):
            for value in bad_values_of(field):
                yield name, {field.name: value}
        for change in BY_HAND[name]:
            yield name, change


def bad_values_of(field):
    rule = field.rule
    if not field.nullable:
        yield None
    if field.allowed:
        yield "no such value"
    if rule.pattern is not None:
        yield from (f"{rule.example}\n", f" {rule.example}")
    if rule.min_length is not None:
        yield "x" * (rule.min_length - 1)
    if rule.at_least is not None:
        yield type(rule.example)(rule.at_least - 1)
    if rule.at_most is not None:
        yield type(rule.example)(rule.at_most + 1)


BAD = list(bad_values())


def staged(path, tables):
    """Make a small database of staged tables for the checks; each row knows its number."""
    with duckdb.connect(str(path)) as db:
        for name, rows in tables.items():
            db.register("incoming", arrow_table(name, rows))
            db.execute(f"CREATE TABLE staged_{name} AS FROM incoming")
            db.unregister("incoming")
        db.execute("CREATE TABLE batch_facts AS SELECT 1 AS cleaned, 0.0 AS refused_share")
    keys = {name: keys_of(TABLES[name])[0] for name in tables}
    return check_staged(path, RUN_ID, keys, cleaned=1, articles=1)


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """For each table the conditions that Great Expectations found broken among all bad rows."""
    tables = {name: [example(name)] for name in TABLES}
    for name, change in BAD:
        tables[name].append(replace(example(name), **change))
    verdict = staged(tmp_path_factory.mktemp("bad") / "check.duckdb", tables)
    # Every row here shares its key, which is itself a breach; it proves nothing of the values.
    rules = BETWEEN_ROWS | {"key_is_unique"}
    found = {name: [] for name in TABLES}
    for breach in verdict.breaches:
        if breach.name not in rules:
            found[breach.table].append(breach.condition)
    assert verdict.critical == ()
    return found


@pytest.fixture(scope="module")
def db():
    with duckdb.connect() as db:
        db.execute(schema_sql())
        yield db


def insert(db, name, row):
    db.register("incoming", arrow_table(name, [row]))
    db.execute("BEGIN")
    try:
        db.execute(f"INSERT INTO {name} BY NAME FROM incoming")
    finally:
        db.execute("ROLLBACK")


def breaks(db, name, row, condition):
    db.register("incoming", arrow_table(name, [row]))
    return db.execute(f"SELECT ({condition}) IS FALSE FROM incoming").fetchall() == [(True,)]


@pytest.mark.parametrize("name", TABLES)
def test_example_passes_duckdb(db, name):
    insert(db, name, example(name))


def test_examples_pass_great_expectations(tmp_path):
    verdict = staged(tmp_path / "check.duckdb", {name: [example(name)] for name in TABLES})
    rules = BETWEEN_ROWS | {"corrections_apply"}  # the example is one that no longer applies
    assert [(one.table, one.name) for one in verdict.breaches if one.name not in rules] == []
    assert verdict.critical == ()
    assert {row.suite for row in verdict.results} >= set(TABLES)
    assert all(row.success for row in verdict.results if row.expectation not in rules)


@pytest.mark.parametrize(("name", "change"), BAD, ids=lambda value: str(value)[:60])
def test_bad_value_is_stopped_by_both_engines(db, broken, name, change):
    row = replace(example(name), **change)
    with pytest.raises(duckdb.ConstraintException):
        insert(db, name, row)
    assert any(breaks(db, name, row, condition) for condition in broken[name]), (
        "no expectation that failed speaks of this row"
    )


@pytest.mark.parametrize("name", TABLES)
def test_good_row_breaks_nothing(db, broken, name):
    assert not any(breaks(db, name, example(name), condition) for condition in broken[name])


def test_one_row_for_one_key(db):
    for name in set(TABLES) - set(UNINDEXED):
        db.register("incoming", arrow_table(name, [example(name)] * 2))
        with pytest.raises(duckdb.ConstraintException, match=r"(?i)duplicate|primary key"):
            db.execute(f"INSERT INTO {name} BY NAME FROM incoming")


def test_keys_without_an_index_have_rules():
    named = {f"{rule.table}.{rule.name}" for rule in OF_THE_WAREHOUSE}
    assert {f"{name}.{name}_are_there_once" for name in UNINDEXED} <= named


@pytest.mark.parametrize("path", GENERATED)
def test_committed_file_is_what_the_code_renders(path):
    assert (ROOT / path).read_text(encoding="utf-8") == GENERATED[path](), "run: make generated"


def test_data_dictionary_names_every_column():
    text = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    sections = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    assert set(sections) == set(TABLES)
    for name, table in TABLES.items():
        rows = [line for line in sections[name].splitlines() if line.startswith("| ")]
        named = [line.split("|")[1].strip() for line in rows[1:]]
        assert named == [field.name for field in fields(table)]


def test_names_that_the_design_promises():
    promised = {
        "documents": "document_id source_uri site url media_type encoding byte_length text captured_at "
        "first_run_id cleaner_version",
        "segments": "document_id position start_char end_char role is_kept rule score",
        "articles": "article_id title title_source author site url published_on published_precision "
        "published_source dateline_place dateline_date language text word_count kept_share is_truncated "
        "story_id",
        "paragraphs": "article_id position kind text start_char end_char",
        "quotes": "article_id position text speaker entity_id cue start_char end_char rule",
        "quantities": "article_id position value value_high unit subject entity_id hedge sentence "
        "start_char end_char rule",
        "entities": "entity_id name kind aliases wikidata_id",
        "mentions": "article_id position entity_id surface start_char end_char",
        "stories": "story_id article_count site_count first_published_on last_published_on",
        "story_links": "article_id other_article_id similarity evidence is_copy",
        "article_versions": "url captured_at article_id previous_article_id changes previous_title"
        " figures_added figures_removed quotes_added quotes_removed correction",
        "quarantine": "source_uri document_id run_id stage reason detail first_seen_at resolved_at",
        "runs": "run_id flow started_at finished_at status captures_seen documents_loaded "
        "documents_unchanged documents_quarantined versions",
        "expectation_results": "run_id suite expectation column_name severity success observed "
        "element_count unexpected_count sample",
    }
    for name, columns in promised.items():
        assert set(columns.split()) <= {field.name for field in fields(TABLES[name])}


def test_every_comment_is_in_the_database(db):
    rows = db.execute("SELECT table_name, column_name, comment FROM duckdb_columns()").fetchall()
    told = {(table, column): comment for table, column, comment in rows}
    for name, table in TABLES.items():
        for field in fields_of(table):
            assert told[name, field.name] == field.rule.about
