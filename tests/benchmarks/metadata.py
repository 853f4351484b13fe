"""Score titles, authors and dates against the benchmark's gold metadata, trafilatura's beside them.

    python -m tests.benchmarks.metadata BENCH [--part train] [--misses]

Ours are given three times: as read from the markup, as loaded, where a refused page has none, and as
loaded from the text of the page alone. A value is exact if it has the same words (title), the same set
of names (author), the same day (date); a date that the gold gives as a month is compared as one.
"""

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trafilatura.metadata import extract_metadata

from tests.benchmarks.gold import read_jsonl
from tests.loading import capture_of
from transforms.blocks.page import Page
from transforms.captures.capture import CaptureToClean
from transforms.clean import Cleaned, clean
from transforms.metadata.read import read_metadata
from transforms.options import CleaningOptions

FIELDS = {"title": 0.75, "author": 0.80, "date": 0.95}  # with what is wanted of each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--part", choices=["dev", "train"], default="dev")
    parser.add_argument("--misses", action="store_true", help="say which are not exact")
    arguments = parser.parse_args()
    given, exact = Counter(), Counter()
    flats = read_jsonl(arguments.bench / f"{arguments.part}.flat.jsonl.gz")
    texts = {flat["id"]: flat["text"] for flat in flats if flat["flattener"] == "wet"}
    for page in read_jsonl(arguments.bench / f"{arguments.part}.html.jsonl.gz"):
        page["text"] = texts.get(page["id"], "")
        for name in filter(page.get, FIELDS):
            given[name] += 1
        for who, read in READERS.items():
            found = read(page)
            for name in filter(page.get, FIELDS):
                is_same = is_exact(name, page[name], found.get(name))
                exact[who, name] += is_same
                if arguments.misses and who == "markup" and not is_same:
                    print(f"{name} {page['id']}: {found.get(name)!r}, not {page[name]!r}")
    print(f"| field | given | {' | '.join(READERS)} | wanted |\n|---|---|---|---|---|---|---|")
    for name, wanted in FIELDS.items():
        cells = (f"{exact[who, name]} ({exact[who, name] / given[name]:.3f})" for who in READERS)
        print(f"| {name} | {given[name]} | {' | '.join(cells)} | {wanted} |")


def read_from_markup(page: dict[str, Any]) -> dict[str, str | None]:
    """Return the metadata that the markup of a page gives."""
    found = read_metadata(Page(page["html"]), page["url"])
    day = found.published.on.isoformat() if found.published else None
    return {"title": found.title, "author": found.author, "date": day}


def read_as_loaded(page: dict[str, Any]) -> dict[str, str | None]:
    """Return the metadata of the article as it is loaded."""
    return _loaded(capture_of(page["html"].encode(), content_type="text/html", url=page["url"]))


def read_from_text(page: dict[str, Any]) -> dict[str, str | None]:
    """Return the metadata of the article that the flattened text of a page becomes."""
    return _loaded(capture_of(page["text"].encode("utf-8", "replace"), content_type="text/plain"))


def _loaded(capture: CaptureToClean) -> dict[str, str | None]:
    cleaned = clean(capture, CleaningOptions(finds_facts=False))
    if not isinstance(cleaned, Cleaned):
        return {}
    article = cleaned.articles[0]
    day = article.published_on.isoformat() if article.published_on else None
    return {"title": article.title, "author": article.author, "date": day}


def read_by_trafilatura(page: dict[str, Any]) -> dict[str, str | None]:
    """Return the metadata that trafilatura finds."""
    found = extract_metadata(page["html"], default_url=page["url"])
    return {name: getattr(found, name, None) for name in FIELDS}


READERS = {
    "markup": read_from_markup,
    "loaded": read_as_loaded,
    "from text": read_from_text,
    "trafilatura": read_by_trafilatura,
}


def is_exact(name: str, gold: str, found: str | None) -> bool:
    """Return True if a value is that of the gold."""
    if not found:
        return False
    if name == "date":
        day = gold[:10]
        return found[: len(day)] == day
    if name == "author":
        return set(_names(gold)) == set(_names(found))
    return _words(gold) == _words(found)


def _names(text: str) -> Iterator[str]:
    yield from filter(None, map(_words, re.split(r";|,| and |&", text)))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


if __name__ == "__main__":
    main()
