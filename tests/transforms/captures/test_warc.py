"""Web archives: which records are pages, and how damage stays with its record."""

import gzip

import pytest
import zstandard

from tests.archives import chunked, each_gzipped, http, record
from tests.loading import read_all
from tests.transforms.captures.made import (
    PAGE,
    TEXT,
    URL,
    WHEN,
    only,
    put,
    reasons,
)
from transforms.captures.capture import RawCapture, Skipped

RECORDS = {
    "warcinfo": record("warcinfo", b"software: a test\r\n"),
    "request": record("request", b"GET / HTTP/1.1\r\nHost: harbour.example\r\n\r\n", url=URL),
    "revisit": record("revisit", http(b""), url=URL),
    "404": record("response", http(PAGE, status="404 Not Found"), url=URL),
    "redirect": record("response", http(b"", status="301 Moved", headers=("Location: /",)), url=URL),
    "image": record("response", http(b"\x89PNG", content_type="image/png"), url=URL),
    "dns": record("resource", b"harbour.example A 192.0.2.1", content_type="text/dns", url="dns:a"),
}


PAGES = {
    "plain": (record("response", http(PAGE), url=URL), PAGE),
    "gzip": (
        record("response", http(gzip.compress(PAGE), headers=("Content-Encoding: gzip",)), url=URL),
        PAGE,
    ),
    "chunked": (
        record("response", http(chunked(PAGE, 30), headers=("Transfer-Encoding: chunked",)), url=URL),
        PAGE,
    ),
    "chunked and gzip": (
        record(
            "response",
            http(
                chunked(gzip.compress(PAGE), 30),
                headers=("Transfer-Encoding: chunked", "Content-Encoding: gzip"),
            ),
            url=URL,
        ),
        PAGE,
    ),
    "resource": (record("resource", TEXT, url=URL), TEXT),
    "conversion": (record("conversion", TEXT, url=URL), TEXT),
}


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("ending", ["warc", "warc.gz", "one-member.warc.gz", "warc.zst"])
def test_page_in_warc(inbox, kind, ending):
    packed, content = PAGES[kind]
    records = [RECORDS["warcinfo"], packed]
    whole = {
        "warc": b"".join,
        "warc.gz": each_gzipped,
        "one-member.warc.gz": lambda all_: gzip.compress(b"".join(all_)),
        "warc.zst": lambda all_: zstandard.compress(b"".join(all_)),
    }[ending](records)
    path = put(inbox, f"crawl.{ending}", whole)
    captures = [one for one in read_all(path) if isinstance(one, RawCapture)]
    capture = only(captures)
    assert capture.content == content
    assert (capture.url, capture.captured_at) == (URL, WHEN)
    assert capture.source_uri == f"{path}#offset={len(RECORDS['warcinfo'])}"


def test_records_that_hold_no_page_are_stepped_over(inbox):
    path = put(inbox, "crawl.warc", b"".join([*RECORDS.values(), PAGES["plain"][0]]))
    outcomes = read_all(path)
    assert [type(one) for one in outcomes] == [Skipped] * len(RECORDS) + [RawCapture]


def test_wet(inbox):
    path = put(inbox, "crawl.warc.wet.gz", each_gzipped([RECORDS["warcinfo"], PAGES["conversion"][0]]))
    captures = [one for one in read_all(path) if isinstance(one, RawCapture)]
    assert only(captures).content_type == "text/plain"


def test_warc_cut_in_the_middle(inbox):
    first, second = PAGES["plain"][0], PAGES["resource"][0]
    path = put(inbox, "cut.warc", first + second[:-30])
    captures = [one for one in read_all(path) if isinstance(one, RawCapture)]
    assert only(captures).content == PAGE
    assert reasons(read_all(path)) == ["truncated"]


def test_gzipped_warc_cut_in_the_middle(inbox):
    whole = each_gzipped([PAGES["plain"][0], PAGES["resource"][0]])
    path = put(inbox, "cut.warc.gz", whole[:-40])
    outcomes = read_all(path)
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [PAGE]
    assert set(reasons(outcomes)) == {"truncated"}


def test_garbage_between_records(inbox):
    garbage = b"\0garbage that no crawler wrote\xff\n" * 40
    path = put(inbox, "dirty.warc", PAGES["plain"][0] + garbage + PAGES["resource"][0])
    outcomes = read_all(path)
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [PAGE, TEXT]
    assert reasons(outcomes) == ["bad_record"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_what_lies_behind_garbage_is_not_lost(inbox, pack):
    garbage = b"\0garbage that does not end its line\xff" * 40
    path = put(inbox, "dirty.warc", pack(PAGES["plain"][0] + garbage + PAGES["resource"][0]))
    outcomes = read_all(path)
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [PAGE, TEXT]
    assert reasons(outcomes) == ["bad_record"]
