"""The installed peers: what each keeps of a page."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

Extractor = Callable[[str], str]


def keep_by_trafilatura(html: str, **options: bool) -> str:
    """Return the text that trafilatura keeps."""
    return str(import_module("trafilatura").extract(html, **options) or "")


def keep_by_resiliparse(html: str) -> str:
    """Return resiliparse's main content."""
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return str(extract(html, main_content=True, alt_texts=False))


def keep_by_readability(html: str) -> str:
    """Return the text of readability-lxml's summary."""
    summary = import_module("readability").Document(html).summary()
    return _text_of(summary)


def keep_by_newspaper(html: str) -> str:
    """Return newspaper4k's article text; it would ask the network for pictures otherwise."""
    article = import_module("newspaper").Article("https://page.example/", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return str(article.text)


def keep_by_boilerpy(html: str) -> str:
    """Return what boilerpy3's article extractor keeps."""
    return str(import_module("boilerpy3.extractors").ArticleExtractor().get_content(html))


def keep_by_justext(html: str) -> str:
    """Return the paragraphs that jusText keeps, with English stop words."""
    justext = import_module("justext")
    paragraphs = justext.justext(html.encode(), justext.get_stoplist("English"), encoding="utf-8")
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def keep_by_goose(html: str) -> str:
    """Return goose3's article text."""
    goose = import_module("goose3").Goose({"enable_image_fetching": False})
    return str(goose.extract(raw_html=html).cleaned_text)


def keep_all(html: str) -> str:
    """Return the whole text, as inscriptis lays it out."""
    return str(import_module("inscriptis").get_text(html))


def _text_of(html: str) -> str:
    return "\n".join(import_module("lxml.html").fromstring(html or "<p></p>").itertext())


PAGE_PEERS: dict[str, Extractor] = {
    "trafilatura, no comments": partial(keep_by_trafilatura, include_comments=False),
    "trafilatura, default": keep_by_trafilatura,
    "trafilatura, fast": partial(keep_by_trafilatura, include_comments=False, fast=True),
    "resiliparse": keep_by_resiliparse,
    "readability-lxml": keep_by_readability,
    "newspaper4k": keep_by_newspaper,
    "boilerpy3": keep_by_boilerpy,
    "jusText": keep_by_justext,
    "goose3": keep_by_goose,
    "nothing removed": keep_all,
}
LINE_PEERS: dict[str, Extractor] = {
    "trafilatura on <p>": PAGE_PEERS["trafilatura, no comments"],
    "boilerpy3 on <p>": keep_by_boilerpy,
    "jusText on <p>": keep_by_justext,
}
LONG_LINE = 20  # words


def keep_densest_run(lines: Sequence[str]) -> list[bool]:
    """Keep the run of lines with the most words beyond twenty a line (body text extraction)."""
    best, best_span, total, start = 0, (0, 0), 0, 0
    for end, line in enumerate(lines, 1):
        total += len(line.split()) - LONG_LINE
        if total > best:
            best, best_span = total, (start, end)
        if total < 0:
            total, start = 0, end
    return [best_span[0] <= n < best_span[1] for n in range(len(lines))]


def keep_c4_lines(lines: Sequence[str]) -> list[bool]:
    """Keep lines of five words that end like a sentence and speak of no scripts or cookies."""
    return [
        len(line.split()) >= 5
        and line.rstrip("\"'”’")[-1:] in (".", "!", "?")
        and not any(word in line.lower() for word in ("javascript", "cookie", "terms of use"))
        for line in lines
    ]
