"""Web archives: which records are pages, and how damage stays with its record."""

import gzip
import zlib

import brotli
import pytest
import zstandard

from tests.archives import chunked, each_gzipped, http, record
from tests.loading import read_all
from tests.transforms.captures.made import (
    FIELD,
    LONG,
    PAGE,
    TEXT,
    URL,
    WHEN,
    captures,
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
    found = captures(read_all(path))
    capture = only(found)
    assert capture.content == content
    assert (capture.url, capture.captured_at) == (URL, WHEN)
    assert capture.source_uri == f"{path}#offset={len(RECORDS['warcinfo'])}"


def test_records_that_hold_no_page_are_stepped_over(inbox):
    path = put(inbox, "crawl.warc", b"".join([*RECORDS.values(), PAGES["plain"][0]]))
    outcomes = read_all(path)
    assert [type(one) for one in outcomes] == [Skipped] * len(RECORDS) + [RawCapture]


def test_wet(inbox):
    path = put(inbox, "crawl.warc.wet.gz", each_gzipped([RECORDS["warcinfo"], PAGES["conversion"][0]]))
    found = captures(read_all(path))
    assert only(found).content_type == "text/plain"


def test_warc_cut_in_the_middle(inbox):
    first, second = PAGES["plain"][0], PAGES["resource"][0]
    path = put(inbox, "cut.warc", first + second[:-30])
    found = captures(read_all(path))
    assert only(found).content == PAGE
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


BROTLI, DEFLATE = brotli.compress(PAGE), zlib.compress(PAGE)
BODIES = {
    "utf-8": (PAGE, ("Content-Encoding: utf-8",)),
    "none": (PAGE, ("Content-Encoding: none",)),
    "text": (PAGE, ("Content-Encoding: text",)),
    "x-gzip": (gzip.compress(PAGE), ("Content-Encoding: x-gzip",)),
    "gzip with a weight": (gzip.compress(PAGE), ("Content-Encoding: gzip;q=1",)),
    "gzip unsaid": (gzip.compress(PAGE), ()),
    "gzip twice": (gzip.compress(gzip.compress(PAGE)), ("Content-Encoding: gzip, gzip",)),
    "gzip over plain": (PAGE, ("Content-Encoding: gzip",)),
    "brotli": (BROTLI, ("Content-Encoding: br",)),
    "brotli over plain": (PAGE, ("Content-Encoding: br",)),
    "brotli over gzip": (gzip.compress(PAGE), ("Content-Encoding: br",)),
    "deflate": (DEFLATE, ("Content-Encoding: deflate",)),
    "raw deflate": (DEFLATE[2:-4], ("Content-Encoding: deflate",)),
    "zstd": (zstandard.compress(PAGE), ("Content-Encoding: zstd",)),
    "chunked over plain": (PAGE, ("Transfer-Encoding: chunked",)),
    "chunked without an end": (chunked(PAGE, 30)[:-5], ("Transfer-Encoding: chunked",)),
    "gzip as transfer": (gzip.compress(PAGE), ("Transfer-Encoding: gzip",)),
    "long headers": (PAGE, ("Set-Cookie: " + "a" * 200_000,)),
}


def archive(inbox, *middle):
    """Return what is read of an archive with records between two good ones."""
    first, last = PAGES["resource"][0], PAGES["conversion"][0]
    return read_all(put(inbox, "crawl.warc.gz", each_gzipped([first, *middle, last])))


@pytest.mark.parametrize("kind", BODIES)
def test_body_that_is_not_as_its_headers_say(inbox, kind):
    body, headers = BODIES[kind]
    outcomes = archive(inbox, record("response", http(body, headers=headers), url=URL))
    assert [one.content for one in outcomes] == [TEXT, PAGE, TEXT]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (http(b"\x01\x02\x03\xfe" * 999, headers=("Content-Encoding: br",)), "bad_record"),
        (http(gzip.compress(LONG)[:-500], headers=("Content-Encoding: gzip",)), "truncated"),
        (b"no response at all", "bad_record"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html", "bad_record"),
        (http(b""), "empty"),
    ],
)
def test_record_that_cannot_be_decoded_is_refused_by_itself(inbox, block, reason):
    outcomes = archive(inbox, record("response", block, url=URL))
    assert [one.content for one in captures(outcomes)] == [TEXT, TEXT]
    assert reasons(outcomes) == [reason]


@pytest.mark.parametrize("length", [0, 10, 10**5, 10**9, "x", "9" * 5_000, -1])
def test_false_length_swallows_nothing(inbox, length):
    outcomes = archive(inbox, record("response", http(PAGE), url=URL, length=length))
    assert [one.content for one in captures(outcomes)][-1] == TEXT
    assert PAGE in [one.content for one in captures(outcomes)] or reasons(outcomes)


@pytest.mark.parametrize("headers", [b"WARC/1.0\r\nX: y", b"WARC/1.0\r\n" + b"X" * 1_500_000])
def test_headers_that_do_not_end(inbox, headers):
    outcomes = archive(inbox, headers)
    assert [one.content for one in captures(outcomes)] == [TEXT, TEXT]
    assert set(reasons(outcomes)) == {"bad_record"}


@pytest.mark.parametrize(
    ("written", "url"), [(f"<{URL}>", URL), (" ", None), ("http://[", "http://["), ("a b", "a b")]
)
def test_address_as_crawlers_write_it(inbox, written, url):
    outcomes = archive(inbox, record("response", http(PAGE), url=written))
    assert [one.url for one in outcomes] == [URL, url, URL]


ARC = b"filedesc://a.arc 0.0.0.0 20140528063000 text/plain 4\nv 1\n\n"


def test_arc(inbox):
    def of(status, body):
        block = http(body, status=status)
        return b"%s 192.0.2.1 20140528063000 text/html %d\n%s\n" % (URL.encode(), len(block), block)

    path = put(
        inbox,
        "old.arc.gz",
        each_gzipped([ARC, of("200 OK", PAGE), of("404 No", PAGE), of("200 OK", TEXT)]),
    )
    outcomes = read_all(path)
    assert [type(one) for one in outcomes] == [Skipped, RawCapture, Skipped, RawCapture]
    assert (outcomes[1].content, outcomes[1].url, outcomes[1].captured_at) == (PAGE, URL, WHEN)
    assert outcomes[1].source_uri == f"{path}#offset={len(ARC)}"


COUNTS = {"x1-wget-quirks": 3, "x2-bodies": 14, "w30-middle-chunk": 3, "a1-image-chunk": 2}


@pytest.mark.parametrize("name", COUNTS)
def test_archives_of_odd_bodies(name):
    outcomes = read_all(FIELD / f"{name}.warc.gz")
    assert len(captures(outcomes)) == COUNTS[name]
    assert reasons(outcomes) == []
