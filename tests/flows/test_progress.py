"""The bars of a run count what is done, also when a step is tried again."""

from io import StringIO

import pytest
from rich.console import Console

from flows.steps.collect import collect_captures
from flows.steps.progress import Step, shown_progress
from flows.steps.run_context import loading
from tests.loading import begin
from transforms.captures.inputs import list_inputs


@pytest.fixture
def terminal():
    return Console(file=StringIO(), force_terminal=True, width=100, color_system=None)


def test_bar_ends_at_its_total_though_a_step_is_tried_again(terminal):
    with shown_progress(terminal):
        step = Step("Clean captures", 31)
        for done in (10, 20):
            step.reach(done)
        for _ in range(2):  # a task that fails and is tried again
            for done in range(1, 12):
                step.after(20)(done)
    shown = terminal.file.getvalue()
    assert "31/31" in shown
    assert "/s" in shown or "in 0:0" in shown


def test_nothing_is_shown_on_a_pipe():
    pipe = Console(file=StringIO())
    with shown_progress(pipe):
        Step("Clean captures", 2).reach(2)
    assert pipe.file.getvalue().strip() == ""


def test_captures_of_one_file_are_counted_while_it_is_read(database, inbox):
    lines = [
        f'{{"url": "https://a.example/{n}", "text": "Some words of number {n}."}}' for n in range(250)
    ]
    (inbox / "pages.jsonl").write_text("\n".join(lines))
    told = []
    with loading(begin(database)) as run:
        collect_captures(run, list_inputs([str(inbox)]), lambda *done: told.append(done))
    assert told == [(0, "100 captures"), (0, "200 captures"), (1, "250 captures")]


def test_things_are_counted_as_they_are_taken():
    terminal = Console(file=StringIO(), force_terminal=True, width=120)
    with shown_progress(terminal):
        assert list(Step("Compare articles", 250).over(range(250))) == list(range(250))
    assert "250/250" in terminal.file.getvalue()
