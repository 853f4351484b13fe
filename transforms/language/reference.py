"""Read the reference data of the rules from seeds/reference/ and seeds/languages/."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

SEEDS = Path(__file__).parent.parent.parent / "seeds"
REFERENCE = SEEDS / "reference"
FOLDERS = SEEDS / "languages"  # a folder a language: docs/languages.md


@cache
def read_reference(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a reference list as dictionaries by column.

    A list that is kept by language has a file in each language's folder; its rows are those of all
    folders, in the order of the languages, with a column `language`.

    >>> {row["language"] for row in read_reference("hedges")} >= {"en", "zh"}
    True
    """
    whole = REFERENCE / f"{name}.csv"
    return tuple(_rows(whole)) if whole.exists() else read_by_language(name)


@cache
def read_by_language(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a list in the folders of all languages, with a column `language`."""
    return tuple(_rows_by_language(name))


def _rows_by_language(name: str) -> Iterator[dict[str, str]]:
    for file in sorted(FOLDERS.glob(f"*/{name}.csv")):
        yield from _rows(file, {"language": file.parent.name})


def _rows(file: Path, known: Mapping[str, str] = MappingProxyType({})) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)  # three times as fast as a DictReader
        columns = next(rows)
        for row in rows:
            yield {**known, **dict(zip(columns, row, strict=True))}


@cache
def read_column(name: str, column: str, language: str | None = None) -> frozenset[str]:
    """Return the values of a column of a reference list, for one language or for all.

    >>> "der" in read_column("stopwords", "word"), "der" in read_column("stopwords", "word", "en")
    (True, False)
    """
    return frozenset(row[column] for row in read_rows(name, language))


@cache
def read_mapping(name: str, key: str, value: str, language: str | None = None) -> dict[str, str]:
    """Return one column of a reference list by another, for one language or for all.

    >>> read_mapping("nouns", "form", "noun", "fr")["utilisateurs"]
    'users'
    """
    return {row[key]: row[value] for row in read_rows(name, language)}


@cache
def read_rows(name: str, language: str | None) -> tuple[dict[str, str], ...]:
    """Return the rows of a reference list for one language, or all of them."""
    return tuple(row for row in read_reference(name) if language in (None, row.get("language")))
