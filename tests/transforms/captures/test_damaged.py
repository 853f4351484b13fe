"""A run over damaged files: each has its row, and the rest is loaded."""

import gzip
import shutil

import pytest
import zstandard

from tests.archives import zipped
from tests.loading import ask, conserves, read_all, run
from tests.transforms.captures.made import (
    LONG,
    TEXT,
    only,
    put,
)
from tests.transforms.captures.test_archives import BAD_ZIP
from transforms.captures.capture import Unread

DAMAGED = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "cut.txt.gz": (gzip.compress(LONG)[:-2_000], "truncated"),
    "cut.txt.zst": (zstandard.compress(LONG)[:-100], "truncated"),
    "flipped.txt.gz": (gzip.compress(TEXT)[:-8] + b"\0\0\0\0" + gzip.compress(TEXT)[-4:], "truncated"),
    "cut.zip": (zipped({"a.txt": TEXT})[:-30], "truncated"),
    "cut.parquet": (b"PAR1" + LONG[:100], "truncated"),
    "page.pdf": (b"%PDF-1.7\n" + LONG, "bad_record"),
    "image.bin": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "unsupported_type"),
    "program.bin": (b"\x7fELF" + bytes(range(256)) * 40, "binary"),
    "zeros.bin": (bytes(5_000), "binary"),
}


@pytest.mark.parametrize("name", [name for name in DAMAGED if DAMAGED[name][1] == "truncated"])
def test_damaged_container(inbox, name):
    assert only(read_all(put(inbox, name, DAMAGED[name][0])), Unread).reason == "truncated"


@pytest.fixture(scope="module")
def damaged(tmp_path_factory, prose):
    """A warehouse loaded from a folder of damaged files and three good ones."""
    folder = tmp_path_factory.mktemp("damaged")
    inbox = folder / "inbox"
    for name, (content, _) in DAMAGED.items():
        put(inbox, name, content)
    put(inbox, "bad.zip", BAD_ZIP)
    put(inbox, "good.txt", prose(1).encode())
    put(inbox, "invalid-utf-8.txt", prose(2).encode() + b"\xff\xfe caf\xe9.\n")
    put(inbox, "utf-16.txt", prose(3).encode("utf-16"))
    put(inbox, "utf-16-without-mark.txt", prose(4).encode("utf-16-le"))
    done = run(folder / "winnow.duckdb", inbox)
    yield inbox, folder / "winnow.duckdb", done
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_file_is_quarantined_with_its_reason(damaged, name):
    inbox, database, _ = damaged
    (row,) = ask(database, "FROM quarantine WHERE source_uri = $uri", uri=f"{inbox}/{name}")
    assert row["reason"] == DAMAGED[name][1]
    assert len(row["detail"]) > 10


def test_the_rest_is_loaded_and_nothing_is_lost(damaged):
    inbox, database, done = damaged
    assert conserves(done)
    assert done.captures_seen == len(DAMAGED) + 2 + 4
    loaded = {row["source_uri"] for row in ask(database, "SELECT source_uri FROM captures")}
    assert {f"{inbox}/{name}" for name in ("good.txt", "utf-16.txt", "invalid-utf-8.txt")} <= loaded


def test_odd_encodings_are_read(damaged):
    inbox, database, _ = damaged
    rows = ask(database, "SELECT source_uri, encoding, text FROM documents")
    found = {row["source_uri"].removeprefix(f"{inbox}/"): row for row in rows}
    assert "Number 3" in found["utf-16.txt"]["text"]
    assert "Number 4" in found["utf-16-without-mark.txt"]["text"]
    assert "Number 2" in found["invalid-utf-8.txt"]["text"]
