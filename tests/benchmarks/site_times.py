"""Time the site on a large warehouse: the static report, every kind of live page, and searches."""

import os
import statistics
import time
from pathlib import Path

from starlette.testclient import TestClient

from flows.reports.live.app import make_app
from flows.reports.pages.site import Site
from flows.reports.static_site import build_report, list_addresses
from warehouse.paths import Layout
from warehouse.search.build import refresh_index
from warehouse.store import read_published

TRIES = 5
SEARCHES = (
    "account*", '"chat apps"', "微信", "微", "アプリ", "editor", "wechat -tencent", "Pékin",
    'said:"Philippa Drexel"', "names:tencent year:2014", "site:lantern-notes.example month",
    "censors", "ferry fares", "Китай", "мессенджеры", "Monat Kontrolle", "clampdown",
    "subscribers after:2015",
)  # fmt: skip


def print_times(path: Path) -> None:
    """Print what each part takes: wall time, and the time of the processor where others share it."""
    layout = Layout(path)
    print_part("index for search", lambda: refresh_index(layout))
    print(f"  {layout.search_index.stat().st_size / 1e6:.0f} MB")
    print_part("report", lambda: build_report(layout))
    files = [file for file in layout.reports.rglob("*") if file.is_file()]
    size, name = max((file.stat().st_size, file.name) for file in files if file.suffix == ".html")
    total = sum(file.stat().st_size for file in files)
    print(f"  {len(files)} files, {total / 1e6:.0f} MB, the largest page {size / 1e3:.0f} KB ({name})")
    print_live(layout)


def print_part(name: str, act) -> None:
    wall, used = time.monotonic(), time.process_time()
    act()
    print(
        f"{name}: {time.monotonic() - wall:.1f} s, {time.process_time() - used:.1f} s of processor",
        flush=True,
    )


def print_live(layout: Layout) -> None:
    """Print the median of each kind of page, each page asked for the first time."""
    with read_published(layout) as db:
        addresses = sorted(set(list_addresses(Site(db, layout))) - {"search.html"})
    kinds: dict[str, list[str]] = {}
    for address in addresses:
        kinds.setdefault(address.partition("/")[0], []).append(address)
    print(f"live pages, ms at a load of {os.getloadavg()[0]:.1f}: median and slowest, then of processor")
    for kind, listed in sorted(kinds.items()):
        chosen = listed[:: max(1, len(listed) // TRIES)][:TRIES]
        print_median(kind, layout, [f"/{address}" for address in chosen])
    print_median("search", layout, [f"/search.html?q={text}" for text in SEARCHES])
    print_median("in context", layout, [f"/search.html?q={text}&tab=context" for text in SEARCHES])


def print_median(name: str, layout: Layout, addresses: list[str]) -> None:
    wall, used = [], []
    with TestClient(make_app(layout), base_url="http://127.0.0.1") as client:
        client.get("/nothing.html")  # opens the file
        client.get("/search.html?q=zzz")
        for address in addresses:
            started, before = time.monotonic(), time.process_time()
            answer = client.get(address)
            wall.append(1000 * (time.monotonic() - started))
            used.append(1000 * (time.process_time() - before))
            assert answer.status_code == 200, address
    told = (statistics.median(wall), max(wall), statistics.median(used), max(used))
    print(f"  {name:18}" + "".join(f"{value:9.0f}" for value in told), flush=True)
