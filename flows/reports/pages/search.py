"""A search: articles best first, words in context, quotes, and facets to narrow it down."""

from collections.abc import Iterator
from typing import Any

from flows.reports.pages.parts import parts_of
from flows.reports.pages.site import Page, Site
from flows.reports.pages.snippets import find_in_context, make_snippet
from flows.reports.queries import search as ask
from flows.reports.queries.document import LISTED, SELECTED
from flows.reports.queries.included import DOCUMENTS
from flows.reports.words import say_language
from warehouse.schema.ddl import literal
from warehouse.search.index import FACET_VALUES, Found, SearchIndex
from warehouse.search.query import Query, parse

PER_PAGE, IN_CONTEXT, QUOTES_SHOWN, MOST_PAGES = 10, 40, 50, 100
TABS = ("articles", "context", "quotes", "removed")
REMOVED_SHOWN, REMOVED_READ = 50, 500  # removed lines, and documents that hold the words
# Values of a facet: that are seen at once, that are few enough to be seen all, and a page of them.
VALUES_SEEN, FEW_VALUES, VALUES_PER_PAGE = 8, 12, 200
FACET_NAMES = {
    "site": "Site",
    "language": "Language",
    "year": "Year",
    "said": "Speaker",
    "names": "Name",
    "story": "Story",
}
HAS = {
    "has:quote": "a quote",
    "has:figure": "a figure",
    "has:story": "a story",
    "is:truncated": "cut off",
}


def show_static(site: Site) -> Page:
    """Return the page of searches of the static form, which has no index but its own headlines."""
    rows = site.rows(
        LISTED.format(where="true", order=SELECTED.orders["loaded"][0]), limit=DOCUMENTS, offset=0
    )
    return Page("search_static.html", {"rows": [row for row in rows if _is_there(site, row)]})


def _is_there(site: Site, row: dict[str, Any]) -> bool:
    return site.link("documents", row["article_id"]) is not None


def show(
    site: Site, index: SearchIndex | None, text: str, tab: str, part: int, oldest_first: bool
) -> Page:
    """Return the page of a search for `text`; without an index it says that one is being built."""
    query, part = parse(text), max(1, min(part, MOST_PAGES))
    if index is None:
        return Page("search.html", {"text": text, "found": None})
    size = IN_CONTEXT if tab == "context" else PER_PAGE
    found = index.search(query, size, size * (part - 1))
    total_quotes, quotes = index.find_quotes(query, QUOTES_SHOWN, oldest_first)
    said = find_quotes(site, quotes) if tab == "quotes" else []
    removed = find_removed(site, query, REMOVED_SHOWN) if tab == "removed" else []
    articles = find_articles(site, found)
    context = {
        "text": text,
        "tab": tab if tab in TABS else "articles",
        "found": found,
        "part": part,
        "parts": min(MOST_PAGES, parts_of(found.total, size)),
        "items": _with_pieces(articles, "text", query),
        "lines": _lines(articles, query) if tab == "context" else [],
        "quotes": _with_pieces(said, "text", query),
        "removed": _with_pieces(removed, "line", query),
        "oldest_first": oldest_first,
        "earliest": _earliest(said) if oldest_first or total_quotes == len(said) else None,
        "total_quotes": total_quotes,
        "facets": list(_facets(site, found, query, text)),
        "has": [(label, _toggled(text, name), name in text.split()) for name, label in HAS.items()],
        "chips": [
            (name, value, _without(text, name, value))
            for name, values in query.filters
            for value in values
        ],
        "sql": say_sql(query) if tab != "removed" else None,
    }
    return Page("search.html", context)


def show_values(site: Site, index: SearchIndex, text: str, facet: str, part: int) -> Page | None:
    """Return the page of all values of a facet of a search, None if there is no such facet."""
    if facet not in FACET_NAMES:
        return None
    query, part = parse(text), max(1, min(part, MOST_PAGES))
    size = VALUES_PER_PAGE
    values = index.list_values(query, facet, size + 1, size * (part - 1))
    context = {
        "text": text,
        "facet": facet,
        "name": FACET_NAMES[facet],
        "listed": _listed(site, facet, values[:size], query, text),
        "part": part,
        "has_next": len(values) > size and part < MOST_PAGES,
    }
    return Page("values.html", context)


def find_articles(site: Site, found: Found) -> list[dict[str, Any]]:
    """Return the articles that the index has found, in its order."""
    rows = {row["article_id"]: row for row in site.rows(ask.ARTICLES, ids=list(found.article_ids))}
    return [rows[one] for one in found.article_ids if one in rows]


def _with_pieces(rows: list[dict[str, Any]], column: str, query: Query) -> list[dict[str, Any]]:
    return [row | {"pieces": make_snippet(row[column], query.pattern)} for row in rows]


def _lines(articles: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    return [
        {"article": row, "at": line}
        for row in articles
        for line in find_in_context(row["text"], query.pattern)
    ]


def find_quotes(site: Site, found: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return the quotes that the index has found, each by its article and position, in its order."""
    rows = site.rows(ask.QUOTES, ids=sorted({article_id for article_id, _ in found}))
    by_place = {(row["article_id"], row["position"]): row for row in rows}
    return [by_place[place] for place in found if place in by_place]


def find_removed(site: Site, query: Query, most: int) -> list[dict[str, Any]]:
    """Return removed lines with all terms, without regard to case; filters do not count."""
    wanted = [term.text.lower() for term in query.terms if not term.is_not]
    if not wanted:
        return []
    terms = {f"term{number}": text for number, text in enumerate(wanted)}
    in_text, in_line = (
        " AND ".join(f"contains(lower({where}), ${name})" for name in terms)
        for where in ("text", "substring(f.text, s.start_char + 1, s.end_char - s.start_char)")
    )
    told = ask.REMOVED.format(in_text=in_text, in_line=in_line)
    return site.rows(told, **terms, documents=REMOVED_READ, lines=most)


def _earliest(quotes: list[dict[str, Any]]) -> tuple[str, int] | None:
    """Return the place of the quote that was published first, None if others may be as early."""
    dated = [q for q in quotes if q["published_on"] and q["published_precision"] == "day"]
    days = sorted(q["published_on"] for q in dated)
    if len(days) < 2 or days[0] == days[1]:
        return None
    return next((q["article_id"], q["position"]) for q in dated if q["published_on"] == days[0])


def _facets(site: Site, found: Found, query: Query, text: str) -> Iterator[dict[str, Any]]:
    """Yield the facets: some values that are seen at once, more to unfold, and whether that is all."""
    for field, values in found.facets.items():
        if listed := _listed(site, field, values, query, text):
            seen = FEW_VALUES if len(listed) <= FEW_VALUES else VALUES_SEEN
            yield {
                "name": FACET_NAMES[field],
                "field": field,
                "listed": [one for i, one in enumerate(listed) if i < seen or one["is_chosen"]],
                "more": [one for one in listed[seen:] if not one["is_chosen"]],
                "is_all": len(values) < FACET_VALUES,
            }


def _listed(
    site: Site, field: str, values: list[tuple[str, int]], query: Query, text: str
) -> list[dict[str, Any]]:
    """Return the values of a facet as links that add or remove them."""
    chosen = dict(query.filters).get(field, ())
    names = _names(site, field, [value for value, _ in values])
    top = max((n for _, n in values), default=1)
    return [
        {
            "name": names.get(value) or value or "no date",
            "n": n,
            "share": n / top,
            "is_chosen": value in chosen,
            "text": _toggled(text, _as_filter(field, value)),
        }
        for value, n in values
        if value or field == "year"
    ]


def _names(site: Site, field: str, values: list[str]) -> dict[str, str]:
    if field == "language":
        return {value: say_language(value) for value in values}
    if field == "names":
        return {row["entity_id"]: row["name"] for row in site.rows(ask.NAMES, ids=values)}
    if field == "story":
        return {row["story_id"]: row["title"] for row in site.rows(ask.TITLES, ids=values)}
    return {}


def _as_filter(field: str, value: str) -> str:
    """Return a filter as it is typed; a value with spaces in quotation marks.

    >>> _as_filter("said", "Mark Natkin")
    'said:"Mark Natkin"'
    """
    value = value.replace('"', "")
    return f'{field}:"{value}"' if " " in value or not value else f"{field}:{value}"


def _toggled(text: str, told: str) -> str:
    """Return a search with a filter added, or taken away if it is there."""
    return _drop(text, told) if told in text else f"{text} {told}".strip()


def _without(text: str, field: str, value: str) -> str:
    for told in (_as_filter(field, value), f'{field}:"{value}"'):
        if told in text:
            return _drop(text, told)
    return text


def _drop(text: str, told: str) -> str:
    return " ".join(text.replace(told, "", 1).split())


TEXT = "lower(concat_ws(chr(10), title, text))"
SQL_FILTERS = {
    "site": "site = {}",
    "language": "language = {}",
    "year": "coalesce(CAST(year(published_on) AS VARCHAR), '') = {}",
    "story": "story_id = {}",
    "said": "article_id IN (SELECT article_id FROM quotes WHERE speaker = {})",
    "names": "article_id IN (SELECT article_id FROM mentions WHERE entity_id = {})",
    "before": "CAST(published_on AS VARCHAR) < {}",
    "after": "CAST(published_on AS VARCHAR) >= {}",
}


def say_sql(query: Query) -> str:
    """Return SQL that finds in the warehouse what the index finds, but for accents and rank."""
    parts = [
        f"{'NOT ' if term.is_not else ''}contains({TEXT}, {literal(term.text.lower())})"
        for term in query.terms
    ]
    for name, values in query.filters:
        if name in SQL_FILTERS:
            parts.append(
                "(" + " OR ".join(SQL_FILTERS[name].format(literal(value)) for value in values) + ")"
            )
    where = "\n  AND ".join(parts) or "true"
    columns = "article_id, title, site, language, published_on"
    return f"SELECT {columns}\nFROM articles\nWHERE {where}\nORDER BY published_on DESC"
