"""Run trafilatura on a page; the text it keeps is a feature of the model."""

from lxml import etree
from trafilatura import extract

from transforms.blocks.page import Page


def vote_by_trafilatura(page: Page) -> str:
    """Return the text that trafilatura keeps of a page, without reader comments; empty if none.

    HTML comments are removed from the page's tree, as trafilatura's own parser does. `deduplicate` is
    off: it remembers the content of earlier pages, so the result would depend on the order of the
    captures.
    """
    if page.lxml is None:
        return ""
    etree.strip_elements(page.lxml, etree.Comment, with_tail=False)
    return extract(page.lxml, include_comments=False, include_tables=True, deduplicate=False) or ""
