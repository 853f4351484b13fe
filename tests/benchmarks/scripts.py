"""Estimate what another script costs: texts of dev in its letters, cleaned by the shipped model.

    python -m tests.benchmarks.scripts BENCH [--texts 300]

There are no labelled pages in these scripts. Each word of a text becomes letters, the same for the same
word; marks become those of the script, and spaces go where it has none. So function words and set
phrases are gone, which a text in a real language has. F1 of the lines, weighted by their words.
"""

import argparse
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from tests.benchmarks.cipher import WORD, as_han, digest_pairs
from tests.benchmarks.gold import lines_of, read_jsonl
from tests.loading import capture_of
from transforms.clean import Cleaned, clean
from transforms.options import CleaningOptions

LETTERS = "etaoinshrdlcumwfgypbvkjxqz"  # of English, by how frequent they are
ARABIC, HEBREW = "اليمنتورسبدهعكقفحجصشطخزذثغضظ", "יולאהרמתבשנדכעקפחגטצסז"
DEVANAGARI, THAI = "करनसतमपलहजदवगबयथभचशखधडफटणघ", "นรกมอาเงลยสวดตทปพบหคจชไ"
FIRST_HANGUL, HANGULS, LETTERS_A_SYLLABLE = 0xAC00, 11172, 1.7
AT_END = re.compile(r"\.(?=\s|$)", re.MULTILINE)
PAUSE, GAP = re.compile(r"[.,;] "), re.compile(r"(?<=[\u0e00-\u0e7f]) (?=[\u0e00-\u0e7f])")


def main() -> None:
    """Print the F1 of each script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--texts", type=int, default=300)
    given = parser.parse_args()
    flats = (one for one in read_jsonl(given.bench / "dev.flat.jsonl.gz") if one["flattener"] == "wet")
    texts = [(lines_of(one["text"]), one["labels"]) for one in islice(flats, given.texts)]
    for name, write in SCRIPTS.items():
        scores = [score(lines, labels, write) for lines, labels in texts if len(lines) == len(labels)]
        print(f"{name:11} {sum(scores) / len(scores):.3f} of {len(scores)} texts")


def score(lines: list[str], labels: str, write: Callable[[str], str]) -> float:
    """Return the F1 of the lines that are kept of a text in another script."""
    written = write("\n".join(lines))
    cleaned = clean(capture_of(written.encode()), CleaningOptions(finds_facts=False))
    kept = set(cleaned.articles[0].text.split("\n")) if isinstance(cleaned, Cleaned) else set[str]()
    main = found = both = 0
    for line, new, label in zip(lines, written.split("\n"), labels, strict=True):
        words, is_kept = len(line.split()), " ".join(new.split()) in kept
        main += words * (label == "1")
        found += words * is_kept
        both += words * (is_kept and label == "1")
    return 2 * both / (main + found) if main + found else 0.0


def _in_letters(alphabet: str) -> Callable[[str], str]:
    turned = str.maketrans(dict(zip(LETTERS, alphabet * 2, strict=False)))
    return lambda text: text.lower().translate(turned)


def _as_hangul(text: str) -> str:
    """Return a text with each word in syllables, always the same for the word."""
    return WORD.sub(lambda word: _hangul_of(word[0].lower()), text)


def _hangul_of(word: str) -> str:
    size = -int(-len(word) // LETTERS_A_SYLLABLE)
    return "".join(chr(FIRST_HANGUL + pair % HANGULS) for pair in digest_pairs(word)[:size])


def _as_thai(text: str) -> str:
    """Return a text without spaces between words and without full stops; a space ends a clause."""
    parts = (GAP.sub("", part) for part in PAUSE.split(_in_letters(THAI)(text)))
    return re.sub(r"\.$", "", " ".join(parts), flags=re.MULTILINE)


SCRIPTS: dict[str, Callable[[str], str]] = {
    "Latin": str,
    "Arabic": lambda text: _in_letters(ARABIC)(text).replace("?", "؟").replace(", ", "، "),
    "Hebrew": _in_letters(HEBREW),
    "Devanagari": lambda text: AT_END.sub("।", _in_letters(DEVANAGARI)(text)),
    "Hangul": _as_hangul,
    "Han": as_han,
    "Thai": _as_thai,
}


if __name__ == "__main__":
    main()
