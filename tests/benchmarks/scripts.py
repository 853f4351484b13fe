"""Estimate what another script costs: texts of dev in its letters, cleaned by the shipped model.

    python -m tests.benchmarks.scripts BENCH [--texts 300]

There are no labelled pages in these scripts. Each word of a text becomes letters, the same for the same
word; marks become those of the script, and spaces go where it has none. So function words and set
phrases are gone, which a text in a real language has. F1 of the lines, weighted by their words.
"""

import argparse
import hashlib
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from tests.benchmarks.gold import lines_of, read_jsonl
from tests.loading import capture_of
from transforms.clean import Cleaned, clean
from transforms.options import CleaningOptions

WORD = re.compile(r"[^\W\d_]+")
LETTERS = "etaoinshrdlcumwfgypbvkjxqz"  # of English, by how frequent they are
ARABIC, HEBREW = "اليمنتورسبدهعكقفحجصشطخزذثغضظ", "יולאהרמתבשנדכעקפחגטצסז"
DEVANAGARI, THAI = "करनसतमपलहजदवगबयथभचशखधडफटणघ", "นรกมอาเงลยสวดตทปพบหคจชไ"
LETTERS_A_SYLLABLE, LETTERS_A_CHARACTER = 1.7, 3
AT_END = re.compile(r"\.(?=\s|$)", re.MULTILINE)
PAUSE, GAP = re.compile(r"[.,;] "), re.compile(r"(?<=[\u0e00-\u9fff、。]) (?=[\u0e00-\u9fff])")


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
    written = write("\n".join(lines)).split("\n")
    capture = capture_of("\n".join(written).encode())
    cleaned = clean(capture, CleaningOptions(finds_facts=False))
    text = cleaned.articles[0].text if isinstance(cleaned, Cleaned) else ""
    kept, main, both = set(text.split("\n")), 0, 0
    found = 0
    for line, new, label in zip(lines, written, labels, strict=True):
        words, is_kept = len(line.split()), " ".join(new.split()) in kept
        main += words * (label == "1")
        found += words * is_kept
        both += words * (is_kept and label == "1")
    return 2 * both / (main + found) if main + found else 0.0


def _in_letters(alphabet: str) -> Callable[[str], str]:
    turned = str.maketrans(dict(zip(LETTERS, alphabet * 2, strict=False)))
    return lambda text: text.lower().translate(turned)


def _in_signs(first: int, signs: int, letters: float) -> Callable[[str], str]:
    """Return what writes each word in so many signs for its letters, the same for the same word."""

    def write(word: re.Match[str]) -> str:
        digest = hashlib.sha256(word[0].lower().encode()).digest()
        size = min(-int(-len(word[0]) // letters), len(digest) // 2)
        return "".join(
            chr(first + int.from_bytes(digest[2 * i : 2 * i + 2]) % signs) for i in range(size)
        )

    return lambda text: WORD.sub(write, text)


def _as_japanese(text: str) -> str:
    text = _in_signs(0x4E00, 3000, LETTERS_A_CHARACTER)(text)
    return GAP.sub("", re.sub(r"。 ?", "。", AT_END.sub("。", text)).replace(", ", "、"))


def _as_thai(text: str) -> str:
    """Return a text without spaces between words and without full stops; a space ends a clause."""
    parts = (GAP.sub("", part) for part in PAUSE.split(_in_letters(THAI)(text)))
    return re.sub(r"\.$", "", " ".join(parts), flags=re.MULTILINE)


SCRIPTS: dict[str, Callable[[str], str]] = {
    "Latin": str,
    "Arabic": lambda text: _in_letters(ARABIC)(text).replace("?", "؟").replace(", ", "، "),
    "Hebrew": _in_letters(HEBREW),
    "Devanagari": lambda text: AT_END.sub("।", _in_letters(DEVANAGARI)(text)),
    "Hangul": _in_signs(0xAC00, 11172, LETTERS_A_SYLLABLE),
    "Japanese": _as_japanese,
    "Thai": _as_thai,
}


if __name__ == "__main__":
    main()
