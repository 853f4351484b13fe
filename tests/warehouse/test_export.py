"""The exported files hold what the tables hold, in each format."""

import duckdb
import pytest
from click.testing import CliRunner

from flows.commands.main import winnow
from tests.loading import ask, dump
from warehouse.export import FORMATS
from warehouse.schema.tables import TABLES


@pytest.mark.parametrize("ending", FORMATS)
def test_files_hold_what_the_tables_hold(samples, tmp_path, ending):
    arguments = ["export", str(tmp_path), "--format", ending, "--warehouse", str(samples)]
    answer = CliRunner().invoke(winnow, arguments)
    assert answer.exit_code == 0, answer.output
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.{ending}" for name in TABLES}
    for name in TABLES:
        (count,) = ask(samples, f"SELECT count(*) AS n FROM {name}")
        found = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/{name}.{ending}'").fetchall()
        assert found == [(count["n"],)], name
    texts = duckdb.sql(f"SELECT text FROM '{tmp_path}/articles.{ending}'").fetchall()
    assert [row[0] for row in texts] == [row["text"] for row in dump(samples)["articles"]]


def test_parquet_keeps_every_value(samples, tmp_path):
    CliRunner().invoke(winnow, ["export", str(tmp_path), "--warehouse", str(samples)])
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{samples}' AS w (READ_ONLY)")
        for name in TABLES:
            assert db.execute(f"FROM w.{name} EXCEPT FROM '{tmp_path}/{name}.parquet'").fetchall() == []


def test_one_table(samples, tmp_path):
    arguments = ["export", str(tmp_path), "--table", "quotes", "--warehouse", str(samples)]
    assert "quotes.parquet" in CliRunner().invoke(winnow, arguments).output
    assert [path.name for path in tmp_path.iterdir()] == ["quotes.parquet"]
    assert CliRunner().invoke(winnow, ["export", str(tmp_path), "--table", "nonsense"]).exit_code == 2
