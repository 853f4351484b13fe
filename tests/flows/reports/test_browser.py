"""The site in a real Chromium: axe finds nothing serious, no page asks for anything from elsewhere."""

import shutil
import time
import urllib.request

import pytest

from flows.reports.static_site import build_report
from flows.server.live_site import start_site
from tests.chromium import AXE, CHROMIUM, chromium
from tests.sites import BREAKOUT, SCRIPT, make_warehouse, run_row
from warehouse.paths import Layout
from warehouse.schema.examples import example
from warehouse.search.build import refresh_index

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium")
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
KINDS = ("documents", "stories", "quotes", "sites", "names", "rules", "checks", "quarantine", "runs")
ASKED = (
    "search.html?q=editor+said:%22Philippa+Drexel%22",
    "search.html?q=editor&tab=context",
    "search.html?q=editor&tab=quotes",
    "search.html?q=facebook&tab=removed",
    "documents.html?words=china&order=title",
)
FIND = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.filter("
FIND += "v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes[0].html))"


@pytest.fixture(scope="module")
def tab():
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def site(samples, tmp_path_factory):
    database = tmp_path_factory.mktemp("browser") / "news.duckdb"
    shutil.copyfile(samples, database)
    return build_report(Layout(database)).parent


@pytest.fixture(scope="module")
def live(samples, tmp_path_factory):
    """The address of the live site, with its index."""
    database = tmp_path_factory.mktemp("live") / "news.duckdb"
    shutil.copyfile(samples, database)
    refresh_index(Layout(database))
    address = start_site(Layout(database), 0)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/static/icon.svg", timeout=60).close()
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise TimeoutError(address)


def pages_of(site):
    """Return a page of each kind, the largest, beside all lists."""
    singles = (max((site / kind).glob("*.html"), key=lambda page: page.stat().st_size) for kind in KINDS)
    refused = next((site / "quarantine").glob("c-*.html"))
    return [*sorted(site.glob("*.html")), *singles, refused]


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: npm install --no-save axe-core")
@pytest.mark.parametrize(("width", "mode"), LOOKS)
def test_axe_finds_nothing_serious(tab, site, width, mode):
    tab.look(width, mode)
    found = {}
    for page in pages_of(site):
        tab.open(page.as_uri())
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        if told := tab.evaluate(FIND):
            found[page.relative_to(site).as_posix()] = told
    assert found == {}


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: npm install --no-save axe-core")
@pytest.mark.parametrize(("width", "mode"), LOOKS)
def test_axe_finds_nothing_serious_in_what_is_asked_for(tab, live, width, mode):
    tab.look(width, mode)
    for address in ASKED:
        tab.open(f"{live}/{address}")
        assert tab.evaluate("document.querySelectorAll('.items li, .kw tr, .list tr').length") > 1
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        assert tab.evaluate(FIND) == []


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: npm install --no-save axe-core")
def test_axe_can_find_something(tab, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>t</title><main><img src=x.png></main></html>")
    tab.open(page.as_uri())
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    assert "image-alt" in tab.evaluate(FIND)[0]


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_their_width_log_no_error_and_ask_nobody(tab, site, width):
    tab.look(width, "light")
    for page in pages_of(site):
        tab.open(page.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, page
        assert tab.named("Log.entryAdded") == []
        assert tab.named("Runtime.exceptionThrown") == []
        asked = [request["request"]["url"] for request in tab.named("Network.requestWillBeSent")]
        assert all(address.startswith(site.as_uri()) for address in asked)
        assert any(address.endswith("style.css") for address in asked)


def test_hostile_text_opens_no_dialog_and_loads_nothing(tab, tmp_path):
    layout, bad = Layout(tmp_path / "news.duckdb"), SCRIPT + BREAKOUT
    make_warehouse(
        layout,
        runs=[run_row(detail=bad)],
        documents=[example("documents", text=bad, site=bad)],
        articles=[example("articles", title=bad, author=bad, site=bad, text=bad)],
        paragraphs=[example("paragraphs", text=bad, start_char=0, end_char=len(bad))],
        segments=[example("segments", start_char=0, end_char=len(bad), rule=bad)],
    )
    site = build_report(layout).parent
    pages = list(site.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        tab.open(page.as_uri())
        assert tab.named("Page.javascriptDialogOpening") == []
        assert (
            tab.evaluate("document.querySelectorAll('img, iframe, main script, main style').length") == 0
        )


def test_scripts_add_and_are_not_needed(tab, site):
    page = max((site / "documents").glob("*.html"), key=lambda one: one.stat().st_size)
    tab.look(1280, "light")
    tab.open(page.as_uri())
    assert tab.evaluate("document.getElementById('switches').hidden") is False
    tab.evaluate("document.querySelector('[data-t=hide-cut]').click()")
    shown = "[...document.querySelectorAll('.ln.cut')].filter(e => e.offsetParent).length"
    assert tab.evaluate(shown) == 0
    tab.do("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(page.as_uri())
        assert tab.evaluate("document.querySelectorAll('.ln').length") > 10
    finally:
        tab.do("Emulation.setScriptExecutionDisabled", value=False)


def test_the_keyboard_reaches_search_and_the_content(tab, site):
    tab.open((site / "index.html").as_uri())
    tab.do("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.do("Input.dispatchKeyEvent", type="keyDown", key="/", code="Slash", text="/")
    assert tab.evaluate("document.activeElement.name") == "q"


def test_the_static_search_finds_headlines(tab, site):
    tab.open(f"{(site / 'search.html').as_uri()}?q=censors")
    shown = "[...document.querySelectorAll('#titles li')].filter(e => !e.hidden).length"
    assert tab.evaluate(shown) >= 1
