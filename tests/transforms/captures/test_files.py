"""Files wherever they lie, and whatever their name says."""

import gzip
import os
import socket

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.archives import zipped
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
from transforms.captures.capture import RawCapture, Skipped, Unread
from transforms.captures.folder import walk_folder
from transforms.captures.inputs import InputMissing, ReadingOptions, list_inputs, require_inputs
from transforms.captures.names import escape_name, unescape_name

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


def test_folder_without_hidden_files_and_assets(inbox):
    kept = {"a.txt", "sub/b.html", "sub/c.txt.gz"}
    left_out = {".hidden", "sub/.DS_Store", "b_files/site.css", "b_files/logo.PNG", "app.js"}
    for name in kept | left_out:
        put(inbox, name, gzip.compress(TEXT) if name.endswith(".gz") else TEXT)
    for named in (inbox, f"{inbox}/"):
        outcomes = read_all(named)
        read = {one.source_uri for one in outcomes if isinstance(one, RawCapture)}
        skipped = {one.source_uri for one in outcomes if isinstance(one, Skipped)}
        assert read == {f"{inbox}/{name}" for name in kept}
        assert skipped == {f"{inbox}/{name}" for name in left_out}


def test_hidden_file_named_itself_is_read(inbox):
    assert only(read_all(put(inbox, ".page", TEXT))).content == TEXT


def test_globs(inbox):
    for name in ("a.txt", "b.txt", "c.html", "sub/d.txt"):
        put(inbox, name, TEXT)
    assert [one.source_uri for one in read_all(f"{inbox}/*.txt")] == [f"{inbox}/a.txt", f"{inbox}/b.txt"]
    assert len(read_all(f"{inbox}/**/*.txt")) == 3


def test_name_with_signs_of_a_pattern_is_a_file_all_the_same(inbox):
    assert only(read_all(put(inbox, "a[1].txt", TEXT))).content == TEXT


@pytest.mark.parametrize("given", ["nowhere.txt", "nowhere/*.txt", "no-such-scheme://a/b"])
def test_missing_input(tmp_path, given):
    with pytest.raises(InputMissing, match=r"nowhere|no-such-scheme"):
        read_all(given if "://" in given else tmp_path / given)


def test_empty_folder_is_a_missing_input(inbox):
    with pytest.raises(InputMissing, match="no file there"):
        read_all(inbox)


def test_inputs_are_there_if_one_file_is(inbox, monkeypatch):
    put(inbox, "a.txt", TEXT)
    put(inbox, "b.txt", TEXT)
    walked = []

    def walk(root, follow_links):
        for found in walk_folder(root, follow_links):
            walked.append(found)
            yield found

    monkeypatch.setattr("transforms.captures.inputs.walk_folder", walk)
    require_inputs([str(inbox)])
    assert len(walked) == 1
    with pytest.raises(InputMissing, match="no file there"):
        require_inputs([str(inbox), str(inbox / "nowhere")])


def test_file_that_cannot_be_read(inbox):
    # Reading the memory of a process at 0 fails, for the superuser as well.
    memory = "/proc/self/mem"
    if not os.path.exists(memory):  # noqa: PTH110
        pytest.skip("needs a file that nobody can read: /proc/self/mem is not there")
    put(inbox, "good.txt", TEXT)
    outcomes = read_all(inbox, memory)
    assert reasons(outcomes) == ["unreadable"]
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [TEXT]


def test_file_that_begins_with_many_comments_is_read_in_time(inbox):
    content = b"<?xml version='1.0'?>" + b"<!-- made --> " * 60 + TEXT
    assert only(read_all(put(inbox, "a.txt", content)), RawCapture).content == content


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


def test_links_are_followed_within_the_folder_alone(inbox, tmp_path):
    outside = put(tmp_path, "outside/secret.txt", TEXT + b"secret")
    put(inbox, "a.txt", TEXT)
    (inbox / "same.txt").symlink_to(inbox / "a.txt")
    (inbox / "out.txt").symlink_to(outside)
    (inbox / "folder").symlink_to(outside.parent)
    (inbox / "loop").symlink_to(inbox)
    (inbox / "dead").symlink_to(inbox / "nowhere")
    outcomes = read_all(inbox)
    assert {one.source_uri for one in outcomes if isinstance(one, RawCapture)} == {
        f"{inbox}/a.txt",
        f"{inbox}/same.txt",
    }
    links = {one.source_uri for one in outcomes if isinstance(one, Skipped)}
    assert links == {f"{inbox}/{name}" for name in ("out.txt", "folder", "loop")}
    assert reasons(outcomes) == ["unreadable"]


def test_links_are_followed_where_that_is_asked_for(inbox, tmp_path):
    outside = put(tmp_path, "outside/secret.txt", TEXT)
    (inbox / "folder").symlink_to(outside.parent)
    (outside.parent / "back").symlink_to(inbox)
    files = list_inputs([str(inbox)], ReadingOptions(follow_links=True))
    assert [file.source_uri for file in files] == [f"{inbox}/folder/secret.txt"]


@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_what_is_no_file_is_skipped_with_its_kind(inbox, kind, monkeypatch):
    put(inbox, "a.txt", TEXT)
    monkeypatch.chdir(inbox)  # the path of a socket must be short
    if kind == "pipe":
        os.mkfifo("odd")
    else:
        opened = socket.socket(socket.AF_UNIX)
        opened.bind("odd")
        opened.close()
    skipped = only([one for one in read_all(inbox) if isinstance(one, Skipped)], Skipped)
    assert (skipped.source_uri, skipped.kind) == (f"{inbox}/odd", "pipes, sockets and devices")


def test_folder_with_nothing_but_links_says_so(inbox, tmp_path):
    (inbox / "out").symlink_to(tmp_path)
    with pytest.raises(InputMissing, match="1 skipped: links that are not followed"):
        read_all(inbox)


def test_name_that_is_not_utf_8_can_be_had_back(inbox):
    name = os.fsdecode(b"latin\xe9.txt")
    put(inbox, name, TEXT)
    capture = only(read_all(inbox))
    assert capture.source_uri == rf"{inbox}/latin\xe9.txt"
    assert only(read_all(capture.source_uri)).content == TEXT


@given(st.binary(min_size=1, max_size=20).filter(lambda name: b"\0" not in name))
def test_every_name_is_escaped_reversibly(name):
    written = os.fsdecode(name)
    escaped = escape_name(written)
    assert escaped.encode()
    assert os.fsencode(unescape_name(escaped)) == name


SAVED_PAGES = {
    "SingleFile": b"<!--\n Page saved with SingleFile \n url: %s \n saved date: Wed May 28 2014 08:30:00"
    b" GMT+0200 (Central European Summer Time)\n-->",
    "Chrome": b"<!-- saved from url=(0046)%s -->",
    "monolith": b"<!-- Saved from %s at 2014-05-28T06:30:00Z using monolith v2.8 -->",
}


@pytest.mark.parametrize("program", SAVED_PAGES)
def test_what_a_saving_program_wrote_is_known(inbox, program):
    comment = SAVED_PAGES[program] % URL.encode()
    capture = only(read_all(put(inbox, "a.html", b"<!doctype html>" + comment + PAGE)))
    assert capture.url == URL
    assert capture.captured_at == (None if program == "Chrome" else WHEN)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "sitemap"),
        (b"<?xml version='1.0'?><!-- x --><nitf><body/></nitf>", "<nitf>"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as"),
        (b"SQLite format 3\0" + bytes(600), "export"),
    ],
)
def test_unknown_kind_says_what_it_looks_like(inbox, content, words):
    refused = only(read_all(put(inbox, "a.dat", content)), Unread)
    assert refused.reason == "unsupported_type"
    assert words in refused.detail
