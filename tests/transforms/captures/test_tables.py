"""Records in JSON Lines, JSON, Parquet and CSV."""

import gzip
import json
from datetime import datetime, timedelta, timezone

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.archives import zipped
from tests.loading import read_all
from tests.transforms.captures.made import (
    PAGE,
    TEXT,
    URL,
    WHEN,
    put,
    reasons,
)
from transforms.captures.capture import RawCapture

ROWS = [
    {"text": TEXT.decode(), "url": URL, "title": "A month", "captured_at": "2014-05-28T08:30:00+02:00"},
    {"html": PAGE.decode(), "text": "not this one", "url": ""},
    {"text": TEXT.decode()},
]


def check_rows(captures, path, part):
    assert [one.content for one in captures] == [TEXT, PAGE, TEXT]
    first = captures[0]
    assert (first.url, first.title, first.captured_at) == (URL, "A month", WHEN)
    assert [one.url for one in captures[1:]] == [None, None]
    first_number = 1 if part == "line" else 0
    assert [one.source_uri for one in captures] == [
        f"{path}#{part}={number}" for number in range(first_number, first_number + 3)
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines(inbox, packed):
    content = "\n".join(map(json.dumps, ROWS)).encode()
    path = put(inbox, "feed.jsonl", gzip.compress(content) if packed else content)
    check_rows(read_all(path), path, "line")


@pytest.mark.parametrize("packed", [False, True])
def test_parquet(inbox, packed):
    columns = {name: [row.get(name) for row in ROWS] for name in ("text", "html", "url", "title")}
    moments = [datetime(2014, 5, 28, 8, 30, tzinfo=timezone(timedelta(hours=2))), None, None]
    table = pa.table(columns | {"captured_at": pa.array(moments, pa.timestamp("us", tz="UTC"))})
    path = inbox / "shelf.parquet"
    pq.write_table(table, path)
    if packed:
        path = put(inbox, "shelf.zip", zipped({"shelf.parquet": path.read_bytes()}))
        check_rows(read_all(path), f"{path}#shelf.parquet", "row")
    else:
        check_rows(read_all(path), path, "row")


def test_json_lines_with_bad_lines(inbox):
    lines = [json.dumps(ROWS[0]), "{ broken", "[1, 2]", "", '{"number": 1}', '{"text": ""}', "{}"]
    outcomes = read_all(put(inbox, "feed.jsonl", "\n".join(lines).encode()))
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [TEXT]
    assert reasons(outcomes) == ["bad_record", "bad_record", "bad_record", "empty", "bad_record"]
