"""Warehouses made of rows for tests of the site, and what a page must never do."""

import re
from html import unescape

from flows.reports.static_site import build_report
from warehouse.schema.arrow import arrow_table
from warehouse.schema.examples import example
from warehouse.store import copy_published, create_views, open_next, publish

SCRIPT = "<script>alert(1)</script>"
LINK = "javascript:alert(1)"
BREAKOUT = "\"'></bdi></a><img src=x onerror=alert(1)><style>*{display:none}</style>\u202e{{7*7}}"
# The only things a page may refer to: files and places of its own site, and web pages.
OURS = re.compile(
    r"(?:(?:\.\./)*|/)[a-z_]+(?:/[\w.,-]+)*(?:,\d+)?\.[a-z]+(?:\?[^\s\"'<>]*)?(?:#[\w-]+)?|#[\w-]+"
)
WEB = re.compile(r"https?://[^\s\"'<>]+")
QUIET = ("script", "img", "iframe", "object", "embed", "style", "base", "form")


def make_warehouse(layout, **rows):
    """Publish a warehouse that holds the given rows, a list for a table."""
    copy_published(layout)
    with open_next(layout) as db:
        for name, listed in rows.items():
            db.register("incoming", arrow_table(name, listed))
            db.execute(f"INSERT INTO {name} BY NAME FROM incoming")
            db.unregister("incoming")
        create_views(db)
    publish(layout)


def run_row(**changes):
    counts = {
        "captures_seen": 20,
        "documents_loaded": 17,
        "documents_unchanged": 2,
        "documents_quarantined": 1,
    }
    return example("runs", **{"detail": None} | counts | changes)


def build(layout, address="index.html"):
    """Build the static site and return one of its pages."""
    return (build_report(layout).parent / address).read_text(encoding="utf-8")


def text_of(html):
    """Return what a page says: tags part words, but for those inside a line of text."""
    inline = re.sub(r"</?(?:bdi|mark|a|b|code)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", inline)).split())


def assert_inert(html):
    """Assert that a page runs only its own script, fetches nothing and refers to its own site alone."""
    assert "default-src 'none'; style-src 'self'" in html
    body = re.sub(r'<script src="(?:\.\./)*static/script\.js"></script>', "", html)
    body = re.sub(r'<form class="(?:find|big)"[^>]*action="(?:\.\./)*search\.html">', "", body)
    body = re.sub(r'<form action="(?:\.\./)*(?:documents|stories|disagreements)\.html">', "", body)
    tags = re.findall(r"<(\w+)([^>]*)>", body)
    assert not {name for name, _ in tags} & set(QUIET)
    for _, given in tags:
        assert not re.search(
            r"\s(?:on\w+|style|srcdoc|formaction)\s*=", re.sub(r'"[^"]*"', '""', given)
        ), given
    for name, given in tags:
        for reference in re.findall(r'(?:href|src)="([^"]*)"', given):
            is_link = name == "a" and WEB.fullmatch(reference) and 'rel="noreferrer' in given
            assert is_link or OURS.fullmatch(unescape(reference)), reference
