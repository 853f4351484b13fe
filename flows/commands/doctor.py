"""`winnow doctor`: what is wrong with this installation or warehouse, and how to fix it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from flows.commands.options import json_option, warehouse_option
from flows.commands.output import console, print_json
from flows.server.prefect_home import make_prefect_home
from warehouse.errors import WarehouseError
from warehouse.health import is_locked
from warehouse.integrity import check_integrity
from warehouse.migration import find_version, list_differing
from warehouse.paths import Layout
from warehouse.schema.tables import SCHEMA_VERSION, TABLES
from warehouse.store import read_published

# Newer ones break what stands beside them, and mostly without a word: docs/decisions.md tells how.
PINS: dict[str, Callable[[str], bool]] = {
    "duckdb": lambda v: v == "2.0.0",
    "duckdb-sqlalchemy": lambda v: v == "1.5.6.4",
    "great-expectations": lambda v: v == "1.24.1",
    "trafilatura": lambda v: v == "2.3.1",
    "sqlalchemy": lambda v: v.startswith("2.0."),
    "fastapi": lambda v: (0, 139) <= tuple(map(int, v.split(".")[:2])) < (0, 151),
    "prefect": lambda v: v.startswith("3."),
}
LEAST_FREE = 1_000_000_000  # bytes; a load copies the warehouse before it changes it
REMEDY = "`winnow rebuild` makes the tables again; for lost bytes put a backup in place"
Finding = tuple[str, bool, str]


@click.command()
@warehouse_option
@json_option
def doctor(layout: Layout, as_json: bool) -> None:
    """Look for what is wrong with this installation or warehouse, and suggest a fix.

    Exit status 1 if anything is.
    """
    findings = [finding for check in CHECKS for finding in check(layout)]
    if as_json:
        print_json([{"check": name, "ok": ok, "detail": detail} for name, ok, detail in findings])
    else:
        for name, ok, detail in findings:
            console().print(
                f"[{'green' if ok else 'red'}]{'ok  ' if ok else 'FAIL'}[/] {name}: ", end=""
            )
            console().print(detail, markup=False)
    if not all(ok for _, ok, _ in findings):
        sys.exit(1)


def check_python(_layout: Layout) -> Iterator[Finding]:
    """Is Python new enough?"""
    found = ".".join(map(str, sys.version_info[:3]))
    yield "python", sys.version_info >= (3, 11), f"{found}; 3.11 or newer is needed"


def check_libraries(_layout: Layout) -> Iterator[Finding]:
    """Are the libraries those that fit together?"""
    for name, fits in PINS.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            yield name, False, "is missing; install from requirements.lock"
            continue
        ok = fits(found)
        yield name, ok, found if ok else f"{found} does not fit; install from requirements.lock"


def check_folder(layout: Layout) -> Iterator[Finding]:
    """Can the warehouse's folder be written, and is there room?"""
    folder = layout.database.parent
    while not folder.exists():
        folder = folder.parent
    ok = os.access(folder, os.W_OK)
    yield "folder", ok, f"{folder} {'can' if ok else 'cannot'} be written"
    free = shutil.disk_usage(folder).free
    need = LEAST_FREE + (2 * layout.database.stat().st_size if layout.database.exists() else 0)
    yield "disk", free >= need, f"{free / 1e9:.1f} GB free; a load needs {need / 1e9:.1f} GB"


def check_prefect_home(_layout: Layout) -> Iterator[Finding]:
    """Can Prefect keep its database?"""
    try:
        yield "prefect home", True, f"{make_prefect_home()} can be written"
    except OSError as error:
        yield "prefect home", False, str(error)


def check_warehouse(layout: Layout) -> Iterator[Finding]:
    """Is the warehouse whole, of this version, and not written to by others?"""
    if not layout.database.exists():
        yield "warehouse", True, f"{layout.database}: none yet; `winnow run` makes one"
        return
    written = layout.write_ahead_log.exists()
    detail = "another program has written to it; close that program" if written else "no other writer"
    yield "writers", not written, detail
    try:
        with read_published(layout) as db:
            version, differing = find_version(db), list_differing(db)
        yield _compare_version(version, differing)
        if not differing:
            yield from check_rules(layout)
    except WarehouseError as error:
        yield "warehouse", False, str(error)


def _compare_version(version: int, differing: list[str]) -> Finding:
    if version != SCHEMA_VERSION:
        ok = 0 < version < SCHEMA_VERSION
        remedy = "the next run brings them up" if ok else "update Winnow, or move the file away"
        words = f"of version {version}, and this Winnow has {SCHEMA_VERSION}; {remedy}"
        return "tables", ok, f"{words}; the rules between rows were not checked"
    if differing:
        words = f"not as this version declares them: {', '.join(differing)}; {REMEDY}"
        return "tables", False, f"{words}; the rules between rows were not checked"
    return "tables", True, f"all {len(TABLES)} tables, schema version {version}"


def check_rules(layout: Layout) -> Iterator[Finding]:
    """Does the warehouse keep each rule between rows, and the raw store have all bytes?"""
    for found in check_integrity(layout):
        yield found.rule, not found.count, f"{found}; {REMEDY}" if found.count else "holds"


def check_leftovers(layout: Layout) -> Iterator[Finding]:
    """Did a killed run leave anything?"""
    if is_locked(layout):
        yield "leftovers", True, "a run is in progress; what is beside the warehouse is its own"
        return
    left: list[Path] = [path for path in (layout.next_database,) if path.exists()]
    left += list(layout.staging.glob("*")) if layout.staging.exists() else []
    detail = f"{len(left)} left by a killed run; the next run continues from there" if left else "none"
    yield "leftovers", True, detail


CHECKS: tuple[Callable[[Layout], Iterator[Finding]], ...] = (
    check_python,
    check_libraries,
    check_folder,
    check_prefect_home,
    check_warehouse,
    check_leftovers,
)
