"""The vote of trafilatura: what another extractor keeps of a page."""

from lxml import etree
from trafilatura import extract

from transforms.blocks.page import Page


def vote_by_trafilatura(page: Page) -> str:
    """Return the text that trafilatura keeps of a page, comments left out; empty if it finds none.

    The comments in the HTML are taken out of the page's tree, as trafilatura's own parser does.
    `deduplicate` stays off: it remembers what earlier pages held, and the result would depend on
    the order of the captures.
    """
    if page.lxml is None:
        return ""
    etree.strip_elements(page.lxml, etree.Comment, with_tail=False)
    return extract(page.lxml, include_comments=False, include_tables=True, deduplicate=False) or ""
