"""Versions: what one address showed at different times, and which facts changed.

Only title and text count: a capture in which a sidebar or white space changed is no new version. An
address whose captures all show one text has no rows.
"""

# Notes of a correction, as lines begin with them or say them, in the languages of the reference data.
CORRECTION_STARTS = (
    "correction|corrected|clarification|editor[’']?s note|berichtigung|korrektur|rectificatif|correctif|"
    "erratum|corrección|fe de erratas?|rectificación|rettifica|errata|correção|correctie|rectificatie|"
    "sprostowanie|korekta|исправление|уточнение|поправка|更正|勘误|訂正"
)
CORRECTION_WORDS = (
    "earlier version|previous version|früheren (fassung|version)|version précédente|première version|"
    "versión anterior|versione precedente|versão anterior|eerdere versie|wcześniejszej wersji|"
    "предыдущей версии|此前版本|以前の版"
)
CORRECTION = rf"(?i)^[^\p{{L}}]*({CORRECTION_STARTS})|({CORRECTION_WORDS})"
# Facts of which a version has some that the other lacks: a figure is its value and unit, a quotation
# its words.
SAME_FIGURE = (
    "f.value = g.value AND f.value_high IS NOT DISTINCT FROM g.value_high"
    " AND f.unit IS NOT DISTINCT FROM g.unit"
)
SAME_QUOTE = "f.text = g.text"


def _facts(table: str, same: str, here: str, there: str) -> str:
    """Return a query of the facts that the version `here` has and the version `there` lacks."""
    statements = "AND f.kind = 'statement'" if table == "quotes" else ""
    return f"""(
        SELECT v.url, v.captured_at, list(DISTINCT f.text ORDER BY f.text) AS found
        FROM versions AS v JOIN {table} AS f ON f.article_id = v.{here} {statements}
        WHERE v.previous_article_id IS NOT NULL
          AND NOT EXISTS (FROM {table} AS g WHERE g.article_id = v.{there} AND {same})
        GROUP BY ALL
    )"""


REBUILD_VERSIONS = f"""
CREATE OR REPLACE TEMP TABLE versions AS
WITH shown AS (
    SELECT DISTINCT ON (url, captured_at)
        regexp_replace(c.url, '#.*$', '') AS url,
        c.captured_at,
        a.article_id,
        a.title,
        md5(regexp_replace(concat_ws(chr(10), a.title, a.text), '\\s+', ' ', 'g')) AS content
    FROM captures AS c JOIN articles AS a ON a.article_id = c.document_id
    WHERE c.url IS NOT NULL AND c.captured_at IS NOT NULL
    ORDER BY url, c.captured_at, a.article_id
),
changed AS (
    SELECT * FROM shown
    QUALIFY content IS DISTINCT FROM lag(content) OVER (PARTITION BY url ORDER BY captured_at)
)
SELECT
    * EXCLUDE (content),
    lag(article_id) OVER w AS previous_article_id,
    lag(title) OVER w AS previous_title
FROM changed
WINDOW w AS (PARTITION BY url ORDER BY captured_at)
QUALIFY count(*) OVER (PARTITION BY url) > 1;
DELETE FROM article_versions;
INSERT INTO article_versions BY NAME
WITH corrections AS (
    SELECT v.url, v.captured_at, min_by(p.text, p.position) AS correction
    FROM versions AS v JOIN paragraphs AS p USING (article_id)
    WHERE v.previous_article_id IS NOT NULL AND regexp_matches(p.text, '{CORRECTION.replace("'", "''")}')
      AND NOT EXISTS (
        FROM paragraphs AS o WHERE o.article_id = v.previous_article_id AND o.text = p.text
      )
    GROUP BY ALL
),
compared AS (
    SELECT
        v.* REPLACE (CASE WHEN v.previous_title <> v.title THEN v.previous_title END AS previous_title),
        coalesce(fa.found, []) AS figures_added,
        coalesce(fr.found, []) AS figures_removed,
        coalesce(qa.found, []) AS quotes_added,
        coalesce(qr.found, []) AS quotes_removed,
        c.correction
    FROM versions AS v
    LEFT JOIN {_facts("quantities", SAME_FIGURE, "article_id", "previous_article_id")} AS fa
        USING (url, captured_at)
    LEFT JOIN {_facts("quantities", SAME_FIGURE, "previous_article_id", "article_id")} AS fr
        USING (url, captured_at)
    LEFT JOIN {_facts("quotes", SAME_QUOTE, "article_id", "previous_article_id")} AS qa
        USING (url, captured_at)
    LEFT JOIN {_facts("quotes", SAME_QUOTE, "previous_article_id", "article_id")} AS qr
        USING (url, captured_at)
    LEFT JOIN corrections AS c USING (url, captured_at)
)
SELECT
    * EXCLUDE (title),
    CASE WHEN previous_article_id IS NOT NULL THEN coalesce(nullif(concat_ws('; ',
        'headline: “' || previous_title || '” is now “' || title || '”',
        'figures added: ' || nullif(array_to_string(figures_added, ', '), ''),
        'figures removed: ' || nullif(array_to_string(figures_removed, ', '), ''),
        'quotations added: “' || nullif(array_to_string(quotes_added, '”, “'), '') || '”',
        'quotations removed: “' || nullif(array_to_string(quotes_removed, '”, “'), '') || '”',
        'correction: ' || correction
    ), ''), 'wording only') END AS changes
FROM compared
ORDER BY url, captured_at;
DROP TABLE versions;
"""
