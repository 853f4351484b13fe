"""Derive the role of a block from the tags and class names around it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from transforms.blocks.block import Element, Markup
from warehouse.schema.vocabulary import Role

CONTENT_TAGS: dict[str, Role] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "list_item"),
    "blockquote": "block_quote",
}
BOILERPLATE_TAGS: dict[str, Role] = {
    "nav": "navigation",
    "header": "navigation",
    "aside": "sidebar",
    "footer": "navigation",
    "figcaption": "caption",
    "form": "comment_prompt",
}
# Words of class and id attributes, the most reliable first.
BOILERPLATE_NAMES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"respond|comment-?form|reply-title|disqus"), "comment_prompt"),
    (re.compile(r"comment"), "comment"),
    (re.compile(r"author|byline|bio\b"), "author_bio"),
    (re.compile(r"share|social|follow"), "share"),
    (re.compile(r"related|recommend|read-?more|teaser|more-?from|trending|most-?read"), "related"),
    (re.compile(r"\bads?\b|advert|sponsor|promo|newsletter|subscribe"), "advert"),
    (re.compile(r"cookie|consent|legal|copyright|disclaimer|terms|privacy"), "legal"),
    (re.compile(r"caption|credit"), "caption"),
    (re.compile(r"sidebar|widget"), "sidebar"),
    (re.compile(r"\bnav|menu|breadcrumb|pagination|header|footer"), "navigation"),
)
COMMENTS = re.compile(r"comment|disqus|d(?<=\bd)iscussion\b|r(?<=\br)espond\b")


def find_comments(markups: Sequence[Markup | None]) -> list[bool]:
    """Return for each block True if the class or id of an element around it names comments."""
    known: dict[Element | None, bool] = {None: False}
    return [markup is not None and _is_in_comments(markup.element, known) for markup in markups]


def _is_in_comments(element: Element, known: dict[Element | None, bool]) -> bool:
    """Return True if an element or one around it names comments; add what was found to `known`."""
    new: list[Element] = []
    at: Element | None = element
    while at is not None and at not in known:
        new.append(at)
        at = at.above
    found = known[at]
    for one in reversed(new):
        found = known[one] = found or _names_comments(one.names)
    return found


def role_of_content(markup: Markup | None) -> Role | None:
    """Return the role of a kept block, or None without markup."""
    if markup is None:
        return None
    if any(element.tag == "blockquote" for element in markup.element.line()):
        return "block_quote"
    return CONTENT_TAGS.get(markup.tag, "paragraph")


def role_of_boilerplate(markup: Markup | None) -> Role | None:
    """Return the role of a removed block, or None without markup."""
    if markup is None:
        return None
    ranks = (_rank_of_names(element.names) for element in markup.element.line())
    if (rank := min(ranks)) < len(BOILERPLATE_NAMES):
        return BOILERPLATE_NAMES[rank][1]
    tags = (element.tag for element in markup.element.line())
    return next((BOILERPLATE_TAGS[tag] for tag in tags if tag in BOILERPLATE_TAGS), "other")


@lru_cache(maxsize=1 << 12)
def _names_comments(names: str) -> bool:
    return COMMENTS.search(names) is not None


@lru_cache(maxsize=1 << 12)
def _rank_of_names(names: str) -> int:
    """Return the place in BOILERPLATE_NAMES of the first pattern that an element's names match."""
    found = (i for i, (pattern, _) in enumerate(BOILERPLATE_NAMES) if pattern.search(names))
    return next(found, len(BOILERPLATE_NAMES))
