"""Each rule is found broken where a fault is planted, by name, and nothing else is."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from flows.commands.main import winnow
from tests.loading import run
from warehouse import raw_store
from warehouse.integrity import check_integrity
from warehouse.paths import Layout
from warehouse.raw_store import list_files
from warehouse.schema.arrow import arrow_table
from warehouse.schema.document_tables import DOCUMENT_TABLES, UNINDEXED
from warehouse.schema.examples import example
from warehouse.schema.invariants import OF_DOCUMENTS, OF_THE_WAREHOUSE
from warehouse.store import only_run

ONE = "(SELECT min(document_id) FROM documents)"
FACTS = (
    "It removed 40 accounts on Friday.\n\n\u00c3\u00a9 was a sign of it.\n\n"
    "“We are very sorry for all of this,” said Jane Doe, the head of the office, on Friday.\n"
)
# The rule, and what breaks it: a statement, or a row that is added.
FAULTS = {
    "documents.segments_tile_the_text": "UPDATE segments SET end_char = end_char + 1 WHERE position = 0",
    "documents.document_has_segments": f"DELETE FROM segments WHERE document_id = {ONE}",
    "documents.document_has_article": f"DELETE FROM articles WHERE article_id = {ONE}",
    "articles.paragraphs_join_to_text": "DELETE FROM paragraphs WHERE position = 1",
    "paragraphs.text_stands_at_span": "UPDATE paragraphs SET end_char = end_char + 1",
    "quotes.text_stands_at_span": "UPDATE quotes SET end_char = end_char + 1",
    "quantities.text_stands_at_span": "UPDATE quantities SET start_char = start_char + 1",
    "mentions.surface_stands_at_span": "INSERT INTO mentions BY NAME SELECT article_id, 99 AS position,"
    " 'x' AS surface, 'x' AS entity_id, 0 AS start_char, 1 AS end_char FROM articles",
    "documents.document_has_capture": f"DELETE FROM captures WHERE document_id = {ONE}",
    "captures.capture_has_document": f"DELETE FROM documents WHERE document_id = {ONE}",
    "documents.document_has_run": "DELETE FROM runs",
    "quarantine.refusal_has_run": "UPDATE quarantine SET run_id = '20200101T000000Z-0000'",
    "stories.story_has_its_articles": "UPDATE articles SET story_id = 's-0123456789ab'",
    "runs.captures_are_conserved": "UPDATE runs SET captures_seen = captures_seen + 1",
    "story_links.link_has_its_articles": example("story_links"),
    "article_versions.version_has_its_articles": example("article_versions"),
    **{
        f"{table}.{table}_belong_to_documents": example(table)
        for table in DOCUMENT_TABLES
        if table != "documents"
    },
    **{f"{table}.{table}_are_there_once": [example(table)] * 2 for table in UNINDEXED},
}
RULES = {f"{rule.table}.{rule.name}": rule for rule in (*OF_DOCUMENTS, *OF_THE_WAREHOUSE)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory, prose, junk):
    folder = tmp_path_factory.mktemp("whole")
    for number in range(3):
        text = f"{prose(number)}{FACTS}"
        (folder / f"{number}.txt").write_text(text)
    (folder / "junk.txt").write_text(junk())
    run(folder / "w.duckdb", folder / "0.txt", folder / "1.txt", folder / "2.txt", folder / "junk.txt")
    return folder


@pytest.fixture
def layout(whole, tmp_path):
    layout = Layout(tmp_path / "w.duckdb")
    layout.database.write_bytes((whole / "w.duckdb").read_bytes())
    layout.raw_store.mkdir()
    for file in list_files(whole / "w.raw"):
        (layout.raw_store / file.name).write_bytes(file.read_bytes())
    return layout


def broken(layout):
    return {finding.rule for finding in check_integrity(layout) if finding.count}


def test_nothing_is_found_where_nothing_is_wrong(layout):
    assert broken(layout) == set()


def give_checks_up(db, table):
    db.execute(f"CREATE TABLE unchecked AS FROM {table}; DROP TABLE {table}")
    db.execute(f"ALTER TABLE unchecked RENAME TO {table}")


def plant(layout, rule):
    """Break a rule."""
    fault, table = FAULTS[rule], RULES[rule].table
    with duckdb.connect(str(layout.database)) as db:
        if table == "runs":  # its own checks keep the fault out
            give_checks_up(db, table)
        if isinstance(fault, str):
            db.execute(fault)
        else:
            rows = arrow_table(table, fault if isinstance(fault, list) else [fault])
            db.register("rows", rows)
            db.execute(f"INSERT INTO {table} BY NAME FROM rows")


@pytest.mark.parametrize("rule", RULES)
def test_planted_fault_is_found(layout, rule):
    plant(layout, rule)
    assert rule in broken(layout)


def test_doctor_names_the_rule_that_is_broken(layout):
    rule = "documents.segments_tile_the_text"
    plant(layout, rule)
    found = CliRunner().invoke(winnow, ["doctor", "--warehouse", str(layout.database)])
    assert found.exit_code == 1
    assert f"FAIL {rule}" in found.output


def test_doctor_names_tables_that_are_not_as_declared(layout):
    with duckdb.connect(str(layout.database)) as db:
        give_checks_up(db, "runs")
        db.execute("DROP TABLE mentions")
    found = CliRunner().invoke(winnow, ["doctor", "--warehouse", str(layout.database)])
    assert found.exit_code == 1
    assert "not as this version declares them: mentions, runs;" in found.output


def change_bytes(layout):
    (file,) = list_files(layout.raw_store)
    rows = pq.read_table(file).to_pylist()
    rows[0]["content"] = b"other bytes"
    pq.write_table(pa.Table.from_pylist(rows, schema=raw_store.SCHEMA), file)


def keep_twice(layout):
    (file,) = list_files(layout.raw_store)
    file.with_name("z.parquet").write_bytes(file.read_bytes())


def lose_file(layout):
    (file,) = list_files(layout.raw_store)
    file.unlink()


def damage_file(layout):
    (file,) = list_files(layout.raw_store)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] + bytes(50) + content[len(content) // 2 + 50 :])


def cut_file(layout):
    (file,) = list_files(layout.raw_store)
    file.write_bytes(file.read_bytes()[:100])


@pytest.mark.parametrize(
    ("plant", "rules"),
    [
        (change_bytes, {"raw_store.bytes_are_whole"}),
        (keep_twice, {"raw_store.has_bytes_once"}),
        (lose_file, {"raw_store.has_bytes"}),
        (damage_file, {"raw_store.is_readable", "raw_store.bytes_are_whole"}),
        (cut_file, {"raw_store.is_readable"}),
    ],
)
def test_fault_of_the_raw_store_is_found(layout, plant, rules):
    plant(layout)
    assert broken(layout) & rules


def test_running_run_is_no_leftover(layout):
    with only_run(layout):
        (layout.staging / "20200101T000000Z-0000").mkdir(parents=True)
        layout.next_database.touch()
        said = CliRunner().invoke(winnow, ["doctor", "--warehouse", str(layout.database)]).output
    assert "a run is in progress" in said
    assert "killed" not in said
