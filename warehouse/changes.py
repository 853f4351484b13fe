"""What a rebuild changes: the articles of the copy beside those of the published file."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from warehouse.layout import Layout

# A change of rules or model that is meant touches a part of the articles and loses hardly any. Beyond
# these somebody should look before readers see it.
MOST_LOST, MOST_CHANGED = 0.01, 0.25
LISTED = 20

# Words that stand in one text and not in the other, counted with their repeats, beside all words.
COMPARE = """
WITH both_sides AS (
    SELECT coalesce(o.article_id, n.article_id) AS article_id, o.text AS old, n.text AS new,
        coalesce(n.title, o.title) AS title
    FROM published.articles AS o FULL JOIN articles AS n USING (article_id)
)
SELECT article_id, title,
    CASE WHEN new IS NULL THEN 'lost' WHEN old IS NULL THEN 'gained'
        WHEN old = new THEN 'same' ELSE 'changed' END AS change,
    coalesce(len(string_split(new, ' ')), 0) - coalesce(len(string_split(old, ' ')), 0) AS words
FROM both_sides ORDER BY abs(words) DESC, article_id
"""
RULES = """
WITH kept AS (
    SELECT rule, sum(sign * (end_char - start_char)) AS characters FROM (
        SELECT rule, start_char, end_char, -1 AS sign FROM published.segments WHERE NOT is_kept
        UNION ALL SELECT rule, start_char, end_char, 1 FROM segments WHERE NOT is_kept
    ) GROUP BY rule
)
SELECT rule, CAST(characters AS BIGINT) FROM kept WHERE characters <> 0 ORDER BY abs(characters) DESC
"""


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article that is not as before: lost, gained or changed, and by how many words."""

    article_id: str
    title: str | None
    change: str
    words: int


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
    with duckdb.connect(str(layout.next_database), read_only=True) as db:
        if not layout.database.exists():
            gained = db.execute("SELECT count(*) FROM articles").fetchall()[0][0]
            return Changes(0, 0, gained, 0, (), ())
        path = str(layout.database).replace("'", "''")
        db.execute(f"ATTACH '{path}' AS published (READ_ONLY)")
        rows = [ChangedArticle(*row) for row in db.execute(COMPARE).fetchall()]
        rules = tuple((row[0], row[1]) for row in db.execute(RULES).fetchall())
    count = {kind: sum(row.change == kind for row in rows) for kind in ("lost", "gained", "changed")}
    touched = tuple(row for row in rows if row.change != "same")[:LISTED]
    before = len(rows) - count["gained"]
    return Changes(before, count["lost"], count["gained"], count["changed"], touched, rules)
