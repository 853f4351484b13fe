"""What a block's place in its page's tree says of its role."""

import re

from transforms.block import Markup
from warehouse.schema import Role

CONTENT_TAGS: dict[str, Role] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "list_item"),
    "blockquote": "block_quote",
}
FURNITURE_TAGS: dict[str, Role] = {
    "nav": "navigation",
    "header": "navigation",
    "aside": "sidebar",
    "footer": "navigation",
    "figcaption": "caption",
    "form": "comment_prompt",
}
# Words of class and id attributes, the surest first.
FURNITURE_HINTS: tuple[tuple[str, Role], ...] = (
    (r"respond|comment-?form|reply-title|disqus", "comment_prompt"),
    (r"comment", "comment"),
    (r"author|byline|bio\b", "author_bio"),
    (r"share|social|follow", "share"),
    (r"related|recommend|read-?more|teaser|more-?from|trending|most-?read", "related"),
    (r"\bads?\b|advert|sponsor|promo|newsletter|subscribe", "advert"),
    (r"cookie|consent|legal|copyright|disclaimer|terms|privacy", "legal"),
    (r"caption|credit", "caption"),
    (r"sidebar|widget", "sidebar"),
    (r"\bnav|menu|breadcrumb|pagination|header|footer", "navigation"),
)


COMMENTS = re.compile(r"comment|disqus|\bdiscussion\b|\brespond\b")


def is_in_comments(markup: Markup | None) -> bool:
    """Say whether an element around a block is named after comments."""
    return markup is not None and COMMENTS.search(markup.hints) is not None


def role_of_content(markup: Markup | None) -> Role | None:
    """Return the role of a kept block, None if there is no markup to ask."""
    if markup is None:
        return None
    if "blockquote" in markup.path:
        return "block_quote"
    return CONTENT_TAGS.get(markup.tag, "paragraph")


def role_of_furniture(markup: Markup | None) -> Role | None:
    """Return the role of a removed block, None if its markup says nothing."""
    if markup is None:
        return None
    for pattern, role in FURNITURE_HINTS:
        if re.search(pattern, markup.hints):
            return role
    return next((FURNITURE_TAGS[tag] for tag in reversed(markup.path) if tag in FURNITURE_TAGS), "other")
