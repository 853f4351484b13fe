"""`winnow.clean` gives the rows that a run loads, or says why there are none."""

from dataclasses import asdict, fields

import pytest

import winnow
from tests.loading import SAMPLES, ask, read_all
from transforms.captures.capture import RawCapture

CAPTURES = [one for one in read_all(SAMPLES) if isinstance(one, RawCapture)]
TABLES = ("repairs", "segments", "paragraphs", "quotes", "quantities", "mentions")
# What only a run or a warehouse knows.
NOT_OF_A_CAPTURE = {"first_run_id", "cleaner_version", "story_id"}


def clean(capture):
    return winnow.clean(
        capture.content,
        capture.url,
        capture.content_type,
        title=capture.title,
        captured_at=capture.captured_at,
        source_uri=capture.source_uri,
    )


def made(row, columns):
    return {name: value for name, value in asdict(row).items() if name in columns}


def stored(row):
    return {name: value for name, value in row.items() if name not in NOT_OF_A_CAPTURE}


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda one: one.source_uri.removeprefix(f"{SAMPLES}/"))
def test_rows_are_those_of_a_run(capture, samples):
    result = clean(capture)
    if result.rejected:
        (refused,) = ask(samples, "FROM quarantine WHERE source_uri = $uri", uri=capture.source_uri)
        assert asdict(result.rejected).items() <= refused.items()
        return
    identity = result.document.document_id
    (document,) = ask(samples, "FROM documents WHERE document_id = $id", id=identity)
    (article,) = ask(samples, "FROM articles WHERE article_id = $id", id=identity)
    copies = ask(samples, "FROM captures WHERE document_id = $id", id=identity)
    assert capture.source_uri in [copy["source_uri"] for copy in copies]
    if len(copies) == 1:  # of copies a run keeps what it knows of one
        assert made(result.document, stored(document)) == stored(document)
    assert made(result.article, stored(article)) == stored(article)
    for table in TABLES:
        key = "document_id" if table in ("repairs", "segments") else "article_id"
        rows = ask(samples, f"FROM {table} WHERE {key} = $id ORDER BY position", id=identity)
        assert [made(row, fields_of(row, table)) for row in getattr(result, table)] == rows


def fields_of(row, table):
    """Return the columns of a row; a segment has its text besides."""
    return {field.name for field in fields(row)} - ({"text"} if table == "segments" else set())


def test_samples_have_rows_of_each_table_and_a_rejection():
    results = [clean(capture) for capture in CAPTURES]
    assert all(any(getattr(result, table) for result in results) for table in TABLES)
    assert any(result.rejected for result in results)


def test_segments_are_the_text_of_the_document(prose):
    result = winnow.clean(f"Home\nLog in\n\n{prose(1)}".encode())
    assert "".join(segment.text for segment in result.segments) == result.document.text
    assert [segment.text.strip() for segment in result.removed] == ["Home", "Log in"]
    assert {segment.role for segment in result.segments} >= {"blank", "paragraph"}


def test_rejected_page_shows_what_its_lines_were_taken_for(junk):
    result = winnow.clean(junk().encode(), source_uri="junk.txt")
    assert (result.rejected.stage, result.rejected.reason) == ("clean", "no_article")
    assert (result.article, result.paragraphs) == (None, ())
    assert result.document.source_uri == "junk.txt"
    assert {segment.role for segment in result.removed} >= {"navigation", "share"}


def test_picture_is_rejected():
    result = winnow.clean(b"\x89PNG\r\n\x1a\n" + bytes(256))
    assert result.rejected.reason == "unsupported_type"
    assert (result.document, result.segments) == (None, ())


def test_what_is_known_besides_is_used(prose):
    page = f"<article><p>{prose(1)}</p></article>".encode()
    result = winnow.clean(page, "https://a.example/2024/05/03/x", "text/html", title="A month of checks")
    article = result.article
    assert (article.site, str(article.published_on)) == ("a.example", "2024-05-03")
    assert (article.title, article.title_source) == ("A month of checks", "record")


def test_options(prose, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("entity_id,name,kind,aliases,wikidata_id\nthe-office,The office,agency,,\n")
    options = winnow.CleaningOptions(entities=winnow.open_own_list(own))
    assert not winnow.clean(prose(1).encode()).mentions
    (mention,) = winnow.clean(prose(1).encode(), options=options).mentions
    assert mention.entity_id == "the-office"


def test_facts_can_be_left_out(prose):
    content = (
        prose(1) + "\n\n“It is open again,” said Ada Quist, who paid 300 million dollars for it."
    ).encode()
    found = winnow.clean(content)
    bare = winnow.clean(content, options=winnow.CleaningOptions(finds_facts=False))
    assert found.quotes
    assert found.quantities
    assert bare.quotes == bare.quantities == bare.mentions == ()
    assert bare.article == found.article
    assert bare.segments == found.segments
