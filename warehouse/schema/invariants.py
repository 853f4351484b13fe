"""What must hold between rows, each rule once: for the checks before a load, `doctor` and `maintain`.

What must hold within a row is declared with its table. Queries give the ids that break a rule. They
carry lengths and ids where they can: a text is not joined to the rows that mark its pieces but where
its words are compared, so that no query needs memory for more than some texts.
"""

from dataclasses import dataclass

from warehouse.schema.address import ADDRESS
from warehouse.schema.column import checks_of
from warehouse.schema.document_tables import DOCUMENT_TABLES, document_key
from warehouse.schema.tables import Run


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule: the table that it is about, what a breach is in words, and why it must not be.

    In `query` the sign @ stands before the names of tables, which differ before and after a load.
    """

    name: str
    table: str
    broken: str
    reason: str
    query: str

    def select_broken(self, prefix: str = "") -> str:
        """Return the query of the ids that break the rule, its tables' names with a prefix."""
        return self.query.replace("@", prefix)


def _stands_at_span(table: str, column: str) -> Invariant:
    return Invariant(
        f"{column}_stands_at_span",
        table,
        f"{table} do not stand at their spans",
        "a span is evidence only if the words stand there",
        f"""SELECT t.article_id FROM @{table} AS t LEFT JOIN @articles AS a USING (article_id)
            WHERE substring(a.text, t.start_char + 1, t.end_char - t.start_char)
                IS DISTINCT FROM t.{column}""",
    )


# Of documents and what belongs to them: a document that breaks one is refused, the rest is loaded.
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
        "the paragraphs are not the article",
        "what is kept, joined, is the article",
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
        "paragraphs do not stand at their spans",
        "a span is evidence only if the words stand there",
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
# Of a whole warehouse, once it is loaded.
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
        "what was seen is loaded, unchanged or in quarantine",
        f"SELECT run_id FROM @runs WHERE NOT ({CONSERVED})",
    ),
    Invariant(
        "document_has_run",
        "documents",
        "a document names a run that never was",
        "every document was brought by a run on record",
        "SELECT first_run_id FROM @documents EXCEPT SELECT run_id FROM @runs",
    ),
    Invariant(
        "refusal_has_run",
        "quarantine",
        "a refusal names a run that never was",
        "every refusal was made by a run on record",
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
        "a link names an article that is not there",
        "a link goes with either of its articles",
        """SELECT article_id FROM (
                SELECT article_id FROM @story_links UNION SELECT other_article_id FROM @story_links
            ) EXCEPT SELECT article_id FROM @articles""",
    ),
    *(
        Invariant(
            f"{table}_belong_to_documents",
            table,
            f"{table} has rows of no document",
            "all rows of a document come and go with it",
            f"SELECT {document_key(table)} FROM @{table} EXCEPT SELECT document_id FROM @documents",
        )
        for table in DOCUMENT_TABLES
        if table != "documents"
    ),
)
