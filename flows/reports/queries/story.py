"""What the pages of stories ask of the warehouse.

Only what an address shows now speaks in a comparison: of its captures the newest one counts.
"""

from dataclasses import replace

from flows.reports.queries.choices import Choices
from flows.reports.queries.document import SELECTED as OF_DOCUMENTS
from warehouse.schema.address import ADDRESS, page_address_sql
from warehouse.schema.ddl import literal
from warehouse.versions import CORRECTION

PER_PAGE = 100
# The documents that a later capture of their address has replaced, of the articles at `pages`.
REPLACED = f"""
SELECT document_id AS article_id FROM (
    SELECT d.document_id, {ADDRESS} AS address, d.first_run_id,
        coalesce(c.seen_at, d.captured_at) AS seen_at
    FROM documents AS d LEFT JOIN (
        SELECT document_id, max(captured_at) AS seen_at FROM captures
        WHERE {page_address_sql("url")} IN (FROM pages) GROUP BY document_id
    ) AS c USING (document_id)
    WHERE {page_address_sql("d.url")} IN (FROM pages)
)
QUALIFY row_number() OVER (
    PARTITION BY address ORDER BY seen_at DESC NULLS LAST, first_run_id DESC, document_id
) > 1
"""
# A note of a correction says what no longer holds.
NO_NOTE = f"""NOT regexp_matches(q.sentence, {literal(CORRECTION)}) AND NOT EXISTS (
    FROM article_versions AS v WHERE v.article_id = q.article_id AND contains(v.correction, q.sentence)
)"""
OF_ARTICLES = "story_id IN (SELECT story_id FROM articles AS a WHERE {})"
SELECTED = Choices(
    filters={
        name: OF_ARTICLES.format(condition)
        for name, condition in OF_DOCUMENTS.filters.items()
        if name not in ("since", "until")
    }
    | {
        "since": "CAST(last_published_on AS VARCHAR) >= $since",
        "until": "left(CAST(first_published_on AS VARCHAR), length($until)) <= $until",
    },
    fixed={},
    orders={
        "newest": ("last_published_on DESC NULLS LAST, story_id", "newest"),
        "oldest": ("first_published_on NULLS LAST, story_id", "oldest"),
        "outlets": ("site_count DESC, article_count DESC, story_id", "most outlets"),
        "articles": ("article_count DESC, site_count DESC, story_id", "most articles"),
    },
)
# Disagreements are looked for in the stories of a page; there those of the page can be put in order.
DISAGREEMENTS = replace(
    SELECTED,
    fixed={"of": {"figures": "true", "quotes": "true"}},
    orders={
        **SELECTED.orders,
        "apart": (SELECTED.orders["newest"][0], "furthest apart"),
        "most": (SELECTED.orders["newest"][0], "most disagreements"),
    },
)
# The title of the first article of a story that has one, of a group of articles.
HEADLINE = """
arg_min(title, (coalesce(published_on, DATE '9999-01-01'), article_id)) FILTER (title IS NOT NULL)
"""
# Stories as they are asked for, by SELECTED.
LISTED = f"""
SELECT s.*, t.title, t.languages FROM (
    FROM stories WHERE {{where}} ORDER BY {{order}} LIMIT $limit OFFSET $offset
) AS s LEFT JOIN (
    SELECT story_id,
        {HEADLINE} AS title,
        list(DISTINCT language ORDER BY language) AS languages
    FROM articles WHERE story_id IS NOT NULL GROUP BY story_id
) AS t USING (story_id) ORDER BY {{order}}
"""
COUNTED = "SELECT count(*) AS n FROM stories WHERE {where}"
STORY = f"""
SELECT s.*, (SELECT {HEADLINE} FROM articles WHERE story_id = $id) AS title
FROM stories AS s WHERE story_id = $id
"""
# The articles of some stories, of a very large one the first.
ARTICLES = f"""
WITH told AS MATERIALIZED (
    SELECT a.story_id, a.article_id, a.title, a.site, a.url, a.language, a.published_on,
        a.published_precision, a.word_count, d.captured_at
    FROM articles AS a JOIN documents AS d ON d.document_id = a.article_id
    WHERE story_id IN (SELECT unnest($ids))
    QUALIFY row_number() OVER (
        PARTITION BY a.story_id
        ORDER BY a.published_on NULLS LAST, d.captured_at NULLS LAST, a.article_id
    ) <= 500
),
pages AS MATERIALIZED (SELECT {page_address_sql("url")} FROM told WHERE url IS NOT NULL)
SELECT * EXCLUDE (url), article_id NOT IN ({REPLACED}) AS is_current FROM told
ORDER BY published_on NULLS LAST, captured_at NULLS LAST, article_id
"""
LINKS = """
SELECT article_id, other_article_id, evidence FROM story_links
WHERE article_id IN (SELECT unnest($ids)) ORDER BY similarity DESC, article_id, other_article_id
"""
FIGURES = f"""
WITH figures AS MATERIALIZED (
    SELECT article_id, position, text, value, unit, unit_canonical, subject, bound, sentence, entity_id
    FROM quantities WHERE article_id IN (SELECT unnest($ids)) AND unit IS NOT NULL
)
SELECT q.*, e.name AS entity_name
FROM figures AS q LEFT JOIN entities AS e USING (entity_id)
WHERE {NO_NOTE} ORDER BY value, article_id, position
"""
QUOTES = """
SELECT q.article_id, q.position, q.text, q.speaker, q.entity_id, e.name AS entity_name, q.relayed_by
FROM quotes AS q LEFT JOIN entities AS e USING (entity_id)
WHERE q.kind = 'statement' AND q.article_id IN (SELECT unnest($ids)) ORDER BY q.article_id, q.position
"""
NAMES = """
SELECT m.entity_id, e.name, count(DISTINCT article_id) AS articles
FROM mentions AS m JOIN entities AS e USING (entity_id)
WHERE article_id IN (SELECT unnest($ids)) GROUP BY ALL ORDER BY articles DESC, name LIMIT 20
"""
# Outlets that published something in the days of the story, and no article of it.
WITHOUT_IT = """
SELECT site, count(*) AS articles FROM articles
WHERE published_on BETWEEN $first AND $last AND site IS NOT NULL
    AND site NOT IN (SELECT site FROM articles WHERE story_id = $id AND site IS NOT NULL)
GROUP BY site ORDER BY articles DESC, site LIMIT 12
"""
