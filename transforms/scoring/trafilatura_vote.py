"""The vote of trafilatura: what another extractor keeps of a page."""

from trafilatura import extract


def vote_by_trafilatura(html: str) -> str:
    """Return the text that trafilatura keeps of a page, comments left out; empty if it finds none.

    `deduplicate` stays off: it remembers what earlier pages held, and the result would depend on
    the order of the captures.
    """
    return extract(html, include_comments=False, include_tables=True, deduplicate=False) or ""
