"""A list of entities of the user's own, checked as it is read."""

import csv
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_args

from warehouse.schema.tables import EntityKind

COLUMNS = ("entity_id", "name", "kind", "aliases", "wikidata_id")
ENTITY_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
KINDS = frozenset(get_args(EntityKind))


@dataclass(frozen=True, slots=True)
class OwnList:
    """A list of entities of one's own: its file, and a digest of what it held when it was given."""

    path: Path
    digest: str = ""  # not known where a deployment names the file alone


def open_own_list(path: Path) -> OwnList:
    """Return a list of one's own, after looking whether it is one.

    Raises ValueError, in words, where a column is missing or a line is no entity.
    """
    content = path.read_bytes()
    rows = _read_own(path)
    for number, row in enumerate(rows, 2):
        if missing := [name for name in COLUMNS if row.get(name) is None]:
            raise ValueError(f"{path}, line {number}: no column {', '.join(missing)}")
        if not ENTITY_ID.fullmatch(row["entity_id"]) or row["kind"] not in KINDS or not row["name"]:
            raise ValueError(
                f"{path}, line {number}: wanted an entity_id like new-app, a name,"
                f" and a kind of {', '.join(sorted(KINDS))}"
            )
    return OwnList(path, sha256(content).hexdigest()[:12])


def _read_own(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
