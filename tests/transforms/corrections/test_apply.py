"""What people decide about a document or a site wins, and touches nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loading import capture_of
from transforms.captures.capture import Rejected
from transforms.clean import clean
from transforms.corrections.correction import Concerning, Correction, Corrections, Selector, SiteSettings

SAID = "The bridge was closed on Friday after both of its owners had put up a gate at their own end."
ALSO = "Both buyers hold a deed, both deeds bear the seal of the county, and both seals are real."
THEN = "The mayor said that she would climb over if nobody had opened the gates by Monday morning."
AD = "Buy one boat and get another one for nothing, this week only, at the harbour of the town."
TEXT = "\n\n".join(["Gates go up", SAID, AD, ALSO, "Share", THEN, AD, "Share"])
CAPTURE = capture_of(TEXT.encode(), url="https://post.example/a")
PAGE = (
    "<html lang=en><head><title>Gates go up - The Harbour Post</title>"
    "<meta property='article:published_time' content='2014-05-30T23:30:00Z'></head><body>"
    f"<div class='story'><h1>Gates go up</h1><p>{SAID}</p><p class='note'>{ALSO}</p>"
    f"<section class='box letter'><p>{THEN}</p></section><p>{AD}</p></div></body>"
)
PAGE_CAPTURE = capture_of(PAGE.encode(), url="https://post.example/p", content_type="text/html")


def decide(kind, value, capture=CAPTURE, **known):
    return Correction(kind, value, capture.document_id, "Ines", "because", **known)


def cleaned(*corrections, capture=CAPTURE, sites=()):
    return clean(replace(capture, corrections=Concerning(tuple(corrections), tuple(sites))))


def lines_of(result):
    return result.articles[0].text.split("\n")


def rule_of(result, line, number=0):
    text = result.documents[0].text
    found = [one for one in result.segments if text[one.start_char : one.end_char].strip() == line]
    return found[number].rule, found[number].is_kept


def test_line_is_removed_and_another_kept():
    result = cleaned(decide("remove", AD, above=SAID, below=ALSO), decide("keep", "Share", above=ALSO))
    assert lines_of(result) == [SAID, ALSO, "Share", THEN, AD]
    assert rule_of(result, AD) == ("correction", False)
    assert rule_of(result, "Share") == ("correction", True)
    assert rule_of(result, AD, 1)[1]
    assert [row.is_applied for row in result.document_corrections] == [True, True]


def test_line_is_found_by_its_neighbours_and_not_by_its_number():
    moved = capture_of(("New on top\n\nAnd this\n\n" + TEXT).encode())
    result = cleaned(decide("remove", AD, moved, above=THEN, below="Share", occurrence=1), capture=moved)
    assert lines_of(result).count(AD) == 1
    assert rule_of(result, AD, 1) == ("correction", False)


def test_line_that_stands_twice_alike_is_found_by_its_occurrence():
    twice = capture_of(f"{SAID}\n\nShare\n\n{SAID}\n\nShare\n\n{SAID}\n\n{ALSO}".encode())
    one = decide("keep", "Share", twice, above=SAID, below=SAID, occurrence=2)
    result = cleaned(one, capture=twice)
    assert rule_of(result, "Share", 1) == ("correction", True)
    assert not rule_of(result, "Share", 0)[1]


@pytest.mark.parametrize(
    "one",
    [
        decide("remove", "A line that was there yesterday"),
        decide("keep", "Share", occurrence=9),
    ],
)
def test_correction_that_does_not_apply_changes_nothing_and_says_why(one):
    plain, result = cleaned(), cleaned(one)
    (row,) = result.document_corrections
    assert (row.is_applied, bool(row.detail)) == (False, True)
    without = replace(result, documents=plain.documents, document_corrections=())
    assert without == plain


def test_contradiction_in_place_is_decided_for_neither():
    result = cleaned(decide("remove", SAID), decide("keep", SAID, below=AD))
    assert [row.is_applied for row in result.document_corrections] == [False, False]
    assert SAID in lines_of(result)


def test_title_author_and_date_are_set_with_their_source():
    result = cleaned(
        decide("title", "Gates"), decide("author", "Jane Doe; Lu Min"), decide("date", "2014-05-29")
    )
    (article,) = result.articles
    assert (article.title, article.title_source, article.author) == (
        "Gates",
        "correction",
        "Jane Doe; Lu Min",
    )
    assert (article.published_on.isoformat(), article.published_source) == ("2014-05-29", "correction")


def test_title_that_is_a_line_leaves_the_text():
    result = cleaned(decide("title", THEN))
    assert result.articles[0].title == THEN
    assert THEN not in lines_of(result)


def test_author_and_date_can_be_made_unknown():
    named = replace(CAPTURE, author="Jane Doe", published="2014-05-30")
    assert cleaned(capture=named).articles[0].author == "Jane Doe"
    unknown = [decide("author", "unknown"), decide("date", "unknown")]
    article = cleaned(*unknown, capture=replace(named, captured_at=datetime(2014, 6, 1, tzinfo=UTC)))
    assert (article.articles[0].author, article.articles[0].published_on) == (None, None)
    assert all(row.is_applied for row in article.document_corrections)


def test_elsewhere_at_the_address_a_value_replaces_only_the_one_it_was_made_for():
    later = capture_of((TEXT + "\n\nmore\n").encode(), url=CAPTURE.url)
    for wrong, title in (("Gates go up", "Gates"), ("Something else", "Gates go up")):
        result = cleaned(decide("title", "Gates", address=CAPTURE.url, instead_of=wrong), capture=later)
        assert result.articles[0].title == title
        assert result.document_corrections[0].is_applied == (title == "Gates")


def test_capture_that_was_refused_is_kept_by_hand():
    junk = capture_of(b"Home\n\nNews\n\nLog in\n\nAll the gates are open again today\n\nShare\n")
    assert isinstance(cleaned(capture=junk), Rejected)
    result = cleaned(decide("keep", "All the gates are open again today", junk), capture=junk)
    assert lines_of(result) == ["All the gates are open again today"]


def test_settings_of_a_site_reach_its_lines_paths_language_days_and_titles():
    settings = SiteSettings(
        "post.example", "The Harbour Post", "de", "Asia/Tokyo",
        boilerplate=(Selector(None, "div.story section.letter"), Selector(AD, None)),
        text=(Selector(None, ".story > p.note"),),
    )  # fmt: skip
    result = cleaned(capture=PAGE_CAPTURE, sites=[settings])
    assert lines_of(result) == [SAID, ALSO]
    assert rule_of(result, AD) == rule_of(result, THEN) == ("site_setting", False)
    (article,) = result.articles
    assert (article.language, article.published_on.isoformat()) == ("de", "2014-05-31")
    assert cleaned(capture=PAGE_CAPTURE).articles[0].published_on.isoformat() == "2014-05-30"


def test_correction_of_a_document_goes_before_the_settings_of_its_site():
    settings = SiteSettings("post.example", boilerplate=(Selector(AD, None),))
    one = decide("keep", AD, PAGE_CAPTURE)
    assert AD in lines_of(cleaned(one, capture=PAGE_CAPTURE, sites=[settings]))


def test_folder_is_the_site_of_captures_without_an_address():
    capture = replace(CAPTURE, url=None, source_uri="dumps/ferry/a.txt")
    settings = SiteSettings("folder:dumps/ferry", boilerplate=(Selector(SAID, None),))
    other = SiteSettings("folder:dumps", boilerplate=(Selector(ALSO, None),))
    result = cleaned(capture=capture, sites=[other, settings])
    assert SAID not in lines_of(result)
    assert ALSO in lines_of(result)


LINES = st.sampled_from(["Gates go up", SAID, AD, ALSO, "Share", THEN, "not there"])
DECISIONS = st.lists(st.tuples(st.sampled_from(["keep", "remove"]), LINES), max_size=4)


@given(DECISIONS, st.randoms(use_true_random=False))
def test_any_decisions_leave_tiled_segments_in_any_order(decisions, random):
    corrections = [decide(*one) for one in decisions]
    straight = cleaned(*sorted(set(corrections), key=lambda one: one.effect))
    random.shuffle(corrections)
    mixed = Corrections(tuple(corrections)).concerning(CAPTURE.document_id, None)
    assert clean(replace(CAPTURE, corrections=mixed)) == straight
    if isinstance(straight, Rejected):
        return
    text = straight.documents[0].text
    ends = [0, *(one.end_char for one in straight.segments)]
    assert [one.start_char for one in straight.segments] == ends[:-1]
    assert ends[-1] == len(text)


@given(DECISIONS)
def test_no_decision_reaches_another_document(decisions):
    decided = Corrections(tuple(decide(*one) for one in decisions))
    assert decided.concerning(PAGE_CAPTURE.document_id, PAGE_CAPTURE.url) == Concerning()
