"""A file that has not changed since it was read is not read again, and nothing else comes of it."""

import os
from zipfile import ZipFile

import pytest

from tests.loading import ask, dump, run

LONG_AGO = 1_500_000_000  # seconds


@pytest.fixture
def old(inbox, prose):
    """Write a file as one that was last changed long ago."""

    def write(name: str, text: str, seconds: int = LONG_AGO):
        path = inbox / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (seconds, seconds))
        return path

    return write


@pytest.fixture
def archive(inbox, prose):
    """Write an archive of articles with these numbers."""

    def write(*numbers: int, seconds: int = LONG_AGO):
        path = inbox / "pages.zip"
        with ZipFile(path, "w") as packed:
            for n in numbers:
                packed.writestr(f"{n}.txt", prose(n))
        os.utime(path, (seconds, seconds))

    return write


def test_what_has_not_changed_is_not_read_again(database, inbox, old, archive, prose, junk):
    old("one.txt", prose(1))
    old("junk.txt", junk(1))
    old("a#b.txt", prose(2))
    archive(3, 4)
    first = run(database, inbox)
    before = dump(database)
    second = run(database, inbox)
    assert (first.files_unchanged, second.files_unchanged) == (0, 4)
    assert second.captures_seen == first.captures_seen == 5
    assert (second.documents_loaded, second.documents_quarantined) == (0, 1)
    assert dump(database) == before
    everything = run(database, inbox, verify=True)
    assert everything.files_unchanged == 0
    assert dump(database) == before


def test_what_has_changed_is_read(database, inbox, old, archive, prose):
    old("grows.txt", prose(1))
    old("same-size.txt", prose(2))
    archive(3)
    run(database, inbox)
    old("grows.txt", prose(1) + "\nOne more sentence stands at the end of the article now.\n")
    old("same-size.txt", prose(5), LONG_AGO + 1)
    archive(3, 4, seconds=LONG_AGO + 1)
    old("new.txt", prose(6))
    done = run(database, inbox)
    assert (done.files_unchanged, done.documents_loaded) == (0, 4)
    assert run(database, inbox).files_unchanged == 4


def test_a_file_that_has_just_been_written_is_read_twice(database, inbox, prose):
    (inbox / "new.txt").write_text(prose(1))
    run(database, inbox)
    assert run(database, inbox).files_unchanged == 0


def test_a_file_that_was_not_read_as_a_whole_is_read_again(database, inbox, old, prose):
    path = old("broken.zip", "PK\x03\x04 this is no archive")
    run(database, inbox, old("good.txt", prose(1)))
    assert run(database, inbox).files_unchanged == 1
    assert ask(database, "SELECT count(*) AS n FROM quarantine WHERE resolved_at IS NULL") == [{"n": 1}]
    path.unlink()


def test_what_the_raw_store_has_lost_is_read_again(database, inbox, old, prose):
    old("one.txt", prose(1))
    run(database, inbox)
    for file in database.with_suffix(".raw").glob("*.parquet"):
        file.unlink()
    assert run(database, inbox).files_unchanged == 0
    assert run(database, inbox).files_unchanged == 1


def test_two_files_with_the_same_places_keep_their_documents(database, inbox, old, archive, prose):
    archive(1)
    old("pages.zip#1.txt", prose(2))
    run(database, inbox)
    before = dump(database)
    run(database, inbox)
    assert dump(database) == before


def test_known_files_are_cleaned_again_by_a_new_cleaner(database, inbox, old, prose):
    old("one.txt", prose(1))
    run(database, inbox)
    done = run(database, inbox, version="another")
    assert (done.files_unchanged, done.documents_loaded) == (1, 1)
