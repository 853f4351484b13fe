"""A correction reaches its document in the next run, whatever the run reads, and nothing else."""

import gzip
import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import flows.steps.clean as clean_step
from flows.commands.main import winnow
from flows.steps.collect import collect_stored
from flows.steps.review import Unmatched, list_unmatched
from flows.steps.run_context import RunContext, loading
from tests.benchmarks.collections import SNIPPET_FILE, SNIPPETS, read_snippets
from tests.benchmarks.gold import read_jsonl
from tests.benchmarks.snippets import mend_labels
from tests.loading import ask, begin, conserves, dump, run
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.corrections.correction import Selector
from transforms.corrections.read_file import read_corrections
from warehouse.paths import Layout
from warehouse.raw_store import RawStore

FIRST = "The office said on Monday"
TABLES = ("documents", "segments", "articles", "paragraphs", "quotes", "mentions")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, prose, junk):
    """The folder of a warehouse of two articles and a refused page, and of its captures."""
    folder = tmp_path_factory.mktemp("loaded")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        inbox = Path("inbox")
        inbox.mkdir()
        (inbox / "a.txt").write_text(f"{prose(1)}\nShare on Facebook\n")
        (inbox / "b.txt").write_text(prose(2))
        (inbox / "junk.txt").write_text(junk())
        run("news.duckdb", inbox)
    return folder


@pytest.fixture
def house(loaded, tmp_path, monkeypatch):
    """A copy of the warehouse, with the folder that it was read from."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("news.duckdb"), Path("inbox")


def call(database, *arguments):
    return CliRunner().invoke(winnow, [*map(str, arguments), "--warehouse", str(database)])


def correct(database, document, *arguments):
    return call(database, "correct", document, *arguments, "--by", "Ines", "--reason", "it is wrong")


def rows_of(database, but):
    """Return the rows of all documents but one."""
    return {
        name: [row for row in rows if but not in (row.get("document_id"), row.get("article_id"))]
        for name, rows in dump(database).items()
        if name in TABLES
    }


def id_of(database, name):
    query = "SELECT document_id FROM (FROM captures UNION BY NAME FROM quarantine) WHERE "
    return ask(database, f"{query} ends_with(source_uri, $name)", name=name)[0]["document_id"]


def test_next_run_takes_a_correction_even_if_it_reads_other_files(house, tmp_path, prose):
    database, inbox = house
    document, others = id_of(database, "a.txt"), rows_of(database, id_of(database, "a.txt"))
    assert correct(database, inbox / "a.txt", "--remove", FIRST, "--title", "Shut").exit_code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "c.txt").write_text(prose(3))
    done = run(database, elsewhere)
    assert (done.captures_seen, done.documents_loaded) == (2, 2)
    assert conserves(done)
    (article,) = ask(database, "FROM articles WHERE article_id = $id", id=document)
    assert article["title"] == "Shut"
    assert FIRST not in article["text"]
    third = id_of(database, "c.txt")
    after = rows_of(database, document)
    for rows in after.values():
        rows[:] = [row for row in rows if third not in (row.get("document_id"), row.get("article_id"))]
    assert after == others
    before = dump(database)
    assert run(database, inbox, elsewhere).documents_loaded == 0
    assert dump(database) == before


def test_withdrawn_correction_gives_the_first_rows_back(house):
    database, inbox = house
    before = dump(database)
    correct(database, inbox / "a.txt", "--keep", "Share on Facebook")
    assert run(database, inbox).documents_loaded == 1
    assert dump(database) != before
    Layout(database).corrections.unlink()
    assert run(database, inbox).documents_loaded == 1
    assert dump(database) == before


def test_correction_survives_another_cleaner_and_a_rebuild(house):
    database, inbox = house
    correct(database, inbox / "a.txt", "--remove", FIRST)
    assert run(database, inbox, version="cleaner-2").documents_loaded == 2
    (inbox / "a.txt").unlink()
    query = "SELECT count(*) AS n FROM segments WHERE rule = 'correction' AND NOT is_kept"
    assert ask(database, query) == [{"n": 1}]
    with loading(RunContext.begin("rebuild", database)) as context:
        collect_stored(context, RawStore(context.layout.raw_store).captures())
        batches = clean_step.plan(context, everything=True)
        for batch in batches:
            clean_step.clean_batch(context, batch, 1)
        staged = context.staging.batch(batches[0].key) / "document_corrections.parquet"
        assert pq.read_table(staged)["is_applied"].to_pylist() == [True]


def test_refused_capture_is_loaded_after_a_line_is_kept_and_is_refused_once(house):
    database, inbox = house
    document = id_of(database, "junk.txt")
    assert correct(database, document, "--keep", "Contact us").exit_code == 0
    run(database, inbox / "a.txt")
    assert ask(database, "FROM quarantine WHERE resolved_at IS NULL")[0]["cleaner_version"][-13] == "#"
    for line in ("Subscribe", "Log in", "Home", "News"):
        correct(database, document, "--keep", line)
    run(database, inbox / "a.txt")
    assert ask(database, "FROM quarantine WHERE resolved_at IS NULL") == []
    assert "Contact us" in ask(database, "FROM articles WHERE article_id = $id", id=document)[0]["text"]
    before = dump(database)
    assert run(database, inbox).documents_loaded == 0
    assert dump(database) == before


def test_correction_holds_for_the_next_capture_of_its_address_or_is_reported(tmp_path, prose):
    inbox, database = tmp_path / "feed.jsonl", tmp_path / "news.duckdb"

    def night(text):
        inbox.write_text(json.dumps({"url": "https://post.example/a", "text": text}))
        run(database, inbox)
        return ask(database, "FROM articles"), ask(database, "FROM document_corrections")

    night(prose(1))
    correct(database, f"{inbox}#line=1", "--remove", FIRST)
    (article,), (row,) = night(prose(1) + "\nA line was added to the page in the night.\n")
    assert (FIRST in article["text"], row["is_applied"]) == (False, True)
    (article,), (row,) = night(prose(1).replace(FIRST, "The office told us on Monday"))
    assert ("told us on Monday" in article["text"], row["is_applied"]) == (True, False)
    checked = call(database, "corrections", "check")
    assert checked.exit_code == 1
    assert "the line is not there" in checked.output
    assert "Corrections that no longer apply" in call(database, "status").output


def test_settings_of_a_site_are_taken_by_its_documents_alone(tmp_path, prose):
    inbox, database = tmp_path / "feed.jsonl", tmp_path / "news.duckdb"
    pages = [("https://post.example/a", prose(1)), ("https://ferry.example/b", prose(2))]
    inbox.write_text("\n".join(json.dumps({"url": url, "text": text}) for url, text in pages))
    run(database, inbox)
    line = prose().split("\n\n")[1]
    settings = f"sites:\n  post.example:\n    boilerplate:\n    - line: '{line}'\n"
    Layout(database).corrections.write_text(settings)
    assert run(database, inbox).documents_loaded == 1
    found = ask(database, "SELECT site, text FROM articles ORDER BY site")
    assert [line in row["text"] for row in found] == [True, False]
    assert run(database, inbox).documents_loaded == 0
    more = "    - line: Nowhere\n    text:\n    - path: p.note\n"
    Layout(database).corrections.write_text(settings + more)
    unmatched = list_unmatched(Layout(database), read_corrections(Layout(database).corrections))
    assert unmatched == [
        Unmatched("post.example", Selector(*given), 1) for given in (("Nowhere", None), (None, "p.note"))
    ]
    answer = call(database, "corrections", "check")
    assert (answer.exit_code, "Nowhere" in answer.output, line[:20] in answer.output) == (1, True, False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--remove", "no such line"], "no line contains"),
        (["--remove", "the"], "lines contain 'the'; give more"),
        (["--date", "May 3"], "2014-05-30"),
        ([], "say what is wrong"),
    ],
)
def test_correction_that_cannot_be_made_is_explained_and_not_written(house, arguments, words):
    database, inbox = house
    answer = correct(database, inbox / "a.txt", *arguments)
    assert answer.exit_code != 0
    assert words in answer.output + str(answer.exception)
    assert not Layout(database).corrections.exists()


def test_contradiction_and_broken_file_stop_before_a_run(house):
    database, inbox = house
    assert correct(database, inbox / "a.txt", "--title", "One").exit_code == 0
    other = correct(database, inbox / "a.txt", "--title", "Two")
    assert (other.exit_code, "contradicts line 3" in other.output) == (2, True)
    Layout(database).corrections.write_text("corrections: 3\n")
    with pytest.raises(ValueError, match=r"news\.corrections\.yaml, line 1"):
        begin(database)
    assert call(database, "run", inbox).exit_code == 2


def test_list_and_export(house, tmp_path):
    database, inbox = house
    assert "Nothing is corrected" in call(database, "corrections", "list").output
    correct(database, inbox / "a.txt", "--remove", FIRST, "--keep", "Share on Facebook")
    assert "it is wrong" in call(database, "corrections", "list").output
    for name in ("out.jsonl", "out.jsonl.gz"):
        assert call(database, "corrections", "export", tmp_path / name).exit_code == 0
    (example,) = read_jsonl(tmp_path / "out.jsonl.gz")
    assert [example] == list(read_jsonl(tmp_path / "out.jsonl"))
    assert example["with_"] == ["Share on Facebook"]
    assert example["without"][0].startswith(FIRST)
    assert "Users of the service" in example["html"]
    lines = [block.text for block in render_page(Page(example["html"])).blocks]
    labels, trust = mend_labels(np.full(len(lines), 0.6), lines, example)  # as the trainer reads it
    assert [(bool(labels[i]), trust[i]) for i in (0, -1)] == [(False, 1.0), (True, 1.0)]
    (tmp_path / SNIPPET_FILE).write_bytes(gzip.compress(b""))
    assert read_snippets(tmp_path, tmp_path / "out.jsonl.gz") == [
        example | {"set": SNIPPETS, "gold_text": ""}
    ]
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()).count(b"\n") == 1
    run(database, inbox)
    assert "(Ines: it is wrong)" in call(database, "explain", inbox / "a.txt").output
