"""No capture stalls or ends a run: what takes too long, is too deep or kills its process is refused."""

import os
import signal
import time

import pytest

import transforms.captures.readers
from flows.workers import clean_captures
from tests.loading import ask, capture_of, conserves, run
from transforms.clean import Cleaned, clean
from transforms.page import MAX_PAGE_CHARS
from transforms.rejected import Rejected


def clean_or_misbehave(capture):
    """Clean a capture, or do what its text says; stands here so that a worker can import it."""
    match capture.content.split(b":")[0]:
        case b"STALL":
            time.sleep(60)
        case b"EXIT":
            os._exit(7)
        case b"KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"RAISE":
            raise ValueError("a fault of the cleaner")
    return clean(capture)


@pytest.fixture(scope="module")
def outcomes(prose):
    contents = [prose(1), "STALL:", prose(2), "EXIT:", prose(3), "KILL:", prose(4), "RAISE:", prose(5)]
    captures = [capture_of(content.encode()) for content in contents]
    started = time.monotonic()
    found = list(clean_captures(captures, workers=1, seconds=6, cleaner=clean_or_misbehave))
    return dict(zip(contents, found, strict=True)), time.monotonic() - started


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("STALL:", "timed_out"),
        ("EXIT:", "worker_died"),
        ("KILL:", "worker_died"),
        ("RAISE:", "cleaner_failed"),
    ],
)
def test_worker_that_misbehaves(outcomes, text, reason):
    rejected = outcomes[0][text]
    assert isinstance(rejected, Rejected)
    assert (rejected.stage, rejected.reason) == ("clean", reason)
    assert rejected.detail


def test_the_others_are_cleaned_in_order(outcomes, prose):
    found, seconds = outcomes
    assert seconds < 45, "the one that stalls is stopped"
    for n in range(1, 6):
        assert isinstance(found[prose(n)], Cleaned)
        assert f"Number {n}" in found[prose(n)].articles[0].text


def deep(levels):
    return "<!doctype html><body>" + "<div>" * levels + "<p>Deep down.</p>" + "</div>" * levels


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, prose):
    folder = tmp_path_factory.mktemp("workers")
    inbox = folder / "inbox"
    inbox.mkdir()
    pages = {
        "good.txt": prose(1),
        "good.html": f"<!doctype html><title>A month</title><article><p>{prose(2)}</p></article>",
        "deep.html": deep(300),
        "wide.html": "<!doctype html><body>" + "<p>One more of very many paragraphs.</p>" * 300_000,
        "deepest.html": deep(5_000),
        "attributes.html": "<!doctype html><p "
        + " ".join(f"a{i}=1" for i in range(2_000))
        + ">Short.</p>",
        "open.html": "<!doctype html><body>" + "<b><i><p>" * 200 + "never closed",
    }
    assert len(pages["wide.html"]) > MAX_PAGE_CHARS
    for name, content in pages.items():
        (inbox / name).write_text(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transforms.captures.readers, "MAX_CAPTURE_BYTES", 20_000_000)
        (inbox / "large.txt").write_bytes(b"x " * 10_000_001)
        done = run(folder / "winnow.duckdb", inbox)
    return inbox, folder / "winnow.duckdb", done


@pytest.mark.parametrize(
    ("name", "stage", "reason"),
    [
        ("deep.html", "clean", "too_deep"),
        ("deepest.html", "clean", "too_deep"),
        ("wide.html", "clean", "too_large"),
        ("large.txt", "read", "too_large"),
    ],
)
def test_page_over_a_limit(loaded, name, stage, reason):
    inbox, database, _ = loaded
    (row,) = ask(database, "FROM quarantine WHERE source_uri = $uri", uri=f"{inbox}/{name}")
    assert (row["stage"], row["reason"]) == (stage, reason)


def test_the_others_load_and_nothing_is_lost(loaded):
    inbox, database, done = loaded
    assert conserves(done)
    assert done.captures_seen == len(list(inbox.iterdir()))
    found = {row["source_uri"].rsplit("/", 1)[1] for row in ask(database, "FROM captures")}
    assert {"good.txt", "good.html"} <= found
