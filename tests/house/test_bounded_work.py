"""Whatever a line is made of, cleaning and facts take time in proportion to its length."""

import time

import pytest

from tests.loading import capture_of
from transforms.clean import Cleaned, clean
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from transforms.language.phrases import normalise
from transforms.language.sentences import split_sentences

SIZE = 12_000  # bytes; four times as many must not take sixteen times as long
TIMES = 4
# Twice what work in proportion would take: a busy machine and memory cost some, a square four times.
MOST = 2 * TIMES
LEAST_SECONDS = 0.25  # below, what is measured is mostly the machine
UNITS = [
    ".", '"', "- ", "[", "7,", "1-", "(", "#", "*", "_", "“", "’", "«", "—", "。", "..", "A", "a ",
    "Aa ", "AB, ", "St. ", "| ", "/", "@", "中", "1月", "Jan ", "“a” ", '"a" ', "[a](", "said ",
    "Jane Doe said ", "2 weeks ago ", "http://", "x.com ", "one ", "<", "&",
    "\u200b", "\u0301", "\ufffd", "Ã©",
]  # fmt: skip
FRAGMENTS = {
    "attributes": lambda n: f"<div {' '.join(f'a{i}=1' for i in range(n))}>word</div>",
    "links": lambda n: "<a href=/x>word</a> " * n,
    "comments": lambda n: "<!-- c -->" * n,
    "options": lambda n: f"<select>{'<option>word</option>' * n}</select>",
    "breaks": lambda n: "word<br>" * n,
    "paragraphs": lambda n: "<p>word</p>" * n,
    "headings": lambda n: "<h1>Word here</h1>" * n,
    "metas": lambda n: "<meta name=author content='Jane Doe'>" * n,
    "cells": lambda n: f"<table>{'<tr><td>1</td></tr>' * n}</table>",
    "images": lambda n: "<img src=x alt=word>" * n,
    "times": lambda n: "<time datetime=2014-01-01>x</time>" * n,
    "unclosed": lambda n: "".join(f"<p><font size={i}>word " for i in range(n)),
    "records": lambda n: "<script type=application/ld+json>{}</script>" * n,
}


def seconds(content, media_type):
    """Return the processor's time that cleaning takes."""
    start = time.process_time()
    clean(capture_of(content, content_type=media_type))
    return time.process_time() - start


def assert_in_proportion(make, media_type):
    found = []
    for _ in range(3):  # a busy machine may disturb one measurement
        few, many = seconds(make(1), media_type), seconds(make(TIMES), media_type)
        if many <= max(LEAST_SECONDS, MOST * few):
            return
        found.append(f"{few:.2f} s became {many:.2f} s")
    raise AssertionError("; ".join(found))


@pytest.mark.parametrize("unit", UNITS)
def test_one_line_of_one_sign(prose, unit):
    def make(times):
        line = unit * (times * SIZE // len(unit.encode()))
        return f"{prose(1)}\n{line}\n\n{prose(2)}".encode()

    assert_in_proportion(make, "text/plain")


@pytest.mark.parametrize("unit", [".", '"', "“", "7,", "Jane Doe said ", "- "])
def test_many_lines_of_one_sign(prose, unit):
    def make(times):
        line = unit * max(1, 60 // len(unit))
        lines = "\n".join([line] * (times * SIZE // len(line.encode())))
        return f"{prose(1)}\n{lines}\n\n{prose(2)}".encode()

    assert_in_proportion(make, "text/plain")


@pytest.mark.parametrize("unit", ["“a” ", "3 of ", "Jane Doe said "])
def test_facts_of_a_line_of_one_sign(unit):
    def take(size):
        start = time.process_time()
        extract_facts("a" * 64, unit * (size // len(unit)), read_entities(), "en")
        return time.process_time() - start

    take(100)
    found = [(take(1_500), take(TIMES * 1_500)) for _ in range(2)]
    assert any(many <= max(LEAST_SECONDS, MOST * few) for few, many in found), found


@pytest.mark.parametrize("name", FRAGMENTS)
def test_many_elements(prose, name):
    def make(times):
        kept = "".join(f"<p>{line}</p>" for line in prose(1).split("\n\n"))
        return f"<html><body><article>{kept}{FRAGMENTS[name](times * 2_000)}{kept}".encode()

    assert_in_proportion(make, "text/html")


@pytest.mark.parametrize("name", ["options", "breaks"])
def test_page_of_very_many_elements_is_kept(prose, name):
    """Lexbor's lists and trafilatura are left out of the way of such pages; each took minutes."""
    kept = "".join(f"<p>{line}</p>" for line in prose(1).split("\n\n"))
    html = f"<html><body><article>{kept}{FRAGMENTS[name](100_000)}{kept}".encode()
    assert isinstance(clean(capture_of(html, content_type="text/html")), Cleaned)


def test_document_with_a_line_of_dots_is_kept(prose):
    cleaned = clean(capture_of(f"{prose(1)}\n{'.' * 200_000}\n\n{prose(2)}".encode()))
    assert isinstance(cleaned, Cleaned)
    assert "Number 1 was" in cleaned.articles[0].text


def test_edges_are_trimmed_as_before():
    assert normalise("—— “Read more” ——") == "read more"
    assert normalise("。。。") == ""


def test_long_sentence_is_cut_behind_a_space():
    text = "word " * 2_000
    spans = split_sentences(text)
    assert max(span.end - span.start for span in spans) <= 3_000
    assert {span.of(text)[:4] for span in spans} == {"word"}
    assert sum(span.of(text).count("word") for span in spans) == 2_000
