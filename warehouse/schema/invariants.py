"""Rules between rows, declared once for the checks before a load, `doctor` and `maintain`.

Rules within a row are declared with its table. Queries return the ids that fail. They use lengths and
ids where possible, and join a text to the rows of its spans only to compare words, so that no query
needs memory for more than a few texts.
"""

from dataclasses import dataclass

from warehouse.schema.address import ADDRESS
from warehouse.schema.column import checks_of, keys_of
from warehouse.schema.document_tables import DOCUMENT_TABLES, UNINDEXED, document_key
from warehouse.schema.rows.runs import Run
from warehouse.schema.tables import TABLES


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule: its table, a description of the fault, and the reason for the rule.

    In `query`, which returns the ids that fail, table names begin with @, since they differ before and
    after a load. With `key`, the columns that identify a row, it returns the rows that fail.
    """

    name: str
    table: str
    broken: str
    reason: str
    query: str
    key: str = ""

    def select_broken(self, prefix: str = "") -> str:
        """Return the query for the ids that fail, with a prefix for the names of tables."""
        return self.query.replace("@", prefix)


def _stands_at_span(table: str, column: str) -> Invariant:
    return Invariant(
        f"{column}_stands_at_span",
        table,
        f"{table} do not match the text at their spans",
        "a span is evidence only if its text matches",
        f"""SELECT t.article_id, t.position
            FROM @{table} AS t LEFT JOIN @articles AS a USING (article_id)
            WHERE substring(a.text, t.start_char + 1, t.end_char - t.start_char)
                IS DISTINCT FROM t.{column}""",
        key="article_id, position",
    )


# Rules about a document and its rows: a document that fails is refused, a fact that fails is left out.
OF_DOCUMENTS = (
    Invariant(
        "segments_tile_the_text",
        "documents",
        "segments do not tile the text",
        "cleaning is reversible only if the segments cover the text without gap or overlap",
        """SELECT document_id FROM (
                SELECT document_id, start_char, end_char, position,
                    lag(end_char, 1, 0) OVER w AS previous_end,
                    row_number() OVER w - 1 AS place,
                    lead(start_char) OVER w IS NULL AS is_last
                FROM @segments WINDOW w AS (PARTITION BY document_id ORDER BY position)
            ) JOIN (SELECT document_id, length(text) AS size FROM @documents) USING (document_id)
            WHERE start_char <> previous_end OR place <> position OR (is_last AND end_char <> size)""",
    ),
    Invariant(
        "document_has_segments",
        "documents",
        "a document has no segments",
        "a text that no segment covers cannot be explained",
        "SELECT document_id FROM @documents EXCEPT SELECT document_id FROM @segments",
    ),
    Invariant(
        "document_has_article",
        "documents",
        "a document has no article",
        "a capture without an article belongs in quarantine",
        "SELECT document_id FROM @documents EXCEPT SELECT article_id FROM @articles",
    ),
    Invariant(
        "paragraphs_join_to_text",
        "articles",
        "the paragraphs do not match the article",
        "the kept paragraphs, joined, are the article",
        """SELECT article_id FROM (
                SELECT article_id, unnest(string_split(text, chr(10))) AS line,
                    unnest(range(len(string_split(text, chr(10))))) AS position
                FROM @articles
            ) FULL JOIN @paragraphs AS p USING (article_id, position)
            WHERE p.text IS DISTINCT FROM line""",
    ),
    Invariant(
        "text_stands_at_span",
        "paragraphs",
        "paragraphs do not match the text at their spans",
        "a span is evidence only if its text matches",
        """SELECT article_id FROM (
                SELECT article_id, start_char, end_char, length(text) AS size,
                    lag(end_char, 1, -1) OVER (PARTITION BY article_id ORDER BY position) AS previous_end
                FROM @paragraphs
            ) WHERE start_char <> previous_end + 1 OR end_char <> start_char + size""",
    ),
    _stands_at_span("quotes", "text"),
    _stands_at_span("quantities", "text"),
    _stands_at_span("mentions", "surface"),
)
(CONSERVED,) = (check.condition for check in checks_of(Run) if check.name == "captures_are_conserved")
# Rules about a whole warehouse, after a load.
OF_THE_WAREHOUSE = (
    Invariant(
        "document_has_capture",
        "documents",
        "a document has no capture",
        "a document without a capture has no source",
        "SELECT document_id FROM @documents EXCEPT SELECT document_id FROM @captures",
    ),
    Invariant(
        "capture_has_document",
        "captures",
        "a capture has no document",
        "a capture is loaded with its document or refused",
        "SELECT document_id FROM @captures EXCEPT SELECT document_id FROM @documents",
    ),
    Invariant(
        "captures_are_conserved",
        "runs",
        "a run lost captures",
        "every capture seen is loaded, unchanged or in quarantine",
        f"SELECT run_id FROM @runs WHERE NOT ({CONSERVED})",
    ),
    Invariant(
        "document_has_run",
        "documents",
        "a document refers to an unknown run",
        "every document was loaded by a recorded run",
        "SELECT first_run_id FROM @documents EXCEPT SELECT run_id FROM @runs",
    ),
    Invariant(
        "refusal_has_run",
        "quarantine",
        "a refusal refers to an unknown run",
        "every refusal was made by a recorded run",
        "SELECT run_id FROM @quarantine EXCEPT SELECT run_id FROM @runs",
    ),
    Invariant(
        "story_has_its_articles",
        "stories",
        "a story has lost an article",
        "a story counts the articles that name it, versions at one address once",
        f"""SELECT coalesce(s.story_id, a.story_id) FROM @stories AS s FULL JOIN (
                SELECT story_id, count(DISTINCT {ADDRESS}) AS articles
                FROM @articles JOIN (SELECT document_id, url FROM @documents) AS d
                    ON document_id = article_id
                WHERE story_id IS NOT NULL GROUP BY story_id
            ) AS a USING (story_id) WHERE article_count IS DISTINCT FROM articles""",
    ),
    Invariant(
        "version_has_its_articles",
        "article_versions",
        "a version names an article that is not there",
        "a version goes with its article, and with the one before",
        """SELECT article_id FROM (
                SELECT article_id FROM @article_versions
                UNION SELECT previous_article_id FROM @article_versions
                WHERE previous_article_id IS NOT NULL
            ) EXCEPT SELECT article_id FROM @articles""",
    ),
    Invariant(
        "link_has_its_articles",
        "story_links",
        "a link refers to a missing article",
        "a link is removed with either of its articles",
        """SELECT article_id FROM (
                SELECT article_id FROM @story_links UNION SELECT other_article_id FROM @story_links
            ) EXCEPT SELECT article_id FROM @articles""",
    ),
    *(
        Invariant(
            f"{table}_belong_to_documents",
            table,
            f"{table} has rows without a document",
            "all rows of a document are added and removed with it",
            f"SELECT {document_key(table)} FROM @{table} EXCEPT SELECT document_id FROM @documents",
        )
        for table in DOCUMENT_TABLES
        if table != "documents"
    ),
    *(
        Invariant(
            f"{table}_are_there_once",
            table,
            f"{table} has two rows with one key",
            "no index holds these keys, so a rule does",
            f"SELECT {keys[0]} FROM @{table} GROUP BY {', '.join(keys)} HAVING count(*) > 1",
        )
        for table in UNINDEXED
        for keys in [keys_of(TABLES[table])]
    ),
)
