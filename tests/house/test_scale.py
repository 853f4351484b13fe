"""A thousand captures in one run: none is lost."""

import pytest

from tests.loading import SAMPLES, ask, conserves, run
from warehouse.raw_store import CAPTURES_PER_FILE

COPIES = 1_000


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scale")
    inbox = folder / "inbox"
    inbox.mkdir()
    texts = [path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))]
    for n in range(COPIES):
        # A line of boilerplate with a number makes another document of the same text.
        content = texts[n % len(texts)] + b"\n\n%d comments\n" % n
        (inbox / f"{n:04}.txt").write_bytes(content)
    (inbox / "copy.txt").write_bytes((inbox / "0001.txt").read_bytes())
    done = run(folder / "winnow.duckdb", inbox, workers=2)
    return folder / "winnow.duckdb", done, len(texts)


def test_nothing_is_lost(loaded):
    database, done, texts = loaded
    assert conserves(done)
    assert done.captures_seen == COPIES + 1
    refused = ask(database, "SELECT DISTINCT stage, reason FROM quarantine")
    assert refused in ([], [{"stage": "clean", "reason": "no_article"}])
    assert done.documents_quarantined <= COPIES // texts + 1, (
        "only the copies of the page of boilerplate"
    )
    assert ask(database, "SELECT count(*) AS n FROM captures") == [
        {"n": COPIES + 1 - done.documents_quarantined}
    ]


def test_documents_and_their_rows(loaded):
    database, done, _ = loaded
    (counts,) = ask(
        database,
        "SELECT (FROM documents SELECT count(*)) AS documents,"
        " (FROM articles SELECT count(*)) AS articles,"
        " (FROM segments SELECT count(DISTINCT document_id)) AS tiled",
    )
    assert counts["documents"] == counts["articles"] == counts["tiled"] == done.documents_loaded


def test_tiling_holds_everywhere(loaded):
    database, _, _ = loaded
    broken = """
        SELECT document_id FROM (
            SELECT document_id, start_char, end_char, length(text) AS size,
                lag(end_char, 1, 0) OVER w AS previous, lead(start_char) OVER w AS next
            FROM segments JOIN documents USING (document_id)
            WINDOW w AS (PARTITION BY document_id ORDER BY position)
        ) WHERE start_char <> previous OR (next IS NULL AND end_char <> size)"""
    assert ask(database, broken) == []


def test_raw_store_is_cut_into_batches(loaded):
    database, _, _ = loaded
    files = list(database.with_suffix(".raw").glob("*.parquet"))
    assert len(files) == -(-(COPIES + 1) // CAPTURES_PER_FILE)
