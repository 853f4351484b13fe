"""The benchmark's pages, and how its gold text labels the lines of any rendering of them."""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tld import get_fld

# As in the benchmark's own scorer.
CJK = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
WORD = re.compile(rf"{CJK}|[^\W_]+")

SHINGLE = 4  # words in a row that anchor the alignment
LOOSE = 5  # words in a row that are looked for anywhere, where the order of page and gold differ
LOOSE_SHARE = 0.7
LARGEST_GAP = 400_000  # pairs of words between two anchors that are still compared one by one


def words(text: str) -> list[str]:
    """Return the words of a text as the benchmark counts them."""
    return WORD.findall(unicodedata.normalize("NFKC", text).lower())


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file of JSON lines, compressed if its name ends in .gz."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def site_of(page: dict[str, Any]) -> str:
    """Return what the pages of one site share, so that they are never split between folds."""
    return (get_fld(page["url"], fail_silently=True) if page["url"] else None) or page["id"]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not blank."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def overlap(kept: Counter[str], gold: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of one bag of words against another."""
    hits = (kept & gold).total()
    precision = hits / kept.total() if kept else float(not gold)
    recall = hits / gold.total() if gold else float(not kept)
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def shares_in_gold(lines: Sequence[str], gold_text: str) -> list[float]:
    """Return for each line the share of its words that align with the gold text, in its order.

    A teaser that repeats a sentence of the text aligns once only. Lines that the gold has at
    another place are found by their runs of words.

    >>> shares_in_gold(["Home", "Rice is dear this year.", "Rice is dear"], "Rice is dear this year.")
    [0.0, 1.0, 0.0]
    """
    numbers: dict[str, int] = {}
    found = [[numbers.setdefault(word, len(numbers)) for word in words(line)] for line in lines]
    gold = [numbers.setdefault(word, len(numbers)) for word in words(gold_text)]
    hit, used = _align([number for line in found for number in line], gold)
    loose = {
        tuple(gold[i : i + LOOSE]) for i in range(len(gold) - LOOSE + 1) if not any(used[i : i + LOOSE])
    }
    shares, start = [], 0
    for line in found:
        share = sum(hit[start : start + len(line)]) / max(len(line), 1)
        shares.append(max(share, _loose_share(line, loose)) if share < 0.5 else share)
        start += len(line)
    return shares


def _loose_share(line: list[int], loose: set[tuple[int, ...]]) -> float:
    shingles = _shingles(line, LOOSE)
    share = sum(shingle in loose for shingle in shingles) / len(shingles) if shingles else 0.0
    return share if share >= LOOSE_SHARE else 0.0


def _align(page: list[int], gold: list[int]) -> tuple[bytearray, bytearray]:
    """Flag the words of page and gold that match: runs of four first, then what lies between."""
    hit, used = bytearray(len(page)), bytearray(len(gold))
    page_end = gold_end = 0
    for a, b, size in [*_anchors(page, gold), (len(page), len(gold), 0)]:
        skip = max(0, page_end - a, gold_end - b)
        a, b, size = a + skip, b + skip, size - skip
        if size < 0 or (size == 0 and a < len(page)):
            continue
        _fill_gap(page, gold, (page_end, a, gold_end, b), hit, used)
        hit[a : a + size] = used[b : b + size] = b"\1" * size
        page_end, gold_end = a + size, b + size
    return hit, used


def _anchors(page: list[int], gold: list[int]) -> list[tuple[int, int, int]]:
    matcher = SequenceMatcher(None, _shingles(page, SHINGLE), _shingles(gold, SHINGLE), autojunk=False)
    return [(a, b, size + SHINGLE - 1) for a, b, size in matcher.get_matching_blocks() if size]


def _fill_gap(
    page: list[int], gold: list[int], gap: tuple[int, int, int, int], hit: bytearray, used: bytearray
) -> None:
    page_start, page_end, gold_start, gold_end = gap
    if not 0 < (page_end - page_start) * (gold_end - gold_start) <= LARGEST_GAP:
        return
    matcher = SequenceMatcher(None, page[page_start:page_end], gold[gold_start:gold_end], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        hit[page_start + a : page_start + a + size] = b"\1" * size
        used[gold_start + b : gold_start + b + size] = b"\1" * size


def _shingles(numbers: list[int], size: int) -> list[tuple[int, ...]]:
    return list(zip(*(numbers[i:] for i in range(size)), strict=False))
