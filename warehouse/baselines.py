"""Compare the volume and quality of a run with the history of earlier runs.

A value is unusual if it is more than 3.5 spreads from the median of the earlier runs, the limit that
Iglewicz and Hoaglin recommend for their modified z-score (How to Detect and Handle Outliers, 1993). The
spread is the median absolute deviation times 1.4826, which estimates the standard deviation of a normal
distribution, but at least the deviation by chance: the square root of a count (Poisson), the binomial
deviation of a share (of at least 5 %), and for the mean kept share that of a uniform distribution (0.29
for one article). A value between the 5th and the 95th percentile is always usual, since sites publish
less at weekends.
"""

import duckdb

from warehouse.connection import attach
from warehouse.paths import Layout

RUNS = 28  # four weeks of daily runs, enough to include several weekends
FEWEST_RUNS = 8  # a week and a day; median and deviation of fewer runs are not reliable
FEWEST_ARTICLES = 5  # shares of fewer articles are not reliable
SPREADS = 3.5
MEASURES = ("volume", "kept_share", "untitled_share", "undated_share", "language_share")

# The statistics that a load stores for later runs: of new articles, not of those cleaned again.
REMEMBER = """
INSERT INTO run_sites BY NAME
    SELECT $run_id AS run_id, coalesce(site, '') AS site, count(*) AS articles,
        avg(kept_share) AS kept_share, avg(CAST(title IS NULL AS DOUBLE)) AS untitled_share,
        avg(CAST(published_on IS NULL AS DOUBLE)) AS undated_share
    FROM articles WHERE article_id IN (SELECT document_id FROM good WHERE first_run_id = $run_id)
    GROUP BY ALL ORDER BY site;
INSERT INTO run_languages BY NAME
    SELECT $run_id AS run_id, coalesce(language, 'und') AS language, count(*) AS articles
    FROM articles WHERE article_id IN (SELECT document_id FROM good WHERE first_run_id = $run_id)
    GROUP BY ALL ORDER BY language;
"""
# One row for each place (a site, all sites, a language) with enough data. A column is null if the
# measure is usual; otherwise it has a message with the numbers.
HISTORY = f"""
CREATE OR REPLACE TABLE history AS
WITH past AS (
    SELECT run_id, row_number() OVER (ORDER BY started_at DESC, run_id DESC) AS age FROM published.runs
    WHERE flow = 'ingest' AND status = 'completed' QUALIFY age <= {RUNS}
), fresh AS (
    SELECT * FROM staged_articles
    WHERE article_id NOT IN (SELECT document_id FROM published.documents)
), sites AS (
    SELECT age, site, articles, kept_share, untitled_share, undated_share
    FROM published.run_sites JOIN past USING (run_id)
    UNION ALL
    SELECT 0, coalesce(site, ''), count(*), avg(kept_share), avg(CAST(title IS NULL AS DOUBLE)),
        avg(CAST(published_on IS NULL AS DOUBLE))
    FROM fresh GROUP BY ALL
), places AS (
    SELECT age, if(site = '', 'without an address', site) AS place, * EXCLUDE (age, site) FROM sites
    UNION ALL
    SELECT age, 'all sites', sum(articles), sum(kept_share * articles) / sum(articles),
        sum(untitled_share * articles) / sum(articles), sum(undated_share * articles) / sum(articles)
    FROM sites GROUP BY age
), languages AS (
    SELECT age, language, articles FROM published.run_languages JOIN past USING (run_id)
    UNION ALL SELECT 0, coalesce(language, 'und'), count(*) FROM fresh GROUP BY ALL
), totals AS (
    SELECT age, sum(articles) AS total FROM languages GROUP BY age
    HAVING sum(articles) >= {FEWEST_ARTICLES}
), measured AS (
    SELECT a.age, 'volume' AS measure, p.place, coalesce(q.articles, 0.0) AS value, NULL AS articles
    FROM (SELECT age FROM past UNION ALL SELECT 0) AS a
    CROSS JOIN (SELECT DISTINCT place FROM places) AS p LEFT JOIN places AS q USING (age, place)
    UNION ALL
    SELECT age, measure, place, value, articles FROM places
    UNPIVOT (value FOR measure IN (kept_share, untitled_share, undated_share))
    WHERE articles >= {FEWEST_ARTICLES}
    UNION ALL
    SELECT a.age, 'language_share', l.language, coalesce(k.articles, 0) / a.total, a.total
    FROM totals AS a CROSS JOIN (SELECT DISTINCT language FROM languages) AS l
    LEFT JOIN languages AS k ON k.age = a.age AND k.language = l.language
), typical AS (
    SELECT measure, place, count(*) AS runs, median(value) AS usual, 1.4826 * mad(value) AS deviation,
        quantile_cont(value, 0.05) AS low, quantile_cont(value, 0.95) AS high
    FROM measured WHERE age > 0 GROUP BY measure, place
    HAVING count(*) >= {FEWEST_RUNS} AND (measure <> 'volume' OR usual > 0)
), judged AS (
    SELECT *, {SPREADS} * greatest(deviation, CASE measure
        WHEN 'volume' THEN sqrt(usual)
        WHEN 'kept_share' THEN 0.29 / sqrt(articles)
        ELSE sqrt(greatest(usual * (1 - usual), 0.05) / articles)
    END) AS reach
    FROM measured JOIN typical USING (measure, place) WHERE age = 0
), told AS (
    SELECT measure, place, CASE
        WHEN value BETWEEN least(low, usual - reach) AND greatest(high, usual + reach) THEN NULL
        WHEN measure = 'volume'
        THEN format('{{:s}}: {{:.0f}} articles, usually about {{:.0f}} (of {{:d}} runs)', place, value,
            usual, runs)
        ELSE format('{{:s}}: {{:.1f}} %, usually about {{:.1f}} % (of {{:d}} runs)', place, 100 * value,
            100 * usual, runs)
    END AS told
    FROM judged
)
SELECT place, {{columns}} FROM told GROUP BY place ORDER BY place
"""


def create_history(db: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Create the table `history` next to the staged views, from the warehouse's copy for the load."""
    columns = ", ".join(f"max(told) FILTER (measure = '{name}') AS {name}" for name in MEASURES)
    attach(db, layout.next_database, "published")
    try:
        db.execute(HISTORY.replace("{columns}", columns))
    finally:
        db.execute("DETACH published")
