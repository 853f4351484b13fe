"""A rebuild cleans everything again from the raw store, tells what changed, and by which rule."""

import gc
import itertools
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import flows.steps.cleaning_processes
import flows.steps.collect
import flows.steps.versions
import transforms.article.doubt
import transforms.clean
from flows.steps import versions
from flows.steps.check import Checked
from flows.steps.clean import clean_batch, plan
from flows.steps.collect import collect_captures, collect_stored
from flows.steps.load import load_staged
from flows.steps.run_context import loading
from flows.steps.versions import CLEANING_CODE, CLEANING_DATA, cleaner_version
from tests.loading import ROOT, Unchecked, ask, begin, dump, run
from transforms.captures.capture import Rejected
from transforms.captures.inputs import list_inputs
from transforms.clean import clean
from transforms.judging.rules import SegmentRule
from transforms.options import CleaningOptions
from warehouse.integrity import find_faults
from warehouse.paths import Layout
from warehouse.raw_store import RawStore, StoredCapture
from warehouse.rebuild_diff import compare_published
from warehouse.staging import Staging

NEW_RULE = SegmentRule("a_new_rule", "It is new.", "New")
KINDS = {
    "code": "transforms/judging/decide.py",
    "list": "seeds/reference/phrases.csv",
    "model": "seeds/models/best.npz",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, prose):
    """The folder of a warehouse of three articles; their captures are gone, the raw store is enough."""
    folder = tmp_path_factory.mktemp("loaded")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        inbox = Path("inbox")
        inbox.mkdir()
        for n in range(3):
            (inbox / f"{n}.txt").write_text(prose(n))
        run("winnow.duckdb", inbox, version="before")
        for path in inbox.iterdir():
            path.unlink()
    return folder


@pytest.fixture
def three(loaded, tmp_path, monkeypatch):
    """A copy of it in the current folder."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("winnow.duckdb")


def rebuild(database, monkeypatch):
    """Do what the flow does, without Prefect and in this process; return what changed."""
    monkeypatch.setattr(
        flows.steps.cleaning_processes, "clean_captures", lambda captures, *_: map(clean, captures)
    )
    with loading(begin(database, "after")) as context:
        collect_stored(context, RawStore(context.layout.raw_store).captures())
        for batch in plan(context, everything=True):
            clean_batch(context, batch, 1)
        done = load_staged(context, Checked(Unchecked(), ()))
        changes = compare_published(context.layout)
    return done, changes


def count_live(kind):
    return sum(type(one) is kind for one in gc.get_objects())


def test_captures_of_the_store_are_read_in_parts(database, inbox, monkeypatch):
    """However many the store has, few are in memory: when it is written, and when it is read again."""
    monkeypatch.setattr(flows.steps.collect, "CAPTURES_PER_FILE", 20)
    lines = (f'{{"text": "text {n}", "url": "http://a.example/{n}"}}\n' for n in range(300))
    (inbox / "a.jsonl").write_text("".join(lines))
    context, most, before = begin(database), [], count_live(StoredCapture)
    real = Staging.write_seen

    def write_seen(staging, number, captures):
        most.append(count_live(StoredCapture) - before)
        real(staging, number, captures)

    monkeypatch.setattr(Staging, "write_seen", write_seen)
    collect_captures(context, list_inputs([str(inbox)]))
    collect_stored(context, RawStore(context.layout.raw_store).captures())
    assert len(most) == 30
    assert max(most) <= 2 * 20


def test_what_cannot_be_read_is_staged_in_parts(database, inbox, monkeypatch):
    monkeypatch.setattr(flows.steps.collect, "CAPTURES_PER_FILE", 20)
    (inbox / "a.jsonl").write_text('{"a": 1}\n' * 50 + '{"text": "a text"}\n')
    context = begin(database)
    assert collect_captures(context, list_inputs([str(inbox)])).refused.total() == 50
    assert len(list(context.staging.folder.glob("*/refused.parquet"))) == 3


def test_same_cleaner_changes_nothing(three, monkeypatch):
    done, changes = rebuild(three, monkeypatch)
    assert (done.captures_seen, done.documents_loaded) == (3, 3)
    assert (changes.before, changes.lost, changes.gained, changes.changed) == (3, 0, 0, 0)
    assert changes.articles == changes.removed_by_rule == ()
    assert list(changes.beyond_bounds()) == []


def test_rule_with_a_new_name_is_no_change(database, inbox, prose, monkeypatch):
    (inbox / "a.txt").write_text(prose() + "\nShare on Facebook\n")
    run(database, inbox, version="before")
    with duckdb.connect(str(database)) as db:
        db.execute("UPDATE segments SET rule = 'furniture_phrase' WHERE rule = 'boilerplate_phrase'")
    assert ask(database, "FROM segments WHERE rule = 'furniture_phrase'")
    _, changes = rebuild(database, monkeypatch)
    assert changes.removed_by_rule == ()


def test_rule_that_removes_more_is_named_with_its_share(three, monkeypatch):
    real, before = transforms.clean.read_capture, dump(three)

    def stricter(capture, options):
        """Take the last paragraph of one capture for an advert."""
        reading = real(capture)
        if capture.source_uri.endswith("/1.txt"):
            judged = list(reading.judged)
            at = max(index for index, one in enumerate(judged) if one.is_kept)
            judged[at] = judged[at]._replace(is_kept=False, role="advert", rule=NEW_RULE)
            reading = replace(reading, judged=tuple(judged))
        return reading

    monkeypatch.setattr(transforms.clean, "read_capture", stricter)
    _, changes = rebuild(three, monkeypatch)
    assert (changes.changed, changes.lost, changes.gained) == (1, 0, 0)
    (article,) = changes.articles
    assert (article.change, article.rule) == ("changed", "a_new_rule")
    assert article.words < -20
    ((rule, characters),) = changes.removed_by_rule
    assert rule == "a_new_rule"
    assert characters > 100
    assert any("33.3% of 3 articles changed" in words for words in changes.beyond_bounds())
    assert dump(three) == before, "it was not published"


def test_article_with_another_author_is_changed(three, monkeypatch):
    real = transforms.clean.read_capture

    def named(capture, options):
        reading = real(capture)
        return replace(reading, author="Jane Doe") if capture.source_uri.endswith("/1.txt") else reading

    monkeypatch.setattr(transforms.clean, "read_capture", named)
    _, changes = rebuild(three, monkeypatch)
    assert (changes.changed, changes.removed_by_rule) == (1, ())
    (article,) = changes.articles
    assert (article.change, article.words, article.rule) == ("changed", 0, None)


def test_lost_articles_are_beyond_the_bounds(three, monkeypatch):
    monkeypatch.setattr(transforms.article.doubt, "FEWEST_WORDS", 10_000)
    _, changes = rebuild(three, monkeypatch)
    assert (changes.lost, {one.change for one in changes.articles}) == (3, {"lost"})
    assert any("100.0% of 3 articles lost" in words for words in changes.beyond_bounds())


def test_document_that_a_new_cleaner_refuses_goes_and_comes_back(three, monkeypatch, prose):
    """It is in the warehouse or in quarantine, never in both."""
    folder = Path("inbox")
    (folder / "1.txt").write_text(prose(1))
    with monkeypatch.context() as patch:
        patch.setattr(
            flows.steps.cleaning_processes, "clean_captures", lambda captures, *_: map(clean, captures)
        )
        patch.setattr(transforms.article.doubt, "FEWEST_WORDS", 10_000)
        assert run(three, folder, version="strict").documents_quarantined == 1
    assert list(find_faults(Layout(three))) == []
    assert [len(dump(three)[table]) for table in ("documents", "captures")] == [2, 2]
    assert run(three, folder, version="mild").documents_loaded == 1
    assert len(dump(three)["documents"]) == 3


def test_document_whose_cleaning_died_stays_as_it_was(three, monkeypatch, prose):
    """A busy machine must not cost an article; the next run tries it again."""
    folder, before = Path("inbox"), dump(three)["articles"]
    (folder / "1.txt").write_text(prose(1))
    late = Rejected("clean", "timed_out", "it took too long")
    with monkeypatch.context() as patch:
        patch.setattr(
            flows.steps.cleaning_processes, "clean_captures", lambda captures, *_: [late] * len(captures)
        )
        assert run(three, folder, version="new").documents_quarantined == 1
    assert dump(three)["articles"] == before
    assert run(three, folder, version="new").documents_loaded == 1
    assert ask(three, "SELECT count(*) AS n FROM quarantine WHERE resolved_at IS NULL") == [{"n": 0}]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of all that decides what a capture becomes."""
    folder = tmp_path_factory.mktemp("tree")
    for pattern in (CLEANING_CODE, *CLEANING_DATA):
        for file in ROOT.glob(pattern):
            if file.is_file():
                copy = folder / file.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_change_of_what_decides_is_a_new_version(tree, monkeypatch, kind):
    monkeypatch.setattr(versions, "ROOT", tree)
    monkeypatch.setattr(versions, "digest_cleaner", versions.digest_cleaner.__wrapped__)
    version = cleaner_version.__wrapped__
    before = version()
    (tree / "README.md").write_text("nothing that decides")
    assert version() == before
    with (tree / KINDS[kind]).open("ab") as file:
        file.write(b"\nMORE = 1\n")
    assert version() != before


def test_moves_and_words_are_the_same_version(tree, monkeypatch):
    monkeypatch.setattr(versions, "ROOT", tree)
    monkeypatch.setattr(versions, "digest_cleaner", versions.digest_cleaner.__wrapped__)
    before = cleaner_version.__wrapped__()
    here, there = tree / "transforms" / "clean.py", tree / "transforms" / "rooms" / "cleaning.py"
    there.parent.mkdir()
    here.rename(there)
    there.write_text("# Why.\n" + there.read_text().replace('"""', '"""In other words: ', 1))
    assert cleaner_version.__wrapped__() == before


def test_options_are_another_cleaner():
    options = itertools.product(("best", "fast"), ("drop", "keep"))
    assert len({cleaner_version(CleaningOptions(*one)) for one in options}) == 4
