"""What must always hold, asked of documents and of histories of runs that nobody wrote by hand."""

import random
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import flows.steps.collect
from tests.loading import ask, capture_of, clean_text, conserves, dump, run
from transforms.captures.capture import Rejected
from transforms.clean import Cleaned, clean

PROSE_LINES = [
    "The office said on Monday that the campaign would last for a month and cover every service.",
    "“We were given no warning,” said a user in Guangzhou, who asked not to be named in this story.",
    "BEIJING, May 28 (Reuters) - The government has begun to look at accounts with many followers.",
    "photo_12.jpgSHANGHAI (AP) -- Companies did not answer calls or respond to requests for comment.",
    "Some agreed.",
    "In March at least 40 accounts vanished, and their owners were not told for which of the rules",
    "中国政府开展了为期一个月的专项行动，打击通过即时通信工具传播谣言的行为。",
    "Die Regierung prüft einen Monat lang die großen Dienste, wie die Agentur am Dienstag meldete.",
]
BOILERPLATE_LINES = [
    "Home", "News", "Share", "Leave a Reply", "Your email address will not be published.",
    "No comments:", "Related Articles", "Lifestyle3 weeks ago", "Tags: a, b", "—", "***",
    "It is that special time of the year when you...", "## A subheading", "- an item of a list",
    "By Jane Doe | May 28, 2014", "Published", "on", "Copyright 2014 The Harbour Post",
    "WHAT CHANGED", "About Jane Doe", "Continue Reading", "Continue Reading",
]  # fmt: skip
SPACES = [
    "",
    "",
    "\n",
    "\n\n",
    " ",
    "\t",
    "\u00a0",
    "\u3000",
    "\u2009 ",
    "\r\n",
    "\r",
    "\u2028",
    "\u200b",
    "\x0c",
]
LINES = st.one_of(
    st.sampled_from(PROSE_LINES),
    st.sampled_from(PROSE_LINES),
    st.sampled_from(BOILERPLATE_LINES),
    st.text(max_size=60),
)
TEXTS = st.lists(st.tuples(st.sampled_from(SPACES), LINES, st.sampled_from(SPACES)), max_size=25).map(
    lambda parts: "\n".join(before + line + after for before, line, after in parts)
)
TAGS = st.sampled_from(
    ["p", "div", "h2", "li", "blockquote", "td", "span", "nav", "aside", "figcaption", "pre"]
)
PAGES = st.lists(st.tuples(TAGS, LINES), min_size=1, max_size=20).map(
    lambda parts: (
        "<!doctype html><html><body><article>"
        + "".join(f"<{tag}>{line}</{tag}>" for tag, line in parts)
        + "</article></body></html>"
    )
)
# The spaces that assembling makes plain; the ideographic space is punctuation.
WIDTHS = re.compile(r"[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f]+")


def kept_text(cleaned):
    """Join the kept pieces: those on one line stay on one line, with a space if any was between them."""
    (document,) = cleaned.documents
    pieces, end = [], None
    for segment in cleaned.segments:
        if segment.is_kept:
            words = document.text[segment.start_char : segment.end_char]
            start = segment.start_char + len(words) - len(words.lstrip())
            if end is not None:
                gap = document.text[end:start]
                pieces.append("\n" if "\n" in gap else " " if gap else "")
            pieces.append(WIDTHS.sub(" ", words.strip()))
            end = start + len(words.strip())
    return "".join(pieces)


def check_document(cleaned):
    (document,), (article,) = cleaned.documents, cleaned.articles
    position = 0
    for number, segment in enumerate(cleaned.segments):
        assert (segment.position, segment.start_char) == (number, position)
        assert segment.end_char > segment.start_char
        assert 0 <= segment.score <= 1
        assert segment.rule
        position = segment.end_char
    assert position == len(document.text)
    assert kept_text(cleaned) == article.text
    assert "\n".join(paragraph.text for paragraph in cleaned.paragraphs) == article.text
    for number, paragraph in enumerate(cleaned.paragraphs):
        assert paragraph.position == number
        assert article.text[paragraph.start_char : paragraph.end_char] == paragraph.text
    assert (article.title is None) == (article.title_source is None)
    assert (article.published_on is None) == (article.published_source is None)
    assert 0 < article.kept_share <= 1


@given(TEXTS)
def test_text(text):
    cleaned = clean_text(text, content_type="text/plain")
    if isinstance(cleaned, Cleaned):
        check_document(cleaned)
    else:
        assert cleaned.reason in ("no_article", "empty", "binary", "unsupported_type")


@given(PAGES)
@settings(max_examples=40)
def test_page(html):
    cleaned = clean_text(html, content_type="text/html")
    if isinstance(cleaned, Cleaned):
        check_document(cleaned)
    else:
        assert cleaned.reason in ("no_article", "empty", "binary")


def test_the_property_is_not_empty():
    assert isinstance(clean_text("\n\n".join(PROSE_LINES[:3])), Cleaned)


@given(TEXTS)
@settings(max_examples=25)
def test_cleaning_again_gives_the_same(text):
    capture = capture_of(text.encode("utf-8", "surrogatepass"), content_type="text/plain")
    assert clean(capture) == clean(capture)


@given(TEXTS)
@settings(max_examples=40)
def test_what_the_bytes_said_can_be_put_back(text):
    content = text.encode("utf-8", "surrogatepass")
    cleaned = clean(capture_of(content, content_type="text/plain; charset=utf-8"))
    if isinstance(cleaned, Cleaned):
        (document,) = cleaned.documents
        restored, position = "", 0
        for repair in cleaned.repairs:
            restored += document.text[position : repair.start_char] + repair.original
            position = repair.end_char
        restored += document.text[position:]
        assert restored == content.decode(document.encoding, "replace")


def write(folder, contents):
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")


def test_order_batches_and_workers_do_not_change_rows(tmp_path, monkeypatch, prose, junk):
    """Three ways to load the same files; only what tells runs apart may differ."""
    contents = {f"{n:02}.txt": prose(n) for n in range(12)}
    contents |= {f"junk-{n}.txt": junk(n) for n in range(3)} | {"empty.txt": ""}
    contents |= {"99-copy.txt": prose(3), "00-copy.txt": prose(7), "junk-copy.txt": junk(1)}
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write(inbox, contents)
    files = [str(inbox / name) for name in contents]
    dumps = []
    for number, (size, workers) in enumerate([(500, 1), (4, 2), (1, 1)]):
        monkeypatch.setattr(flows.steps.collect, "CAPTURES_PER_FILE", size)
        random.Random(number).shuffle(files)
        database = tmp_path / f"{number}.duckdb"
        assert conserves(run(database, *files, workers=workers))
        dumps.append(dump(database))
    for tables in dumps:
        for rows in tables.values():
            for row in rows:
                for name in ("run_id", "first_run_id", "first_seen_at"):
                    row.pop(name, None)
    assert len(dumps[0]["documents"]) == 12
    assert dumps[0] == dumps[1] == dumps[2]


NAMES = ("a.txt", "b.txt", "c.txt")
KINDS = st.sampled_from(["good-1", "good-2", "good-1", "good-3", "junk-1", "junk-2", "empty", "absent"])
HISTORIES = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, KINDS)), min_size=2, max_size=4)


class Model:
    """What a history of runs must leave behind."""

    def __init__(self):
        self.captures, self.open = {}, {}

    def see(self, name, kind):
        if kind.startswith("good"):
            self.captures[name] = kind
            self.open.pop(name, None)
        elif kind == "empty":  # says nothing of what was there before
            self.open[name] = self.open.get(name, set()) | {kind}
        elif kind != "absent":
            self.open[name] = {kind}


# Shrinking would take minutes: each example is several runs.
@given(HISTORIES)
@settings(max_examples=3, phases=[Phase.explicit, Phase.generate])
def test_history(prose, junk, history):
    """Whatever files come, change, vanish and come back: nothing is lost, nothing is left over."""
    check_history(prose, junk, history)


def check_history(prose, junk, history):
    folder = Path(tempfile.mkdtemp())
    inbox, database, model = folder / "inbox", folder / "w.duckdb", Model()
    inbox.mkdir()
    try:
        for files in history:
            shutil.rmtree(inbox)
            inbox.mkdir()
            for name, kind in files.items():
                model.see(name, kind)
                make = {"good": prose, "junk": junk, "empty": lambda _: ""}.get(kind.split("-")[0])
                if make is not None:
                    (inbox / name).write_text(make(int(kind[5:] or 0)), encoding="utf-8")
            present = [kind for kind in files.values() if kind != "absent"]
            if not present:
                continue
            done = run(database, inbox)
            assert conserves(done)
            assert done.captures_seen == len(present)
            assert done.documents_quarantined == sum(not kind.startswith("good") for kind in present)
            check_state(database, inbox, model)
        if database.exists() and any(inbox.iterdir()):
            before = dump(database)
            assert run(database, inbox).documents_loaded == 0
            assert dump(database) == before
    finally:
        shutil.rmtree(folder)


def check_state(database, inbox, model):
    rows = ask(
        database,
        "SELECT source_uri, regexp_extract(d.text, 'Number ([0-9])', 1) AS number FROM captures"
        " JOIN (SELECT document_id, text FROM documents) AS d USING (document_id)",
    )
    found = {row["source_uri"].removeprefix(f"{inbox}/"): f"good-{row['number']}" for row in rows}
    assert found == model.captures
    counts = ask(
        database, "SELECT (FROM documents SELECT count(*)) AS d, (FROM articles SELECT count(*)) AS a"
    )
    assert counts == [{"d": len(set(model.captures.values())), "a": len(set(model.captures.values()))}]
    rows = ask(database, "SELECT source_uri FROM quarantine WHERE resolved_at IS NULL")
    held = [row["source_uri"].removeprefix(f"{inbox}/") for row in rows]
    assert set(held) == set(model.open)
    assert len(held) <= sum(map(len, model.open.values())), (
        "what was held against older bytes is settled"
    )


@pytest.mark.parametrize(
    "history",
    [
        ["good-1", "good-2", "good-1"],
        ["good-1", "junk-1", "good-1"],
        ["junk-1", "junk-2", "good-1"],
        ["empty", "junk-1", "empty", "good-1"],
        ["good-1", "absent", "good-1"],
    ],
    ids=" then ".join,
)
def test_history_of_one_file(prose, junk, history):
    steps = [{"a.txt": kind, "b.txt": "good-2", "c.txt": "absent"} for kind in history]
    check_history(prose, junk, steps)


@pytest.mark.parametrize(
    "history",
    [
        [{"a.txt": "junk-1"}, {"a.txt": "good-1"}, {"a.txt": "junk-1"}],
        [{"a.txt": "junk-1"}, {"a.txt": "good-1"}, {"a.txt": "good-1", "b.txt": "junk-1"}],
    ],
    ids=["the same file", "another file"],
)
def test_what_is_refused_again_is_listed_again(prose, junk, history):
    check_history(prose, junk, history)


def test_rejection_is_a_value():
    assert isinstance(clean_text("Home\nNews\n"), Rejected)


def test_a_text_that_lost_its_line_ends_is_read_by_sentences_and_kept_as_one_paragraph():
    """What stands in one line stays one paragraph; the boilerplate behind it goes all the same."""
    told = " ".join(
        f"{who} {did}, {how}."
        for who in ("The ministry", "A user in Guangzhou", "The company", "An official", "A lawyer")
        for did in ("closed 300 accounts", "wrote a letter", "kept the list", "moved to a rival")
        for how in ("and nobody was told why", "as far as the paper could learn", "after a long month")
    )
    text = f"{told} Leave a Reply. Your email address will not be published."
    (paragraph,) = clean(capture_of(text.encode())).paragraphs
    assert told.startswith(paragraph.text)
    assert len(paragraph.text) > 0.8 * len(told)
