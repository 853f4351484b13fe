"""Large first letters that stand apart from their word, in pages and in flattened text."""

import pytest

from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.blocks.repair import repair_text
from transforms.blocks.repaired import restore_text

APART = {
    "T\nhe bridge was shut.": "The bridge was shut.",
    "  T \nhe bridge was shut.": "The bridge was shut.",
    "A\nbridge was shut.": "A bridge was shut.",
    "“W\nhen it rains, it pours.": "“When it rains, it pours.",
    "T wo dozen colonies.": "Two dozen colonies.",
    "“I t was late.": "“It was late.",
    "D ie Brücke war zu.": "Die Brücke war zu.",
    "Н\nа мосту темно.": "На мосту темно.",
}
NOT_APART = (
    "T\nThe bridge",
    "A bridge was shut.",
    "I was late.",
    "O come all ye",
    "X ray pictures",
    "T shirts are sold",
    "Plan B\nwas better",
    "1\nhe bridge",
    "Y ahora",
    "A\n\nbridge",
)


@pytest.mark.parametrize("text", APART)
def test_letter_is_joined_to_its_word(text):
    repaired, repairs = repair_text(text)
    assert repaired.strip() == APART[text]
    assert restore_text(repaired, repairs) == text
    assert {repair.reason for repair in repairs} == {"drop_cap"}


@pytest.mark.parametrize("text", NOT_APART)
def test_what_is_no_large_letter_stays(text):
    assert repair_text(text) == (text, ())


PAGES = {
    "<div class=cap>T</div><p>he bridge was shut.</p>": "The bridge was shut.",
    "<p><span>T</span> he bridge was shut.</p>": "The bridge was shut.",
    "<p><span>T</span>he bridge was shut.</p>": "The bridge was shut.",
    "<div>A</div><p>bridge was shut.</p>": "A bridge was shut.",
    "<p>A</p><p>Bridge</p>": "A\nBridge",
}


@pytest.mark.parametrize("html", PAGES)
def test_letter_in_a_page(html):
    rendering = render_page(Page(html))
    assert rendering.text == PAGES[html]
    assert all(rendering.text[b.start_char : b.end_char] == b.text for b in rendering.blocks)
