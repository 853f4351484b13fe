"""The five captures that the project began with come out exactly; their text is not copied here.

Lines are named by their number in the raw file, from 1.
"""

from functools import cache

import pytest

from tests.loading import ROOT, capture_of
from transforms.clean import clean

SEEDS = ROOT.parent / "shared" / "seeds"
# `body`: the lines that are kept, in order; `headings`: those that are subheadings; `roles`: what the
# boilerplate may be called; `fused`: what stands before the dateline in its line.
EXPECTED = {
    "000": {
        "body": [1, 2, 3],
        "title": None,
        "author": None,
        "roles": {4: {"comment_prompt"}, 5: {"comment_prompt"}},
    },
    "001": {
        "body": [3, 5, 7, 9, 11, 13, 15, 17, 19],
        "title": 1,
        "author": None,
        "fused": {3: "WeChat-Icon-Aug13"},
        "roles": {24: {"comment_prompt"}, 26: {"comment_prompt"}},
        "dateline": ("DHARAMSALA", "--05-30"),
    },
    "002": {
        "body": list(range(13, 42, 2)),
        "title": 5,
        "author": None,
        "roles": {
            1: {"navigation", "share"},
            3: {"navigation", "other"},
            7: {"published"},
            9: {"published"},
            11: {"caption", "navigation", "other"},
            44: {"comment_prompt"},
            46: {"comment_prompt"},
            48: {"comment_prompt"},
            **{line: {"sidebar"} for line in range(50, 111, 2)},
        },
        "dateline": ("BEIJING", None),
    },
    "003": {
        "body": [10, 12, 14, 16, 18, 20, 22, 24, 26, 28],
        "headings": [16, 24],
        "title": 3,
        "author": "Jasmin Harper",
        "roles": {
            1: {"navigation", "share"},
            5: {"duplicate"},
            8: {"duplicate"},
            32: {"author_bio"},
            34: {"author_bio"},
            36: {"related"},
            41: {"navigation"},
        },
    },
    "004": {
        "body": [1, 3, 5, 7, 9],
        "title": None,
        "author": None,
        "roles": {
            14: {"related"},
            16: {"comment_prompt"},
            18: {"comment_prompt"},
        },
    },
}
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the five captures are not part of the repository; they were not found"
)


@cache
def seed(number):
    (file,) = SEEDS.glob(f"{number}_*.txt")
    content = file.read_bytes()
    raw = [" ".join(line.split()) for line in content.decode("utf-8").splitlines()]
    return raw, clean(capture_of(content, source_uri=file.name))


def expected_lines(number):
    raw, facts = seed(number)[0], EXPECTED[number]
    return [raw[n - 1].removeprefix(facts.get("fused", {}).get(n, "")) for n in facts["body"]]


def pieces_by_line(cleaned):
    """Return the pieces of each line that is not blank: what it is, whether it is kept, its rule."""
    (document,) = cleaned.documents
    found = {}
    for piece in cleaned.segments:
        if piece.role != "blank":
            words = document.text[piece.start_char : piece.end_char]
            start = piece.start_char + len(words) - len(words.lstrip())
            found.setdefault(document.text.count("\n", 0, start) + 1, []).append(piece)
    return found


@pytest.mark.parametrize("number", EXPECTED)
def test_kept_text_is_the_body_whole_and_in_order(number):
    _, cleaned = seed(number)
    assert [paragraph.text for paragraph in cleaned.paragraphs] == expected_lines(number)
    assert cleaned.articles[0].text == "\n".join(expected_lines(number))


@pytest.mark.parametrize("number", EXPECTED)
def test_every_line_outside_the_body_is_removed(number):
    raw, cleaned = seed(number)
    kept = {line for line, pieces in pieces_by_line(cleaned).items() if any(p.is_kept for p in pieces)}
    assert kept == set(EXPECTED[number]["body"])
    seen = set(pieces_by_line(cleaned))
    assert seen == {n for n, line in enumerate(raw, start=1) if line}, "a line without a verdict"


@pytest.mark.parametrize("number", EXPECTED)
def test_title_and_author(number):
    raw, cleaned = seed(number)
    (article,) = cleaned.articles
    line = EXPECTED[number]["title"]
    assert article.title == (None if line is None else raw[line - 1])
    assert article.author == EXPECTED[number]["author"]
    titles = [n for n, pieces in pieces_by_line(cleaned).items() if pieces[0].role == "title"]
    assert titles == ([] if line is None else [line])


@pytest.mark.parametrize("number", EXPECTED)
def test_dates_are_not_guessed(number):
    (article,) = seed(number)[1].articles
    place, on = EXPECTED[number].get("dateline", (None, None))
    assert (article.dateline_place, article.dateline_date) == (place, on)
    assert (article.published_on, article.published_source) == (None, None)


@pytest.mark.parametrize("number", EXPECTED)
def test_nothing_is_called_truncated(number):
    assert seed(number)[1].articles[0].is_truncated is False


@pytest.mark.parametrize("number", EXPECTED)
def test_headings(number):
    raw, cleaned = seed(number)
    headings = [p.text for p in cleaned.paragraphs if p.kind == "heading"]
    assert headings == [raw[n - 1] for n in EXPECTED[number].get("headings", [])]
    assert {p.kind for p in cleaned.paragraphs} <= {"paragraph", "heading"}


@pytest.mark.parametrize(
    ("number", "line", "roles"),
    [
        pytest.param(number, line, roles, id=f"{number}-line-{line}")
        for number, facts in EXPECTED.items()
        for line, roles in facts["roles"].items()
    ],
)
def test_role_of_boilerplate(number, line, roles):
    pieces = pieces_by_line(seed(number)[1])[line]
    assert {piece.role for piece in pieces} <= roles
    assert not any(piece.is_kept for piece in pieces)
    assert all(piece.rule for piece in pieces)


def test_caption_before_the_dateline_is_cut_off():
    caption, dateline, rest = pieces_by_line(seed("001")[1])[3]
    assert (caption.role, caption.is_kept) == ("caption", False)
    assert (dateline.role, dateline.is_kept) == ("dateline", True)
    assert (rest.role, rest.is_kept) == ("paragraph", True)


def test_paragraph_that_lost_its_link_says_so():
    _, cleaned = seed("001")
    pieces = pieces_by_line(cleaned)
    (piece,) = pieces[15]
    (before,) = pieces[13]
    assert piece.is_kept
    assert piece.rule == "prose_without_sentence_end"
    assert before.rule != piece.rule


def test_first_and_last_words():
    for number, words in (("002", "to jail microbloggers who post"), ("004", "hush people and enforce")):
        assert words in seed(number)[1].articles[0].text.split("\n")[-1]
