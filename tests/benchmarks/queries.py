"""Time every query of docs/queries.md on a warehouse, the slowest first.

    python -m tests.benchmarks.queries FILE.duckdb [--only WORD]

Each query is asked once, with the limit of memory that `winnow sql` has, and its rows are taken. Printed
are seconds by the clock and of CPU, the number of rows, and the peak memory of the process.
"""

import argparse
import resource
import time
from dataclasses import dataclass
from pathlib import Path

from tests.cookbook import PAGE, RECIPE
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.store import Connection, ask, read_published


@dataclass(frozen=True, slots=True)
class Timed:
    """What a query cost: seconds by the clock and of CPU, and how many rows it gave, or why it ended."""

    clock: float
    cpu: float
    rows: int
    query: str
    failure: str = ""

    def __str__(self) -> str:
        """Return a row of a table, with the beginning of the query."""
        words = " ".join(self.query.split())[:80]
        return f"{self.clock:8.2f} {self.cpu:8.2f} {self.failure or format(self.rows, ','):>9}  {words}"


def list_queries(only: str = "") -> list[str]:
    """Return the queries of the page that contain a word."""
    found = [recipe["query"] for recipe in RECIPE.finditer(PAGE.read_text(encoding="utf-8"))]
    return [query for query in found if only in query]


def time_query(db: Connection, query: str) -> Timed:
    """Ask a query, take its rows, and return what it cost."""
    clock, cpu = time.monotonic(), time.process_time()
    rows, failure = 0, ""
    try:
        rows = sum(1 for _ in ask(db, query)[1])
    except WarehouseError as error:
        failure = str(error).partition(":")[0]
    return Timed(time.monotonic() - clock, time.process_time() - cpu, rows, query, failure)


def main() -> None:
    """Print what each query costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--only", default="", help="a word that the queries have")
    given = parser.parse_args()
    with read_published(Layout(given.file)) as db:
        articles = db.execute("SELECT count(*) FROM articles").fetchall()[0][0]
        timed = [time_query(db, query) for query in list_queries(given.only)]
    print(f"{articles:,} articles\n   clock      CPU      rows  query")
    print(*sorted(timed, key=lambda one: -one.cpu), sep="\n")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
