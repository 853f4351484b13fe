"""What the pages of stories ask of the warehouse."""

PER_PAGE = 100
LISTED = """
SELECT s.*, t.title, t.languages FROM (
    FROM stories ORDER BY last_published_on DESC NULLS LAST, story_id LIMIT $limit OFFSET $offset
) AS s LEFT JOIN (
    SELECT story_id,
        arg_min(title, coalesce(published_on, DATE '9999-01-01')) FILTER (title IS NOT NULL) AS title,
        list(DISTINCT language ORDER BY language) AS languages
    FROM articles WHERE story_id IS NOT NULL GROUP BY story_id
) AS t USING (story_id) ORDER BY s.last_published_on DESC NULLS LAST, s.story_id
"""
COUNTED = "SELECT count(*) AS n FROM stories"
STORY = "SELECT * FROM stories WHERE story_id = $id"
ARTICLES = """
SELECT article_id, title, site, language, published_on, published_precision, word_count
FROM articles WHERE story_id = $id ORDER BY published_on NULLS LAST, article_id LIMIT 500
"""
LINKS = """
SELECT article_id, other_article_id, similarity, evidence FROM story_links
WHERE article_id IN (SELECT unnest($ids)) ORDER BY similarity DESC, article_id, other_article_id
"""
FIGURES = """
SELECT q.article_id, q.position, q.text, q.value, q.value_high, q.unit, q.unit_canonical, q.counted,
    q.subject, q.verb, q.bound, q.sentence, q.entity_id, e.name AS entity_name
FROM quantities AS q LEFT JOIN entities AS e USING (entity_id)
WHERE article_id IN (SELECT unnest($ids)) AND q.unit IS NOT NULL ORDER BY value, article_id, position
"""
# The same for the newest stories at once; the first figures of a very large one.
FIGURES_OF = """
SELECT a.story_id, a.site, q.article_id, q.position, q.text, q.value, q.unit, q.unit_canonical,
    q.subject, q.bound, q.sentence, e.name AS entity_name
FROM quantities AS q JOIN articles AS a USING (article_id) LEFT JOIN entities AS e USING (entity_id)
WHERE a.story_id IN (SELECT unnest($ids)) AND q.unit IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY a.story_id ORDER BY a.published_on, article_id, position) <= 500
ORDER BY value, article_id, position
"""
QUOTES = """
SELECT article_id, position, text, speaker, entity_id, relayed_by, kind FROM quotes
WHERE article_id IN (SELECT unnest($ids)) ORDER BY article_id, position
"""
NAMES = """
SELECT m.entity_id, e.name, count(DISTINCT article_id) AS articles
FROM mentions AS m JOIN entities AS e USING (entity_id)
WHERE article_id IN (SELECT unnest($ids)) GROUP BY ALL ORDER BY articles DESC, name LIMIT 20
"""
# Outlets that published in these weeks and carry no article of the story.
SILENT = """
SELECT site, count(*) AS articles FROM articles
WHERE published_on BETWEEN $first::DATE - 7 AND $last::DATE + 7 AND site IS NOT NULL
    AND site NOT IN (SELECT site FROM articles WHERE story_id = $id AND site IS NOT NULL)
GROUP BY site ORDER BY articles DESC, site LIMIT 12
"""
