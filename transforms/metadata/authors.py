"""Find the names of an article's authors in a page's markup."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from transforms.language.names import is_given_name
from transforms.language.phrases import find_phrases
from transforms.language.word_lists import listed_pattern, listed_words
from transforms.language.words import letters_of
from transforms.metadata.author_lines import (
    BETWEEN_NAMES,
    FULL_LABELS,
    MOST_BYLINE_WORDS,
    ORCID,
    PERSON,
    PREFIX,
    ROLE,
    SUFFIX,
    TRAILING_MONTH,
    find_near_heading,
    named_in,
)
from transforms.metadata.east_asian_byline import find_east_asian_byline
from transforms.metadata.head import Head, Heading
from transforms.metadata.json_ld import authors_of

METAS = (
    "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author",
    "article:author", "og:article:author", "authors", "byl", "cxenseparse:author",
)  # fmt: skip
WRITTEN_BY = listed_words("author_label")
ADDRESS = re.compile(r"@|https?:|www\.|^\d+$|\.(?:com|org|net|io)\b", re.IGNORECASE)
NOBODY = re.compile(
    r"^(?:\w*admin\w*|webmaster|guest|user|anonymous|unknown|none|null|website|home|authors?|wordpress|"
    r"super user|default|ask question.*|my account|name \*|[\w.]+\.extra)$",
    re.IGNORECASE,
)
NO_PERSON = re.compile(rf"(?:^|\s){listed_pattern('newsroom')}$", re.IGNORECASE)
LOGIN = re.compile(r"[a-z]+[._][a-z]+")
LONGEST_NAME = 45  # characters
MOST_AUTHORS = 20


def find_authors(head: Head, heading: Heading | None) -> str | None:
    """Return the authors, joined by "; ", or None if the page names no person.

    Sources in order: JSON-LD and meta elements, the author of a forum page's first post, elements
    marked as a byline, and "by NAME" near the heading. "By", roles, dates and names of outlets are
    removed; an outlet is the author only if the page names nobody else.
    """
    stated = [authors_of(head.nodes), _from_metas(head)]
    handle = [head.handle] if head.handle else []
    persons = next(filter(None, (clean_names(given, head) for given in stated)), None)
    if not persons and handle and clean_names(handle, None):
        return handle[0]
    written = (clean_names(given, head) for given in _written(head, heading))
    persons = persons or next(filter(None, written), None)
    short = [byline.split("\n")[0] for byline in head.bylines if _is_short(byline)]
    others = chain(stated, _written(head, heading), [short[:1], _handle_near(heading)])
    names = persons or next(filter(None, (clean_names(given, None) for given in others)), None)
    return "; ".join(names) if names else None


def _written(head: Head, heading: Heading | None) -> Iterator[list[str]]:
    """Yield the names that the page shows, each source when it is asked for."""
    yield _from_marks(head)
    yield find_near_heading(heading)
    yield _in_east_asia(head, heading)
    yield _from_labels(head)
    yield _from_links(head)


def _from_metas(head: Head) -> list[str]:
    for wanted in METAS:
        if given := [content for name, content in head.metas if name == wanted]:
            return _surnames_last(given)
    for number in ("1", "2"):
        if (head.meta(f"twitter:label{number}") or "").lower() in WRITTEN_BY:
            return [head.meta(f"twitter:data{number}") or ""]
    return []


def _surnames_last(given: list[str]) -> list[str]:
    """Return the names of several elements, each "Doe, Jane", as people write them."""
    are_turned = len(given) > 1 and all(one.count(",") == 1 for one in given)
    return [" ".join(reversed(one.split(","))).strip() for one in given] if are_turned else given


def _in_east_asia(head: Head, heading: Heading | None) -> list[str]:
    """Return the names in the first Chinese, Japanese or Korean byline, marked or near the heading."""
    near = (*heading.after, *heading.before) if heading else ()
    lines = [*(line for text in head.bylines for line in text.split("\n")), *near]
    return next(([names] for line in lines if (names := find_east_asian_byline(line))), [])


def _from_marks(head: Head) -> list[str]:
    """Return the first byline that is a person's name, alone or after "by"."""
    for text in head.bylines:
        if found := named_in(text.split("\n")):
            return found
    return []


def _from_links(head: Head) -> list[str]:
    """Return the text of the first link to an author's page that is a person's name."""
    return next(
        (
            [text]
            for text in head.author_links
            if PERSON.match(text) and not ROLE.search(text) and find_phrases([text])[0] is None
        ),
        [],
    )


def _is_short(byline: str) -> bool:
    return len(byline.split()) <= MOST_BYLINE_WORDS and not re.search(r"\d", byline)


def _from_labels(head: Head) -> list[str]:
    """Return the name in the line after a label such as "Author", anywhere on the page."""
    pairs = zip(head.lines, head.lines[1:], strict=False)
    return next(
        (names for line, name in pairs if FULL_LABELS.fullmatch(line) and (names := named_in([name]))),
        [],
    )


def _handle_near(heading: Heading | None) -> list[str]:
    """Return the single word after "by" in its own line, usually a login name."""
    lines = heading.after if heading else ()
    found = (re.fullmatch(r"[Bb]y (?P<name>[\w.-]+)", line) for line in lines)
    return next(([one["name"]] for one in found if one), [])


def clean_names(given: Iterable[str], head: Head | None = None) -> list[str]:
    """Return the names of persons; if `head` is given, without the outlet and placeholders ("admin").

    >>> clean_names(["By Jane Doe and Lu Min July"])
    ['Jane Doe', 'Lu Min']
    """
    texts = (PREFIX.sub("", ORCID.sub("", text).strip()).strip(" ,:") for text in given)
    names = (name for text in texts for name in _split(find_east_asian_byline(text) or text))
    names = (TRAILING_MONTH.sub("", name) for name in names)
    kept = (_plain(name) for name in names if _may_be_author(name, head))
    return list(dict.fromkeys(kept))[:MOST_AUTHORS]


def _split(text: str) -> Iterator[str]:
    """Yield the names in a list of names: "Roy, Aniruddha; Patel, Jyoti" has two, surnames first.

    Commas and "and" separate names only if there are persons on both sides; otherwise they belong to
    a name ("Center for Drug Evaluation and Research") or precede a role.
    """
    if ADDRESS.search(text):
        return
    if ";" in text and all(part.count(",") == 1 for part in text.split(";") if part.strip()):
        for part in text.split(";"):
            yield " ".join(piece.strip() for piece in reversed(part.split(",")))
        return
    parts = [
        SUFFIX.sub("", part).strip(" ,:.-")
        for part in BETWEEN_NAMES.split(text)
        if part and part.strip()
    ]
    persons = [part for part in parts if PERSON.match(part)]
    if persons and (len(persons) == len(parts) or parts[0] == persons[0]):
        yield from (part for part in parts if _is_no_role(part))
    else:
        yield text.strip()


def _is_no_role(part: str) -> bool:
    return bool(PERSON.match(part)) and not ROLE.search(part)


def _plain(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 and " " in name else name


def _may_be_author(name: str, head: Head | None) -> bool:
    if not 1 < len(name) <= LONGEST_NAME or ADDRESS.search(name) or NOBODY.match(name):
        return False
    if head is None:
        return True
    return (
        not NO_PERSON.search(name)
        and not LOGIN.fullmatch(name)
        and (
            letters_of(name) not in {letters_of(one) for one in (*head.outlets, head.domain)}
            or _has_own_site(name)
        )
    )


def _has_own_site(name: str) -> bool:
    """Return True if the name of a site is that of a person: "Jane Doe" of janedoe.example."""
    return bool(PERSON.match(name)) and is_given_name(name.split()[0]) and not ROLE.search(name)
