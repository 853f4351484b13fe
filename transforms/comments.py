"""Which blocks of a page are comments of its readers."""

import re
from collections.abc import Sequence

from transforms.block import Block

COMMENTS = re.compile(r"comment|respond|replies|disqus")
# Where more than half of the page's text stands in elements named so, it is a thread: its posts are
# the main text, and pruning them cost 0.03 of F1 over all dev pages.
THREAD = 0.5


def find_comments(blocks: Sequence[Block]) -> list[bool]:
    """Say of each block whether it stands in an element named like comments.

    Nothing is said of flattened text, nor of pages that are mostly such elements: those are
    threads.

    >>> from transforms.render import render_page
    >>> page = "<p>Rice is dear now.<div class=comments><p>Indeed.</div>"
    >>> find_comments(render_page(page).blocks)
    [False, True]
    """
    found = [bool(block.markup and COMMENTS.search(block.markup.hints)) for block in blocks]
    inside = sum(len(block.text) for block, is_comment in zip(blocks, found, strict=True) if is_comment)
    is_thread = inside > THREAD * sum(len(block.text) for block in blocks)
    return [False] * len(blocks) if is_thread else found
