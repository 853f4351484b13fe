"""Feeds: each entry is a capture, with the feed's own facts."""

import json

import pytest

from tests.loading import read_all
from tests.transforms.captures.made import FIELD, URL, captures, only, put, reasons
from transforms.captures.capture import Skipped, Unread

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title>
<entry><title>A month</title><link href="{url}"/><author><name>Jane Doe</name></author>
<published>2014-05-28T06:30:00Z</published>
<content type="html">&lt;p&gt;The office said so.&lt;/p&gt;</content>
</entry><entry><title>Only a link</title><link href="{url}"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="{url}"><title>A month</title><link>{url}</link>
<description>The office said so.</description></item>
</rdf:RDF>"""


def test_rss_gives_each_entry():
    entries = captures(read_all(FIELD / "j9-feed.xml"))
    assert [one.url for one in entries] == [f"http://ledger.example/{n}" for n in range(3)]
    assert {one.published for one in entries} == {"2024-03-04T09:15:00+00:00"}
    assert {one.captured_at for one in entries} == {None}
    assert all(b"<p>" in one.content for one in entries)


def test_atom(inbox):
    outcomes = read_all(put(inbox, "feed", ATOM.format(url=URL).encode()))
    entry = only(captures(outcomes))
    assert (entry.url, entry.title, entry.author) == (URL, "A month", "Jane Doe")
    assert entry.content == b"<p>The office said so.</p>"
    assert reasons(outcomes) == ["empty"]


def test_rdf(inbox):
    entry = only(captures(read_all(put(inbox, "feed.rdf", RDF.format(url=URL).encode()))))
    assert (entry.url, entry.content) == (URL, b"The office said so.")


def test_json_feed(inbox):
    item = {"id": "1", "url": URL, "title": "A month", "content_html": "<p>So.</p>"}
    item |= {"date_published": "2014-05-28T06:30:00Z", "authors": [{"name": "Jane Doe"}]}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [item]}
    entry = only(read_all(put(inbox, "feed.json", json.dumps(feed, indent=1).encode())))
    assert (entry.url, entry.title, entry.author) == (URL, "A month", "Jane Doe")
    assert (entry.content, entry.published) == (b"<p>So.</p>", "2014-05-28T06:30:00Z")


@pytest.mark.parametrize("content", [b"<rss", b"<rss></rss>", b"<?xml version='1.0'?><feed>&x;</feed>"])
def test_feed_without_entries_has_its_row(inbox, content):
    assert only(read_all(put(inbox, "feed.xml", content)), Unread).reason == "bad_record"


def test_draft_in_an_export_of_wordpress_is_skipped(inbox):
    item = "<item><title>A month</title><wp:status>{}</wp:status><description>So.</description></item>"
    space = 'xmlns:wp="http://wordpress.org/export/1.2/"'
    items = "".join(map(item.format, ("publish", "draft", "trash")))
    export = f"<rss version='2.0' {space}><channel>{items}</channel></rss>"
    post, *rest = read_all(put(inbox, "export.xml", export.encode()))
    assert post.content == b"So."
    assert rest == [Skipped(f"{inbox}/export.xml#entry={n}") for n in (2, 3)]
