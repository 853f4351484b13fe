"""Read a page's JSON-LD (schema.org vocabulary)."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from transforms.language.well_formed import read_json

Node = dict[str, Any]

ARTICLE = re.compile(r"(?:Article|Posting|Report|WebPage|Review|Recipe|HowTo|QAPage)$")
NOT_OF_THE_PAGE = frozenset(
    ["Comment", "Review", "Book", "VideoObject", "ImageObject", "Product", "Event"]
)
OUTLETS = frozenset(["WebSite", "Organization", "NewsMediaOrganization", "Corporation", "Brand"])
DEEPEST = 12  # levels; the deepest of the benchmark's training pages has 9


def parse_json_ld(scripts: list[str]) -> list[Node]:
    """Return all objects in a page's JSON-LD, including nested ones, articles first.

    Invalid JSON is ignored, since the other sources of metadata remain.

    >>> nodes = parse_json_ld(['{"@graph": [{"headline": "A"}]}', "{"])
    >>> first_text(nodes, "headline")
    'A'
    """
    nodes = [node for script in scripts for node in _walk(_load(script), 0)]
    return sorted(nodes, key=lambda node: not _is_article(node))


def _load(script: str) -> Any:
    try:
        return read_json(script.strip().removesuffix(";"))
    except ValueError:
        return None


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, depth + 1)


def types_of(node: Node) -> set[str]:
    """Return the types of a node."""
    kinds = node.get("@type")
    return {str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind}


def _is_article(node: Node) -> bool:
    return any(ARTICLE.search(kind) for kind in types_of(node) - NOT_OF_THE_PAGE)


def first_text(nodes: list[Node], key: str) -> str | None:
    """Return the first string value of a key, or None."""
    for node in nodes:
        value = node.get(key)
        if isinstance(value, str) and value.strip() and types_of(node).isdisjoint(NOT_OF_THE_PAGE):
            return unescape(value)
    return None


def authors_of(nodes: list[Node]) -> list[str]:
    """Return the names in the first author property; an author can be a reference to another node."""
    named = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and node.get("name")
    }
    own = (node for node in nodes if "author" in node and types_of(node).isdisjoint(NOT_OF_THE_PAGE))
    return next(filter(None, (list(_names(node["author"], named)) for node in own)), [])


def _names(value: Any, named: dict[str, Node]) -> Iterator[str]:
    if isinstance(value, str):
        yield unescape(value)
    elif isinstance(value, list):
        for one in value[:20]:
            yield from _names(one, named)
    elif isinstance(value, dict):
        yield from _names(value.get("name") or named.get(str(value.get("@id")), {}).get("name"), {})


def outlets_of(nodes: list[Node]) -> set[str]:
    """Return the names of the site and its publisher."""
    names = (node.get("name") for node in nodes if types_of(node) & OUTLETS)
    return {name for name in names if isinstance(name, str)}
