"""Derive the role of a block from the tags and class names around it."""

import re
from functools import lru_cache

from transforms.blocks.block import Markup
from warehouse.schema.tables import Role

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
COMMENTS = re.compile(r"comment|disqus|\bdiscussion\b|\brespond\b")


def is_in_comments(markup: Markup | None) -> bool:
    """Return True if the class or id of an element around a block names comments."""
    return markup is not None and _names_comments(markup.names)


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
    if role := _role_of_names(markup.names):
        return role
    tags = (element.tag for element in markup.element.line())
    return next((BOILERPLATE_TAGS[tag] for tag in tags if tag in BOILERPLATE_TAGS), "other")


@lru_cache(maxsize=1 << 12)
def _names_comments(names: str) -> bool:
    return COMMENTS.search(names) is not None


@lru_cache(maxsize=1 << 12)
def _role_of_names(names: str) -> Role | None:
    return next((role for pattern, role in BOILERPLATE_NAMES if pattern.search(names)), None)
