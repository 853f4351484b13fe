"""A real Chromium, spoken to over its debugging socket; nothing but websockets is needed."""

import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from websockets.sync.client import connect

from tests.loading import ROOT

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(os.environ.get("WINNOW_AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0")
LOADED = "document.readyState == 'complete'"
SECONDS = 60  # to start, and to load a page


class Tab:
    """A page of the browser, with what it asked for, logged and opened while it was loaded."""

    def __init__(self, address):
        self._socket = connect(address, max_size=2**28)
        self._number = 0
        self.events = []
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.do(f"{domain}.enable")

    def do(self, method, **params):
        """Return what the browser answers to a command, and keep the events that come before."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv(timeout=SECONDS))
            if told.get("id") == self._number:
                assert "error" not in told, told
                return told["result"]
            self.events.append(told)

    def evaluate(self, expression):
        """Return the value of an expression, of a promise when it is kept."""
        told = self.do("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        return told["result"].get("value")

    def look(self, width, mode):
        """Take on a width, and light or dark."""
        self.do(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": mode}
        self.do("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, address):
        """Load a page and wait until all that it needs is there."""
        self.events.clear()
        self.do("Page.navigate", url=address)
        until = time.monotonic() + SECONDS
        while (
            self.evaluate("document.readyState") != "complete"
            or self.evaluate("location.href") == "about:blank"
        ):
            assert time.monotonic() < until, address
            time.sleep(0.05)

    def named(self, method):
        """Return the parameters of the events of a kind."""
        return [event["params"] for event in self.events if event.get("method") == method]


@contextmanager
def chromium():
    """Yield a tab of a browser with a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        browser = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            told = next(line for line in browser.stderr if "listening on" in line)
            port = told.rpartition(":")[2].partition("/")[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=SECONDS) as answer:
                tabs = json.load(answer)
            yield Tab(next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page"))
        finally:
            browser.kill()
            browser.wait()
            browser.stderr.close()
