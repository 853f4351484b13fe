"""`winnow sql` reaches the warehouse and nothing else, and what it prints takes hold of nothing."""

import csv
import io
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from flows.commands.main import winnow
from tests.loading import ROOT, run
from warehouse.csv_guard import guard
from warehouse.export import export_tables
from warehouse.paths import Layout
from warehouse.store import VIEWS, open_next, open_published

# {out} is a file that must not come to be, {db} the warehouse, {secret} a file that must not be read.
WAYS_OUT = """
COPY (SELECT 1) TO '{db}'
COPY (SELECT 1) TO '{out}'
COPY documents TO '{out}' (FORMAT parquet)
EXPORT DATABASE '{out}'
IMPORT DATABASE '{out}'
COPY documents FROM '{secret}'
ATTACH '{out}' AS x
ATTACH '{db}' AS x (READ_WRITE)
ATTACH 'http://127.0.0.1:9/x.duckdb' AS x
FROM read_csv('{secret}')
FROM '{secret}'
FROM read_text('{secret}')
FROM read_blob('{secret}')
FROM read_json('{secret}')
FROM read_parquet('{secret}')
FROM read_duckdb('{secret}')
FROM parquet_metadata('{secret}')
FROM sniff_csv('{secret}')
FROM glob('{folder}/*')
FROM read_text('http://127.0.0.1:9/')
FROM query('FROM read_text(''{secret}'')')
FROM query_table('{secret}')
SELECT getenv('HOME')
INSTALL httpfs
INSTALL httpfs FROM 'http://127.0.0.1:9'
LOAD httpfs
LOAD '{out}'
UPDATE EXTENSIONS
SET memory_limit = '900GB'
SET enable_external_access = true
SET temp_directory = '{folder}'
SET lock_configuration = false
RESET lock_configuration
SET GLOBAL secret_directory = '{folder}'
PRAGMA enable_profiling = 'json'
PRAGMA profiling_output = '{out}'
CALL enable_logging(storage = 'file', storage_config = {{'path': '{out}'}})
CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')
CREATE TABLE t AS SELECT 1
CREATE VIEW v AS SELECT 1
CREATE MACRO m() AS TABLE FROM read_text('{secret}')
CREATE TEMP MACRO m(path) AS TABLE FROM read_text(path); FROM m('{secret}')
CREATE TABLE memory.t AS FROM read_text('{secret}')
PREPARE p AS COPY (SELECT 1) TO '{out}'; EXECUTE p
BEGIN; DELETE FROM documents; COMMIT
INSERT INTO runs SELECT * FROM runs
UPDATE articles SET title = 'x'
DELETE FROM documents
TRUNCATE documents
DROP TABLE documents
DROP VIEW site_coverage
ALTER TABLE documents ADD COLUMN x INTEGER
.read {secret}
.shell touch {out}
FROM secret_of_python
"""
LINES = [line for line in WAYS_OUT.split("\n") if line]
HOSTILE = "=cmd|' /C calc'!A0\x1b[31m\x9b31m\u202egnp.exe"
secret_of_python = [1]  # a query must not see a variable of the process


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, prose):
    folder = tmp_path_factory.mktemp("shut in")
    (folder / "a.txt").write_text(prose(1))
    run(folder / "w.duckdb", folder / "a.txt")
    (folder / "secret.csv").write_text("word\nopen sesame\n")
    return folder / "w.duckdb"


def call(warehouse, *arguments):
    return CliRunner().invoke(winnow, ["sql", "--warehouse", str(warehouse), *arguments])


@pytest.mark.parametrize("line", LINES)
def test_way_out_is_shut(warehouse, line):
    folder, before = warehouse.parent, warehouse.read_bytes()
    names = {"db": warehouse, "out": folder / "out", "secret": folder / "secret.csv", "folder": folder}
    files = sorted(folder.iterdir())
    found = call(warehouse, line.format(**names))
    assert found.exit_code != 0, found.output
    assert "open sesame" not in found.output
    assert warehouse.read_bytes() == before
    assert sorted(folder.iterdir()) == files


def test_files_are_reached_where_somebody_wants_it_and_the_warehouse_stays(warehouse):
    secret = warehouse.parent / "secret.csv"
    assert "open sesame" in call(warehouse, f"FROM '{secret}'", "--allow-files").output
    assert call(warehouse, "DELETE FROM documents", "--allow-files").exit_code != 0


def test_every_view_goes_on_working(warehouse):
    for view in VIEWS.glob("*.sql"):
        arguments = "('china')" if " MACRO " in view.read_text(encoding="utf-8") else ""
        assert call(warehouse, f"FROM {view.stem}{arguments}", "--json").exit_code == 0, view


def test_wrong_query_is_a_wrong_call(warehouse):
    assert call(warehouse, "SELEC 1").exit_code == 2
    assert call(warehouse, "SELECT 1/0 AS x, nothing").exit_code == 2


@pytest.mark.parametrize("how", [[], ["--csv"], ["--json"]])
def test_what_a_terminal_obeys_is_not_printed(warehouse, how):
    found = call(warehouse, f"SELECT '{HOSTILE.replace(chr(39), chr(39) * 2)}' AS x", *how)
    assert found.exit_code == 0
    assert not {"\x1b", "\x9b", "\u202e"} & set(found.output)


def test_json_gives_every_sign_back(warehouse):
    found = call(warehouse, "SELECT chr(27) || chr(155) || chr(8238) || 'é' AS x", "--json")
    assert json.loads(found.output) == [{"x": "\x1b\x9b\u202eé"}]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'tis"])
def test_csv_is_guarded_and_the_guard_can_be_undone(warehouse, text):
    query = f"SELECT chr({ord(text[0])}) || '{text[1:]}' AS x, -1 AS number"
    for how, expected in ([], "'" + text), (["--raw"], text):
        shown = CliRunner().invoke(winnow, ["sql", "--warehouse", str(warehouse), query, "--csv", *how])
        (_, row) = csv.reader(io.StringIO(shown.stdout, newline=""))
        assert row == [expected, "-1"]
    assert guard(text)[1:] == text
    assert guard("\r=1") == "'\r=1"


def test_exported_csv_is_guarded(warehouse, tmp_path):
    layout = Layout(tmp_path / "w.duckdb")
    layout.next_database.write_bytes(warehouse.read_bytes())
    with open_next(layout) as db:
        db.execute("UPDATE articles SET title = '=cmd', title_source = 'markup'")
    layout.next_database.rename(layout.database)
    for raw, title in (False, "'=cmd"), (True, "=cmd"):
        ((path, _),) = export_tables(layout, tmp_path / "out", "csv", ["articles"], raw)
        with path.open(newline="", encoding="utf-8") as file:
            assert [row["title"] for row in csv.DictReader(file)] == [title]


def test_connection_for_python_is_shut_in_too(warehouse):
    with open_published(Layout(warehouse)) as db, pytest.raises(Exception, match="disabled"):
        db.execute("FROM read_text('/etc/hostname')")


def test_reader_that_has_seen_enough_is_no_fault(warehouse):
    command = [sys.executable, "-c", "from flows.commands.main import main; main()", "sql", "--csv"]
    command += ["--warehouse", str(warehouse), "SELECT repeat('x', 1000) AS x FROM range(100000)"]
    asked = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert asked.stdout.readline() == "x\n"
    asked.stdout.close()
    assert asked.stderr.read() == ""
    asked.wait()
