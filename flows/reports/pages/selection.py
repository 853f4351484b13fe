"""What a list is asked for: an order, in both forms of the site, and filters, in the live one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flows.reports.pages.site import Site
from flows.reports.queries.choices import Choices
from flows.reports.queries.document import LANGUAGES
from warehouse.schema.ddl import literal

LONGEST = 100  # characters of a value
IN_ORDER = "by-"  # of a page of the list in another order: documents/by-newest.html


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that are asked for, as SQL and its parameters, and how their list says so.

    `languages` can be asked for: those of articles, the most frequent first.
    """

    folder: str
    asked: Mapping[str, str]
    where: str
    order: str
    values: Mapping[str, str]
    orders: tuple[tuple[str, str, bool], ...]
    languages: tuple[str, ...]

    @property
    def is_narrowed(self) -> bool:
        """Whether filters leave something out."""
        return any(name != "order" for name in self.asked)

    def value(self, name: str) -> str:
        """Return what is asked for by a name, empty if nothing is."""
        return self.asked.get(name, "")

    @property
    def query(self) -> str:
        """What the address of another part of this list ends with."""
        return "?" + urlencode(self.asked) if self.asked else ""

    def say(self, sql: str) -> str:
        """Return SQL with the values of its parameters in their places."""
        for name, value in self.values.items():
            sql = sql.replace(f"${name}", literal(value))
        return sql


def select(site: Site, folder: str, choices: Choices, preset: Mapping[str, str]) -> Selection:
    """Return what is asked for of a list; `preset` is what its own address asks for.

    What is not known is not asked for: an address that somebody has typed is no error.
    """
    told = {name: value.strip()[:LONGEST] for name, value in {**site.asked, **preset}.items()}
    asked = {name: value for name, value in told.items() if _is_known(choices, name, value)}
    ordered = asked.get("order", next(iter(choices.orders)))
    if ordered == next(iter(choices.orders)):
        asked.pop("order", None)
    conditions = [
        choices.filters.get(name) or choices.fixed[name][value]
        for name, value in asked.items()
        if name != "order"
    ]
    return Selection(
        folder,
        asked,
        " AND ".join(conditions) or "true",
        choices.orders[ordered][0],
        {name: value for name, value in asked.items() if name in choices.filters},
        tuple(_orders(site, folder, choices, asked, ordered)),
        tuple(row["language"] for row in site.once("languages", lambda: site.rows(LANGUAGES))),
    )


def _is_known(choices: Choices, name: str, value: str) -> bool:
    known: Mapping[str, Any] = choices.orders if name == "order" else choices.fixed.get(name, {})
    return bool(value) and (name in choices.filters or value in known)


def _orders(
    site: Site, folder: str, choices: Choices, asked: Mapping[str, str], chosen: str
) -> list[tuple[str, str, bool]]:
    """Return the orders of a list: label, address, and whether it is this one."""
    found = []
    for place, (name, (_, label)) in enumerate(choices.orders.items()):
        address = f"{folder}.html" if not place else f"{folder}/{IN_ORDER}{name}.html"
        if site.is_live:
            others = {key: value for key, value in asked.items() if key != "order"}
            query = urlencode(others | ({"order": name} if place else {}))
            address = f"{folder}.html" + (f"?{query}" if query else "")
        found.append((label, address, name == chosen))
    return found
