"""Articles in the pages that press databases export: Factiva and Europresse as HTML."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.captures.press.factiva import split_factiva
from transforms.captures.press.press_article import PressArticle
from transforms.language.dates import find_date

# The classes that tell the pages of both. Factiva's has the language of the article in it.
HINT = re.compile(rb"""class=["'](?:article [a-z]{2,5}Article["']|[\w -]{0,60}\btitreArticle)""")
FACTIVA = 'div[class^="article "][class$="Article"]'
EUROPRESSE_TITLE = ".titreArticleVisu, .titreArticle"
EUROPRESSE_TEXT = ".docOcurrContainer, .DocText"
APPEARED_IN = re.compile(r"(?:Cet article est paru dans|This article appeared in|Aussi paru dans)\b")


def is_press_page(content: bytes) -> bool:
    """Return True if a page has the classes of a press database."""
    return HINT.search(content) is not None


def find_press_articles(html: str) -> list[PressArticle]:
    """Return the articles of a page that a press database exported; none if it is another page.

    >>> head = "<p class='titreArticleVisu'>Rice</p></div><div class='docAuthors'>Jo Roe</div>"
    >>> text = "<div class='docOcurrContainer'><p>It <mark>rose</mark>.</p></div>"
    >>> html = f"<article><span class='DocHeader'>3 mars 2021, p. 4</span><div>{head}{text}</article>"
    >>> [(one.title, one.author, one.published, one.body) for one in find_press_articles(html)]
    [('Rice', 'Jo Roe', '2021-03-03', ('It rose.',))]
    """
    tree = LexborHTMLParser(html)
    found = [article for node in tree.css(FACTIVA) for article in _read_factiva(node)]
    return found or [one for node in tree.css("article") if (one := _read_europresse(node))]


def _read_factiva(node: LexborNode) -> list[PressArticle]:
    """Read an article of Factiva: a table of codes, or the lines of an article as it is read."""
    found = split_factiva("\n".join(_factiva_lines(node)))
    return found[0] if found else []


def _factiva_lines(node: LexborNode) -> Iterator[str]:
    rows = node.css("tr")
    for row in rows:
        for cell in (child for child in row.iter() if child.tag in ("td", "th")):
            yield from _paragraphs(cell)
    if not rows:
        for child in node.iter():
            yield from _paragraphs(child)


def _read_europresse(node: LexborNode) -> PressArticle | None:
    title, text = node.css_first(EUROPRESSE_TITLE), node.css_first(EUROPRESSE_TEXT)
    if title is None or text is None:
        return None
    author = node.css_first(".docAuthors")
    days = (find_date(_line(one)) for one in node.css(".DocHeader"))
    day = next(filter(None, days), None)
    return PressArticle(
        title=_line(title) or None,
        author=_line(author) or None if author else None,
        published=day.isoformat() if day else None,
        body=tuple(line for line in _paragraphs(text) if not APPEARED_IN.match(line)),
    )


def _paragraphs(node: LexborNode) -> Iterator[str]:
    """Yield the paragraphs of an element as lines, or its text as one line."""
    yield from filter(None, map(_line, node.css("p") or [node]))


def _line(node: LexborNode) -> str:
    return " ".join(node.text().split())
