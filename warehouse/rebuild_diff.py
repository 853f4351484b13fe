"""Compare the articles of a rebuild with those of the published warehouse."""

from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.connection import attach, connect
from warehouse.paths import Layout
from warehouse.renamed_rules import current_rule

# An intended change of rules or model affects a part of the articles and loses hardly any. Above these
# limits somebody should check the result before it is published.
MOST_LOST, MOST_CHANGED = 0.01, 0.25
LISTED = 20

# Change in the number of characters that each rule removes from each document.
MOVED = f"""
CREATE OR REPLACE TEMP TABLE moved AS
SELECT document_id, rule, CAST(sum(sign * (end_char - start_char)) AS BIGINT) AS characters FROM (
    SELECT document_id, {current_rule("segments")} AS rule, start_char, end_char, -1 AS sign
    FROM published.segments WHERE NOT is_kept
    UNION ALL SELECT document_id, rule, start_char, end_char, 1 FROM segments WHERE NOT is_kept
) GROUP BY document_id, rule HAVING characters <> 0
"""
# Each article with its change, the change in words, and the rule with the largest effect.
COMPARE = """
WITH both_sides AS (
    SELECT coalesce(o.article_id, n.article_id) AS article_id, o.text AS old, n.text AS new,
        coalesce(n.title, o.title) AS title,
        (o.title, o.author, o.published_on, o.site, o.language)
            IS DISTINCT FROM (n.title, n.author, n.published_on, n.site, n.language) AS is_described_anew
    FROM published.articles AS o FULL JOIN articles AS n USING (article_id)
), decisive AS (
    SELECT document_id AS article_id, max_by(rule, (abs(characters), rule)) AS rule
    FROM moved GROUP BY document_id
)
SELECT article_id, title,
    CASE WHEN new IS NULL THEN 'lost' WHEN old IS NULL THEN 'gained'
        WHEN old = new AND NOT is_described_anew THEN 'same' ELSE 'changed' END AS change,
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
    """An article that is lost, gained or changed, with the change in words and the rule.

    An article is changed if its text, title, author, date of publication, site or language is. The rule
    is the one whose removed characters changed most; it is None if the text is as it was, or but for
    spaces, or if the article is lost or gained.
    """

    article_id: str
    title: str | None
    change: str
    words: int
    rule: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of articles, and the change in characters that each rule removes."""

    before: int
    lost: int
    gained: int
    changed: int
    articles: tuple[ChangedArticle, ...]
    removed_by_rule: tuple[tuple[str, int], ...]

    def beyond_bounds(self) -> Iterator[str]:
        """Yield a message for each change that is above its limit."""
        for name, count, most in (
            ("lost", self.lost, MOST_LOST),
            ("changed", self.changed, MOST_CHANGED),
        ):
            if self.before and count > most * self.before:
                share = count / self.before
                yield f"{share:.1%} of {self.before:,} articles {name}; the limit is {most:.0%}"


def compare_published(layout: Layout) -> Changes:
    """Compare the copy with the published file; all articles are gained if there is none."""
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
