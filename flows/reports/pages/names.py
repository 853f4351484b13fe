"""Names: who says what about a name, where and when."""

from flows.reports.pages.parts import parts_of, rows_of
from flows.reports.pages.site import Page, Site
from flows.reports.queries import names as ask


def list_all(site: Site, part: int) -> Page:
    """Return a page of the names that articles mention or quote, those of most articles first."""
    rows = site.once("names", lambda: site.rows(ask.LISTED))
    shown = rows_of(rows, part, ask.PER_PAGE)
    context = {"rows": shown, "total": len(rows), "part": part}
    return Page("names.html", context, parts_of(len(rows), ask.PER_PAGE))


def show(site: Site, key: str, _part: int) -> Page | None:
    """Return the page of a name by its entity_id."""
    row = site.row(ask.NAME, id=key)
    if row is None:
        return None
    named = {"id": key, "name": row["name"]}
    months = site.rows(ask.MONTHS, **named)
    context = {
        "row": row,
        "counted": site.rows(ask.COUNTED, **named)[0],
        "surfaces": site.rows(ask.SURFACES, id=key),
        "months": months[::-1],
        "top": max((month["articles"] for month in months), default=1),
        "sites": site.rows(ask.SITES, **named),
        "said": site.rows(ask.SAID, **named),
        "figures": site.rows(ask.FIGURES, id=key),
        "with_it": site.rows(ask.WITH_IT, **named),
    }
    return Page("name.html", context)
