"""Versions: what one address showed at different times, and which facts changed.

Only title and text count: a capture in which a sidebar or white space changed is no new version. An
address whose captures all show one text has no rows.
"""

from warehouse.schema.address import page_address_sql
from warehouse.schema.ddl import literal

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
LONGEST_NOTE = 500  # characters; a note of a correction stands apart, also from the article's text
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


# Only for addresses of which a capture or a text has changed: those of the table `changed_urls`. All
# versions have the URL of the first capture of their address.
RENEW_VERSIONS = f"""
CREATE OR REPLACE TEMP TABLE renewed AS
    SELECT DISTINCT {page_address_sql("url")} AS page FROM changed_urls WHERE url IS NOT NULL;
CREATE OR REPLACE TEMP TABLE captured AS
    SELECT DISTINCT ON (page, captured_at)
        {page_address_sql("url")} AS page, url, captured_at, document_id AS article_id
    FROM captures
    WHERE captured_at IS NOT NULL AND page IN (FROM renewed)
    ORDER BY page, captured_at, document_id, url;
DELETE FROM captured WHERE page IN (SELECT page FROM captured GROUP BY page HAVING count(*) = 1);
UPDATE captured SET url = f.url FROM (
    SELECT page, min_by(url, captured_at) AS url FROM captured GROUP BY page
) AS f WHERE f.page = captured.page;
CREATE OR REPLACE TEMP TABLE notes AS
    SELECT article_id, list(DISTINCT line ORDER BY line) AS notes FROM (
        SELECT article_id, trim(substring(text, start_char + 1, end_char - start_char), E' \\n') AS line
        FROM (SELECT DISTINCT article_id FROM captured)
        JOIN documents AS d ON document_id = article_id
        JOIN segments AS s USING (document_id)
        WHERE s.end_char - s.start_char <= {LONGEST_NOTE}
    )
    WHERE regexp_matches(line, {literal(CORRECTION)})
    GROUP BY article_id;
CREATE OR REPLACE TEMP TABLE versions AS
WITH shown AS (
    SELECT
        c.*,
        a.title,
        coalesce(n.notes, []) AS notes,
        md5(regexp_replace(concat_ws(chr(10), a.title, a.text, n.notes), '\\s+', ' ', 'g')) AS content
    FROM captured AS c
    JOIN articles AS a USING (article_id)
    LEFT JOIN notes AS n USING (article_id)
),
changed AS (
    SELECT * FROM shown
    QUALIFY content IS DISTINCT FROM lag(content) OVER (PARTITION BY url ORDER BY captured_at)
)
SELECT
    * EXCLUDE (content),
    lag(article_id) OVER w AS previous_article_id,
    lag(title) OVER w AS title_before,
    lag(notes) OVER w AS notes_before
FROM changed
WINDOW w AS (PARTITION BY url ORDER BY captured_at)
QUALIFY count(*) OVER (PARTITION BY url) > 1;
DELETE FROM article_versions WHERE {page_address_sql("url")} IN (FROM renewed);
INSERT INTO article_versions BY NAME
WITH compared AS (
    SELECT
        v.url,
        v.captured_at,
        v.article_id,
        v.previous_article_id,
        v.title,
        CASE WHEN v.title_before <> v.title THEN v.title_before END AS previous_title,
        coalesce(fa.found, []) AS figures_added,
        coalesce(fr.found, []) AS figures_removed,
        coalesce(qa.found, []) AS quotes_added,
        coalesce(qr.found, []) AS quotes_removed,
        list_filter(v.notes, lambda note: NOT list_contains(v.notes_before, note))[1] AS correction
    FROM versions AS v
    LEFT JOIN {_facts("quantities", SAME_FIGURE, "article_id", "previous_article_id")} AS fa
        USING (url, captured_at)
    LEFT JOIN {_facts("quantities", SAME_FIGURE, "previous_article_id", "article_id")} AS fr
        USING (url, captured_at)
    LEFT JOIN {_facts("quotes", SAME_QUOTE, "article_id", "previous_article_id")} AS qa
        USING (url, captured_at)
    LEFT JOIN {_facts("quotes", SAME_QUOTE, "previous_article_id", "article_id")} AS qr
        USING (url, captured_at)
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
DROP TABLE renewed;
DROP TABLE captured;
DROP TABLE notes;
DROP TABLE versions;
"""
