-- Which figures do articles give for the same thing, and where do they disagree?
-- The same thing: an entity, or in one story the same subject or counted noun; with one unit, one class of
-- verb and one year. In one story, a number of 20 or more without a subject takes that of an equal number of
-- one unit, and equal numbers from 1,000 on all have one. Other nouns without a subject ("some people") are
-- compared with figures of a like size.
-- Only what an address shows now is compared, not the versions that it has replaced.
-- A hedge counts: "more than 300 million" agrees with 355 million (`agree`).
CREATE OR REPLACE VIEW figures_side_by_side AS
WITH several AS (
    SELECT split_part(url, '#', 1) AS address FROM documents
    WHERE url IS NOT NULL GROUP BY address HAVING count(*) > 1
),
replaced AS (
    SELECT document_id FROM documents WHERE split_part(url, '#', 1) IN (FROM several)
    QUALIFY row_number() OVER (
        PARTITION BY split_part(url, '#', 1)
        ORDER BY captured_at DESC NULLS LAST, first_run_id DESC, document_id
    ) > 1
),
told AS (
    SELECT
        q.*,
        a.site,
        a.published_on,
        a.story_id,
        e.name,
        nullif(trim(regexp_replace(lower(q.subject),
            '^(the|an?|its?|der|die|das|ein|eine|les?|la|l[’'']|une?|el|los|las|il|lo|i|gli|os?|as?|de|het) ?', '')), '')
            AS subject_key,
        CASE WHEN q.verb_class IN ('have', 'be', 'reach', 'say') THEN 'state' ELSE q.verb_class END AS said,
        coalesce(q.year, year(a.published_on), year(s.first_published_on)) AS of_year
    FROM quantities AS q
    JOIN articles AS a USING (article_id)
    LEFT JOIN entities AS e USING (entity_id)
    LEFT JOIN stories AS s USING (story_id)
    WHERE q.unit_canonical IS NOT NULL AND q.article_id NOT IN (FROM replaced)
),
said_of AS (
    SELECT story_id, unit_canonical, value, max_by({entity: entity_id, name: name, subject: subject_key,
        said: coalesce(said, 'state')}, (entity_id IS NOT NULL, article_id)) AS of
    FROM told
    WHERE subject_key NOT SIMILAR TO '.*[0-9].*' AND value >= 20 AND rule LIKE 'counted_noun%'
    GROUP BY ALL
),
resolved AS (
    SELECT t.* REPLACE (
        if(s.of IS NULL, t.entity_id, s.of.entity) AS entity_id,
        if(s.of IS NULL, t.name, s.of.name) AS name,
        if(s.of IS NULL, t.subject_key, s.of.subject) AS subject_key,
        if(s.of IS NULL, t.said, s.of.said) AS said
    )
    FROM told AS t
    LEFT JOIN said_of AS s
        ON t.story_id = s.story_id AND t.unit_canonical = s.unit_canonical AND t.value = s.value
        AND (t.subject_key IS NULL OR t.value >= 1000)
),
things AS (
    SELECT
        *,
        CASE
            WHEN entity_id IS NOT NULL THEN coalesce(name, entity_id)
            WHEN story_id IS NOT NULL AND subject_key IS NOT NULL THEN subject_key
            WHEN story_id IS NOT NULL AND rule LIKE 'counted_noun%' THEN 'some ' || unit_canonical
        END AS thing,
        CASE WHEN entity_id IS NULL THEN story_id END AS only_in_story,
        coalesce(said, 'state') AS said_so,
        CASE WHEN entity_id IS NULL AND subject_key IS NULL
            THEN round(5 * log10(greatest(abs(value), 1e-9))) END AS of_size,
        CASE bound WHEN 'at_most' THEN '-infinity'::DOUBLE WHEN 'about' THEN value * 0.9 ELSE value END AS least,
        CASE bound
            WHEN 'at_least' THEN 'infinity'::DOUBLE
            WHEN 'about' THEN coalesce(value_high, value) * 1.1
            ELSE coalesce(value_high, value)
        END AS most
    FROM resolved
    WHERE NOT (entity_id IS NULL AND subject_key IS NULL
        AND unit_canonical IN ('years', 'months', 'weeks', 'days', 'hours', 'minutes', 'ones'))
),
counted AS (
    SELECT
        *,
        count(DISTINCT article_id) OVER w AS articles,
        count(*) OVER w AS told_times,
        round(max(coalesce(value_high, value)) OVER w / nullif(min(value) OVER w, 0), 2) AS highest_to_lowest,
        max(least) OVER w <= min(most) OVER w AS agree
    FROM things
    WHERE thing IS NOT NULL
    WINDOW w AS (PARTITION BY thing, only_in_story, unit_canonical, said_so, of_size, of_year)
)
SELECT
    thing,
    unit_canonical AS unit,
    of_year AS year,
    articles,
    told_times,
    highest_to_lowest,
    agree,
    value,
    hedge,
    verb,
    site,
    published_on,
    story_id,
    article_id,
    sentence
FROM counted
WHERE articles > 1
ORDER BY articles DESC, thing, unit, year, value, article_id;
