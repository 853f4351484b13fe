"""Read the author from the line of a byline or an author box, without "By", dates and outlets."""

import re

from transforms.language.names import LOWER, SIGNS_OF_VOWELS
from transforms.language.word_lists import listed_pattern
from transforms.metadata.east_asian_byline import find_east_asian_byline

BYLINE_PARTICLES = "de|da|del|della|di|do|dos|du|la|le|van|von|der|den|bin|al|el|ter|zu"
BYLINE_WORD = rf"[^\W\d_{LOWER}][\w'’.\-{SIGNS_OF_VOWELS}]*"
BYLINE_NAME = rf"{BYLINE_WORD}(?:\s+(?:(?:{BYLINE_PARTICLES})\s+)*{BYLINE_WORD}){{1,3}}"
BY = listed_pattern("byline_opener")
BY_FIRST = rf"(?:{BY}|{listed_pattern('byline_opener_first')})"  # "του" is also "of the"
NAME_SEPARATOR = r"(?:\s*,\s*|\s+(?:and|und|et|y|e|en|i|и|και|dan|&)\s+)"
BYLINE = re.compile(
    rf"(?:(?i:{BY_FIRST})(?:\s*+[:–—])?+\s++|By(?=[A-Z][a-z]))(?P<names>{BYLINE_NAME}(?:{NAME_SEPARATOR}{BYLINE_NAME})*)(?P<rest>(?:\s*[|,•·–—\-/(].*|\s+on\s.*)?)$"
)
AUTHOR_BOX = re.compile(rf"^(?i:about|über|à propos de|sobre|su|over)\s+(?P<names>{BYLINE_NAME})$")
NOT_NAMES = re.compile(rf"\b{listed_pattern('not_author')}\b", re.IGNORECASE)
OPENER = re.compile(rf"(?i:{BY_FIRST})\s*:?")
LONGEST_BYLINE = 15  # words; "By X and Y, Outlet, in Beijing, 3 March 2014, 10:30"


def find_byline(line: str) -> str | None:
    """Return the authors that a byline names, joined by "; ", or None if the line is not a byline.

    >>> find_byline("By Jane Doe and Lu Min | March 14, 2014")
    'Jane Doe; Lu Min'
    >>> find_byline("Interview by Jane Doe"), find_byline("ByJane Doe")
    ('Jane Doe', 'Jane Doe')
    >>> find_byline("By the time the campaign ended, accounts were gone.") is None
    True
    """
    if len(line.split()) > LONGEST_BYLINE:
        return None
    match = BYLINE.match(line.strip())
    return _names(match["names"]) if match else find_east_asian_byline(line.strip())


def opens_byline(line: str) -> bool:
    """Return True if a line is only the word before a name, which stands on the next line.

    >>> opens_byline("By"), opens_byline("By the river")
    (True, False)
    """
    return OPENER.fullmatch(line.strip()) is not None


def find_author_box(line: str) -> str | None:
    """Return the person named in the heading of an author box, or None if the line is not one.

    >>> find_author_box("About Jane Doe"), find_author_box("About the author")
    ('Jane Doe', None)
    """
    match = AUTHOR_BOX.match(line.strip())
    return _names(match["names"]) if match else None


def _names(found: str) -> str | None:
    names = [
        name.strip(" .,") for name in re.split(rf"{NAME_SEPARATOR}|、", found) if name and name.strip()
    ]
    names = [name for name in names if not NOT_NAMES.search(name)]
    return "; ".join(dict.fromkeys(_title_case(name) for name in names)) or None


def _title_case(name: str) -> str:
    """Return a name in capitals in title case."""
    return name.title() if name.isupper() else name
