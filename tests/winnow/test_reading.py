"""`winnow.open` gives a warehouse to read."""

import duckdb
import pytest

import winnow


def test_views_can_be_asked(samples):
    with winnow.open(samples) as db:
        articles = db.execute("SELECT count(*) FROM articles").fetchall()
        assert articles == db.execute("SELECT sum(articles) FROM site_coverage").fetchall()


def test_nothing_can_be_written(samples):
    with winnow.open(str(samples)) as db, pytest.raises(duckdb.Error, match="read-only"):
        db.execute("DELETE FROM articles")


def test_no_warehouse(tmp_path):
    with pytest.raises(winnow.WarehouseError, match="does not exist yet"):
        winnow.open(tmp_path / "none.duckdb")
