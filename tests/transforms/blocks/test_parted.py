"""Words that a hyphen parts at a line's end."""

import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loading import clean_text
from transforms.blocks.repair import find_joins, repair_text
from transforms.blocks.repaired import restore_text
from transforms.blocks.split import split_text

KNOWN = ["government", "announcement", "spokeswoman", "Ministerium", "développement", "правительство"]


def part(word, at):
    return f"{word[:at]}-\n{word[at:]}"


@given(st.sampled_from(KNOWN), st.data())
def test_word_that_the_text_has_is_joined_wherever_it_is_parted(word, data):
    at = data.draw(st.integers(2, len(word) - 2))
    end = data.draw(st.sampled_from(["", ",", ".”", "\r\n", " and more"]))
    text = f"The {word} was here. Then the {part(word, at)}{end}"
    repaired, changes = repair_text(text)
    assert repaired.count(word) == 2
    assert "-" not in repaired
    assert restore_text(repaired, changes) == text


@pytest.mark.parametrize(
    "text",
    [
        "The govern-\nmant was here.",  # the word is not known
        "The rules of health-\ncare were in the note-\nbook.",  # in English these may be compounds
        "Die Haupt-\nund Nebensache war nicht gelesen worden.",  # "Haupt- und"
        "Well-known is wellknown. It is well-\nknown.",  # the compound is known
        "He is well, and known. It is well-\nknown. A wellknown word.",  # both parts are words
        "The government. The govern-\n\nment.",  # a blank line
        "The Minister. The Mini-\nSter.",  # a capital
        "In 2014 and 2015: 20-\n14",
    ],
)
def test_hyphen_of_anything_else_is_kept(text):
    assert repair_text(text)[0] == text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The govern-\nment was here, and nobody had expected it so soon.", "government"),
        ("He closed the swim-\nming pool and the packed cham-\nber of the town.", "swimming"),
        ("Der Rat hat am Mitt-\nwoch den Beschluss gefasst, das Bad zu schließen.", "Mittwoch"),
        ("La seule piscine de la vil-\nle est fermée depuis trois ans, dit la mairie.", "ville"),
    ],
)
def test_word_of_the_language_is_joined_where_it_stands_once(text, word):
    repaired, changes = repair_text(text)
    assert word in repaired
    assert restore_text(repaired, changes) == text


@given(
    st.lists(st.sampled_from([*KNOWN, "-", "-\n", "\n", " ", ",", "well", "known", "\r\n"]), max_size=30)
)
def test_repairs_can_be_undone(pieces):
    text = "".join(pieces)
    repaired, changes = repair_text(text)
    assert restore_text(repaired, changes) == text
    for change in changes:
        assert 0 <= change.start_char <= change.end_char <= len(repaired)


def wrap(words, width):
    """Return words in lines; "government" is parted where only its first half fits."""
    lines = [""]
    for word in words:
        room = width - len(lines[-1]) - 1
        if len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif word == "government" and room >= len("govern-"):
            lines[-1] += " govern-"
            lines.append("ment")
        else:
            lines.append(word)
    return "\n".join(lines)


@pytest.mark.parametrize("width", range(56, 90, 3))
def test_paragraph_of_a_wrapped_text_stays_one(width):
    words = "the office said that for one month it would look at every public account of a".split()
    choose = random.Random(width).choice
    text = wrap([choose([*words, *["government"] * 6]) for _ in range(300)], width)
    assert "govern-" in text
    repaired, changes = repair_text(text)
    assert "govern-" not in repaired
    assert len(split_text(repaired, find_joins(changes))) == 1


def test_article_has_the_word_without_its_hyphen(prose):
    cleaned = clean_text(
        prose(1).replace("campaign", "cam-\npaign", 1) + "\n\nThe campaign went on for long."
    )
    assert "cam-" not in cleaned.articles[0].text
    assert cleaned.repairs[0].original == "-\n"


@pytest.mark.parametrize("width", [50, 60, 72, 78])
@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_headline_of_an_indented_or_wrapped_text(prose, width, indent):
    headline = "Office begins a month of checks on public accounts, and looks at each one with followers"
    paragraphs = [
        textwrap.fill(one, width, initial_indent=indent) for one in prose(1).strip().split("\n\n")
    ]
    text = "\n\n".join([textwrap.fill(headline, width), *paragraphs])
    article = clean_text(text).articles[0]
    assert article.title == headline
    assert len(article.text.split("\n")) == len(paragraphs)
