"""What is shown, to take away: as CSV and JSON."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from flows.reports.pages.search import find_articles, find_quotes, find_removed
from flows.reports.pages.site import Site
from flows.reports.queries import story as of_story
from warehouse.csv_guard import guard
from warehouse.search.index import SearchIndex
from warehouse.search.query import parse

MOST_ROWS = 5_000


def search_rows(site: Site, index: SearchIndex, text: str, tab: str) -> list[dict[str, Any]]:
    """Return what a search finds: quotes or removed lines on those tabs, else articles, best first."""
    query = parse(text)
    if tab == "removed":
        return find_removed(site, query, MOST_ROWS)
    if tab == "quotes":
        _, places = index.find_quotes(query, MOST_ROWS)
        return find_quotes(site, places)
    return find_articles(site, index.search(query, MOST_ROWS))


def story_rows(site: Site, story_id: str) -> list[dict[str, Any]]:
    """Return the articles of a story."""
    return site.rows(of_story.ARTICLES, ids=[story_id])


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    r"""Return rows as CSV that a spreadsheet shows and does not run.

    >>> as_csv([{"title": "=1+1"}])
    "title\r\n'=1+1\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
    writer.writerows(map(guard, row.values()) for row in rows)
    return out.getvalue()


def as_json(rows: Sequence[dict[str, Any]]) -> str:
    """Return rows as JSON, times in ISO 8601."""
    return json.dumps(rows, default=str, ensure_ascii=False, indent=1)
