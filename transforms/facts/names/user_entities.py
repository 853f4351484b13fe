"""Read and validate the user's own list of entities, a CSV file."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_args

from warehouse.schema.vocabulary import EntityKind

COLUMNS = ("entity_id", "name", "kind", "aliases", "wikidata_id")
ENTITY_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
WIKIDATA_ID = re.compile(r"Q[0-9]{1,12}")
# Invisible characters: control characters and marks of writing direction.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MOST_BYTES = 50_000_000  # enough for several hundred thousand entities
LONGEST_NAME = 200
KINDS = frozenset(get_args(EntityKind))


@dataclass(frozen=True, slots=True)
class OwnList:
    """The user's own list of entities: its file, and a digest of the content when it was validated."""

    path: Path
    digest: str = ""  # empty if a deployment gives only the path


def open_own_list(path: Path) -> OwnList:
    """Validate the user's own list of entities and return it.

    Raises ValueError, with the line number, if a column is missing or a value is not valid.
    """
    _read_own(path)
    return OwnList(path, sha256(path.read_bytes()).hexdigest()[:12])


def _read_own(path: Path) -> list[dict[str, str]]:
    """Return the rows of a list by column. Raises ValueError if one is not valid."""
    rows: list[dict[str, str]] = []
    for number, line in _lines(path):
        if fault := _find_fault(line):
            raise ValueError(f"{path}, line {number}: {fault}")
        rows.append(line)
    counted = Counter(row["entity_id"] for row in rows)
    if twice := sorted(name for name, count in counted.items() if count > 1):
        raise ValueError(f"{path}: entity_id used more than once: {', '.join(twice[:3])}")
    return rows


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the values by column of each row of a CSV file."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path}: not a file, or larger than {MOST_BYTES:,} bytes")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        number = 1 + path.read_bytes()[: error.start].count(b"\n")
        raise ValueError(f"{path}, line {number}: not UTF-8; save the file as UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if missing := set(COLUMNS) - set(reader.fieldnames or COLUMNS):
            raise ValueError(f"{path}, line 1: no column {', '.join(sorted(missing))}")
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise ValueError(f"{path}, line {reader.line_num + 1}: not valid CSV: {error}") from error


def _find_fault(row: dict[str, str]) -> str | None:
    """Return why a row is not a valid entity, or None if it is."""
    if missing := [name for name in COLUMNS if row.get(name) is None]:
        return f"no column {', '.join(missing)}"
    if len(row) > len(COLUMNS):
        return f"more columns than {', '.join(COLUMNS)}; write a name with a comma in quotes"
    if strange := next((name for name in COLUMNS if UNSEEN.search(row[name])), None):
        return f"a control character in {strange}"
    if not ENTITY_ID.fullmatch(row["entity_id"]) or row["kind"] not in KINDS or not row["name"]:
        return f"needs an entity_id such as new-app, a name, and a kind: {', '.join(sorted(KINDS))}"
    if row["wikidata_id"] and not WIKIDATA_ID.fullmatch(row["wikidata_id"]):
        return f"wikidata_id must look like Q42, not {row['wikidata_id'][:20]!r}"
    spellings = [row["name"], *filter(None, row["aliases"].split("|"))]
    if bad := next((one for one in spellings if not 2 <= len(one.strip()) <= LONGEST_NAME), None):
        return f"a name must have 2 to {LONGEST_NAME} characters, not {len(bad.strip())}: {bad[:20]!r}"
    return None
