"""Every kind of input, also where its name lies, and every kind of damage."""

import gzip
import json
import os
import shutil
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.archives import chunked, each_gzipped, http, record, with_password, zipped
from tests.loading import ask, conserves, read_all, run
from transforms.captures.capture import RawCapture, Skipped, Unread
from transforms.captures.inputs import InputMissing
from transforms.captures.readers import MAX_CAPTURE_BYTES, MAX_NESTING

TEXT = b"The office said on Monday that the campaign would last for a month.\n"
PAGE = b"<!doctype html><title>A month</title><p>The office said it would last for a month.</p>"
URL = "https://harbour.example/2014/05/28/month"
WHEN = datetime(2014, 5, 28, 6, 30, tzinfo=UTC)


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def only(outcomes, kind=RawCapture):
    (one,) = outcomes
    assert isinstance(one, kind)
    return one


def reasons(outcomes):
    return [one.reason for one in outcomes if isinstance(one, Unread)]


PACKERS = {
    "txt": lambda content: content,
    "txt.gz": gzip.compress,
    "txt.zst": zstandard.compress,
    "two members.gz": lambda content: gzip.compress(content[:20]) + gzip.compress(content[20:]),
    "two frames.zst": lambda content: (
        zstandard.compress(content[:20]) + zstandard.compress(content[20:])
    ),
}


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("content", [TEXT, PAGE], ids=["text", "html"])
def test_single_file(inbox, ending, content):
    path = put(inbox, f"a.{ending}", PACKERS[ending](content))
    capture = only(read_all(path))
    assert (capture.content, capture.source_uri) == (content, str(path))
    assert (capture.url, capture.captured_at, capture.title) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("really-gzip.txt", gzip.compress(TEXT)),
        ("really-zstd.html", zstandard.compress(TEXT)),
        ("really-text.gz", TEXT),
        ("really-text.warc.gz", TEXT),
        ("really-text.parquet", TEXT),
        ("no-ending", TEXT),
        ("really-zip.txt", zipped({"a.txt": TEXT})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ending_that_lies(inbox, name, content):
    assert only(read_all(put(inbox, name, content))).content == TEXT


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_zip(inbox, method):
    members = {"b/page.html": PAGE, "a.txt": TEXT, "a_files/logo.png": b"\x89PNG", ".DS_Store": b"x"}
    path = put(inbox, "a.zip", zipped(members, method=method))
    outcomes = read_all(path)
    captures = [one for one in outcomes if isinstance(one, RawCapture)]
    assert [(one.source_uri, one.content) for one in captures] == [
        (f"{path}#a.txt", TEXT),
        (f"{path}#b/page.html", PAGE),
    ]
    assert sum(isinstance(one, Skipped) for one in outcomes) == 2


def test_archive_in_archive(inbox):
    inner = zipped({"deep.txt.gz": gzip.compress(TEXT)})
    path = put(inbox, "outer.zip", zipped({"inner.zip": inner}))
    capture = only(read_all(path))
    assert (capture.content, capture.source_uri) == (TEXT, f"{path}#inner.zip#deep.txt.gz")


def test_archives_nested_too_deep(inbox):
    content = TEXT
    for _ in range(MAX_NESTING):
        content = gzip.compress(content)
    assert only(read_all(put(inbox, "deep.gz", content))).content == TEXT
    path = put(inbox, "deeper.gz", gzip.compress(content))
    assert only(read_all(path), Unread).reason == "too_deep"


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
def test_what_lies_behind_garbage_is_not_lost_without_a_word(inbox, pack):
    garbage = b"\0garbage that does not end its line\xff" * 40
    path = put(inbox, "dirty.warc", pack(PAGES["plain"][0] + garbage + PAGES["resource"][0]))
    outcomes = read_all(path)
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [PAGE]
    assert reasons(outcomes) == ["bad_record"]


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
    lines = [json.dumps(ROWS[0]), "{ broken", "[1, 2]", "", '{"body": "x"}', '{"text": ""}', "{}"]
    outcomes = read_all(put(inbox, "feed.jsonl", "\n".join(lines).encode()))
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [TEXT]
    assert reasons(outcomes) == ["bad_record", "bad_record", "bad_record", "empty", "bad_record"]


def test_folder_without_hidden_files_and_assets(inbox):
    kept = {"a.txt", "sub/b.html", "sub/c.txt.gz"}
    left_out = {".hidden", "sub/.DS_Store", "b_files/site.css", "b_files/logo.PNG", "app.js"}
    for name in kept | left_out:
        put(inbox, name, gzip.compress(TEXT) if name.endswith(".gz") else TEXT)
    assert {one.source_uri for one in read_all(inbox)} == {f"{inbox}/{name}" for name in kept}
    assert {one.source_uri for one in read_all(f"{inbox}/")} == {f"{inbox}/{name}" for name in kept}


def test_hidden_file_named_itself_is_read(inbox):
    assert only(read_all(put(inbox, ".page", TEXT))).content == TEXT


def test_globs(inbox):
    for name in ("a.txt", "b.txt", "c.html", "sub/d.txt"):
        put(inbox, name, TEXT)
    assert [one.source_uri for one in read_all(f"{inbox}/*.txt")] == [f"{inbox}/a.txt", f"{inbox}/b.txt"]
    assert len(read_all(f"{inbox}/**/*.txt")) == 3


def test_name_with_signs_of_a_pattern_is_a_file_all_the_same(inbox):
    assert only(read_all(put(inbox, "a[1].txt", TEXT))).content == TEXT


def test_file_named_twice_is_read_once(inbox):
    path = put(inbox, "a.txt", TEXT)
    assert len(read_all(path, inbox, f"{inbox}/*.txt", path)) == 1


def test_relative_path_has_one_name(inbox, monkeypatch):
    put(inbox, "a.txt", TEXT)
    monkeypatch.chdir(inbox)
    assert [one.source_uri for one in read_all("a.txt", "./a.txt")] == ["a.txt"]


@pytest.mark.parametrize("given", ["nowhere.txt", "nowhere/*.txt", "no-such-scheme://a/b"])
def test_missing_input(tmp_path, given):
    with pytest.raises(InputMissing, match=r"nowhere|no-such-scheme"):
        read_all(given if "://" in given else tmp_path / given)


def test_empty_folder_is_a_missing_input(inbox):
    with pytest.raises(InputMissing, match="no file there"):
        read_all(inbox)


def test_file_that_cannot_be_read(inbox):
    # Reading the memory of a process at 0 fails, for the superuser as well.
    memory = "/proc/self/mem"
    if not os.path.exists(memory):  # noqa: PTH110
        pytest.skip("needs a file that nobody can read: /proc/self/mem is not there")
    put(inbox, "good.txt", TEXT)
    (inbox / "bad.txt").symlink_to(memory)
    outcomes = read_all(inbox)
    assert reasons(outcomes) == ["unreadable"]
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [TEXT]


def test_file_without_permission(inbox):
    path = put(inbox, "locked.txt", TEXT)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    assert only(read_all(path), Unread).reason == "unreadable"


def test_file_that_vanishes(inbox):
    from transforms.captures.inputs import list_inputs
    from transforms.captures.readers import read_captures

    path = put(inbox, "a.txt", TEXT)
    (file,) = list_inputs([str(path)])
    path.unlink()
    assert only(list(read_captures(file)), Unread).reason == "unreadable"


def flipped(archive: bytes, needle: bytes) -> bytes:
    at = archive.index(needle)
    return archive[:at] + bytes(255 - byte for byte in needle) + archive[at + len(needle) :]


LONG = b"".join(b"Line %d of a text that is long enough to be cut.\n" % i for i in range(5_000))
DAMAGED = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "cut.txt.gz": (gzip.compress(LONG)[:-2_000], "truncated"),
    "cut.txt.zst": (zstandard.compress(LONG)[:-100], "truncated"),
    "flipped.txt.gz": (gzip.compress(TEXT)[:-8] + b"\0\0\0\0" + gzip.compress(TEXT)[-4:], "truncated"),
    "cut.zip": (zipped({"a.txt": TEXT})[:-30], "truncated"),
    "cut.parquet": (b"PAR1" + LONG[:100], "truncated"),
    "page.pdf": (b"%PDF-1.7\n" + LONG, "unsupported_type"),
    "image.bin": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "unsupported_type"),
    "program.bin": (b"\x7fELF" + bytes(range(256)) * 40, "binary"),
    "zeros.bin": (bytes(5_000), "binary"),
}
BAD_ZIP = flipped(zipped({"bad.txt": TEXT, "good.txt": TEXT + b"More."}), TEXT)


@pytest.mark.parametrize("name", [name for name in DAMAGED if DAMAGED[name][1] == "truncated"])
def test_damaged_container(inbox, name):
    assert only(read_all(put(inbox, name, DAMAGED[name][0])), Unread).reason == "truncated"


def test_zip_with_a_bad_member(inbox):
    path = put(inbox, "bad.zip", BAD_ZIP)
    outcomes = read_all(path)
    bad = only([one for one in outcomes if isinstance(one, Unread)], Unread)
    assert (bad.reason, bad.source_uri) == ("bad_member", f"{path}#bad.txt")
    assert [one.source_uri for one in outcomes if isinstance(one, RawCapture)] == [f"{path}#good.txt"]


def test_zip_with_a_password(inbox):
    outcomes = read_all(put(inbox, "locked.zip", with_password(zipped({"a.txt": TEXT}))))
    assert only(outcomes, Unread).reason == "bad_member"


def test_bomb_is_not_unpacked(inbox):
    path = put(inbox, "bomb.gz", gzip.compress(bytes(MAX_CAPTURE_BYTES + 1), 9))
    assert only(read_all(path), Unread).reason == "too_large"


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


@pytest.mark.parametrize(
    ("content", "documents"),
    [
        (b"1 of 2 DOCUMENTS\nRice\n2 of 2 DOCUMENTS\nTea", ["1", "2"]),
        (b"Results\r\n Document 1 of 2 \r\nRice\r\nDocument 2 of 2\r\nTea", ["0", "1", "2"]),
        (b"Document 1 of 3\nRice\nDocument 3 of 3\nTea", []),  # one is missing: no export
        (b"1 of 1 DOCUMENTS\nRice", []),
        (b"It was document 1 of 2.\nThe other, document 2 of 2, was lost.", []),
    ],
)
def test_an_export_of_many_articles_is_taken_apart_at_its_marks(tmp_path, content, documents):
    file = tmp_path / "export.txt"
    file.write_bytes(content)
    captures = read_all(file)
    assert [one.source_uri.partition("#document=")[2] for one in captures] == (documents or [""])
    assert b"".join(one.content for one in captures) == content
