"""The tables that a document's cleaning fills; all go or come with the document."""

from warehouse.schema.column import keys_of
from warehouse.schema.tables import TABLES

DOCUMENT_TABLES = (
    "documents", "repairs", "segments", "articles", "paragraphs", "quotes", "quantities", "mentions",
    "candidates", "story_keys",
)  # fmt: skip


def document_key(table: str) -> str:
    """Return the column by which a table's rows belong to a document."""
    return "document_id" if "document_id" in keys_of(TABLES[table]) else "article_id"
