"""From a page's HTML to its blocks."""

from transforms.rejected import Rejected
from transforms.render import DEEPEST, Rendering, render_page

# Above 10 MB trafilatura falls silent or takes over 12 s; the benchmark's largest page has 4 MB.
MAX_PAGE_CHARS = 10_000_000


def read_page(html: str) -> Rendering | Rejected:
    """Render a page, unless it is larger or deeper than any page that people read."""
    if len(html) > MAX_PAGE_CHARS:
        return Rejected(
            "clean", "too_large", f"{len(html):,} characters of HTML; the limit is {MAX_PAGE_CHARS:,}"
        )
    rendering = render_page(html)
    if any(block.markup and block.markup.element.depth >= DEEPEST for block in rendering.blocks):
        return Rejected("clean", "too_deep", f"elements nested {DEEPEST} deep or more")
    return rendering
