"""What the overview asks of the warehouse. Shares are of articles, from 0 to 1."""

from flows.reports.queries.story import HEADLINE

NIGHTS = 30
WEEKS = 7

# The last runs with what their checks found; the newest first.
RUNS = f"""
SELECT r.* EXCLUDE (versions), coalesce(e.checks, 0) AS checks, coalesce(e.failed, 0) AS failed,
    coalesce(e.critical, 0) AS critical
FROM (FROM runs ORDER BY started_at DESC, run_id DESC LIMIT {NIGHTS}) AS r LEFT JOIN (
    SELECT run_id, count(*) AS checks, count(*) FILTER (WHERE NOT success) AS failed,
        count(*) FILTER (WHERE NOT success AND severity = 'critical') AS critical
    FROM expectation_results GROUP BY run_id
) AS e USING (run_id) ORDER BY started_at DESC, run_id DESC
"""
TOTALS = """
SELECT count(*) AS articles, count(DISTINCT site) AS sites, count(DISTINCT language) AS languages,
    (SELECT count(*) FROM stories) AS stories,
    (SELECT count(*) FROM quotes WHERE kind = 'statement') AS quotes,
    (SELECT count(speaker) FROM quotes WHERE kind = 'statement') AS attributed,
    (SELECT count(*) FROM quantities) AS figures,
    (SELECT count(*) FROM quarantine WHERE resolved_at IS NULL) AS quarantined,
    1 - avg(kept_share) AS removed_share
FROM articles
"""
SHARES = """count(title) / count(*) AS title, count(published_on) / count(*) AS date,
    count(author) / count(*) AS author, avg(CAST(coalesce(language, 'und') <> 'und' AS INT)) AS language,
    avg(CAST(NOT is_truncated AS INT)) AS whole"""
COMPLETENESS = f"SELECT {SHARES} FROM articles HAVING count(*) > 0"
# The same by the week of the run that first loaded the article: the last weeks, the newest last.
TREND = f"""
FROM (
    SELECT date_trunc('week', strptime(left(d.first_run_id, 8), '%Y%m%d')) AS week, {SHARES}
    FROM articles AS a JOIN documents AS d ON d.document_id = a.article_id
    WHERE d.first_run_id >= (
        SELECT strftime(strptime(left(max(first_run_id), 8), '%Y%m%d') - INTERVAL {7 * WEEKS} DAY,
            '%Y%m%d') FROM documents)
    GROUP BY week ORDER BY week DESC LIMIT {WEEKS}
) ORDER BY week
"""
# What each site brought in each of the last runs that loaded; the largest first, '' for no address last.
SITES_BY_NIGHTS = f"""
WITH nights AS (
    SELECT run_id, started_at, row_number() OVER (ORDER BY started_at DESC, run_id DESC) AS age
    FROM runs WHERE flow = 'ingest' AND status = 'completed' QUALIFY age <= {NIGHTS}
), brought AS (
    SELECT site, age, articles, started_at FROM run_sites JOIN nights USING (run_id)
)
SELECT site, sum(articles)::BIGINT AS articles, list({{'age': age, 'articles': articles}}) AS nights,
    min(age) AS silent_for, max(started_at) AS last_came_at
FROM brought GROUP BY site ORDER BY site = '', sum(articles) DESC, site
"""
LAST_LOADED = """
SELECT max(started_at) AS at FROM runs WHERE flow = 'ingest' AND status = 'completed'
"""
STORIES = f"""
WITH newest AS MATERIALIZED (
    FROM stories ORDER BY last_published_on DESC NULLS LAST, site_count DESC, story_id LIMIT 5
)
SELECT n.*, t.title FROM newest AS n LEFT JOIN (
    SELECT story_id, {HEADLINE} AS title FROM articles
    WHERE story_id IN (SELECT story_id FROM newest) GROUP BY story_id
) AS t USING (story_id) ORDER BY last_published_on DESC NULLS LAST, site_count DESC, story_id
"""
REMOVED = """
SELECT role, sum(end_char - start_char)::BIGINT AS characters FROM segments
WHERE NOT is_kept GROUP BY role ORDER BY characters DESC, role
"""
FAILED = """
SELECT suite, expectation, column_name, severity, observed, element_count, unexpected_count, sample
FROM expectation_results WHERE NOT success AND run_id = $run_id
ORDER BY severity, suite = 'history' DESC, suite, expectation
"""
REFUSED = """
SELECT reason, count(*) AS captures FROM quarantine
WHERE run_id = $run_id AND resolved_at IS NULL GROUP BY reason ORDER BY captures DESC, reason
"""
