"""What the page of a document asks of the warehouse."""

from flows.reports.queries.choices import Choices

FIND = """
SELECT document_id FROM documents
WHERE document_id >= $start AND document_id < $start || 'g' ORDER BY document_id LIMIT 2
"""
# Each for several documents at once: `of` names the one that a row belongs to.
OF_DOCUMENTS = {
    "row": """
        SELECT d.document_id AS of, d.* EXCLUDE (text), d.text AS captured, a.* EXCLUDE (site, url, text)
        FROM documents AS d JOIN articles AS a ON a.article_id = d.document_id
        WHERE d.document_id IN (SELECT unnest($ids))""",
    "lines": """
        SELECT document_id AS of, position, role, is_kept, rule, score, start_char, end_char
        FROM segments WHERE document_id IN (SELECT unnest($ids)) AND role <> 'blank'
        ORDER BY of, position""",
    "paragraphs": """
        SELECT article_id AS of, kind, text, start_char, end_char FROM paragraphs
        WHERE article_id IN (SELECT unnest($ids)) ORDER BY of, position""",
    "quotes": """
        SELECT q.article_id AS of, q.*, e.name AS entity_name, r.name AS relayed_name
        FROM quotes AS q LEFT JOIN entities AS e USING (entity_id)
        LEFT JOIN entities AS r ON r.entity_id = q.relayed_by_entity_id
        WHERE article_id IN (SELECT unnest($ids)) ORDER BY of, position""",
    "quantities": """
        SELECT q.article_id AS of, q.*, e.name AS entity_name
        FROM quantities AS q LEFT JOIN entities AS e USING (entity_id)
        WHERE article_id IN (SELECT unnest($ids)) ORDER BY of, position""",
    "mentions": """
        SELECT m.article_id AS of, m.*, e.name, e.kind, e.aliases, e.is_candidate, e.wikidata_id
        FROM mentions AS m JOIN entities AS e USING (entity_id)
        WHERE article_id IN (SELECT unnest($ids)) ORDER BY of, position""",
    "repairs": """
        SELECT document_id AS of, reason, count(*) AS n FROM repairs
        WHERE document_id IN (SELECT unnest($ids)) GROUP BY ALL ORDER BY of, n DESC, reason""",
    "corrections": """
        SELECT document_id AS of, kind, value, made_by, made_on, reason, is_applied, detail
        FROM document_corrections WHERE document_id IN (SELECT unnest($ids)) ORDER BY of, position""",
    "captures": """
        SELECT document_id AS of, source_uri, url, captured_at FROM captures
        WHERE document_id IN (SELECT unnest($ids)) ORDER BY of, captured_at NULLS LAST, source_uri""",
    # Other documents of the same address: versions of the page over time.
    "versions": """
        SELECT d.document_id AS of, o.document_id AS article_id, o.captured_at, o.first_run_id, a.title,
            a.language, a.word_count, a.text
        FROM (SELECT document_id, url FROM documents WHERE document_id IN (SELECT unnest($ids))) AS d
        JOIN documents AS o ON o.url = d.url AND o.document_id <> d.document_id
        JOIN articles AS a ON a.article_id = o.document_id
        ORDER BY of, o.captured_at NULLS LAST, o.first_run_id, o.document_id""",
    "story": """
        SELECT a.article_id AS of, s.* FROM stories AS s JOIN articles AS a USING (story_id)
        WHERE a.article_id IN (SELECT unnest($ids))""",
}
USUAL = """
SELECT quantile_cont(kept_share, 0.25) AS low, quantile_cont(kept_share, 0.75) AS high, count(*) AS n
FROM articles WHERE site = $site
"""
PER_PAGE = 100
WITHOUT = {
    "title": "title IS NULL",
    "date": "published_on IS NULL",
    "author": "author IS NULL",
    "language": "coalesce(language, 'und') = 'und'",
    "whole": "is_truncated",
}
# A day is written as far as it is known: 2014, 2014-05 or 2014-05-28.
DAY = "CAST(a.published_on AS VARCHAR)"
SELECTED = Choices(
    filters={
        "site": "contains(a.site, lower($site))",
        "language": "coalesce(a.language, 'und') = $language",
        "words": "contains(lower(a.title), lower($words))",
        "since": f"{DAY} >= $since",
        "until": f"left({DAY}, length($until)) <= $until",
    },
    fixed={"lacks": WITHOUT},
    orders={
        "loaded": ("first_run_id DESC, article_id", "loaded last"),
        "newest": ("published_on DESC NULLS LAST, article_id", "newest"),
        "oldest": ("published_on NULLS LAST, article_id", "oldest"),
        "title": ("title NULLS LAST, article_id", "title"),
        "site": ("a.site NULLS LAST, published_on DESC NULLS LAST, article_id", "site"),
        "longest": ("word_count DESC, article_id", "longest"),
        "least-kept": ("kept_share, article_id", "least kept"),
    },
)
LANGUAGES = """
SELECT coalesce(language, 'und') AS language FROM articles GROUP BY 1 ORDER BY count(*) DESC, 1
"""
# Articles as they are asked for, by SELECTED.
LISTED = """
SELECT article_id, title, a.site, a.language, published_on, published_precision, word_count, kept_share,
    author, first_run_id
FROM articles AS a JOIN documents AS d ON d.document_id = a.article_id
WHERE {where} ORDER BY {order} LIMIT $limit OFFSET $offset
"""
COUNTED = "SELECT count(*) AS n FROM articles AS a WHERE {where}"
