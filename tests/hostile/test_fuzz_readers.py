"""Damaged files of every format give nothing but outcomes, and every text in them is well formed."""

import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.archives import chunked, each_gzipped, http, record, zipped
from tests.transforms.captures.made import FIELD, PAGE, TEXT, URL
from tests.transforms.captures.test_documents import DOCUMENTS
from tests.transforms.captures.test_feeds import ATOM
from tests.transforms.captures.test_mail import mail
from transforms.captures.capture import Outcome
from transforms.captures.inputs import InputFile
from transforms.captures.readers import read_captures


class Memory:
    """A file system of one file."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def open(self, path: str, mode: str) -> io.BytesIO:
        return io.BytesIO(self.content)


def parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": ["one text", "two texts"], "url": [URL, None]}), buffer)
    return buffer.getvalue()


RECORDS = [
    record("response", http(chunked(gzip.compress(PAGE)), headers=("Content-Encoding: gzip",)), url=URL),
    record("conversion", TEXT, url=URL),
]
ARC = (
    b"filedesc://a 0.0.0.0 20140528063000 text/plain 4\nv 1\n\n"
    b"%s 192.0.2.1 20140528063000 text/html %d\n%s\n"
)
VALID = {
    "gzip": gzip.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "zip": zipped({"a.txt": TEXT, "b/c.html": PAGE}),
    "parquet": parquet(),
    "warc": b"".join(RECORDS),
    "warc.gz": each_gzipped(RECORDS),
    "arc": ARC % (URL.encode(), len(http(PAGE)), http(PAGE)),
    "json lines": json.dumps({"text": TEXT.decode(), "url": URL}).encode() + b"\n{}\n",
    "json": json.dumps({"articles": [{"body": "A text.", "title": "half \ud800"}]}, indent=1).encode(),
    "feed": ATOM.format(url=URL).encode(),
    "mail": mail(),
    "mailbox": b"From a@b.example Wed May 28 06:30:00 2014\n" + mail(),
    "table": b"title,text,date\nA month,The office said so.,2014-05-28\n",
    "page": PAGE,
    "dump": (FIELD / "f1-factiva.txt").read_bytes(),
    "labelled": (FIELD / "f1-nexis-uni-two.txt").read_bytes(),
    **{name: content for name, (content, _) in DOCUMENTS.items()},
}


def mutations(content: bytes) -> st.SearchStrategy[bytes]:
    """Return damaged copies of a file: bytes changed, cut out, doubled, put in."""
    place = st.integers(0, len(content))
    change = st.tuples(place, st.integers(0, 40), st.binary(max_size=12))

    def apply(changes: list[tuple[int, int, bytes]]) -> bytes:
        damaged = content
        for start, count, put_in in changes:
            damaged = damaged[:start] + put_in + damaged[start + count :]
        return damaged

    return st.lists(change, min_size=1, max_size=4).map(apply)


def assert_well_formed(outcome):
    assert isinstance(outcome, Outcome)
    outcome.source_uri.encode()
    for name in ("url", "title", "author", "published", "detail"):
        (getattr(outcome, name, None) or "").encode()


@pytest.mark.parametrize("kind", VALID)
@given(data=st.data())
def test_damaged_file_gives_nothing_but_outcomes(kind, data):
    content = data.draw(mutations(VALID[kind]))
    for outcome in read_captures(InputFile("a.file", "a.file", Memory(content))):
        assert_well_formed(outcome)


@given(st.binary(max_size=300))
def test_any_bytes_give_nothing_but_outcomes(content):
    assert all(isinstance(one, Outcome) for one in read_captures(InputFile("a", "a", Memory(content))))


def test_valid_files_are_read():
    for kind, content in VALID.items():
        found = list(read_captures(InputFile("a.file", "a.file", Memory(content))))
        assert any(hasattr(one, "content") for one in found), kind
