"""Rows are checked in a process of its own, whose end and whose errors reach the run."""

import os
import signal

import pytest

from flows.steps.checking_process import Checker


@pytest.fixture
def checker():
    one = Checker()
    yield one
    one.end()


def test_what_the_checks_raise_is_raised_in_the_run(checker, tmp_path):
    with pytest.raises(Exception, match="no-such-folder") as caught:
        checker.check(
            tmp_path / "no-such-folder" / "check.duckdb", "run", {"articles": "article_id"}, 1, 1
        )
    assert "check_staged" in str(caught.value.__cause__), "with the place in the child process"
    process = checker._process
    checker.end()
    assert process.exitcode == 0, "it tidies up"


def test_a_process_that_was_killed_ends_the_run_with_words(checker, tmp_path):
    checker.start()
    first = checker._process
    os.kill(first.pid, signal.SIGKILL)
    with pytest.raises(ChildProcessError, match=r"ended \(signal SIGKILL\).*run again"):
        checker.check(tmp_path / "check.duckdb", "run", {}, 0, 0)
    checker.start()
    assert checker._process.pid != first.pid
    assert checker._process.is_alive()
