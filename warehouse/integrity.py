"""Look for what must never be: in the published warehouse, and between it and its raw store."""

from collections.abc import Iterator
from hashlib import sha256

import pyarrow.parquet as pq

from warehouse.paths import Layout
from warehouse.raw_store import list_files
from warehouse.staging import DOCUMENT_TABLES, document_key
from warehouse.store import read_published

SHOWN = 3  # examples of a fault

# Each query gives what breaks its rule.
RULES = {
    "segments do not tile the text": """
        SELECT document_id FROM (
            SELECT document_id, start_char, end_char, length(text) AS size,
                lag(end_char, 1, 0) OVER w AS previous, lead(start_char) OVER w IS NULL AS is_last
            FROM segments JOIN documents USING (document_id)
            WINDOW w AS (PARTITION BY document_id ORDER BY position)
        ) WHERE start_char <> previous OR (is_last AND end_char <> size)
        UNION SELECT document_id FROM documents
        WHERE document_id NOT IN (SELECT document_id FROM segments)""",
    "the paragraphs are not the article": """
        SELECT article_id FROM articles AS a LEFT JOIN (
            SELECT article_id, string_agg(text, chr(10) ORDER BY position) AS joined
            FROM paragraphs GROUP BY article_id
        ) USING (article_id) WHERE joined IS DISTINCT FROM a.text""",
    "a document has no article": """
        SELECT document_id FROM documents EXCEPT SELECT article_id FROM articles""",
    "a document has no capture": """
        SELECT document_id FROM documents EXCEPT SELECT document_id FROM captures""",
    "a capture has no document": """
        SELECT document_id FROM captures EXCEPT SELECT document_id FROM documents""",
    "a run lost captures": """
        SELECT run_id FROM runs WHERE status = 'completed'
            AND captures_seen <> documents_loaded + documents_unchanged + documents_quarantined""",
    "a document names a run that never was": """
        SELECT first_run_id FROM documents EXCEPT SELECT run_id FROM runs""",
    "a refusal names a run that never was": """
        SELECT run_id FROM quarantine EXCEPT SELECT run_id FROM runs""",
    "a story has lost an article": """
        SELECT story_id FROM stories AS s
        WHERE article_count <> (SELECT count(*) FROM articles AS a WHERE a.story_id = s.story_id)""",
} | {
    f"{table} has rows of no document": f"""
        SELECT {document_key(table)} FROM {table}
        WHERE {document_key(table)} NOT IN (SELECT document_id FROM documents)"""
    for table in DOCUMENT_TABLES
    if table != "documents"
}
RULES |= {
    f"{table} do not stand at their spans": f"""
        SELECT t.article_id FROM {table} AS t LEFT JOIN articles AS a USING (article_id)
        WHERE substring(a.text, t.start_char + 1, t.end_char - t.start_char)
            IS DISTINCT FROM t.{column}"""
    for table, column in (("quotes", "text"), ("quantities", "text"), ("mentions", "surface"))
}
HELD = """
SELECT document_id FROM documents UNION SELECT document_id FROM quarantine WHERE document_id <> ''
"""


def find_faults(layout: Layout) -> Iterator[str]:
    """Yield what is wrong with the published warehouse and its raw store, a fault a sentence."""
    with read_published(layout) as db:
        for rule, query in RULES.items():
            yield from _told(rule, [str(row[0]) for row in db.execute(query).fetchall()])
        held = {row[0] for row in db.execute(HELD).fetchall()}
    stored: dict[str, int] = {}
    for name, digest in read_digests(layout):
        stored[name] = stored.get(name, 0) + 1
        if name != digest:
            yield f"the raw store's bytes of {name} are damaged: their digest is {digest}"
    yield from _told("the raw store lacks the bytes of a document", sorted(held - stored.keys()))
    twice = sorted(name for name, count in stored.items() if count > 1)
    yield from _told("the raw store holds bytes twice", twice)


def read_digests(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield each document whose bytes the raw store holds, and the digest of those bytes."""
    for file in list_files(layout.raw_store):
        with pq.ParquetFile(file) as opened:
            for batch in opened.iter_batches(batch_size=64, columns=["document_id", "content"]):
                for name, content in zip(*batch.columns, strict=True):
                    if content.is_valid:
                        yield name.as_py(), sha256(content.as_buffer()).hexdigest()


def _told(rule: str, broken: list[str]) -> Iterator[str]:
    if broken:
        more = f" and {len(broken) - SHOWN:,} more" if len(broken) > SHOWN else ""
        yield f"{rule}: {', '.join(broken[:SHOWN])}{more}"
