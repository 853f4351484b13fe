"""The list of the files of a run: each once, by name, whatever their names are."""

import os

from hypothesis import given
from hypothesis import strategies as st

from flows.steps.file_list import write_file_list
from tests.loading import begin
from transforms.captures.inputs import list_inputs


def names(database, *inputs):
    return [file.source_uri for file in write_file_list(begin(database), [str(one) for one in inputs])]


def test_file_named_twice_is_listed_once(database, inbox):
    path = inbox / "a.txt"
    path.write_text("A text.")
    assert names(database, path, inbox, f"{inbox}/*.txt", path) == [str(path)]


def test_relative_path_has_one_name(database, inbox, monkeypatch):
    (inbox / "a.txt").write_text("A text.")
    monkeypatch.chdir(inbox)
    assert names(database.absolute(), "a.txt", "./a.txt") == ["a.txt"]


def test_file_that_is_named_is_read_though_its_folder_would_skip_it(database, inbox):
    (inbox / "a.txt").write_text("A text.")
    hidden = inbox / ".hidden.txt"
    hidden.write_text("A text.")
    for inputs in ([hidden, inbox], [inbox, hidden]):
        files = write_file_list(begin(database), map(str, inputs))
        assert {file.source_uri: file.skip for file in files} == {
            str(hidden): None,
            str(inbox / "a.txt"): None,
        }


def test_files_of_the_warehouse_are_skipped(database, inbox):
    inside = inbox / "w.duckdb"
    for path in (inside, inbox / "a.txt"):
        path.write_text("A text.")
    files = write_file_list(begin(inside), [str(inbox)])
    skips = {file.path: file.skip for file in files if not file.source_uri.endswith("listed.parquet")}
    assert skips == {str(inside): "files of the warehouse", str(inbox / "a.txt"): None}


@given(st.sets(st.binary(min_size=1, max_size=20), min_size=1, max_size=12))
def test_list_has_the_files_that_were_found(tmp_path_factory, wanted):
    folder = tmp_path_factory.mktemp("any")
    inbox = folder / "in"
    inbox.mkdir()
    for number, name in enumerate(wanted):
        safe = name.replace(b"/", b"_").replace(b"\0", b"_")
        (inbox / os.fsdecode(b"%d-%b" % (number, safe))).write_text("A text.")
    files = list(write_file_list(begin(folder / "w.duckdb"), [str(inbox)]))
    found = {file.source_uri: file for file in list_inputs([str(inbox)])}
    assert [file.source_uri for file in files] == sorted(found)
    assert all(file == found[file.source_uri] for file in files)
