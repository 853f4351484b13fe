"""Pages as programs save them: Safari's web archives, notes of Evernote, copies of web archives."""

import json
import plistlib

import pytest

from tests.loading import read_all
from tests.transforms.captures.made import PAGE, URL, WHEN, captures, only, put, reasons
from transforms.blocks.page import Page
from transforms.captures.capture import Skipped, Unread
from transforms.metadata.read import read_metadata

MAIN = {
    "WebResourceData": PAGE,
    "WebResourceURL": URL,
    "WebResourceMIMEType": "text/html",
    "WebResourceTextEncodingName": "UTF-8",
}
PICTURE = {"WebResourceData": b"x", "WebResourceMIMEType": "image/png", "WebResourceURL": URL}
NOTE = f"""<note><title>A &amp;amp; B</title><created>20140528T063000Z</created>
<content><![CDATA[<?xml version="1.0"?><en-note><div>The office said so.</div></en-note>]]></content>
<note-attributes><author>Who clips</author><source-url>{URL}</source-url></note-attributes></note>"""
EXPORT = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
<en-export export-date="20240530T101500Z">{NOTE}<note><title>Empty</title></note></en-export>"""


@pytest.mark.parametrize("kind", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_page_that_safari_saved(inbox, kind):
    saved = plistlib.dumps({"WebMainResource": MAIN, "WebSubresources": [PICTURE, PICTURE]}, fmt=kind)
    page, *rest = read_all(put(inbox, "a.webarchive", saved))
    assert (page.content, page.url) == (PAGE, URL)
    assert page.content_type == "text/html; charset=UTF-8"
    assert rest == [Skipped(f"{inbox}/a.webarchive#part={n}", "parts of saved pages") for n in (1, 2)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY), "unsupported_type"),
        (plistlib.dumps([MAIN]), "unsupported_type"),
        (plistlib.dumps({"WebMainResource": {"WebResourceData": "text"}}), "unsupported_type"),
        (plistlib.dumps({"WebMainResource": MAIN}, fmt=plistlib.FMT_BINARY)[:-9], "bad_record"),
        (b"bplist00", "bad_record"),
    ],
)
def test_property_list_without_a_page_has_its_row(inbox, content, reason):
    assert only(read_all(put(inbox, "a.webarchive", content)), Unread).reason == reason


def test_notes_of_evernote(inbox):
    note, empty = read_all(put(inbox, "a.enex", EXPORT.encode()))
    assert (note.source_uri, note.url, note.title) == (f"{inbox}/a.enex#note=1", URL, "A & B")
    assert (note.captured_at, note.author, note.published) == (WHEN, None, None)
    assert b"<div>The office said so.</div>" in note.content
    assert (empty.reason, empty.source_uri) == ("empty", f"{inbox}/a.enex#note=2")


def test_what_an_export_has_before_it_breaks_off_is_kept(inbox):
    cut = EXPORT.replace("<note><title>Empty", NOTE + "<note><title>Empty")[:-40].encode()
    assert len(captures(read_all(put(inbox, "a.enex", cut)))) == 2


@pytest.mark.parametrize("content", [b"<en-export></en-export>", b"<en-export", b"<en-export>&x;<"])
def test_export_without_notes_has_its_row(inbox, content):
    assert reasons(read_all(put(inbox, "a.enex", content))) == ["bad_record"]


def test_entities_of_an_export_are_not_expanded(inbox):
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE en-export [<!ENTITY l0 "lol">{laughs}]><en-export>{NOTE}</en-export>'
    outcomes = read_all(put(inbox, "a.enex", bomb.replace("A &amp;amp; B", "&l9;").encode()))
    assert sum(len(one.content) for one in captures(outcomes)) < 1_000


WAYBACK = b'<script>__wm.wombat("%b","20140528063000","https://web.archive.org/","web");</script>%b'
CANONICAL = b'<link rel="canonical" href="https://web.archive.org/web/20140528063000/%b"/>%b'
BOOKMARK = b'<link href="http://archive.today/20140528063000/%b" rel="bookmark"/>%b'


@pytest.mark.parametrize("template", [WAYBACK, CANONICAL, BOOKMARK])
def test_page_of_a_web_archive_has_its_own_address(inbox, template):
    capture = only(read_all(put(inbox, "a.html", template % (URL.encode(), PAGE))))
    assert (capture.url, capture.captured_at) == (URL, WHEN)


def test_record_of_an_archived_page_has_its_own_address(inbox):
    archived = f"https://web.archive.org/web/20140528063000id_/{URL}"
    record = json.dumps({"url": archived, "html": PAGE.decode(), "captured_at": "2024-01-01"})
    capture = only(read_all(put(inbox, "a.jsonl", record.encode() + b"\n")))
    assert (capture.url, capture.captured_at) == (URL, WHEN)


CACHE = "https://webcache.googleusercontent.com/search?"


@pytest.mark.parametrize(
    ("url", "own"),
    [
        (
            CACHE + "q=cache:dT-m4wRKq0IJ:https://post.example/a%3Fid%3D3+a+word&hl=en",
            "https://post.example/a?id=3",
        ),
        (CACHE + "hl=en&q=cache:post.example/a", "http://post.example/a"),
        ("https://jane:secret@post.example/a", "https://post.example/a"),
        (
            "https://web.archive.org/web/20140528063000/https://jane@post.example/a",
            "https://post.example/a",
        ),
        ("https://post.example/@jane", "https://post.example/@jane"),
    ],
)
def test_address_is_the_page_s_own_without_cache_and_password(inbox, url, own):
    record = json.dumps({"url": url, "html": PAGE.decode()})
    assert only(read_all(put(inbox, "a.jsonl", record.encode() + b"\n"))).url == own


def test_time_when_an_archive_captured_a_page_is_no_date_of_publication():
    metas = (
        '<meta property="twitter:site" content="@archiveis"/>'
        '<meta property="og:site_name" content="archive.ph"/>'
        '<meta property="article:published_time" content="2014-05-28T06:30:00Z"/>'
    )
    page = Page(f"<html><head>{metas}</head><body>A month</body></html>")
    facts = read_metadata(page, "https://harbour.example/a")
    assert (facts.published, facts.site_name) == (None, None)


NOTE_WITH_YAML = f"""---
title: "A month: what it means"
authors: [Jane Doe, "Lu Min"]
source: {URL}
published: 2014-05-27
created: 2014-05-28T06:30:00
tags: [harbour]
content: no text
---

The office said so.
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_front_matter_says_what_the_text_is(inbox, ends):
    note = only(read_all(put(inbox, "a.md", NOTE_WITH_YAML.replace("\n", ends).encode())))
    assert (note.url, note.title, note.author) == (URL, "A month: what it means", "Jane Doe, Lu Min")
    assert (note.published, note.captured_at) == ("2014-05-27", WHEN)
    assert note.content.split() == b"The office said so.".split()


@pytest.mark.parametrize("title", ["Rice: dear again", "*Rice* is dear again", "*Rice"])
def test_front_matter_that_is_nearly_yaml_is_read_by_its_lines(inbox, title):
    page = f"---\ntitle: {title}\ndate: 2014-05-27\n---\nThe office said so.\n".encode()
    note = only(read_all(put(inbox, "a.md", page)))
    assert (note.title, note.published) == (title, "2014-05-27")
    assert note.content.split() == b"The office said so.".split()


def test_aliases_of_front_matter_do_not_grow(inbox):
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    page = "\n".join(["---", *lines, "title: A month", "---", "The office said so."]).encode()
    assert only(read_all(put(inbox, "a.md", page))).title == "A month"


def test_date_on_which_a_page_of_a_site_was_created_is_not_when_it_was_captured(inbox):
    page = b"---\ntitle: A month\ncreated: 2014-05-28\n---\nThe office said so.\n"
    assert only(read_all(put(inbox, "a.md", page))).captured_at is None


@pytest.mark.parametrize(
    "content",
    [
        b"---\nThe office said so.\n---\nIt would last.\n",
        b"---\ntitle: [unclosed\n---\nIt would last.\n",
        b"---\n\nThe office said so.\n",
    ],
)
def test_dashes_without_front_matter_are_text(inbox, content):
    assert only(read_all(put(inbox, "a.md", content))).content == content
