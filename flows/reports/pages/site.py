"""What every page needs: the open warehouse, the links that lead somewhere, and the templates."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.reports import words
from flows.reports.check_words import say_check, say_suite
from flows.reports.queries import checks as ask
from flows.reports.queries.included import count_parts
from warehouse.paths import Layout, option_for
from warehouse.schema.ddl import literal
from warehouse.store import fetch_rows

T = TypeVar("T")
HOME = Path(__file__).parent.parent
STATIC = HOME / "static"
# Small letters only, and names of runs: on some file systems A and a are the same file.
PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}|[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}")
WEB = re.compile(r"https?://[^\s\"'<>\\\x00-\x20\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
SHORT_ID = 16  # hex digits of a document's id in its address: enough for any warehouse


@dataclass(frozen=True, slots=True)
class Site:
    """An open warehouse to make pages of.

    `included` holds the addresses that the static form has; None means that every page is there.
    `asked` is what the address of a list asks for beside its path, in the live form.
    """

    db: Any
    layout: Layout
    included: frozenset[str] | None = None
    written_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    memory: dict[str, Any] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)

    def once(self, name: str, find: Callable[[], T]) -> T:
        """Return what `find` gives, asked once for as long as the warehouse is open."""
        if name not in self.memory:
            self.memory[name] = find()
        found: T = self.memory[name]
        return found

    def rows(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        return fetch_rows(self.db, query, **parameters)

    def row(self, query: str, **parameters: object) -> dict[str, Any] | None:
        """Return the first row of a query, None if there is none."""
        return next(iter(self.rows(query, **parameters)), None)

    @property
    def is_live(self) -> bool:
        """Whether every page can be made when it is asked for."""
        return self.included is None

    def link(self, folder: str, key: str | None) -> str | None:
        """Return the address of a page from the root of the site, None if this form lacks it."""
        if key is None:
            return None
        address = address_of(folder, key)
        return address if self.included is None or address in self.included else None


@dataclass(frozen=True, slots=True)
class Page:
    """A template, what it is given, and how many parts the page has in all."""

    template: str
    context: Mapping[str, Any]
    parts: int = 1


def slug(key: str) -> str:
    """Return a key as a file's name: itself where it is plain, else a digest.

    >>> slug("harbour-post.example"), slug('"><script>')
    ('harbour-post.example', 'x-554299e9841f')
    """
    return (
        key if PLAIN.fullmatch(key) and ".." not in key else "x-" + sha256(key.encode()).hexdigest()[:12]
    )


def find_name(site: Site, names: str, key: str) -> str:
    """Return the name whose slug is `key`, of those that a query gives; `key` where none is."""
    query = f"SELECT name FROM ({names}) WHERE 'x-' || left(sha256(name), 12) = $key"
    found = site.row(query, key=key) if key.startswith("x-") else None
    return found["name"] if found else key


def address_of(folder: str, key: str) -> str:
    """Return the address of the page of a thing, from the root of the site.

    >>> address_of("sites", "a.example")
    'sites/a.example.html'
    """
    return f"{folder}/{slug(key[:SHORT_ID] if folder == 'documents' else key)}.html"


def name_capture(row: Mapping[str, Any]) -> str:
    """Return the name of the page of a refused capture; queries/quarantine.py finds it by the same."""
    told = f"{row['source_uri']}\n{row['document_id']}"
    return "c-" + sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def web_address(url: str | None) -> str | None:
    """Return an address that a browser may be sent to, None for all but http and https.

    >>> web_address("https://a.example/1"), web_address("javascript:alert(1)")
    ('https://a.example/1', None)
    """
    return url if url and WEB.fullmatch(url) else None


def render(site: Site, address: str, page: Page) -> str:
    """Return the page at an address as HTML."""
    root = "../" * address.count("/")

    def link(folder: str, key: str | None) -> str | None:
        found = site.link(folder, key)
        return None if found is None else root + found

    frame = {
        "root": root,
        "link": link,
        "site": site,
        "address": address,
        "parts": page.parts,
        "database": site.layout.database.name,
        # Without a look at the variable for another default: it may not be set where a page is read.
        "of_warehouse": option_for(site.layout),
        "most_parts": None if site.is_live else count_parts(address),
        "open_checks": site.once("open checks", lambda: int(site.rows(ask.FAILED)[0]["n"])),
    }
    return environment().get_template(page.template).render(frame | dict(page.context))


@cache
def environment() -> Environment:
    """Return the templates; all that is put into them is escaped."""
    pages = Environment(
        loader=FileSystemLoader(HOME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {
        "day": words.say_day,
        "time": words.say_time,
        "number": words.say_number,
        "large": words.say_large,
        "percent": words.say_percent,
        "role": words.say_role,
        "reason": words.say_reason,
        "language": words.say_language,
        "check": say_check,
        "suite": say_suite,
        "observed": words.say_observed,
        "web": web_address,
        "capital": lambda text: text[:1].upper() + text[1:].rstrip("."),
        "capture": name_capture,
        "literal": literal,
        "whole": lambda share: max(0, min(100, round(100 * (share or 0)))),
    }
    pages.globals |= {"count": words.count, "SOURCES": words.SOURCES, "REASONS": words.REASONS}
    pages.globals |= {"STAGES": words.STAGES, "DATA_ROLES": words.DATA_ROLES}
    return pages


def compile_templates() -> None:
    """Compile every template, which takes 0.3 s in all, so that no first page waits for its own."""
    for name in environment().list_templates():
        environment().get_template(name)
