"""Expectations about whole documents and whole batches, beyond the contracts of the columns.

A document that fails is refused, a fact that fails is left out, and the rest is loaded; a batch that
fails a critical expectation is not loaded at all. The comments give the reasons for the bounds.
"""

import great_expectations as gx
import great_expectations.expectations as gxe

from expectations.contract import unexpected_rows
from warehouse.schema.invariants import OF_DOCUMENTS
from warehouse.schema.vocabulary import Severity

# Expectations that depend on the day of the load, besides those that must always hold. Each has a name,
# the query of the documents that fail, and the reason.
ON_THE_DAY: dict[str, tuple[tuple[str, str, str], ...]] = {
    "articles": (
        (
            "publication_is_not_in_the_future",
            "SELECT article_id FROM staged_articles WHERE published_on > current_date + 1",
            "a later date belongs to something else; one day allows for time zones",
        ),
        (
            "publication_is_not_after_capture",
            """SELECT article_id FROM staged_articles JOIN staged_documents ON document_id = article_id
                WHERE published_on > CAST(captured_at AS DATE) + 1""",
            "a page cannot be captured before it was published",
        ),
    ),
}

FEWEST_FOR_SHARES = 20
# Column of batch_facts, name, severity, minimum, maximum, and the message for a failure.
ARTICLE_RULES: tuple[tuple[str, str, Severity, float | None, float | None, str], ...] = (
    # Below 2 % the cleaner removes articles: even long forum pages keep more.
    (
        *("mean_kept_share", "too_little_is_kept", "critical", 0.02, None),
        "articles keep {observed:.1%} of their text on average; less than 2 % means they are lost",
    ),
    # Above 99.5 % menus are not removed, or the input was already cleaned.
    (
        *("mean_kept_share", "too_much_is_kept", "warning", None, 0.995),
        "articles keep {observed:.1%} of their text on average; above 99.5% nothing is removed",
    ),
    # Text captures often have no title; if most have none, the headline rule fails.
    (
        *("untitled_share", "titles_are_missing", "warning", 0, 0.5),
        "{observed:.0%} of the articles have no title; the limit is 50%",
    ),
    # One in ten is short or mixed; if there are more, detection or decoding fails.
    (
        *("unsure_language_share", "languages_are_unsure", "warning", 0, 0.1),
        "the language of {observed:.0%} of the articles is uncertain; the limit is 10%",
    ),
    # Paywalls cut off articles; if a third are cut off, the captures are incomplete.
    (
        *("truncated_share", "articles_break_off", "warning", 0, 0.33),
        "{observed:.0%} of the articles break off before their end; the limit is 33%",
    ),
    # Mojibake that could not be repaired, and bytes that could not be read.
    (
        *("damaged_share", "texts_are_damaged", "warning", 0, 0.05),
        "{observed:.0%} of the articles contain unreadable characters; the limit is 5%",
    ),
)


def document_rules(table: str, key: str) -> list[gxe.Expectation]:
    """Return the rules of a table.

    A failure refuses the document in the column `key`; a rule about rows has a key of its own, and its
    rows are left out.
    """
    invariants = [
        (rule.name, rule.select_broken("staged_"), rule.reason, rule.key or key)
        for rule in OF_DOCUMENTS
        if rule.table == table
    ]
    on_the_day = [(*rule, key) for rule in ON_THE_DAY.get(table, ())]
    return [
        unexpected_rows(name, f"({ids}) IN ({broken})", reason, f"({ids}) NOT IN ({broken})", shown=ids)
        for name, broken, reason, ids in (*invariants, *on_the_day)
    ]


def batch_suite(cleaned: int, articles: int) -> gx.ExpectationSuite:
    """Return the expectation suite of a whole batch, which checks its single row of `batch_facts`.

    `cleaned` is the number of captures, `articles` of their articles. Shares of fewer than 20 captures
    are not checked, since a few captures can all be without an article.
    """
    rules: list[gxe.Expectation] = []
    if cleaned:
        # In crawls, 10 to 25 % of the captures are error pages and link lists. If more than half of a
        # batch has no article, the cleaner is broken or the input is wrong.
        words = f"{{observed:.0%}} of {cleaned:,} captures contain no article; the limit is 50%"
        severity: Severity = "critical" if cleaned >= FEWEST_FOR_SHARES else "warning"
        rules.append(_between("refused_share", "too_much_is_refused", severity, 0, 0.5, words))
        # What a person decided is never dropped in silence.
        words = "corrections that no longer apply: {observed}; `winnow corrections check` lists them"
        rules.append(_between("lost_corrections", "corrections_apply", "warning", 0, 0, words))
    if articles >= FEWEST_FOR_SHARES:
        rules += [_between(*rule) for rule in ARTICLE_RULES]
    return gx.ExpectationSuite(name="batch", expectations=rules)


# Earlier runs define the usual values; warehouse/baselines.py has the thresholds and their source.
HISTORY_RULES = {
    "volume": "if a site sends far more or fewer pages, the site or its crawl has changed",
    "kept_share": "after a change of layout, boilerplate may be kept or articles removed",
    "untitled_share": "if many titles are suddenly missing, the markup of the pages has changed",
    "undated_share": "if many dates are suddenly missing, the markup of the pages has changed",
    "language_share": "an unusual language means different pages or an error in its detection",
}


def history_suite() -> gx.ExpectationSuite:
    """Return the suite that compares a run with earlier ones; its failures are only warnings."""
    rules = [
        gxe.ExpectColumnValuesToBeNull(
            column=measure,
            severity="warning",
            description=reason,
            meta={"name": f"{measure}_is_usual", "condition": None, "column": measure},
        )
        for measure, reason in HISTORY_RULES.items()
    ]
    return gx.ExpectationSuite(name="history", expectations=rules)


def _between(
    column: str, name: str, severity: Severity, least: float | None, most: float | None, words: str
) -> gxe.Expectation:
    return gxe.ExpectColumnValuesToBeBetween(
        column=column,
        min_value=least,
        max_value=most,
        severity=severity,
        meta={"name": name, "condition": None, "column": column, "words": words},
    )
