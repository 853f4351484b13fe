"""Make short posts, as many as asked, for benchmarks of size.

    python -m tests.benchmarks.posts posts.jsonl --posts 1000000

A post is a record of JSON Lines: an address, a day, and some 650 characters of text. Its words are drawn
as often as English has them (wordfreq), its names, places and sites as 1 / n (Zipf's law); one in ten
is a copy on another site. There is a name for every ten posts. The same number gives the same posts.
"""

import argparse
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import wordfreq

FIRST_DAY, DAYS = date(2014, 1, 1), 3_000
WORDS, FEWEST_NAMES = 20_000, 2_000
POSTS_A_SITE, POSTS_A_NAME = 500, 10
COPIED = 0.1
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


class Maker:
    """Draws words and names, and makes sentences and posts of them."""

    def __init__(self, posts: int) -> None:
        self.drawn = random.Random(20140527)
        listed = wordfreq.top_n_list("en", WORDS)
        self.words = [word for word in listed if word.isalpha()]
        self.words_until = list(accumulate(wordfreq.word_frequency(word, "en") for word in self.words))
        self.names = [self._name() for _ in range(max(FEWEST_NAMES, posts // POSTS_A_NAME))]
        self.names_until = list(accumulate(1 / n for n in range(1, len(self.names) + 1)))
        self.sites = [f"{self._name().lower()}-{n}.example" for n in range(1 + posts // POSTS_A_SITE)]
        self.sites_until = list(accumulate(1 / n for n in range(1, len(self.sites) + 1)))

    def posts(self, count: int) -> Iterator[dict[str, str]]:
        """Yield the posts, each a record."""
        text = ""
        for number in range(count):
            if not text or self.drawn.random() >= COPIED:
                text = self._text()
            (site,) = self.drawn.choices(self.sites, cum_weights=self.sites_until)
            day = FIRST_DAY + timedelta(days=self.drawn.randrange(DAYS))
            yield {
                "url": f"https://{site}/{day:%Y/%m}/{number}",
                "published": day.isoformat(),
                "text": f"{text}\n\nMore posts on {site.split('.')[0].title()}\n",
            }

    def _name(self) -> str:
        syllables = self.drawn.randint(2, 3)
        made = (self.drawn.choice(CONSONANTS) + self.drawn.choice(VOWELS) for _ in range(syllables))
        return "".join(made).title() + self.drawn.choice(CONSONANTS)

    def _person(self) -> str:
        return " ".join(self.drawn.choices(self.names, cum_weights=self.names_until, k=2))

    def _said(self, words: int) -> str:
        said = " ".join(self.drawn.choices(self.words, cum_weights=self.words_until, k=words))
        return said[0].upper() + said[1:]

    def _text(self) -> str:
        figure = self.drawn.randrange(100, 90_000)
        person, place = self._person(), self.drawn.choice(self.names)
        paragraphs = [
            f"{self._said(18)} in {place}. {self._said(15)}.",
            f"{self._said(12)}, and {figure:,} people were there. {person} said it was late.",
            f"“{self._said(14)},” {person} said. {self._said(20)}.",
        ]
        return "\n\n".join([self._said(7), *paragraphs])


def write_posts(file: Path, count: int) -> None:
    """Write so many posts to a file of JSON Lines."""
    with file.open("w", encoding="utf-8") as out:
        for post in Maker(count).posts(count):
            out.write(json.dumps(post, ensure_ascii=False) + "\n")


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--posts", type=int, default=30_000)
    arguments = parser.parse_args()
    write_posts(arguments.file, arguments.posts)


if __name__ == "__main__":
    main()
