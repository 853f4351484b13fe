"""A page as text: its blocks, in order, and what bounds them."""

from transforms.blocks import render
from transforms.blocks.page import Page
from transforms.blocks.render import render_page


def test_short_blocks_behind_very_many_become_lines_of_longer_ones(monkeypatch):
    monkeypatch.setattr(render, "MOST_BLOCKS", 10)
    html = "".join(f"<h2>Word {n}</h2>" for n in range(2_000))
    rendering = render_page(Page(html))
    assert rendering.text.split("\n") == [f"Word {n}" for n in range(2_000)]
    assert len(rendering.blocks) < 30
    for block in rendering.blocks:
        assert rendering.text[block.start_char : block.end_char] == block.text
