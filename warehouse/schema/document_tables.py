"""The tables with the rows of a document, which are added and removed together."""

from warehouse.schema.column import keys_of
from warehouse.schema.tables import TABLES

DOCUMENT_TABLES = (
    "documents", "repairs", "segments", "articles", "paragraphs", "quotes", "quantities", "mentions",
    "candidates", "story_keys", "document_corrections", "site_pages",
)  # fmt: skip


def document_key(table: str) -> str:
    """Return the column of a table that has the document's id."""
    return "document_id" if "document_id" in keys_of(TABLES[table]) else "article_id"
