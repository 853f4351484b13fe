"""The tables with the rows of a document, which are added and removed together."""

from warehouse.schema.column import keys_of
from warehouse.schema.staged_sketch import StagedSketch
from warehouse.schema.tables import TABLES

DOCUMENT_TABLES = (
    "documents", "repairs", "segments", "articles", "paragraphs", "quotes", "quantities", "mentions",
    "candidates", "story_keys", "document_corrections", "site_pages",
)  # fmt: skip


# All that is staged of a document, with the types of the rows.
STAGED_TABLES = {name: TABLES[name] for name in DOCUMENT_TABLES} | {"sketches": StagedSketch}


def document_key(table: str) -> str:
    """Return the column of a table that has the document's id."""
    return "document_id" if "document_id" in keys_of(STAGED_TABLES[table]) else "article_id"


# An index on a key of several columns takes more room than the rows of a large table, and no query
# uses it. That these keys are unique is checked before a load, and by `doctor`.
UNINDEXED = (
    *(name for name in DOCUMENT_TABLES if len(keys_of(TABLES[name])) > 1),
    "story_links",
)
