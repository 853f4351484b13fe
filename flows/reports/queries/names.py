"""What the pages of names ask of the warehouse."""

PER_PAGE = 200
# Quotes of a name: by its entity, or by its words where no entity of the speaker is known.
QUOTED = "(entity_id = $id OR (entity_id IS NULL AND speaker = $name))"
# The articles of a name: those that mention it or quote it.
OF_NAME = f"""
SELECT article_id FROM mentions WHERE entity_id = $id
UNION SELECT article_id FROM quotes WHERE {QUOTED}
"""
# Entities, and speakers who are no entity: both by their articles.
# Numbers and hashes of 64 bits are counted in half the time of ids; two articles never share one.
LISTED = """
WITH known AS MATERIALIZED (
    SELECT row_number() OVER ()::UBIGINT AS who, * FROM entities
), said AS (
    SELECT coalesce(k.who, n.who, hash(q.speaker)) AS who, q.speaker, hash(q.article_id) AS article
    FROM quotes AS q LEFT JOIN known AS k ON k.entity_id = q.entity_id
    LEFT JOIN known AS n ON n.name = CASE WHEN q.entity_id IS NULL THEN q.speaker END
    WHERE q.speaker IS NOT NULL
), told AS (
    SELECT who, hash(article_id) AS article, 1 AS mentions, 0 AS quotes
    FROM mentions JOIN known USING (entity_id)
    UNION ALL SELECT who, article, 0, 1 FROM said
), counted AS (
    SELECT who, count(DISTINCT article) AS articles, nullif(sum(mentions), 0)::BIGINT AS mentions,
        sum(quotes)::BIGINT AS quotes
    FROM told GROUP BY who
), unknown AS (
    SELECT DISTINCT who, speaker FROM said WHERE who NOT IN (SELECT who FROM known)
)
SELECT k.entity_id, coalesce(k.name, u.speaker) AS name, k.kind, k.is_candidate, k.aliases, c.mentions,
    c.articles, c.quotes
FROM counted AS c LEFT JOIN known AS k USING (who) LEFT JOIN unknown AS u USING (who)
ORDER BY articles DESC, name
"""
NAME = "SELECT * FROM entities WHERE entity_id = $id"
SURFACES = """
SELECT surface FROM mentions WHERE entity_id = $id
GROUP BY surface ORDER BY count(*) DESC, surface LIMIT 30
"""
MONTHS = f"""
SELECT date_trunc('month', a.published_on)::DATE AS month, count(*) AS articles,
    count(DISTINCT a.site) AS sites
FROM articles AS a
WHERE article_id IN ({OF_NAME}) AND a.published_on IS NOT NULL
GROUP BY month ORDER BY month DESC LIMIT 24
"""
SITES = f"""
SELECT a.site, count(*) AS articles FROM articles AS a
WHERE article_id IN ({OF_NAME}) AND a.site IS NOT NULL
GROUP BY a.site ORDER BY articles DESC, a.site LIMIT 15
"""
COUNTED = f"""
SELECT (SELECT count(*) FROM ({OF_NAME})) AS articles,
    (SELECT count(*) FROM quotes WHERE {QUOTED}) AS quotes,
    (SELECT count(*) FROM quantities WHERE entity_id = $id) AS figures
"""
SAID = f"""
SELECT q.article_id, q.text, a.title, a.site, a.language, a.published_on, a.published_precision
FROM quotes AS q JOIN articles AS a USING (article_id)
WHERE {QUOTED}
ORDER BY a.published_on DESC NULLS LAST, q.article_id, q.position LIMIT 40
"""
FIGURES = """
SELECT q.article_id, q.text, q.sentence, a.title, a.site, a.language, a.published_on,
    a.published_precision
FROM quantities AS q JOIN articles AS a USING (article_id) WHERE q.entity_id = $id
ORDER BY a.published_on DESC NULLS LAST, q.article_id, q.position LIMIT 40
"""
WITH_IT = f"""
SELECT m.entity_id, e.name, count(DISTINCT m.article_id) AS articles
FROM mentions AS m JOIN entities AS e USING (entity_id)
WHERE m.article_id IN (FROM ({OF_NAME}) LIMIT 2000) AND m.entity_id <> $id
GROUP BY ALL ORDER BY articles DESC, e.name LIMIT 15
"""
