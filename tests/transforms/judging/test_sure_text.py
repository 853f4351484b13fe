"""No rule takes away the text of which the model is sure."""

import pytest

from transforms.blocks.split import split_text
from transforms.judging.decide import decide
from transforms.judging.line import read_lines
from transforms.language.reference import read_reference

FORM = "Leave a Reply"
STANDFIRST = "Two of the three landing stages were not finished by the winter, the town says."
PARAGRAPHS = [
    "The owner of the ferry will pay a fine for ending its work on the stages too late, the harbour"
    " office said on Tuesday, and it will take the sum from the deposit of the builders.",
    "The last stage will be ready within six weeks. Until then passengers cross on the old raft, which"
    " takes forty people and no carts at all, and which leaves when it is full and not by the clock.",
]
BOOKS = [
    "Catalogue of ropes for ferries and mills (Image Press, 1891)",
    "Ropes, sails and tar for boats (Image Press, 1903)",
    "Tar and how to keep it through the winter (Image Press, 1904)",
]
CREDIT = "A raft on the river (Photo: Jane Doe/Reuters)"


def kept(*scored):
    """Return the kept ones of lines that are given with their scores."""
    blocks = split_text("\n\n".join(line for line, _ in scored))
    decision = decide(read_lines(blocks), [score for _, score in scored], "Ferry owner to pay")
    return [one.block.text for one in decision.judged if one.is_kept]


def sure(lines):
    """Return lines with a high score each."""
    return [(line, 0.95) for line in lines]


def test_a_reply_form_above_the_article_does_not_end_it():
    assert kept((STANDFIRST, 0.6), (FORM, 0.0), *sure(PARAGRAPHS)) == [STANDFIRST, *PARAGRAPHS]


@pytest.mark.parametrize("above", [[], [STANDFIRST]])
def test_no_phrase_above_the_article_does(above):
    phrases = {row["phrase"].replace("#", "7") for row in read_reference("phrases")}
    lost = [
        phrase
        for phrase in sorted(phrases)
        if kept(*sure(above), (phrase, 0.0), *sure(PARAGRAPHS))[-2:] != PARAGRAPHS
    ]
    assert lost == []


@pytest.mark.parametrize("above", [PARAGRAPHS, [STANDFIRST]])
def test_what_is_below_a_reply_form_is_not_kept(above):
    assert kept(*sure(above), (FORM, 0.0), (STANDFIRST, 0.9)) == above


def test_a_credit_beside_an_article_is_removed():
    assert kept(*sure(PARAGRAPHS), (CREDIT, 0.95)) == PARAGRAPHS


def test_a_list_of_books_that_look_like_credits_is_kept():
    assert kept(*sure(BOOKS)) == BOOKS
