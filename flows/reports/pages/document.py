"""A document: the capture, line by line, beside the article with its facts."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from flows.reports.pages.marks import Rows, cut, facts_of, pair_lines, with_cards
from flows.reports.pages.parts import parts_of, place_of
from flows.reports.pages.selection import IN_ORDER, select
from flows.reports.pages.site import SHORT_ID, Page, Site
from flows.reports.queries import document as ask
from flows.reports.rules import say_rule
from flows.reports.words import DATA_ROLES

# A page stays under 300 KB: so much of it may be lines and text, in bytes.
LINE_BYTES, TEXT_BYTES, MARKUP = 110_000, 90_000, 380
FACTS_SHOWN = 150
CAPTURES_SHOWN, VERSIONS_SHOWN, CORRECTIONS_SHOWN = 50, 10, 30
LACKING = ("without-", "lacks", ask.WITHOUT)
IN_OTHER_ORDER = (IN_ORDER, "order", ask.SELECTED.orders)
FOLDED = 3  # so many removed lines in a row are shown as one


def list_all(site: Site, part: int) -> Page:
    """Return a page of the articles, the newest run first, or as they are asked for."""
    return _listed(site, {}, part)


def show(site: Site, key: str, part: int) -> Page | None:
    """Return the page of a document by the beginning of its id, or a list of articles.

    There are lists of those that lack a field, and of all of them in another order.
    """
    for prefix, name, known in (LACKING, IN_OTHER_ORDER):
        if key.startswith(prefix):
            value = key.removeprefix(prefix)
            return _listed(site, {name: value}, part) if value in known else None
    found = site.rows(ask.FIND, start=key) if len(key) >= SHORT_ID else []
    if len(found) != 1:
        return None
    document_id = found[0]["document_id"]
    return show_gathered(site, gather(site, [document_id])[document_id])


def _listed(site: Site, preset: dict[str, str], part: int) -> Page:
    chosen = select(site, "documents", ask.SELECTED, preset)
    total = site.rows(ask.COUNTED.format(where=chosen.where), **chosen.values)[0]["n"]
    query = ask.LISTED.format(where=chosen.where, order=chosen.order)
    place = place_of(part, ask.PER_PAGE)
    told = chosen.say(query.replace("$limit", str(ask.PER_PAGE)).replace("OFFSET $offset", ""))
    context = {
        "rows": site.rows(query, **place, **chosen.values),
        "total": total,
        "chosen": chosen,
        "preset": preset,
        "part": part,
        "sql": told,
    }
    return Page("documents.html", context, parts_of(total, ask.PER_PAGE))


def gather(site: Site, ids: Sequence[str]) -> dict[str, Rows]:
    """Return what the pages of some documents show, by document; one round of queries for all."""
    found: dict[str, Rows] = {one: {name: [] for name in ask.OF_DOCUMENTS} for one in ids}
    for name, query in ask.OF_DOCUMENTS.items():
        for row in site.rows(query, ids=list(ids)):
            found[row["of"]][name].append(row)
    return found


def show_gathered(site: Site, found: Rows) -> Page:
    """Return the page of a document from what was gathered for it."""
    (row,) = found["row"]
    lines, paragraphs = _with_text(found["lines"], row["captured"]), found["paragraphs"]
    shown = list(_within(lines, LINE_BYTES, MARKUP))
    texts = list(_within(paragraphs, TEXT_BYTES, 60))
    cards = with_cards(found)
    marks = facts_of(found, cards)
    names = _names(found["mentions"])
    context = {
        "row": row,
        "lines": list(_fold(_described(shown, pair_lines(lines, paragraphs)))),
        "unshown_lines": len(lines) - len(shown),
        "signs": Counter(map(_sign, lines)),
        "map": list(_map(lines)),
        "paragraphs": [
            one
            | {
                "pieces": list(cut(one["text"], one["start_char"], marks)),
                "cards": _within_span(cards, one),
            }
            for one in texts
        ],
        "unshown_paragraphs": len(paragraphs) - len(texts),
        "said": [q for q in found["quotes"] if q["kind"] == "statement"],
        "terms": [q for q in found["quotes"] if q["kind"] != "statement"],
        "figures": found["quantities"],
        "names": names,
        "times": {one["entity_id"]: one["times"] for one in names},
        "most": FACTS_SHOWN,
        "repairs": found["repairs"],
        "corrections": found["corrections"][:CORRECTIONS_SHOWN],
        "captures": found["captures"][:CAPTURES_SHOWN],
        "versions": [
            one | {"changes": _changes(one["text"], paragraphs)}
            for one in found["versions"][:VERSIONS_SHOWN]
        ],
        "story": next(iter(found["story"]), None),
        "usual": site.once(f"usual {row['site']}", lambda: site.row(ask.USUAL, site=row["site"])),
    }
    return Page("document.html", context)


def _with_text(lines: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return the pieces of a capture with their text; spans count code points in both."""
    return [line | {"text": text[line["start_char"] : line["end_char"]]} for line in lines]


def _within(rows: list[dict[str, Any]], most: int, markup: int) -> Iterator[dict[str, Any]]:
    """Yield rows with a text until the page would become too large."""
    spent = 0
    for row in rows:
        spent += len(row["text"].encode("utf-8", "replace")) + markup
        if spent > most:
            return
        yield row


def _within_span(facts: list[dict[str, Any]], paragraph: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the facts that end in a paragraph: there their cards stand."""
    start, end = paragraph["start_char"], paragraph["end_char"]
    return [fact for fact in facts if start < fact["end_char"] <= end]


def _sign(line: dict[str, Any]) -> str:
    if line["is_kept"]:
        return "kept"
    return "meta" if line["role"] in DATA_ROLES else "cut"


def _described(lines: list[dict[str, Any]], kept: list[int | None]) -> Iterator[dict[str, Any]]:
    for line, paragraph in zip(lines, kept, strict=False):
        told = {"sign": _sign(line), "paragraph": paragraph, "reason": say_rule(line["rule"])}
        yield line | told | {"text": line["text"].strip()}


def _fold(lines: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the lines in groups: runs of removed lines together, each other line alone."""
    for is_cut, run in groupby(lines, key=lambda line: line["sign"] == "cut"):
        listed = list(run)
        if is_cut and len(listed) >= FOLDED:
            yield listed
        else:
            yield from ([line] for line in listed)


def _map(lines: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """Yield the parts of the capture by sign, each with its share of the height, at least 1 of 100."""
    total = sum(len(line["text"]) for line in lines) or 1
    for sign, run in groupby(lines, key=_sign):
        yield sign, max(1, round(100 * sum(len(line["text"]) for line in run) / total))


def _names(mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each name once, in the order of the text, with how often and in which words."""
    found: dict[str, dict[str, Any]] = {}
    for row in mentions:
        one = found.setdefault(row["entity_id"], row | {"times": 0, "surfaces": []})
        one["times"] += 1
        if row["surface"] not in one["surfaces"] and row["surface"] != row["name"]:
            one["surfaces"].append(row["surface"])
    return list(found.values())


def _changes(other: str, paragraphs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the lines in which another version differs: - for its own, + for those of this one."""
    ours = [one["text"] for one in paragraphs]
    told = difflib.ndiff(other.split("\n")[:200], ours[:200])
    return [(line[0], line[2:300]) for line in told if line[0] in "+-"][:20]
