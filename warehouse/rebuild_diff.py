"""What a rebuild changes: the articles of the copy beside those of the published file."""

from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.connection import attach, connect
from warehouse.paths import Layout
from warehouse.renamed_rules import current_rule

# A change of rules or model that is meant touches a part of the articles and loses hardly any. Beyond
# these somebody should look before readers see it.
MOST_LOST, MOST_CHANGED = 0.01, 0.25
LISTED = 20

# How many characters more each rule removes now from each document.
MOVED = f"""
CREATE OR REPLACE TEMP TABLE moved AS
SELECT document_id, rule, CAST(sum(sign * (end_char - start_char)) AS BIGINT) AS characters FROM (
    SELECT document_id, {current_rule("segments")} AS rule, start_char, end_char, -1 AS sign
    FROM published.segments WHERE NOT is_kept
    UNION ALL SELECT document_id, rule, start_char, end_char, 1 FROM segments WHERE NOT is_kept
) GROUP BY document_id, rule HAVING characters <> 0
"""
# Each article with what became of it, by how many words, and the rule that had most to do with it.
COMPARE = """
WITH both_sides AS (
    SELECT coalesce(o.article_id, n.article_id) AS article_id, o.text AS old, n.text AS new,
        coalesce(n.title, o.title) AS title
    FROM published.articles AS o FULL JOIN articles AS n USING (article_id)
), decisive AS (
    SELECT document_id AS article_id, max_by(rule, (abs(characters), rule)) AS rule
    FROM moved GROUP BY document_id
)
SELECT article_id, title,
    CASE WHEN new IS NULL THEN 'lost' WHEN old IS NULL THEN 'gained'
        WHEN old = new THEN 'same' ELSE 'changed' END AS change,
    coalesce(len(string_split(new, ' ')), 0) - coalesce(len(string_split(old, ' ')), 0) AS words,
    CASE WHEN old <> new THEN rule END AS rule
FROM both_sides LEFT JOIN decisive USING (article_id) ORDER BY abs(words) DESC, article_id
"""
RULES = """
FROM (SELECT rule, CAST(sum(characters) AS BIGINT) AS total FROM moved GROUP BY rule)
WHERE total <> 0 ORDER BY abs(total) DESC, rule
"""


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article that is not as before: lost, gained or changed, by how many words, and by which rule.

    The rule is the one that removes most more or less of it now; none where the title or the spaces
    changed, or the article is there on one side only.
    """

    article_id: str
    title: str | None
    change: str
    words: int
    rule: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the articles, and how many characters more each rule removes."""

    before: int
    lost: int
    gained: int
    changed: int
    articles: tuple[ChangedArticle, ...]
    removed_by_rule: tuple[tuple[str, int], ...]

    def beyond_bounds(self) -> Iterator[str]:
        """Yield what changed more than a rebuild may change unseen."""
        for name, count, most in (
            ("lost", self.lost, MOST_LOST),
            ("changed", self.changed, MOST_CHANGED),
        ):
            if self.before and count > most * self.before:
                share = count / self.before
                yield f"{count:,} of {self.before:,} articles {name}: {share:.1%}, at most {most:.0%}"


def compare_published(layout: Layout) -> Changes:
    """Compare the copy with the published file; all is gained if there is none."""
    with connect(layout.spill) as db:
        attach(db, layout.next_database, "next")
        db.execute("USE next")
        if not layout.database.exists():
            gained = db.execute("SELECT count(*) FROM articles").fetchall()[0][0]
            return Changes(0, 0, gained, 0, (), ())
        attach(db, layout.database, "published")
        db.execute(MOVED)
        rows = [ChangedArticle(*row) for row in db.execute(COMPARE).fetchall()]
        rules = tuple((row[0], row[1]) for row in db.execute(RULES).fetchall())
    count = {kind: sum(row.change == kind for row in rows) for kind in ("lost", "gained", "changed")}
    touched = tuple(row for row in rows if row.change != "same")[:LISTED]
    before = len(rows) - count["gained"]
    return Changes(before, count["lost"], count["gained"], count["changed"], touched, rules)
