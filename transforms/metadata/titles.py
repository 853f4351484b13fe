"""Find the title of a page's article."""

import re

from transforms.language.reference import read_column
from transforms.language.word_lists import listed_words
from transforms.language.words import letters_of
from transforms.metadata.head import AFTER_HEADING, BEFORE_HEADING, Head, Heading, squeeze
from transforms.metadata.json_ld import first_text

SEPARATOR = re.compile(r"(\s+[|\-–—·•»›:/~<]+\s+|\s*\|+\s*|\s*::\s*)")
# Link signs that sites append to headings: ¶, #, and icons of private-use fonts.
ANCHOR = re.compile(r"(?<![\s¶#\ue000-\uf8ff🔗])[\s¶#\ue000-\uf8ff🔗]++$")
# Share of a heading's words that must also be in the page's title or URL. Of the values from 0.2 to
# 0.67, this one gave most correct titles on the benchmark's training pages (0.768).
SHARED = 0.34
CLEARLY_BETTER = 0.2  # by which a later heading's share must be larger than an earlier one's
LONGEST = 35  # words
LONGEST_CHARS = 1_000  # of a title; a longer one is page content in the wrong element
SHORT_HEADING = len("Welcome!")
SHORTEST_NAME = 4  # letters; shorter names are parts of many words
NAME_AND_MORE = 12  # letters by which a site's name can be longer than its domain: "The New York Times"
WORDS_OF_TEXT = 8  # in a line of text, which a heading or a menu has not
HARDLY_SHARED = 0.2  # of the words of a title that the text does not tell about
SHORTEST_TITLE = 3  # words of a part; shorter ones may be a site or a section
FILLERS = frozenset("the a an of and to in for on is with your how".split())


def find_title(head: Head, heading: Heading | None) -> str | None:
    """Return the title: the main heading, or else the page's title without the site's name.

    A title that is only the site's name stays, unless a heading tells what the text is about.
    """
    given, headline = _given(head), first_text(head.nodes, "headline")
    if heading:
        return cut_site(ANCHOR.sub("", heading.text), head)
    if headline and len(headline.split()) > 2 and not _is_site(headline, head):
        return squeeze(headline)
    title = _shown_part(_longest_part(cut_site(given[0], head)), head) if given else ""
    return (_heading_of_text(head, title) if head.title else None) or title or None


def _heading_of_text(head: Head, title: str) -> str | None:
    """Return a heading whose words the text has, if it has not those of the page's title: "Golf > News".

    A page that has a single heading needs no such words if its title names nothing: "Index".
    """
    if title and letters_of(title) in head.letters:
        return None
    headings = [ANCHOR.sub("", heading.text) for heading in head.headings]
    lines = [line for line in head.lines if len(line.split()) >= WORDS_OF_TEXT and line not in headings]
    text = set().union(*map(_words, lines))
    if title and _share(title, text) > HARDLY_SHARED:
        return None
    needed = SHARED if title or len(headings) > 1 else 0.0
    fitting = (one for one in headings if SHORTEST_TITLE <= len(one.split()) <= LONGEST)
    return next(
        (one for one in fitting if _share(one, text) >= needed and not _is_site(one, head)), None
    )


def _share(name: str, text: set[str]) -> float:
    """Return the share of the telling words of a name that a text has."""
    words = {word for word in _words(name) if len(word) > 3 or not word.isascii()}
    words -= read_column("stopwords", "word")
    return len(words & text) / max(len(words), 1)


def _shown_part(title: str, head: Head) -> str:
    """Return the part of a title that is a line of the page, or the title if it is one or none is.

    A page without an address, as old archives have them, does not say which part is the site's name.
    """
    parts = SEPARATOR.split(title)[::2]
    long = (part for part in parts if len(part.split()) >= SHORTEST_TITLE)
    shown = [part for part in long if letters_of(part) in head.letters]
    return title if letters_of(title) in head.letters or not shown else max(shown, key=len)


def _given(head: Head) -> list[str]:
    """Return the titles that the page's head gives, without those that are the site's name alone.

    Those that name no page at all, such as "index" and "Untitled", are left out.
    """
    given = [title for title in (head.meta("og:title", "twitter:title"), head.title) if title]
    given = [title for title in given if title.strip().casefold() not in listed_words("no_title")]
    return [title for title in given if not _is_site(title, head)] or given


def find_heading(head: Head) -> Heading | None:
    """Return the article's heading: the first that shares enough words with the title or the URL.

    Other headings belong to menus or teasers.
    """
    known = set().union(*map(_words, [*_given(head), first_text(head.nodes, "headline") or ""]))
    in_address = set(re.findall(r"[a-z0-9]+", (head.url or "").lower()))
    return _best_heading(head, known) or _best_heading(head, known | in_address)


def _best_heading(head: Head, known: set[str]) -> Heading | None:
    best, best_share = None, SHARED - CLEARLY_BETTER
    for heading in head.headings:
        text = ANCHOR.sub("", heading.text)
        words = _words(text)
        if not words or len(text.split()) > LONGEST or _is_site(text, head):
            continue
        share = len(words & known) / len(words)
        if share >= SHARED and share > best_share + CLEARLY_BETTER:
            best, best_share = heading, share
    return best


def find_surroundings(head: Head, heading: Heading | None) -> Heading | None:
    """Return the article's heading, or the line that is its title, with the lines around it."""
    if heading:
        return heading
    titles = {letters_of(cut_site(title, head)) for title in _given(head)} & head.letters - {""}
    if titles:
        at = next(i for i, line in enumerate(head.lines) if letters_of(line) in titles)
        before, after = head.lines[max(0, at - BEFORE_HEADING) : at], head.lines[at + 1 :]
        return Heading(head.lines[at], before, after[:AFTER_HEADING])
    return next((heading for heading in head.headings if len(heading.text) > SHORT_HEADING), None)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - FILLERS


def cut_site(title: str, head: Head) -> str:
    """Return a title without the parts at its ends that name the site."""
    pieces = SEPARATOR.split(squeeze(title)[:LONGEST_CHARS])
    while len(pieces) > 1 and _is_site(pieces[-1], head):
        pieces = pieces[:-2]
    while len(pieces) > 1 and _is_site(pieces[0], head):
        pieces = pieces[2:]
    return "".join(pieces)


def _longest_part(title: str) -> str:
    """Return the longest part between vertical bars, which only separate titles from site names."""
    return max((part.strip() for part in title.split("|")), key=len) if "|" in title else title


def _is_site(part: str, head: Head) -> bool:
    """Return True if a part of a title is the site's name, in full, shortened or with a word more."""
    key, domain = letters_of(part), letters_of(head.domain)
    if not key or key == domain or key in map(letters_of, head.home_links):
        return True
    if len(key) >= SHORTEST_NAME and key in domain:
        return True
    if len(domain) >= SHORTEST_NAME and domain in key and len(key) <= len(domain) + NAME_AND_MORE:
        return True
    return any(_is_name(key, letters_of(name)) for name in head.outlets)


def _is_name(key: str, name: str) -> bool:
    if key == name:
        return len(name) > 1
    if len(name) < SHORTEST_NAME:
        return False
    return (name in key and len(key) <= len(name) + NAME_AND_MORE) or (
        key in name and len(key) > SHORTEST_NAME
    )
