"""The commands that ask: what they print, how they end, and what they do not let through."""

import csv
import io
import json
import os
import shutil
import socket
import subprocess
import sys

import duckdb
import pyarrow.parquet
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from flows.commands.main import COMMANDS, winnow
from tests.loading import ROOT, ask, run
from transforms.rules import RULES
from warehouse.schema.tables import SCHEMA_VERSION

ESCAPE, C1 = "\x1b", "\x9b"
HOSTILE = f"{ESCAPE}[31m{ESCAPE}]0;taken over\x07{C1}31m[red]not markup[/red]"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory, prose, junk):
    """A warehouse of good, refused and hostile captures."""
    folder = tmp_path_factory.mktemp("asked")
    inbox = folder / "inbox"
    (inbox / "sub").mkdir(parents=True)
    (inbox / "a.txt").write_text(f"The campaign will last for a month\n\n{prose(1)}")
    (inbox / "sub" / "page.html").write_text(
        f"<!doctype html><title>{HOSTILE}</title><article><h1>{HOSTILE}</h1><p>{prose(2)}</p>"
        f"<p>“{HOSTILE}” is what the notice of the office said to all its users in May.</p></article>"
    )
    (inbox / "junk.txt").write_text(junk())
    (inbox / f"none{ESCAPE}[31m.txt").write_text("")
    for n in range(3, 12):
        (inbox / f"{n}.txt").write_text(prose(n))
    run(folder / "winnow.duckdb", inbox)
    return folder / "winnow.duckdb", inbox


@pytest.fixture
def call(warehouse):
    """Call a command in this process; its answer and how it ended."""

    def call(*arguments):
        return CliRunner().invoke(winnow, [*arguments, "--warehouse", str(warehouse[0])])

    return call


def process(*arguments):
    """Call a command as its user does: the end of the process matters."""
    code = "from flows.commands.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def document_of(database, name):
    (row,) = ask(database, "FROM captures WHERE ends_with(source_uri, $name)", name=name)
    return row["document_id"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command):
    answer = CliRunner().invoke(winnow, [command, "--help"])
    assert answer.exit_code == 0
    assert answer.output.startswith("Usage:")
    assert len(answer.output.splitlines()) > 6


def test_help_lists_every_command():
    answer = CliRunner().invoke(winnow, ["--help"])
    assert all(f"  {command} " in answer.output for command in COMMANDS)


def test_version():
    assert "0.1" in CliRunner().invoke(winnow, ["--version"]).output


@pytest.mark.parametrize(
    "arguments",
    [
        ["explane"],
        ["explain"],
        ["sql"],
        ["sql", "SELECT 1", "--csv", "--json"],
        ["completion", "cmd"],
        ["browse", "--port", "99999"],
        ["status", "--runs", "0"],
        ["status", "--warehouse", ""],
        ["status", "--warehouse", "."],
        ["run", "--workers", "0"],
        ["run", "--columns", "words=a"],
        ["--bogus"],
    ],
    ids=" ".join,
)
def test_wrong_call(arguments):
    answer = CliRunner().invoke(winnow, arguments)
    assert answer.exit_code == 2
    assert "Error" in answer.output


def test_empty_variables_are_as_unset(warehouse, monkeypatch):
    for name in ("WINNOW_MEMORY_LIMIT", "PREFECT_API_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("WINNOW_WAREHOUSE", "")
    answer = CliRunner().invoke(winnow, ["sql", "--csv", "SELECT 42", "--warehouse", str(warehouse[0])])
    assert "42" in answer.output
    assert answer.exit_code == 0


def test_status(call):
    answer = call("status")
    assert answer.exit_code == 0
    assert "completed" in answer.output
    assert "no_article" in answer.output


def test_status_as_json(call):
    answer = json.loads(call("status", "--json").output)
    (last,) = answer["runs"]
    assert (last["seen"], last["loaded"], last["quarantined"]) == (13, 11, 2)
    assert answer["totals"] == [{"captures": 11, "documents": 11, "articles": 11, "sites": 0}]
    assert {row["reason"] for row in answer["quarantine"]} == {"no_article", "empty"}


def test_sql(call):
    answer = call("sql", "SELECT count(*) AS articles FROM articles")
    assert answer.exit_code == 0
    assert answer.output.split() == ["articles", "11"]


def test_sql_as_json(call):
    answer = json.loads(call("sql", "FROM articles ORDER BY article_id", "--json").output)
    assert len(answer) == 11
    assert all(row["language"] == "en" for row in answer)


def test_sql_as_csv(call):
    answer = call("sql", "SELECT article_id, text FROM articles", "--csv")
    rows = list(csv.reader(io.StringIO(answer.output)))
    assert rows[0] == ["article_id", "text"]
    assert len(rows) == 12


def test_sql_as_markdown(call):
    query = "SELECT 'a|b*c' || chr(10) || 'd' AS \"x|y\", NULL AS z"
    lines = call("sql", query, "--format", "markdown").output.splitlines()
    assert lines == [r"| x\|y | z |", "| --- | --- |", r"| a\|b\*c<br>d |  |"]


def test_sql_as_parquet_has_every_row_and_the_types(warehouse):
    query = "SELECT i, i % 2 = 0 AS even, CURRENT_DATE AS day, 'é' AS text FROM range(2500) AS t(i)"
    code = "from flows.commands.main import main; main()"
    arguments = ["sql", query, "--format", "parquet", "--warehouse", str(warehouse[0])]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, cwd=ROOT, check=True
    )
    table = pyarrow.parquet.read_table(io.BytesIO(done.stdout))
    assert table.num_rows == 2500
    assert list(map(str, table.schema.types)) == ["int64", "bool", "date32[day]", "string"]


def test_sql_does_not_cut_on_a_pipe(call):
    query = "SELECT repeat('word ', 40) AS a, repeat('x', 200) || chr(10) || 'y' AS b"
    answer = call("sql", query).output
    assert answer.splitlines() == [f"a  {'word ' * 40}", f"b  {'x' * 200} ↵ y"]


def test_sql_as_json_is_a_list_also_of_no_rows(call):
    assert json.loads(call("sql", "FROM articles WHERE false", "--json").output) == []


def test_sql_from_standard_input(warehouse):
    arguments = ["sql", "-", "--warehouse", str(warehouse[0])]
    assert "42" in CliRunner().invoke(winnow, arguments, input="SELECT 6 * 7 AS answer").output


@pytest.mark.parametrize(
    "query", ["SELEC 1", "FROM no_such_table", "SELECT no_such_column FROM articles"]
)
def test_wrong_query(warehouse, query):
    done = process("sql", query, "--warehouse", warehouse[0])
    assert done.returncode == 2
    assert done.stderr.startswith("winnow: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "query", ["DELETE FROM articles", "CREATE TABLE mine (a INT)", "DROP TABLE runs"]
)
def test_sql_cannot_write(warehouse, query):
    before = warehouse[0].read_bytes()
    done = process("sql", query, "--warehouse", warehouse[0])
    assert done.returncode in (1, 2)
    assert "read-only" in done.stderr
    assert warehouse[0].read_bytes() == before


def test_explain_by_id_prefix_and_path(call, warehouse):
    database, inbox = warehouse
    identity = document_of(database, "/a.txt")
    answers = [
        call("explain", name)
        for name in (
            identity,
            identity[:4],
            identity[:8],
            identity[:8].upper(),
            str(inbox / "a.txt"),
            "inbox/a.txt",
        )
    ]
    assert {answer.exit_code for answer in answers} == {0}
    assert len({answer.output for answer in answers}) == 1
    lines = answers[0].output.splitlines()
    assert "= The campaign will last for a month  [title]" in lines
    assert any(line.startswith("+ The office said on Monday") for line in lines)
    assert any("Number 1" in line for line in lines)


def test_explain_why_gives_the_rule_and_its_sentence_once(call):
    lines = call("explain", "inbox/a.txt", "--why").output.splitlines()
    assert any(line.startswith("+ paragraph") and "model (0." in line for line in lines)
    assert sum(line.endswith(RULES["model"].sentence) for line in lines) == 1
    assert any("close to the main text" in line for line in lines)


def test_explain_folds_runs_of_removed_lines(call):
    folded = call("explain", "junk.txt")
    assert "lines removed" in folded.output
    assert "--why` shows every line" in folded.output
    assert "Subscribe" not in folded.output
    assert "Subscribe" in call("explain", "junk.txt", "--why").output


def test_explain_as_json_tiles_the_document(call, warehouse):
    database, _ = warehouse
    identity = document_of(database, "/a.txt")
    answer = json.loads(call("explain", identity, "--json").output)
    (row,) = ask(database, "FROM documents WHERE document_id = $id", id=identity)
    assert answer["document_id"] == identity
    assert "".join(segment["text"] for segment in answer["segments"]) == row["text"]
    assert answer["refused"] == []
    assert all(RULES[one["rule"]].sentence == one["rule_sentence"] for one in answer["segments"])


def test_explain_a_refused_document(call):
    answer = call("explain", "junk.txt")
    assert answer.exit_code == 0
    assert "no_article" in answer.output
    assert " navigation" in answer.output
    refused = json.loads(call("explain", "junk.txt", "--json").output)
    assert refused["refused"][0]["reason"] == "no_article"
    assert not any(
        segment["is_kept"] for segment in refused["segments"] if segment["role"] == "navigation"
    )


def test_prefix_of_an_id_needs_four_digits(warehouse):
    identity = document_of(warehouse[0], "/a.txt")
    done = process("explain", identity[:3], "--warehouse", warehouse[0])
    assert done.returncode == 1
    assert "an id needs four digits or more" in done.stderr


def test_explain_what_could_not_be_read_tells_why(warehouse, tmp_path):
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04")
    run(tmp_path / "w.duckdb", tmp_path / "cut.zip")
    done = process("explain", "cut.zip", "--warehouse", tmp_path / "w.duckdb")
    assert done.returncode == 1
    assert "it is in quarantine: truncated: incomplete zip archive" in done.stderr


def test_explain_what_is_not_there(warehouse):
    done = process("explain", "feedbeef", "--warehouse", warehouse[0])
    assert done.returncode == 1
    assert "no document has that id or source" in done.stderr
    assert "Traceback" not in done.stderr


def test_explain_what_may_be_two(warehouse):
    database, inbox = warehouse
    done = process("explain", ".txt", "--warehouse", database)
    assert "no document" in done.stderr
    folder = inbox.parent / "again"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text((inbox / "3.txt").read_text())
    (folder / "b" / "a.txt").write_text((inbox / "4.txt").read_text())
    second = inbox.parent / "second.duckdb"
    run(second, folder)
    done = process("explain", "a.txt", "--warehouse", second)
    assert done.returncode == 1
    assert "2 documents match" in done.stderr


def test_quarantine(call):
    answer = call("quarantine")
    assert answer.exit_code == 0
    assert "junk.txt" in answer.output
    rows = json.loads(call("quarantine", "--json").output)
    assert {row["reason"] for row in rows} == {"empty", "no_article"}


def test_quarantine_show(warehouse):
    database, inbox = warehouse
    junk = next(row for row in ask(database, "FROM quarantine") if row["reason"] == "no_article")
    for name in (
        junk["document_id"][:4],
        junk["document_id"][:8].upper(),
        f"{inbox}/junk.txt",
        "junk.txt",
    ):
        answer = quarantine(database, "show", name)
        assert answer.exit_code == 0
        assert junk["detail"] in answer.output
        assert "cleaned again after an update" in answer.output
    (shown,) = json.loads(quarantine(database, "show", f"{inbox}/none{ESCAPE}[31m.txt", "--json").output)
    assert shown["next"] == "tried again in every run"
    answer = quarantine(database, "show", "feedbeef")
    assert answer.exit_code == 2
    assert "`winnow quarantine --all` lists everything" in answer.output


def quarantine(database, *arguments):
    return CliRunner().invoke(winnow, ["quarantine", "--warehouse", str(database), *arguments])


@pytest.mark.parametrize("command", ["list", "show", "retry", "forgive"])
def test_warehouse_can_be_named_after_the_command_of_a_group(command, monkeypatch):
    group = winnow.get_command(None, "quarantine")
    monkeypatch.setattr(group.commands[command], "callback", lambda layout, **_: print(layout.database))
    names = ["a.txt"] if command in ("show", "forgive") else []
    x, y = ["--warehouse", "x"], ["--warehouse", "y"]
    for before, after, expected in (x, y, "y"), ([], y, "y"), (x, [], "x"):
        answer = CliRunner().invoke(winnow, ["quarantine", *before, command, *after, *names])
        assert answer.output == f"{expected}\n"


def test_quarantine_list_is_the_bare_command(call, warehouse):
    assert quarantine(warehouse[0], "list").output == call("quarantine").output


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "sub/page.html"],
        ["quarantine"],
        ["status"],
        ["sql", "SELECT title, text FROM articles"],
        ["sql", "SELECT source_uri FROM quarantine"],
        ["sql", "SELECT chr(27) || '[31m' AS a, chr(155) || '31m' AS b, chr(7) AS c"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_captured_text_cannot_take_hold_of_the_terminal(call, arguments):
    answer = call(*arguments)
    assert answer.exit_code == 0
    assert not {ESCAPE, C1, "\x07"} & set(answer.output)


def test_captured_text_is_not_read_as_markup(call):
    assert "[red]not markup[/red]" in call("sql", "SELECT title FROM articles").output
    assert "[red]not markup[/red]" in call("explain", "sub/page.html").output


def test_doctor(call):
    answer = call("doctor")
    assert answer.exit_code == 0, answer.output
    rows = json.loads(call("doctor", "--json").output)
    assert {"python", "duckdb", "tables", "runs.captures_are_conserved"} <= {
        row["check"] for row in rows
    }
    assert all(row["ok"] for row in rows)


def test_doctor_finds_what_is_wrong(tmp_path):
    database = tmp_path / "broken.duckdb"
    database.write_text("no warehouse at all " * 1_000)
    done = process("doctor", "--warehouse", database, "--json")
    assert done.returncode == 1
    assert [row["check"] for row in json.loads(done.stdout) if not row["ok"]] == ["warehouse"]


def test_doctor_finds_what_another_program_wrote(tmp_path, prose):
    (tmp_path / "a.txt").write_text(prose(1))
    database = tmp_path / "winnow.duckdb"
    run(database, tmp_path / "a.txt")
    database.with_name("winnow.duckdb.wal").write_bytes(b"")
    done = process("doctor", "--warehouse", database, "--json")
    assert done.returncode == 1
    assert "writers" in [row["check"] for row in json.loads(done.stdout) if not row["ok"]]


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_a_user_without_a_home_is_told_what_to_set(tmp_path, monkeypatch, command):
    (tmp_path / "home").write_text("a file, so that no folder can be made in it")
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "home" / ".prefect"))
    done = process(command, "--warehouse", tmp_path / "winnow.duckdb")
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "set PREFECT_HOME to a folder that can be written" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "command", [["status"], ["sql", "SELECT 1"], ["explain", "abcd"], ["quarantine"]]
)
def test_no_warehouse_yet(tmp_path, command):
    done = process(*command, "--warehouse", tmp_path / "none.duckdb")
    assert done.returncode == 1
    assert "`winnow run` creates it" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell):
    answer = CliRunner().invoke(winnow, ["completion", shell])
    assert answer.exit_code == 0
    assert "_WINNOW_COMPLETE" in answer.output


def test_completion_of_a_command_imports_none_of_them():
    code = "from flows.commands.main import main, sys; import atexit; atexit.register(lambda:"
    code += "print(sorted(m for m in sys.modules if m.startswith('flows.commands.')))); main()"
    words = {"_WINNOW_COMPLETE": "bash_complete", "COMP_WORDS": "winnow st", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=os.environ | words,
        check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[0] == "plain,status"
    assert "flows.commands.status" not in done.stdout


@pytest.mark.parametrize("command", ["explain", "correct"])
def test_ids_of_documents_are_completed_with_their_titles(warehouse, command):
    given = [command, "--warehouse", str(warehouse[0])]
    with duckdb.connect(str(warehouse[0]), read_only=True) as db:
        ids = [row[0] for row in db.execute("SELECT document_id FROM documents").fetchall()]
    for one in ids:
        items = BashComplete(winnow, {}, "winnow", "_W").get_completions(given, one[:5])
        assert (items[0].value, items[-1].type) == (one[:12], "file")
        assert not any(char in items[0].help for char in f"{ESCAPE}\n\t")


def test_completion_of_ids_without_a_warehouse_offers_paths(tmp_path):
    given = ["explain", "--warehouse", str(tmp_path / "none.duckdb")]
    (item,) = BashComplete(winnow, {}, "winnow", "_W").get_completions(given, "abc")
    assert item.type == "file"


@pytest.mark.parametrize("command", [("browse", "--no-open"), ("serve", "inbox")])
def test_a_warehouse_of_a_newer_version_is_refused_in_words(warehouse, tmp_path, command):
    database = tmp_path / "newer.duckdb"
    shutil.copyfile(warehouse[0], database)
    with duckdb.connect(str(database)) as db:
        db.execute(f"INSERT INTO schema_versions VALUES ({SCHEMA_VERSION + 1}, 'of a later Winnow')")
    done = process(*command, "--warehouse", database)
    assert done.returncode == 1
    assert f"this Winnow reads version {SCHEMA_VERSION}; update Winnow" in done.stderr
    assert "Traceback" not in done.stderr


def test_port_in_use_is_a_wrong_call(warehouse):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port = str(one.getsockname()[1])
        done = process("browse", "--no-open", "--port", port, "--warehouse", warehouse[0])
    assert done.returncode == 2
    assert f"port {port} is in use" in done.stderr


def test_process_of_a_served_run_ends_without_the_noise_of_the_binding():
    # What is registered first speaks last, as DuckDB's binding does.
    code = "import atexit, os; atexit.register(os.write, 2, b'leaked'); import flows.ingest"
    settings = os.environ | {"PREFECT__FLOW_RUN_ID": "0" * 8}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=settings, check=True
    )
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [["explain"], ["sql"], ["quarantine", "show"], ["export"]])
def test_argument_that_is_not_text_is_refused(call, arguments):
    answer = call(*arguments, "\ud800")
    assert (answer.exit_code, "this argument is not text" in answer.output) == (2, True)


def test_bytes_that_are_not_utf_8_are_named_as_the_warehouse_has_them(tmp_path, prose):
    name, database = "caf\udce9.txt", tmp_path / "w.duckdb"
    (tmp_path / name).write_text(prose(1))
    run(database, tmp_path / name)
    for named in (name, r"caf\xe9.txt"):
        answer = CliRunner().invoke(winnow, ["explain", named, "--warehouse", str(database)])
        assert answer.exit_code == 0, answer.output
    answer = CliRunner().invoke(winnow, ["sql", f"SELECT '{name}'", "--warehouse", str(database)])
    assert "bytes that are not UTF-8" in str(answer.exception) + answer.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "--max-age", "9999999999d"],
        ["status", "--runs", "9" * 30],
        ["maintain", "--keep-days", "9" * 30],
    ],
)
def test_number_beyond_all_measure_is_a_wrong_call(call, arguments):
    assert call(*arguments).exit_code == 2


def test_value_cannot_be_made_unknown(warehouse):
    identity = document_of(warehouse[0], "/a.txt")
    given = ("--date", "", "--reason", "it has none", "--by", "jd")
    done = process("correct", identity, *given, "--warehouse", warehouse[0])
    assert done.returncode == 2
    assert "--date is empty" in done.stderr
