"""The tables with the rows of a document, which are added and removed together."""

from warehouse.schema.column import keys_of
from warehouse.schema.staged_sketch import StagedSketch
from warehouse.schema.tables import TABLES

DOCUMENT_TABLES = (
    "documents", "repairs", "segments", "articles", "paragraphs", "quotes", "quantities", "mentions",
    "candidates", "story_keys", "document_corrections", "site_pages",
)  # fmt: skip
# A row of these that fails validation is left out, and its document is loaded without it: one odd figure
# is no reason to refuse an article. A row of any other table refuses its document.
FACT_TABLES = ("quotes", "quantities", "mentions")


# All that is staged of a document, with the types of the rows.
STAGED_TABLES = {name: TABLES[name] for name in DOCUMENT_TABLES} | {"sketches": StagedSketch}


def document_key(table: str) -> str:
    """Return the column of a table that has the document's id."""
    return "document_id" if "document_id" in keys_of(STAGED_TABLES[table]) else "article_id"


# Tables that grow with the captures have no index on their key: DuckDB holds an index in memory, so a
# load would need more of it the larger the warehouse is. That these keys are unique is checked before a
# load, and by `doctor`.
UNINDEXED = (
    *DOCUMENT_TABLES, "captures", "entities", "story_links", "stories", "site_lines", "article_versions",
    "quarantine", "input_files",
)  # fmt: skip
