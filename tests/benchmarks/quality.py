"""Score Winnow and the installed peers side by side on the benchmark's dev pages.

    python -m tests.benchmarks.quality BENCH --cache FOLDER [--without-peers]

What the peers keep is stored in FOLDER, which must lie outside the repository: it holds page text.
A peer that is not installed is left out.
"""

import argparse
import html
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from statistics import mean
from typing import Any

from tests.benchmarks.gold import lines_of, overlap, read_jsonl, words
from tests.benchmarks.peers import LINE_PEERS, PAGE_PEERS, keep_c4_lines, keep_densest_run
from tests.benchmarks.snippets import score_phrases, squeeze
from tests.loading import capture_of
from transforms.blocks.block import Block
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.captures.capture import Rejected
from transforms.clean import read_capture
from transforms.judging.decide import decide
from transforms.judging.line import read_lines
from transforms.options import CleaningOptions, Mode
from transforms.scoring.score import score_blocks
from transforms.scoring.trafilatura_vote import vote_by_trafilatura

PROCESSES = 2
WORST = 20
Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A document to be cleaned, its gold, and the groups whose figures it counts in."""

    key: str
    content: str
    gold: Counter[str]
    groups: tuple[str, ...]
    labels: str = ""


def main() -> None:
    """Print the tables and the pages on which Winnow loses most."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--without-peers", action="store_true")
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    pages = list(read_jsonl(arguments.bench / "dev.html.jsonl.gz"))
    peers = {} if arguments.without_peers else PAGE_PEERS
    tables = {
        "HTML": score_pages(page_cases(pages), WINNOW_PAGE, peers, arguments.cache),
        "Flattened text": score_flats(
            flat_cases(pages, read_jsonl(arguments.bench / "dev.flat.jsonl.gz")),
            not arguments.without_peers,
            arguments.cache,
        ),
    }
    for title, rows in tables.items():
        print_table(title, rows)
    print_worst(tables["HTML"], "winnow, best")
    snippets = list(read_jsonl(arguments.bench / "snippets.dev.html.jsonl.gz"))
    print_snippets(snippets, WINNOW_PAGE | peers, arguments.cache)


def page_cases(pages: Iterable[dict[str, Any]]) -> list[Case]:
    """Return the pages with their gold."""
    return [
        Case(page["id"], page["html"], Counter(words(page["gold_text"])), groups_of(page))
        for page in pages
    ]


def flat_cases(pages: Sequence[dict[str, Any]], flats: Iterable[dict[str, Any]]) -> list[Case]:
    """Return the flattened texts with the gold of their pages."""
    gold = {page["id"]: page for page in pages}
    return [
        Case(
            f"{flat['id']}/{flat['flattener']}",
            flat["text"],
            Counter(words(gold[flat["id"]]["gold_text"])),
            (*groups_of(gold[flat["id"]]), flat["flattener"]),
            flat["labels"],
        )
        for flat in flats
    ]


def groups_of(page: dict[str, Any]) -> tuple[str, ...]:
    """Return the set, the kind of page and the language or country of a page."""
    kind = page["page_type"] or "news"
    articles = ["articles"] if kind in ("article", "news") else []
    return ("ALL", page["set"], kind, *articles, *([f"lang {page['lang']}"] if page["lang"] else []))


def keep_of_page(mode: Mode, content: str) -> str:
    """Return what Winnow keeps of a page, title and byline in columns of their own, as users get it."""
    return _keep(content, "text/html", CleaningOptions(mode))


def keep_of_text(content: str) -> str:
    """Return what Winnow keeps of a text without markup, in the same way."""
    return _keep(content, "text/plain", CleaningOptions())


def _keep(content: str, content_type: str, options: CleaningOptions) -> str:
    capture = capture_of(content.encode("utf-8", "replace"), content_type=content_type)
    reading = read_capture(capture, options)
    if isinstance(reading, Rejected):
        return ""
    return "\n".join(one.block.text for one in reading.judged if one.is_kept)


def score_alone(mode: Mode, content: str) -> str:
    """Return what the labeller scores half or more, without the rules of the house."""
    blocks = render_page(Page(content)).blocks
    scores = score_blocks(blocks, vote_by_trafilatura(Page(content)) if mode == "best" else None).scores
    return "\n".join(block.text for block, score in zip(blocks, scores, strict=True) if score >= 0.5)


WINNOW_PAGE: dict[str, Callable[[str], str]] = {
    "winnow, best": partial(keep_of_page, "best"),
    "winnow, fast": partial(keep_of_page, "fast"),
    "winnow, best, labeller alone": partial(score_alone, "best"),
    "winnow, fast, labeller alone": partial(score_alone, "fast"),
}


def keep_lines(lines: Sequence[str]) -> list[bool]:
    """Say which lines of a flattened text Winnow keeps, by its labeller and its rules."""
    blocks = [Block(0, len(line), line) for line in lines]
    judged = decide(read_lines(blocks), score_blocks(blocks).scores).judged
    return [one.is_kept for one in judged]


def score_lines(lines: Sequence[str]) -> list[bool]:
    """Say which lines of a flattened text the labeller scores half or more."""
    return [score >= 0.5 for score in score_blocks([Block(0, len(line), line) for line in lines]).scores]


def score_pages(
    cases: Sequence[Case],
    winnow: dict[str, Callable[[str], str]],
    peers: dict[str, Callable[[str], str]],
    cache: Path,
) -> dict[str, dict[str, Row]]:
    """Return for each extractor the row of each page."""
    texts = [case.content for case in cases]
    kept = {name: run_all(extract, texts) for name, extract in winnow.items()}
    kept |= {
        name: found
        for name, extract in peers.items()
        if (found := run_cached(name, "pages", extract, texts, cache)) is not None
    }
    return {
        name: {case.key: score_text(text, case) for case, text in zip(cases, found, strict=True)}
        for name, found in kept.items()
    }


def score_text(text: str, case: Case) -> Row:
    """Return the measures of a kept text; the groups of the case come along."""
    precision, recall, f1 = overlap(Counter(words(text)), case.gold)
    return {"precision": precision, "recall": recall, "f1": f1} | dict.fromkeys(case.groups, 1.0)


def score_flats(cases: Sequence[Case], with_peers: bool, cache: Path) -> dict[str, dict[str, Row]]:
    """Return for each labeller of lines the row of each flattened text."""
    documents = [lines_of(case.content) for case in cases]
    keeps: dict[str, list[list[bool]]] = {
        "winnow": run_all(keep_lines, documents),
        "winnow, labeller alone": run_all(score_lines, documents),
    }
    keeps["the gold lines"] = [[label == "1" for label in case.labels] for case in cases]
    if with_peers:
        keeps["densest run of lines"] = run_all(keep_densest_run, documents)
        keeps["C4 line rules"] = run_all(keep_c4_lines, documents)
        keeps["nothing removed"] = [[True] * len(lines) for lines in documents]
        pages = [_as_page(lines) for lines in documents]
        for name, extract in LINE_PEERS.items():
            if (found := run_cached(name, "flats", extract, pages, cache)) is not None:
                keeps[name] = [_lines_found(*pair) for pair in zip(documents, found, strict=True)]
    return {
        name: {
            case.key: score_text(
                "\n".join(line for line, bit in zip(lines, keep, strict=True) if bit), case
            )
            | {"line_f1": line_f1(keep, case.labels)}
            for case, lines, keep in zip(cases, documents, found, strict=True)
        }
        for name, found in keeps.items()
    }


def _as_page(lines: Sequence[str]) -> str:
    """Return lines as the paragraphs of a page, which is what peers read."""
    return f"<html><body>{''.join(f'<p>{html.escape(line)}</p>' for line in lines)}</body></html>"


def _lines_found(lines: Sequence[str], kept: str) -> list[bool]:
    found = {squeeze(line) for line in kept.split("\n")}
    return [squeeze(line) in found for line in lines]


def line_f1(keep: Sequence[bool], labels: str) -> float:
    """Return the F1 of the kept lines, as the benchmark's scorer does."""
    hits = sum(bit and label == "1" for bit, label in zip(keep, labels, strict=True))
    predicted, expected = sum(keep), labels.count("1")
    precision = hits / predicted if predicted else float(not expected)
    recall = hits / expected if expected else float(not predicted)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def run_all(function: Callable[[Any], Any], tasks: Sequence[Any]) -> list[Any]:
    """Apply a function to every task, on two processes."""
    with Pool(PROCESSES) as pool:
        return pool.map(function, tasks, chunksize=8)


def run_cached(
    name: str, kind: str, extract: Callable[[str], str], texts: Sequence[str], cache: Path
) -> list[str] | None:
    """Return what a peer keeps of each text, from the cache if it is there; None if not installed."""
    path = cache / f"{kind} {name.replace(' ', '-')} {len(texts)}.json"
    if not path.exists():
        try:
            extract("<html><body><p>One sentence to see whether it is there.</p></body></html>")
        except ImportError:
            return None
        path.write_text(json.dumps(run_all(partial(_forgiving, extract), texts)), encoding="utf-8")
    return list(json.loads(path.read_text(encoding="utf-8")))


def _forgiving(extract: Callable[[str], str], text: str) -> str:
    """Return what a peer keeps; one that raises keeps nothing, as in the benchmark."""
    try:
        return extract(text)
    except Exception as error:
        print(f"a peer failed: {error!r:.200}", file=sys.stderr)
        return ""


def print_table(title: str, rows: dict[str, dict[str, Row]]) -> None:
    """Print the mean of each measure for each tool, then F1 by group."""
    print(
        f"\n## {title}\n\n| tool | F1 | 95 % | precision | recall | line F1 |\n|---|---|---|---|---|---|"
    )
    for name, found in rows.items():
        low, high = interval([row["f1"] for row in found.values()])
        figures = {key: mean(row.get(key, 0.0) for row in found.values()) for key in MEASURES}
        line = f"{figures['line_f1']:.3f}" if figures["line_f1"] else ""
        print(
            f"| {name} | {figures['f1']:.3f} | {low:.3f} to {high:.3f} | {figures['precision']:.3f} "
            f"| {figures['recall']:.3f} | {line} |"
        )
    print_groups(rows)


def print_groups(rows: dict[str, dict[str, Row]]) -> None:
    """Print F1 by set, kind of page and language, the tools across."""
    first = next(iter(rows.values()))
    groups: Counter[str] = Counter()
    for row in first.values():
        groups.update(key for key in row if key not in MEASURES and key != "ALL")
    print(f"\n| group | documents | {' | '.join(rows)} |\n|---|---|{'---|' * len(rows)}")
    for group, size in sorted(groups.items(), key=lambda item: (item[0].startswith("lang"), -item[1])):
        means = (mean(row["f1"] for row in found.values() if group in row) for found in rows.values())
        print(f"| {group} | {size} | {' | '.join(f'{value:.3f}' for value in means)} |")


MEASURES = ("precision", "recall", "f1", "line_f1")


def print_worst(rows: dict[str, dict[str, Row]], winnow: str) -> None:
    """Print the pages on which Winnow loses most against the best peer of that page."""
    peers = {name: found for name, found in rows.items() if not name.startswith("winnow")}
    if not peers:
        return
    losses = []
    for key, row in rows[winnow].items():
        best = max(peers, key=lambda name: peers[name][key]["f1"])
        losses.append((row["f1"] - peers[best][key]["f1"], key, row["f1"], best))
    print(
        f"\n## The {WORST} pages on which {winnow} loses most\n\n"
        "| page | F1 | best peer | its lead |\n|---|---|---|---|"
    )
    for loss, key, f1, best in sorted(losses)[:WORST]:
        print(f"| {key} | {f1:.3f} | {best} | {-loss:.3f} |")


def print_snippets(
    pages: Sequence[dict[str, Any]], extractors: dict[str, Callable[[str], str]], cache: Path
) -> None:
    """Print the measures on the pages of which only phrases are labelled."""
    print("\n## Snippets (trained on: the card has the figures by cross-validation)\n")
    print("| tool | F1 | precision | recall |\n|---|---|---|---|")
    texts = [page["html"] for page in pages]
    for name, extract in extractors.items():
        is_own = name.startswith("winnow")
        kept = run_all(extract, texts) if is_own else run_cached(name, "snippets", extract, texts, cache)
        if kept is not None:
            p, r, f1 = score_phrases(list(zip(pages, kept, strict=True)))
            print(f"| {name} | {f1:.3f} | {p:.3f} | {r:.3f} |")


def interval(values: Sequence[float], rounds: int = 500) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean."""
    draw = random.Random(7)
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[int(0.975 * rounds)]


if __name__ == "__main__":
    main()
