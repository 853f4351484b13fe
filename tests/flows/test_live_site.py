"""The site beside a served schedule: it answers, and a port in use is no failure."""

import os
import socket
import time
import urllib.request

import pytest

from flows.reports.live import SITE
from flows.server.live_site import start_site
from warehouse.paths import Layout


@pytest.fixture
def taken():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one.getsockname()[1]


def test_it_answers_and_tells_the_runs_where(samples, monkeypatch):
    monkeypatch.setenv(SITE, "")
    address = start_site(Layout(samples), 0)

    assert address == os.environ[SITE]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/index.html", timeout=60) as answer:
                assert b"<h1" in answer.read()
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("no answer")


def test_a_port_in_use_is_no_failure(samples, taken):
    assert start_site(Layout(samples), taken) is None
