"""Rules: what each removed, kept or found, with examples and what an update changed."""

from collections import Counter

from flows.reports.pages.site import Page, Site, find_name
from flows.reports.queries import rules as ask
from flows.reports.rules import say_rule


def list_all(site: Site, _part: int) -> Page:
    """Return the page of all rules, those that removed most characters first."""
    rows = [row | {"sentence": say_rule(row["rule"])} for row in site.rows(ask.LISTED)]
    found = [row | {"sentence": say_rule(row["rule"])} for row in site.rows(ask.FACT_RULES)]
    total = sum(row["removed"] for row in rows) or 1
    totals = Counter[str]()
    for row in found:
        totals[row["found"]] += row["n"]
    return Page("rules.html", {"rows": rows, "found": found, "total": total, "totals": totals})


def show(site: Site, key: str, _part: int) -> Page | None:
    """Return the page of a rule by the slug of its name."""
    rule = find_name(site, ask.NAMES, key)
    roles = site.rows(ask.ROLES, rule=rule)
    facts = [row for query in ask.FACTS.values() for row in site.rows(query, rule=rule)]
    if not roles and not facts:
        return None
    context = {
        "rule": rule,
        "sentence": say_rule(rule),
        "roles": roles,
        "segments": sum(row["segments"] for row in roles),
        "versions": site.rows(ask.VERSIONS, rule=rule) if roles else [],
        "examples": site.rows(ask.EXAMPLES, rule=rule) if roles else [],
        "facts": facts,
    }
    return Page("rule.html", context)
