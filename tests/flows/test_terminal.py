"""What commands print on a real terminal: it fits, it is not cut in a wrong place, it obeys nothing."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest
from rich.cells import cell_len

from tests.loading import ROOT, run

CODE = """
import json, sys, click
from flows.commands.main import winnow
for arguments in json.loads(sys.argv[1]):
    try:
        winnow(arguments, standalone_mode=False)
    except click.UsageError as error:
        print(error.format_message())
    print("=====", flush=True)
"""
STYLE = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "\x1b[31m\x1b]0;taken over\x07\x9b31m\u202egnp.exe"
WIDTHS = (40, 80, 200)
PAGER = "sed s/^/paged:/"
CALLS = (
    ("sql", "SELECT title, author, language, word_count, text FROM articles ORDER BY article_id"),
    ("sql", "SELECT '微信用户超过三亿五千五百万人，这是一个很长的标题，比终端还要宽得多，真的很长'"
            " AS zh, 'ok' AS word, 12345 AS n UNION ALL SELECT 'short', 'ok', 1 ORDER BY n DESC"),
    ("sql", "FROM articles LIMIT 2"),
    ("sql", "SELECT range AS n FROM range(90)"),
    ("sql", "SELECT range AS n FROM range(90)", "--no-pager"),
    ("sql", "SELECT 1 AS one", "--format", "parquet"),
    ("status",),
    ("explain", "a.txt"),
    ("explain", "page.html"),
    ("sql", "SELECT title, text AS a, text AS b, text AS c, language FROM articles"),
)  # fmt: skip


def on_terminal(database, width, calls, height=50, **settings):
    """Return what each call prints on a terminal of that size."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    environment |= {
        "WINNOW_WAREHOUSE": str(database),
        "TERM": "xterm-256color",
        "PAGER": PAGER,
    } | settings
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, json.dumps(calls)],
        stdin=follower, stdout=follower, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment,
    )  # fmt: skip
    os.close(follower)
    parts = []
    while part := _read(leader):
        parts.append(part)
    os.close(leader)
    assert process.wait() == 0
    shown = b"".join(parts).decode().replace("\r\n", "\n").split("=====\n")
    return dict(zip(calls, shown, strict=False))


def _read(leader):
    try:
        return os.read(leader, 65_536)
    except OSError:  # the process has ended
        return b""


@pytest.fixture(scope="module")
def database(tmp_path_factory, prose, junk):
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(f"A month of checks\n\n{prose(1)}\n\n{junk()}")
    (folder / "in" / "junk.txt").write_text(junk())
    (folder / "in" / "page.html").write_text(
        f"<!doctype html><title>{HOSTILE}</title><article><h1>{HOSTILE}</h1><p>{prose(2)}</p></article>"
    )
    run(folder / "w.duckdb", folder / "in")
    return folder / "w.duckdb"


@pytest.fixture(scope="module", params=WIDTHS)
def shown(request, database):
    """The width of a terminal, and what each call prints on it."""
    return request.param, on_terminal(database, request.param, CALLS)


def plain_lines(text):
    return STYLE.sub("", text).splitlines()


def test_tables_fit(shown):
    width, answers = shown
    for call in CALLS[:5]:
        assert max(map(cell_len, plain_lines(answers[call]))) <= width, call
    assert max(map(cell_len, plain_lines(answers[CALLS[6]])[1:])) <= max(80, width)


def test_cells_are_cut_with_an_ellipsis_and_columns_stay_in_line(shown):
    width, answers = shown
    lines = plain_lines(answers[CALLS[1]])
    ends = {cell_len(line[: line.index("ok")]) for line in lines if "ok" in line}
    if width > 40:
        assert len(ends) == 1
    assert ("…" in answers[CALLS[1]]) == (width < 200)
    assert any(line.endswith("12345") for line in lines)


def test_columns_that_do_not_fit_are_named(shown):
    width, answers = shown
    if width == 80:
        assert "Columns that do not fit: c, language." in answers[CALLS[9]].replace("\n", " ")


def test_wide_rows_are_printed_one_field_a_line(shown):
    width, answers = shown
    lines = plain_lines(answers[CALLS[2]])
    if width == 200:  # more than half of the columns fit
        return
    assert lines[0] == "── row 1 ──"
    assert sum(line.startswith("title ") for line in lines) == 2


def test_long_output_goes_through_the_pager_unless_it_is_switched_off(shown):
    _, answers = shown
    assert answers[CALLS[3]].startswith("paged:")
    assert answers[CALLS[3]].count("paged:") >= 91
    assert "paged:" not in answers[CALLS[4]]
    assert "paged:" not in answers[CALLS[1]]


def test_binary_is_not_written_to_a_terminal(shown):
    _, answers = shown
    assert answers[CALLS[5]].startswith("Parquet is binary")


def test_explain_shows_the_text_with_signs(shown):
    _, answers = shown
    lines = plain_lines(answers[CALLS[7]])
    assert any(line.startswith("= A month of checks") for line in lines)
    assert any(line.startswith("+ The office said on Monday") for line in lines)
    assert any("lines removed: " in line for line in lines)


def test_captured_text_cannot_take_hold_of_the_terminal(shown):
    _, answers = shown
    for answer in answers.values():
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(STYLE.sub("", answer))


def test_no_color_and_an_empty_pager_are_respected(database):
    calls = [("explain", "junk.txt"), CALLS[3]]
    answers = on_terminal(database, 80, tuple(calls), NO_COLOR="1", PAGER="")
    colours = {
        code for style in STYLE.findall("".join(answers.values())) for code in style[2:-1].split(";")
    }
    assert not {code for code in colours if len(code) == 2}
    assert answers[CALLS[3]].count("\n") >= 91


def test_sign_that_the_terminal_lacks_is_an_escape(samples):
    query = ["sql", "SELECT '\u2713' AS sign", "--warehouse", str(samples)]
    command = [sys.executable, "-c", "from flows.commands.main import main; main()", *query]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"\\u2713" in done.stdout
