"""Which documents were cleaned with which corrections: the mark behind their cleaner version.

A mark is `#` and a digest of what people decided about a document; without decisions there is none.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from warehouse.raw_store import FACTS, NEWEST_FIRST, StoredCapture
from warehouse.store import ROWS_AT_ONCE, fetch_rows

MARK = "regexp_extract(cleaner_version, '#.*')"
# Documents that decisions may concern, and those that carry the mark of some.
LOADED = """
SELECT document_id, url, site, source_uri FROM documents
WHERE contains(cleaner_version, '#')
    OR document_id IN (SELECT unnest($documents)) OR url IN (SELECT unnest($addresses))
    OR site IN (SELECT unnest($sites)) OR (site IS NULL AND $has_folders)
"""
REFUSED = """
SELECT document_id, min_by(r.url, source_uri) AS url, NULL AS site, min(source_uri) AS source_uri
FROM quarantine AS q JOIN raw AS r USING (document_id, source_uri)
WHERE document_id <> '' AND (q.resolved_at IS NULL OR q.forgiven_at IS NOT NULL)
    AND document_id NOT IN (SELECT document_id FROM documents)
GROUP BY document_id
"""
NAMED = """
SELECT document_id FROM documents
WHERE document_id IN (SELECT unnest($documents)) OR url IN (SELECT unnest($addresses))
UNION SELECT document_id FROM quarantine WHERE document_id IN (SELECT unnest($documents))
ORDER BY document_id
"""
NEWEST_OF_SITE = """
SELECT document_id, source_uri FROM documents WHERE site IS NOT DISTINCT FROM $site
ORDER BY captured_at DESC NULLS LAST, document_id
"""
# Their captures as they were last seen, unless this run has seen their places anew.
OUTDATED = f"""
WITH outdated AS (
    SELECT document_id FROM documents JOIN marks USING (document_id) WHERE {MARK} <> mark
    UNION
    SELECT document_id FROM quarantine JOIN marks USING (document_id)
    WHERE {MARK} <> mark AND document_id NOT IN (SELECT document_id FROM documents)
), places AS (
    SELECT source_uri, document_id FROM captures
    UNION SELECT source_uri, document_id FROM quarantine
)
SELECT DISTINCT ON (source_uri) {", ".join(FACTS)}
FROM raw JOIN places USING (source_uri, document_id)
WHERE document_id IN (FROM outdated) AND source_uri NOT IN (SELECT source_uri FROM staged_seen)
ORDER BY source_uri, {NEWEST_FIRST}
"""
MARKS = pa.schema([("document_id", pa.string()), ("mark", pa.string())])


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that was cleaned before; `site` is that of its row, and a refused one has none."""

    document_id: str
    url: str | None
    site: str | None
    source_uri: str
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What decisions name: ids of documents, addresses, sites, and whether they name folders."""

    documents: Collection[str] = ()
    addresses: Collection[str] = ()
    sites: Collection[str] = ()
    has_folders: bool = False


def list_known(db: duckdb.DuckDBPyConnection, decided: Decided) -> list[KnownDocument]:
    """Return the documents that decisions may concern, and those that had some; needs the view `raw`."""
    loaded = fetch_rows(
        db,
        LOADED,
        documents=list(decided.documents),
        addresses=list(decided.addresses),
        sites=list(decided.sites),
        has_folders=decided.has_folders,
    )
    return [
        *(KnownDocument(**row, is_refused=False) for row in loaded),
        *(KnownDocument(**row, is_refused=True) for row in fetch_rows(db, REFUSED)),
    ]


def list_named(db: duckdb.DuckDBPyConnection, decided: Decided) -> list[str]:
    """Return the ids of the documents, loaded or refused, with an id or address that decisions name."""
    given = {"documents": list(decided.documents), "addresses": list(decided.addresses)}
    return [row["document_id"] for row in fetch_rows(db, NAMED, **given)]


def list_newest_of(db: duckdb.DuckDBPyConnection, site: str | None) -> Iterator[tuple[str, str]]:
    """Yield the id and the place of each document of a site (None: of no site), the newest first."""
    for row in fetch_rows(db, NEWEST_OF_SITE, site=site):
        yield row["document_id"], row["source_uri"]


def write_marks(
    db: duckdb.DuckDBPyConnection, decided: Decided, mark_of: Callable[[KnownDocument], str]
) -> None:
    """Create the table `marks`: the mark that each known document must have now."""
    known = list_known(db, decided)
    columns = {"document_id": [one.document_id for one in known], "mark": [*map(mark_of, known)]}
    db.register("new_marks", pa.table(columns, schema=MARKS))
    db.execute("CREATE OR REPLACE TEMP TABLE marks AS FROM new_marks")
    db.unregister("new_marks")


def list_outdated(db: duckdb.DuckDBPyConnection) -> Iterator[StoredCapture]:
    """Yield the captures whose documents lack the mark that they must have, and that this run lacks."""
    found = db.execute(OUTDATED)
    while rows := found.fetchmany(ROWS_AT_ONCE):
        for row in rows:
            yield StoredCapture(**dict(zip(FACTS, row, strict=True)))
