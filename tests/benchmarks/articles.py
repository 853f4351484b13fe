"""Score the facts of short articles that we wrote, by language.

    python -m tests.benchmarks.articles tuned [--misses]
    python -m tests.benchmarks.articles unseen

The articles are in tests/cases/facts/articles, with their labels in the text. Of `unseen` and
`ninth_score` only these totals are read, of the others also the misses. The README there has the
notation.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.benchmarks.facts import Score, score_article
from transforms.facts.names.entities import read_entities

ARTICLES = Path(__file__).parent.parent / "cases" / "facts" / "articles"
UNSEEN = ("unseen", "ninth_score")  # their misses are not shown
PARTS = (
    "tuned",
    *UNSEEN,
    "first_score",
    "second_score",
    "third_score",
    "fourth_score",
    "fifth_score",
    "sixth_score",
    "seventh_score",
    "eighth_score",
)
KINDS = ("figures", "units", "subjects", "quotes", "speakers")
MARKS = '“”"„«»‘’「」»« '
PRONOUN = "?"
INSIDE = re.compile(r", [^“”\"„«»‘「」–—\n]+")
MARK = re.compile(r"\{(?P<kind>[qfxp])(?P<label>[^:{}]*): ?|(?P<end>\})")


@dataclass(frozen=True)
class Article:
    """A text with its labels, as tests.benchmarks.facts takes them."""

    name: str
    language: str
    text: str
    label: dict[str, Any]


def read_articles(part: str) -> Iterator[Article]:
    """Yield the articles of a part."""
    content = (ARTICLES / f"{part}.txt").read_text(encoding="utf-8")
    for piece in re.split(r"^== ", content, flags=re.MULTILINE)[1:]:
        heading, _, marked = piece.partition("\n")
        language, name = heading.split(" ", 1)
        text, marks = read_marked(marked.strip())
        yield Article(name, language, text, _label(name, text, marks))


def read_marked(marked: str) -> tuple[str, list[tuple[str, str, int, int]]]:
    """Return the text without its labels, and each label's kind, words and span.

    >>> read_marked("It has {f 2 rooms: two rooms}.")
    ('It has two rooms.', [('f', '2 rooms', 7, 16)])
    """
    text, at = "", 0
    still_open: list[tuple[str, str, int]] = []
    marks = []
    for match in MARK.finditer(marked):
        text, at = text + marked[at : match.start()], match.end()
        if match["end"]:
            kind, words, start = still_open.pop()
            marks.append((kind, words, start, len(text)))
        else:
            still_open.append((match["kind"], match["label"].strip(), len(text)))
    assert not still_open, f"a label is not closed: {still_open}"
    return text + marked[at:], marks


def _label(name: str, text: str, marks: list[tuple[str, str, int, int]]) -> dict[str, Any]:
    label: dict[str, Any] = {"id": name, "figures": [], "perhaps_figures": [], "quotes": []}
    for kind, words, start, end in marks:
        if kind == "f":
            label["figures"].append(_figure(words, start, end))
        elif kind == "p":
            label["perhaps_figures"].append((start, end))
        else:
            label["quotes"].append(_quote(text, kind, words, start, end))
    label["quotes"] = _joined(text, label["quotes"])
    return label


def _joined(text: str, quotes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return quotations, with two as one if only who speaks parts them, in the same marks.

    « Oui, dit-il. Il pleut. » is one quotation.
    """
    joined: list[dict[str, Any]] = []
    for one in sorted(quotes, key=lambda quote: int(quote["start"])):
        last = joined[-1] if joined else None
        is_opened = last and set(text[max(0, last["start"] - 2) : last["start"]]) & set("«“„")
        is_inside = is_opened and INSIDE.fullmatch(text, last["end"], one["start"])
        if last and is_inside and last["speakers"] == one["speakers"]:
            last["end"] = one["end"]
        else:
            joined.append(one)
    return joined


def _figure(words: str, start: int, end: int) -> dict[str, Any]:
    measure, _, subjects = words.partition(";")
    value, _, units = measure.strip().partition(" ")
    subjects = [one.strip() for one in subjects.split("|") if one.strip()]
    units = [one.strip() for one in units.split("|") if one.strip()]
    figure = {"start": start, "end": end, "value": float(value), "units": units}
    return figure if subjects == [PRONOUN] else figure | {"subjects": subjects}


def _quote(text: str, kind: str, words: str, start: int, end: int) -> dict[str, Any]:
    while text[start] in MARKS:
        start += 1
    while text[end - 1] in MARKS:
        end -= 1
    names = [one for one in words.split("|") if one]
    found = [re.search(re.escape(one), text, re.IGNORECASE) for one in names]
    assert all(found), f"not in the text: {names}"
    spans = [match.span() for match in found if match]
    kinds = ["statement"] if kind == "q" else ["scare"]
    return {"start": start, "end": end, "kinds": kinds, "speakers": spans}


@cache
def score_articles(part: str) -> dict[str, Score]:
    """Return the score of a part's articles by language."""
    known = read_entities()
    scores: dict[str, Score] = defaultdict(Score)
    for article in read_articles(part):
        score_article(scores[article.language], article.label, article.text, article.language, known)
    return dict(scores)


def _row(name: str, scores: list[Score]) -> str:
    cells = []
    for kind in KINDS:
        counts = [sum(getattr(one, each)[kind] for one in scores) for each in Score.OUTCOMES]
        cells.append("/".join(map(str, counts)))
    return f"| {name} | {' | '.join(cells)} |"


def _shares(scores: list[Score]) -> str:
    whole = Score()
    for one in scores:
        whole.add(one)
    shares = (f"{whole.precision(kind):.3f}, {whole.recall(kind):.3f}" for kind in KINDS)
    return f"| precision, recall | {' | '.join(shares)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--misses", action="store_true", help="say which are wrong or missed")
    arguments = parser.parse_args()
    scores = score_articles(arguments.part)
    print(f"| right/wrong/missed | {' | '.join(KINDS)} |\n|---|---|---|---|---|---|")
    for language, score in scores.items():
        print(_row(language, [score]))
    print(_row("all", list(scores.values())))
    print(_shares(list(scores.values())))
    if arguments.misses and arguments.part not in UNSEEN:
        print("\n".join(note for score in scores.values() for note in score.notes))


if __name__ == "__main__":
    main()
