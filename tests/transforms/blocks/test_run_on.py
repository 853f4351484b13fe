"""Texts that lost their line ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.blocks.run_on import split_run_on
from transforms.blocks.split import split_text

MENU = "Home News Sport About Us Contact Sign In Subscribe"
PROSE = "The old pump in the village ran dry on Monday, and nobody knows why. "
DENSE = "村里的老水泵周一干了，没有人知道为什么。"
WORDS = st.sampled_from(
    ["Home", "|", "the", "pump", "ran.", "水泵", "干了。", "12", "ไทย", "»", "\u3000", "«", "…"]
)


@given(st.lists(WORDS, max_size=60))
def test_parts_are_in_order_and_lose_no_word(words):
    text = " ".join(words)
    spans = split_run_on(text)
    ends = [end for span in spans for end in (span.start, span.end)]
    assert ends == sorted(ends)
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("menu", "prose", "times"),
    [(MENU, PROSE, 20), (MENU, PROSE, 60), ("首页 新闻 体育 关于我们", DENSE, 60)],
)
def test_menu_is_apart_from_prose_in_a_text_of_one_line(menu, prose, times):
    blocks = [block.text for block in split_text(f"{menu} {prose * times}{menu}")]
    assert prose.strip() in blocks
    assert not any(menu in block and prose[:20] in block for block in blocks)


def test_paragraphs_stay_whole():
    paragraph = (PROSE * 8).strip()
    assert [block.text for block in split_text("\n\n".join([paragraph] * 4))] == [paragraph] * 4
