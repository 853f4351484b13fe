"""Score the facts of hand-labelled articles, and what extracting them costs beside cleaning.

    python -m tests.benchmarks.facts BENCH [--misses] [--pages 60]

The labels are in tests/cases/facts/labelled: offsets in the opening of a page's gold text, which is in
the benchmark. `tuned` was looked at while the rules were made, `held_out` was labelled before its
facts were and never used for them.
"""

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from tests.benchmarks.gold import read_jsonl
from tests.loading import capture_of
from transforms.article.dateline import find_dateline
from transforms.captures.capture import CaptureToClean
from transforms.clean import Cleaned, clean
from transforms.facts.extract import Facts, extract_facts
from transforms.facts.names.entities import KnownEntities, read_entities
from transforms.facts.quantities.rules import QUANTITY_RULE_OF
from transforms.language.reference import read_by_language, read_reference
from warehouse.schema.rows.facts import Quantity

LABELS = Path(__file__).parent.parent / "cases" / "facts" / "labelled"
PARTS = ("tuned", "held_out")
SAME_QUOTE = 0.8  # of the characters of both together
ARTICLE = re.compile(
    r"^(?:the|an?|der|die|das|den|eine?|les?|la|une?|il|lo|gli|una|el|los|las"
    r"|de|het|een|os?|as|uma?|ett|en) "
)
KINDS = ("figures", "units", "quotes", "speakers", "datelines", "entities")


@dataclass
class Score:
    """How many were found that are right or wrong, and how many were missed; and which."""

    right: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    missed: Counter = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    OUTCOMES = ("right", "wrong", "missed")

    def add(self, other: "Score") -> None:
        """Add what another score has counted."""
        for outcome in self.OUTCOMES:
            getattr(self, outcome).update(getattr(other, outcome))

    def note(self, kind: str, outcome: str, words: str, page_id: str) -> None:
        getattr(self, outcome)[kind] += 1
        if outcome != "right":
            self.notes.append(f"{kind} {outcome}: {words} [{page_id}]")

    def precision(self, kind: str) -> float:
        given = self.right[kind] + self.wrong[kind]
        return self.right[kind] / given if given else 1.0

    def recall(self, kind: str) -> float:
        wanted = self.right[kind] + self.missed[kind]
        return self.right[kind] / wanted if wanted else 1.0


def read_labelled(bench: Path, part: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the labels of a part with the text that they are of, whose digest must be the same."""
    lines = (LABELS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    texts = {}
    for name in ("dev", "train"):
        wanted = {label["id"] for label in labels if label["part"] == name}
        pages = read_jsonl(bench / f"{name}.html.jsonl.gz") if wanted else ()
        texts |= {page["id"]: page["gold_text"] for page in pages if page["id"] in wanted}
    for label in labels:
        text = texts[label["id"]][: label["characters"]]
        assert hashlib.sha256(text.encode()).hexdigest() == label["sha256"], label["id"]
        yield label, text


def score_part(bench: Path, part: str) -> Score:
    """Return the score of a part's articles."""
    score, known = Score(), read_entities()
    for label, text in read_labelled(bench, part):
        facts = score_article(score, label, text, label["language"], known)
        _score_dateline(score, label, text)
        _score_entities(score, label, text, facts, set(known.by_id))
    return score


def score_article(score: Score, label: dict, text: str, language: str, known: KnownEntities) -> Facts:
    """Score the figures and quotations of one text; return its facts."""
    facts = extract_facts("0" * 64, text, known, language)
    _score_figures(score, label, text, facts.quantities, language)
    _score_quotes(score, label, text, facts)
    return facts


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _score_figures(
    score: Score, label: dict, text: str, rows: Sequence[Quantity], language: str
) -> None:
    """A figure is right if it overlaps one of the labels and has its value; its unit counts apart.

    An order of magnitude ("thousands of travelers") that is no label counts neither way: it is what
    the rule says it is, and the labels leave out words that give no number.
    """
    left = list(label["figures"])
    for row in rows:
        span = (row.start_char, row.end_char)
        fitting = [one for one in left if _overlap(span, (one["start"], one["end"]))]
        same = next((one for one in fitting if row.value == one["value"]), None)
        if same:
            left.remove(same)
            score.note("figures", "right", "", label["id"])
            if same["units"]:
                names = _names_of_units(language)
                is_unit = row.unit in {*same["units"], *(names.get(one) for one in same["units"])}
                words = f"{row.text!r} has {row.unit}, not {same['units']}"
                score.note("units", "right" if is_unit else "wrong", words, label["id"])
            if "subjects" in same:
                _score_subject(score, row.subject, same["subjects"], row.text, label["id"])
        elif QUANTITY_RULE_OF[row.rule].is_exact and not any(
            _overlap(span, tuple(one)) for one in label["perhaps_figures"]
        ):
            score.note("figures", "wrong", f"{row.text!r} = {row.value}", label["id"])
    for one in left:
        score.note("figures", "missed", repr(text[one["start"] : one["end"]]), label["id"])


def _score_subject(
    score: Score, subject: str | None, wanted: list[str], words: str, page_id: str
) -> None:
    """A subject is right that is one of those wanted, or has the first of them and is in the last."""
    if subject is None:
        if wanted:
            score.note("subjects", "missed", f"{words!r}: {wanted[0]}", page_id)
        return
    found, names = _plain(subject), [_plain(one) for one in wanted]
    is_between = bool(names) and f" {names[0]} " in f" {found} " and found in names[-1]
    is_right = found in names or is_between
    words = f"{words!r}: {subject!r}, not {wanted}"
    score.note("subjects", "right" if is_right else "wrong", words, page_id)
    if wanted and not is_right:
        score.missed["subjects"] += 1


@cache
def _names_of_units(language: str) -> dict[str, str]:
    """Return the names that the reference data gives to units: "grams" is g."""
    rows = (*read_reference("units"), *read_by_language("units"))
    forms = {row["form"]: row["unit"] for row in rows if row.get("language", language) == language}
    return forms | {row["form"]: row["currency"] for row in read_reference("currencies")}


def _score_quotes(score: Score, label: dict, text: str, facts: Facts) -> None:
    """A quotation is right if someone says it; one that may be a mere term counts neither way.

    A speaker is right who is one of those that the label gives, wrong where it gives none.
    """
    left = list(label["quotes"])
    for row in facts.quotes:
        span = (row.start_char, row.end_char)
        same = next((q for q in left if _overlap(span, (q["start"], q["end"])) >= SAME_QUOTE), None)
        if same:
            left.remove(same)
        if row.kind == "statement":
            is_right = same is not None and "statement" in same["kinds"]
            score.note("quotes", "right" if is_right else "wrong", repr(row.text[:60]), label["id"])
        elif same and same["kinds"] == ["statement"]:
            score.note("quotes", "missed", f"{row.kind} {row.text[:60]!r}", label["id"])
        names = [text[a:b] for a, b in same["speakers"]] if same else []
        _score_speaker(score, same, row.speaker, names, f"{row.text[:50]!r}", label["id"])
    for one in left:
        if one["kinds"] == ["statement"]:
            words = repr(text[one["start"] : one["end"]][:60])
            score.note("quotes", "missed", words, label["id"])
            if one["speakers"]:
                score.note("speakers", "missed", words, label["id"])


def _score_speaker(
    score: Score, same: dict | None, speaker: str | None, names: list[str], words: str, page_id: str
) -> None:
    is_wanted = bool(names) and same is not None and same["kinds"] == ["statement"]
    if speaker is None:
        if is_wanted:
            score.note("speakers", "missed", f"{words}: {names[0]}", page_id)
        return
    if _plain(speaker) in map(_plain, names):
        score.note("speakers", "right", "", page_id)
        return
    score.note("speakers", "wrong", f"{words}: {speaker!r}, not {names}", page_id)
    if is_wanted:
        score.missed["speakers"] += 1


def _plain(name: str) -> str:
    return ARTICLE.sub("", name.casefold())


def _score_dateline(score: Score, label: dict, text: str) -> None:
    found = next(filter(None, map(find_dateline, text.split("\n"))), None)
    wanted = label["dateline"]
    if found and wanted:
        place = text[wanted["start"] : wanted["end"]]
        is_right = (found.place, found.on) == (place, wanted["date"])
        words = f"{found.place} {found.on}, not {place} {wanted['date']}"
        score.note("datelines", "right" if is_right else "wrong", words, label["id"])
        score.missed["datelines"] += not is_right
    elif found:
        score.note("datelines", "wrong", found.place, label["id"])
    elif wanted:
        score.note("datelines", "missed", text[wanted["start"] : wanted["end"]], label["id"])


def _score_entities(score: Score, label: dict, text: str, facts: Facts, known: set[str]) -> None:
    left = list(label["entities"])
    for row in facts.mentions:
        if row.entity_id not in known:
            continue
        span = (row.start_char, row.end_char)
        same = next((one for one in left if one[2] == row.entity_id and _overlap(span, one[:2])), None)
        if same:
            left.remove(same)
        words = f"{row.surface!r} is {row.entity_id}"
        score.note("entities", "right" if same else "wrong", words, label["id"])
    for start, end, entity_id in left:
        score.note("entities", "missed", f"{text[start:end]!r} is {entity_id}", label["id"])


def measure_cost(captures: Iterator[CaptureToClean]) -> tuple[float, float]:
    """Return the milliseconds of CPU time for cleaning a capture, and for its article's facts."""
    spent: Counter[str] = Counter()
    for capture in captures:
        start = time.process_time()
        cleaned = clean(capture)
        whole = time.process_time() - start
        if isinstance(cleaned, Cleaned):
            article = cleaned.articles[0]
            start = time.process_time()
            extract_facts(article.article_id, article.text, read_entities(), article.language)
            facts = time.process_time() - start
            spent.update({"cleaning": whole - facts, "facts": facts, "articles": 1})
    return tuple(1000 * spent[part] / spent["articles"] for part in ("cleaning", "facts"))  # type: ignore


def print_costs(bench: Path, count: int) -> None:
    pages = (
        capture_of(page["html"].encode(), content_type="text/html", url=page["url"])
        for page in read_jsonl(bench / "dev.html.jsonl.gz")
    )
    texts = (
        capture_of(flat["text"].encode())
        for flat in read_jsonl(bench / "dev.flat.jsonl.gz")
        if flat["flattener"] == "wet"
    )
    for kind, captures in (("pages", pages), ("flattened texts", texts)):
        measure_cost(islice(captures, 2))  # imports and models are loaded before the clock starts
        cleaning, facts = measure_cost(islice(captures, count))
        share = facts / cleaning
        print(f"{kind}: cleaning {cleaning:.1f} ms each, facts {facts:.1f} ms, {share:.2f} of it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument(
        "--misses", action="store_true", help="say which are wrong or missed (tuned part)"
    )
    parser.add_argument("--pages", type=int, default=60, help="pages to take the time of")
    arguments = parser.parse_args()
    print(
        "| part | facts | right | wrong | missed | precision | recall |\n|---|---|---|---|---|---|---|"
    )
    for part in PARTS:
        score = score_part(arguments.bench, part)
        for kind in KINDS:
            counts = (score.right[kind], score.wrong[kind], score.missed[kind])
            shares = f"{score.precision(kind):.3f} | {score.recall(kind):.3f}"
            print(f"| {part} | {kind} | {' | '.join(map(str, counts))} | {shares} |")
        if arguments.misses and part == "tuned":
            print("\n".join(sorted(score.notes)))
    if arguments.pages:
        print_costs(arguments.bench, arguments.pages)


if __name__ == "__main__":
    main()
