"""Reading in a process that can be killed: a file costs itself at most."""

import json

import pytest

from flows.steps import reading_process
from flows.steps.reading_process import Reader
from tests.poison_files import read_or_misbehave
from transforms.captures.capture import RawCapture, Skipped, Unread
from transforms.captures.inputs import list_inputs

DEATHS = {
    "exit": ("worker_died", "exit status 7"),
    "kill": ("worker_died", "SIGKILL"),
    "crash": ("worker_died", "SIGSEGV"),
    "stall": ("timed_out", "2 s"),
}


def read_with(reader, *inputs):
    files = list_inputs(map(str, inputs))
    return {file.source_uri.rpartition("/")[2]: list(reader.read(file)) for file in files}


def put_lines(folder, name, count=3):
    lines = [json.dumps({"text": f"{name} {n}"}) for n in range(count)]
    (folder / name).write_text("\n".join(lines))


def test_reader_that_dies_costs_its_file_and_keeps_what_it_read(inbox):
    for name in ("a", *DEATHS, "z"):
        put_lines(inbox, f"{name}.jsonl")
    with Reader(seconds=2.0, read=read_or_misbehave) as reader:
        found = read_with(reader, inbox)
    for name, outcomes in found.items():
        read = [one for one in outcomes if isinstance(one, RawCapture)]
        assert [one.content for one in read] == [f"{name} {n}".encode() for n in range(3)]
        ends = [(one.reason, one.detail) for one in outcomes if isinstance(one, Unread)]
        death = DEATHS.get(name.split(".")[0])
        assert len(ends) == (1 if death else 0)
        if death:
            assert ends[0][0] == death[0]
            assert death[1] in ends[0][1]


def test_one_process_reads_many_files_and_is_replaced_now_and_then(inbox, monkeypatch):
    monkeypatch.setattr(reading_process, "FILES_PER_READER", 3)
    for n in range(7):
        put_lines(inbox, f"{n}.jsonl", 1)
    seen = []
    with Reader() as reader:
        for file in list_inputs([str(inbox)]):
            assert len(list(reader.read(file))) == 1
            seen.append(reader.process.pid)
    assert len(set(seen)) == 3


def test_file_to_skip_needs_no_process(inbox):
    (inbox / "a.txt").write_text("A text.")
    (inbox / ".hidden").write_text("A text.")
    with Reader() as reader:
        hidden = next(file for file in list_inputs([str(inbox)]) if file.skip)
        assert list(reader.read(hidden)) == [Skipped(hidden.source_uri, "hidden files")]
        assert reader.process is None


def test_record_that_takes_too_much_memory_is_one_row(inbox):
    (inbox / "deep.jsonl").write_text('{"text": "A text."}\n' + "[" * 100_000 + "\n" + '{"a":' * 3_000)
    with Reader() as reader:
        found = read_with(reader, inbox)["deep.jsonl"]
    assert [type(one) for one in found] == [RawCapture, Unread, Unread]


@pytest.mark.parametrize("count", [1_000])
def test_what_is_read_comes_in_order(inbox, count):
    put_lines(inbox, "many.jsonl", count)
    with Reader() as reader:
        found = read_with(reader, inbox)["many.jsonl"]
    assert [one.source_uri.rpartition("=")[2] for one in found] == [str(n + 1) for n in range(count)]
