"""A page's HTML, parsed at most once by each of two parsers, Lexbor and lxml."""

import re
from functools import cached_property
from itertools import islice

from htmldate.utils import HTML_PARSER, load_html
from lxml.etree import ElementDefaultClassLookup
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction
from selectolax.lexbor import LexborHTMLParser

# Characters that are not allowed in XML, on which lxml is based.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# All elements are of one class, since nobody asks for those of forms. Otherwise lxml.html calls a
# function in Python for each element that is touched.
HTML_PARSER.set_element_class_lookup(
    ElementDefaultClassLookup(HtmlElement, HtmlComment, HtmlProcessingInstruction, HtmlEntity)
)

LONGEST_TAG = 20_000
ENDLESS_TAG = re.compile(rf"<([a-zA-Z][\w-]*+)[^<>]{{{LONGEST_TAG},}}+")
MOST_WORDS = 2_000  # in a tag; parsers compare each attribute with all before it
# Lexbor compares each option of a list with all before it, and nothing shows them: 80,000 took 40 s.
MOST_OPTIONS = 2_000
OPTION = re.compile(r"<option\b[^<>]*+>[^<]*+", re.IGNORECASE)
# Parsers open what is unclosed of these again in each block that follows, up to three times if it has no
# attributes: 3,000 of them become 4 million elements.
MOST_UNCLOSED = 300
FORMATTING = re.compile(
    r"<(/?)(b|big|code|em|font|i|s|small|strike|strong|tt|u)\b[^<>]*+>", re.IGNORECASE
)
ARCHIVIST, HEAD = 'content="@archiveis"', 8_192  # characters in which a page says who keeps it
META = re.compile(r"<meta\b[^<>]*+>", re.IGNORECASE)
# Blogs keep a post without these: a blank line begins a paragraph.
PARTED = re.compile(r"<(?:p|br|div|table|pre|textarea|script|style|body|html)\b", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n[ \t\r]*+\n\s*+")


def _may_be_endless(html: str) -> bool:
    """Return True if more characters stand between two signs "<" than a tag should have."""
    at = 0
    while len(html) - at > LONGEST_TAG:
        at = html.rfind("<", at, at + LONGEST_TAG + 1) + 1
        if not at:
            return True
    return False


def _without_attributes(tag: re.Match[str]) -> str:
    """Return a tag without its attributes if it has thousands, otherwise unchanged.

    >>> Page("<p " + " ".join(f"a{n}=1" for n in range(9_000)) + ">Rice").html
    '<p>Rice'
    """
    return tag[0] if len(tag[0].split(None, MOST_WORDS)) <= MOST_WORDS else f"<{tag[1]}"


def without_options(html: str) -> str:
    """Return a page without the options of its lists if it has thousands, otherwise unchanged.

    >>> without_options("<select>" + "<option>Rice" * 3_000 + "</select>")
    '<select></select>'
    """
    many = next(islice(OPTION.finditer(html), MOST_OPTIONS, None), None)
    return OPTION.sub("", html) if many else html


def without_unclosed_styles(html: str) -> str:
    """Return a page without the attributes of formatting tags if hundreds of these are unclosed.

    >>> without_unclosed_styles("".join(f"<p><font size={n}>Rice" for n in range(999)))[:15]
    '<p><font>Rice<p'
    """
    ends = [end for end, _ in FORMATTING.findall(html)]
    is_closed = len(ends) - 2 * ends.count("/") <= MOST_UNCLOSED
    return html if is_closed else FORMATTING.sub(r"<\1\2>", html)


def without_archivist(html: str) -> str:
    """Return a page of archive.today without its elements META: their time is that of the capture.

    >>> without_archivist('<meta content="@archiveis"><meta itemprop="dateCreated" content="2023">Rice')
    'Rice'
    """
    return META.sub("", html) if ARCHIVIST in html[:HEAD] else html


def with_breaks(html: str) -> str:
    r"""Return a part of a page with breaks for its blank lines, if nothing else parts its paragraphs.

    >>> with_breaks("Rice is <b>dear</b>.\n\nTea is not."), with_breaks("<p>Rice\n\nTea</p>")
    ('Rice is <b>dear</b>.<br><br>Tea is not.', '<p>Rice\n\nTea</p>')
    """
    return html if PARTED.search(html) else BLANK_LINE.sub("<br><br>", html)


class Page:
    """A page and its trees; each tree is built when it is first used."""

    def __init__(self, html: str) -> None:
        short = ENDLESS_TAG.sub(_without_attributes, html) if _may_be_endless(html) else html
        self.html = with_breaks(without_unclosed_styles(without_options(without_archivist(short))))

    @cached_property
    def lexbor(self) -> LexborHTMLParser:
        """The tree as a browser builds it. `read_head` changes it, so it must be called last."""
        return LexborHTMLParser(self.html)

    @cached_property
    def lxml(self) -> HtmlElement | None:
        """The tree for trafilatura and htmldate, including HTML comments; None if lxml cannot parse it.

        It is None too if the text is a URL, which htmldate would download.
        """
        is_address = self.html.startswith("http") and " " not in self.html
        return None if is_address else load_html(NOT_IN_XML.sub("", self.html))
