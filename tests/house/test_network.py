"""Not one look into the network: the commands work where there is none but the machine's own."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.loading import ROOT, ask

# `unshare` gives the command a network of its own with nothing in it but the loopback device, which
# Prefect's embedded server needs.
ALONE = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
COMMAND = [sys.executable, "-c", "from flows.commands.main import main; main()"]


def can_be_alone():
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not can_be_alone(), reason="needs unshare and ip, and leave to make a network namespace"
)


def alone(*arguments, cwd=ROOT, home):
    """Call a command without network, as a user without any settings does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = kept | {"PREFECT_HOME": str(home)}
    return subprocess.run(
        [*ALONE, *COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        check=False,
        timeout=150,
    )


def test_there_is_no_network():
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)"
    done = subprocess.run([*ALONE, sys.executable, "-c", code], capture_output=True, check=False)
    assert b"unreachable" in done.stderr


def test_run_and_doctor(tmp_path, prose):
    inbox, database, home = tmp_path / "inbox", tmp_path / "w.duckdb", tmp_path / "prefect"
    inbox.mkdir()
    (inbox / "a.txt").write_text(prose(1))
    page = (
        "<!doctype html><html><head><title>A month</title><link rel='stylesheet' "
        "href='https://cdn.example/a.css'><script src='https://cdn.example/a.js'></script></head>"
        f"<body><article><p>{prose(2)}</p><img src='https://cdn.example/a.png'></article></body></html>"
    )
    (inbox / "b.html").write_text(page)
    done = alone("run", inbox, "--warehouse", database, "--workers", "1", "--json", home=home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["documents_loaded"] == 2
    assert ask(database, "SELECT count(*) AS n FROM articles") == [{"n": 2}]
    done = alone("doctor", "--warehouse", database, home=home)
    assert done.returncode == 0, done.stdout
    # What people see is what Winnow says: no warnings and no last words of libraries.
    assert "Traceback" not in done.stderr
    assert "leaked" not in done.stderr
