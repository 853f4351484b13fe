"""Find the text of a page that scripts build, in what its markup tells machines (JSON-LD)."""

from html import escape

from transforms.blocks.page import Page
from transforms.language.words import count_words
from transforms.metadata.json_ld import NOT_OF_THE_PAGE, parse_json_ld, types_of

TIMES_SHOWN = 3  # as many words as the page shows; a page that shows its text has more than its body


def find_told_page(page: Page, shown: str) -> Page | None:
    r"""Return the article that JSON-LD holds, as a page, if the page itself shows hardly anything of it.

    `shown` is the rendered text. The entries of a live blog are one article. To be called before the
    metadata are read, which takes scripts out.

    >>> told = '{"articleBody": "Rice is dear.\\n\\nTea is not."}'
    >>> find_told_page(Page(f'<script type="application/ld+json">{told}</script><p>Menu'), "Menu").html
    '<article><p>Rice is dear.</p><p>Tea is not.</p></article>'
    """
    if "articleBody" not in page.html:
        return None
    scripts = [node.text() or "" for node in page.lexbor.css('script[type="application/ld+json"]')]
    nodes = [node for node in parse_json_ld(scripts) if types_of(node).isdisjoint(NOT_OF_THE_PAGE)]
    bodies = [body for node in nodes if isinstance(body := node.get("articleBody"), str)]
    if sum(map(count_words, bodies)) < TIMES_SHOWN * max(count_words(shown), 1):
        return None
    return Page(f"<article>{''.join(map(_as_markup, bodies))}</article>")


def _as_markup(body: str) -> str:
    if "</p>" in body or "<br" in body:
        return body
    lines = (line.strip() for line in body.splitlines())
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
