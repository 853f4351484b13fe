"""In a short text without markup, what stands between whole sentences belongs to them."""

from transforms.blocks.split import split_text
from transforms.judging.decide import decide
from transforms.judging.line import read_lines

PROSE = "Ona Brandt has steered the ferry across the river for forty years, in all weathers and seasons."
LAST = "By then the whole village had come down to the landing to see whether the boat would make it."


def kept(text, scores):
    lines = read_lines(split_text(text))
    return [one.block.text for one in decide(lines, scores).judged if one.is_kept]


def test_an_answer_of_one_word_is_kept_between_sentences():
    text = f"{PROSE}\nWere you ever late?\nOnce.\nIn which year?\nNever mind.\n{LAST}"
    assert kept(text, [0.9, 0.3, 0.05, 0.05, 0.05, 0.9]) == text.split("\n")


def test_a_line_that_is_no_sentence_ends_the_run():
    text = f"{PROSE}\nOnce.\nSubscribe\nNever mind.\n{LAST}"
    assert kept(text, [0.9, 0.05, 0.05, 0.05, 0.9]) == [PROSE, LAST]


def test_short_sentences_after_the_last_one_stay_out():
    text = f"{PROSE}\n{LAST}\nNo comments yet.\nSee more."
    assert kept(text, [0.9, 0.9, 0.05, 0.05]) == [PROSE, LAST]
