"""One run over hostile files among good ones: each bad one has its row, the good ones load as ever."""

import os

import pytest

from tests.hostile.files import BAD, make_good
from tests.loading import ask, conserves, dump, run

# Captures that must load exactly as without the others; `make trial-hostile` takes 500.
ORDINARY = int(os.environ.get("WINNOW_ORDINARY", "40"))
# Rows of one run that carry its name or time.
OF_THE_RUN = ("first_run_id", "run_id", "last_run_id", "first_seen_at", "captured_at", "story_id")


def articles_of(database, folder):
    """Return the articles of a folder, without what only names the run."""
    rows = ask(
        database,
        "SELECT a.* FROM articles AS a JOIN captures AS c ON a.article_id = c.document_id"
        " WHERE starts_with(c.source_uri, $folder) ORDER BY a.article_id",
        folder=str(folder),
    )
    return [{name: value for name, value in row.items() if name not in OF_THE_RUN} for row in rows]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, prose):
    """Two warehouses, of ordinary files alone and with hostile ones, and where the files are."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("ordinary", "bad", "odd"):
        (folder / name).mkdir()
    for n in range(ORDINARY):
        (folder / "ordinary" / f"{n}.txt").write_text(prose(n))
    for name, content in BAD.items():
        (folder / "bad" / name).write_bytes(content)
    for name, content in make_good(prose).items():
        (folder / "odd" / name).write_bytes(content)
    os.mkfifo(folder / "bad" / "pipe")
    (folder / "bad" / "out.txt").symlink_to("/etc/passwd")
    (folder / "bad" / "loop").symlink_to(folder / "bad")
    run(folder / "alone.duckdb", folder / "ordinary")
    done = run(folder / "all.duckdb", *(folder / name for name in ("bad", "odd", "ordinary")), workers=2)
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


@pytest.mark.parametrize("name", [name for name in BAD if name != "image.png"])
def test_each_bad_file_has_its_row_and_no_article(hostile, name):
    folder, _ = hostile
    database, uri = folder / "all.duckdb", f"{folder}/bad/{name}"
    rows = ask(database, "FROM quarantine WHERE starts_with(source_uri, $uri)", uri=uri)
    assert rows
    assert all(row["detail"] for row in rows)
    assert ask(database, "FROM captures WHERE starts_with(source_uri, $uri)", uri=uri) == []


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
    again = run(folder / "all.duckdb", *(folder / name for name in ("bad", "odd", "ordinary")))
    assert conserves(again)
    assert again.documents_loaded == 0
    after = dump(folder / "all.duckdb")
    assert after["articles"] == before["articles"]
    assert after["captures"] == before["captures"]
