"""The warehouse remembers what the pages of a site share: whatever the order in which they come."""

import json

import pytest

from flows.steps.check import Checked
from flows.steps.clean import clean_batch, plan
from flows.steps.collect import collect_stored
from flows.steps.explain import explain_document
from flows.steps.load import load_staged
from flows.steps.remember import plan_remembered
from flows.steps.run_context import loading
from tests.loading import Unchecked, ask, begin, dump, run
from tests.transforms.site_memory.test_remember import FOOT, MENU, NOTICE, TOWNS, article
from warehouse.paths import Layout
from warehouse.raw_store import RawStore
from warehouse.store import publish


def write(inbox, name, towns, notice=NOTICE):
    """Write a file of records, one page of a site for each town."""
    rows = [
        {
            "url": f"https://post.example/{town.lower()}",
            "text": "\n\n".join([*MENU, *article(town), notice, *FOOT]),
        }
        for town in towns
    ]
    (inbox / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    return inbox / name


def rows(database):
    """Return what is known of each document and its site, but not when and from which run."""
    tables = dump(database)
    for table in ("documents", "captures", "site_pages"):
        for row in tables[table]:
            row.pop("first_run_id", None)
            row.pop("source_uri", None)
            row.pop("captured_at", None)
    return {name: sorted(map(repr, found)) for name, found in tables.items()}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory):
    """A warehouse that got all pages of a site in one run."""
    folder = tmp_path_factory.mktemp("once")
    run(folder / "winnow.duckdb", write(folder, "all.jsonl", TOWNS))
    return folder / "winnow.duckdb"


def test_what_a_site_repeats_is_removed(at_once):
    texts = ask(at_once, "SELECT text FROM articles")
    assert len(texts) == len(TOWNS)
    assert not any(NOTICE in row["text"] for row in texts)


def test_lines_that_a_site_repeats_are_counted(at_once):
    found = ask(at_once, "SELECT site, documents FROM site_lines")
    assert found == [{"site": "post.example", "documents": len(TOWNS)}] * (len(MENU) + 1 + len(FOOT))


@pytest.mark.parametrize("nights", [[3, 6], [1, 2, 8], [8]])
def test_nights_give_what_one_run_gives(at_once, database, inbox, nights):
    starts = [0, *nights]
    for number, (start, end) in enumerate(zip(starts, [*nights, len(TOWNS)], strict=True)):
        done = run(database, write(inbox, f"{number}.jsonl", TOWNS[start:end]))
        assert done.captures_seen == done.documents_loaded == end - start
    assert rows(database) == rows(at_once)


def test_documents_of_earlier_nights_are_counted_as_cleaned_again(database, inbox):
    first = run(database, write(inbox, "1.jsonl", TOWNS[:1]))
    assert NOTICE in ask(database, "SELECT text FROM articles")[0]["text"], "the test shows nothing"
    second = run(database, write(inbox, "2.jsonl", TOWNS[1:]))
    assert (first.documents_cleaned_again, second.documents_cleaned_again) == (0, 1)


def test_second_run_changes_no_row(database, inbox):
    given = write(inbox, "1.jsonl", TOWNS[:5])
    run(database, given)
    before = dump(database)
    again = run(database, given)
    assert dump(database) == before
    assert (again.documents_loaded, again.documents_cleaned_again) == (0, 0)


def test_rebuild_gives_what_the_nights_gave(database, inbox):
    for number, start in enumerate((0, 1, 6)):
        run(database, write(inbox, f"{number}.jsonl", TOWNS[start : (1, 6, 9)[number]]))
    before = dump(database)
    with loading(begin(database)) as context:
        collect_stored(context, RawStore(context.layout.raw_store).captures())
        for batch in plan(context, everything=True):
            clean_batch(context, batch, 1)
        for batch in plan_remembered(context):
            clean_batch(context, batch, 1)
        load_staged(context, Checked(Unchecked(), ()))
        publish(context.layout)
    assert dump(database) == before


def test_page_that_goes_no_longer_counts(database, inbox, prose):
    for number, town in enumerate(TOWNS[:2]):
        write(inbox, f"{number}.jsonl", [town])
    run(database, inbox)
    assert ask(database, "SELECT DISTINCT documents FROM site_lines") == [{"documents": 2}]
    (inbox / "0.jsonl").write_text(json.dumps({"url": "https://other.example/", "text": prose(1)}))
    run(database, inbox)
    assert ask(database, "FROM site_lines") == []
    (left,) = ask(database, "SELECT text FROM articles WHERE site = 'post.example'")
    assert NOTICE in left["text"], "it is the only page of its site again"


def test_explain_says_on_how_many_pages_a_line_stands(at_once):
    document_id = ask(at_once, "SELECT min(document_id) AS id FROM documents")[0]["id"]
    segments = explain_document(Layout(at_once), document_id)
    (notice,) = [one for one in segments if one["text"].strip() == NOTICE]
    assert notice["reasons"][0] == f"stands on {len(TOWNS)} of {len(TOWNS)} pages of this site"
    stored = ask(at_once, "FROM segments WHERE document_id = $id ORDER BY position", id=document_id)
    assert [one["score"] for one in segments] == [one["score"] for one in stored]
