"""Subtitles are the text that is spoken."""

import pytest

from tests.loading import read_all
from tests.transforms.captures.made import TEXT, only, put
from transforms.captures.capture import Unread


def srt(*cues, ends="\n"):
    """Return cues of a second each: a start in seconds, and the text."""
    blocks = (
        f"{n}\n00:00:{start:02},000 --> 00:00:{start + 1:02},000\n{text}\n"
        for n, (start, text) in enumerate(cues, start=1)
    )
    return "\n".join(blocks).replace("\n", ends).encode()


def spoken(inbox, content):
    return only(read_all(put(inbox, "a.srt", content))).content.decode().split("\n\n")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_cues_are_joined_and_a_pause_begins_a_paragraph(inbox, ends):
    cues = srt((1, "The office has lost"), (2, "<i>eleven votes.</i>"), (9, "It &amp; they"), ends=ends)
    assert spoken(inbox, cues) == ["The office has lost eleven votes.", "It & they"]


@pytest.mark.parametrize("turn", ["- ", "– ", ">> ", ">>"])
def test_another_voice_begins_a_paragraph(inbox, turn):
    cues = srt((1, f"{turn}Will it last?\n{turn}For a month."))
    assert spoken(inbox, cues) == ["Will it last?", "For a month."]


def test_many_words_end_a_paragraph_at_the_end_of_a_sentence(inbox):
    cues = srt(*((n, f"Office {n} said so" + "." * (n % 5 == 0)) for n in range(1, 41)))
    assert [len(one.split()) for one in spoken(inbox, cues)] == [60, 60, 40]


def test_captions_that_roll_say_each_line_once(inbox):
    cues = srt((1, "The office"), (2, "The office\nsaid so."), (3, "said so."))
    assert spoken(inbox, cues) == ["The office said so."]


def test_voices_of_web_captions_are_named(inbox):
    head = b"WEBVTT\nKind: captions\n\nNOTE made by hand\n\n"
    cues = (
        b"00:01.000 --> 00:02.000 align:start\n<v Jane Doe>It will<00:01.500><c> last.</c>\n\n"
        b"00:02.000 --> 00:03.000\n<v.loud Lu Min>For a month?\n\n"
        b"00:03.000 --> 00:04.000\nNobody answered.\n"
    )
    assert spoken(inbox, head + cues) == [
        "Jane Doe: It will last.",
        "Lu Min: For a month?",
        "Nobody answered.",
    ]


def test_subtitles_without_words_have_a_row(inbox):
    assert (
        only(read_all(put(inbox, "a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n")), Unread).reason
        == "empty"
    )


@pytest.mark.parametrize(
    "content", [b"Arrows --> are not times.\n" + TEXT, b"7\n" + TEXT, b"WEBVTTX\n" + TEXT]
)
def test_text_is_no_subtitles(inbox, content):
    assert only(read_all(put(inbox, "a.txt", content))).content == content


def test_dump_of_a_database_has_a_row_that_says_what_would_help(inbox):
    refused = only(read_all(put(inbox, "a.sql", b"-- MySQL dump 10.13\nDROP TABLE x;\n")), Unread)
    assert (refused.reason, "CSV or JSON Lines" in refused.detail) == ("unsupported_type", True)


def test_subtitles_in_utf_16(inbox):
    wide = srt((1, "Die Behörde")).decode().encode("utf-16")
    assert spoken(inbox, wide) == ["Die Behörde"]
