"""A page's HTML, parsed once by each of the two parsers that its readers build on."""

import re
from functools import cached_property

from htmldate.utils import load_html
from lxml.html import HtmlElement
from selectolax.lexbor import LexborHTMLParser

# XML has none of these, and lxml is an XML library.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Page:
    """A page and its trees; each tree is built when it is first asked for."""

    def __init__(self, html: str) -> None:
        self.html = html

    @cached_property
    def lexbor(self) -> LexborHTMLParser:
        """The tree as a browser builds it. `read_head` changes it, and so comes last of its readers."""
        return LexborHTMLParser(self.html)

    @cached_property
    def lxml(self) -> HtmlElement | None:
        """The tree for trafilatura and htmldate, comments included; None if lxml finds no page.

        htmldate takes a text that is an address for a request to download it: there is no page in one.
        """
        is_address = self.html.startswith("http") and " " not in self.html
        return None if is_address else load_html(NOT_IN_XML.sub("", self.html))
