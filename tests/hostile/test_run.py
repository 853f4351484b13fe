"""One run over hostile files among good ones: each bad one has its row, the good ones load as ever."""

import pytest

from tests.hostile.files import FOLDERS, write_inputs
from tests.hostile.judge import articles_of, missing_rows
from tests.loading import ask, conserves, dump, run

ORDINARY = 40  # captures that must load exactly as without the others


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, prose):
    """Two warehouses, of ordinary files alone and with hostile ones, and where the files are."""
    folder = tmp_path_factory.mktemp("hostile")
    write_inputs(folder, prose, ORDINARY)
    run(folder / "alone.duckdb", folder / "ordinary")
    done = run(folder / "all.duckdb", *(folder / name for name in FOLDERS), workers=2)
    return folder, done


def test_ordinary_files_load_as_ever(hostile):
    folder, _ = hostile
    alone = articles_of(folder / "alone.duckdb", folder / "ordinary")
    assert len(alone) == ORDINARY
    assert articles_of(folder / "all.duckdb", folder / "ordinary") == alone


def test_every_capture_is_accounted_for(hostile):
    assert conserves(hostile[1])
    assert "2 links that are not followed (" in hostile[1].skipped
    assert "1 pipe, socket or device (" in hostile[1].skipped


def test_each_bad_file_has_its_row_and_no_article(hostile):
    folder, _ = hostile
    assert list(missing_rows(folder / "all.duckdb", folder)) == []


def test_each_odd_file_gives_its_articles(hostile):
    folder, _ = hostile
    texts = "\n".join(row["text"] for row in articles_of(folder / "all.duckdb", folder / "odd"))
    missing = [n for n in range(1_000, 1_021) if f"Number {n} was" not in texts]
    assert missing == []
    refused = ask(
        folder / "all.duckdb", "FROM quarantine WHERE starts_with(source_uri, $uri)", uri=f"{folder}/odd"
    )
    assert [row["detail"] for row in refused if "gap" not in row["detail"]] == []


def test_a_second_run_changes_nothing(hostile):
    folder, _ = hostile
    before = dump(folder / "all.duckdb")
    again = run(folder / "all.duckdb", *(folder / name for name in FOLDERS))
    assert conserves(again)
    assert again.documents_loaded == 0
    after = dump(folder / "all.duckdb")
    assert after["articles"] == before["articles"]
    assert after["captures"] == before["captures"]
