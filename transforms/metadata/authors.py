"""Find the names of an article's authors in a page's markup."""

import re
from collections.abc import Iterable, Iterator, Sequence

from transforms.language.dates import MONTH, find_date
from transforms.language.names import not_in_names
from transforms.language.word_lists import listed_pattern, listed_words
from transforms.metadata.byline import BY, BYLINE_NAME
from transforms.metadata.head import Head, Heading
from transforms.metadata.json_ld import authors_of

METAS = (
    "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author",
    "article:author", "og:article:author", "authors", "byl", "cxenseparse:author",
)  # fmt: skip
WRITTEN_BY = listed_words("author_label")
PREFIX = re.compile(
    rf"^(?:(?:the\s)?(?:authors?|contributors?|about the author)\b[\s:]*)?"
    rf"(?:(?:(?i:words|story|text|article|report|written|posted|published|reviewed|created|insights)\s)?(?i:{BY}|from)\b[\s:]*)?",
    re.IGNORECASE,
)
# What follows a name in a byline: a date, a role, an outlet.
SUFFIX = re.compile(
    rf"\s*(?:[|·•»/—–]|\s-\s|\s\(|\s@|\s\d|\s(?:published|updated|last|posted|on|in|at|is|has|for|reads?|min|"
    rf"offline|expert|senior|contributing|editor|writer|reporter|correspondent|author|founder|director|manager|"
    rf"M\.?D\.?|Ph\.?D\.?|RD|RN|DVM|follow|view|bio|see|edited|reviewed|fact)\b|\s{MONTH}\b\.?\s\d).*$",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s*(?:;|,|\||\s&\s|\s(?:and|und|et|y|e|en|i|и|og|och)\s)\s*")
ADDRESS = re.compile(r"@|https?:|www\.|^\d+$|\.(?:com|org|net|io)\b", re.IGNORECASE)
NOBODY = re.compile(
    r"^(?:\w*admin\w*|webmaster|guest|user|anonymous|unknown|none|null|website|home|authors?|wordpress|"
    r"super user|default|ask question.*|my account|name \*|[\w.]+\.extra)$",
    re.IGNORECASE,
)
NO_PERSON = re.compile(rf"(?:^|\s){listed_pattern('newsroom')}$", re.IGNORECASE)
PERSON = re.compile(rf"{BYLINE_NAME}$")
ROLE = re.compile(rf"\b{listed_pattern('role_or_outlet')}\b", re.IGNORECASE)
JOINT = r"(?:, | and | & |, and | und | et | og | och | y | e | en )"
NAMES = rf"(?P<names>{BYLINE_NAME}(?:{JOINT}{BYLINE_NAME}){{0,5}})"
NEAR_BYLINE = re.compile(rf"(?:^|[\s|·•])(?i:{BY})\s*:?\s+{NAMES}")
# "Jane Doe May 30, 2014", "Jane Doe 5 min read": a name and a date right below the heading.
NAME_AND_DATE = re.compile(
    rf"^{NAMES}\s*[|·•,–-]?\s*(?=\d+ ?[Mm]in|\d{{1,2}}\.? {MONTH}|\d{{4}}-\d\d|"
    rf"(?i:last )?(?i:published|updated|posted)\b|{MONTH}\b\.?\s\d)"
)
LABELS = (
    r"(?:written|words) by|authors?|autor(?:in)?(?:/autor(?:in)?)?|auteur|автор|geschrieben von|"
    r"verfasst von|écrit par"
)
BYLINE_LABEL = re.compile(
    rf"(?:{LABELS}|(?:(?:posted|text|story|article) )?by|von|par|por|di|door|av|af|przez|作者)\s?[:：]?",
    re.IGNORECASE,
)
FULL_LABELS = re.compile(rf"(?:{LABELS})\s?:?", re.IGNORECASE)
# A separator on its own line, which two links to authors leave: "Jane Doe\nand\nLu Min".
JOINT_LINES = re.compile(r"\n(?P<joint>,|&|and|und|et|og|och|y|e|en)\n")
LOGIN = re.compile(r"[a-z]+[._][a-z]+")
TRAILING_MONTH = re.compile(rf"\s{MONTH}\.?$")
MOST_WORDS = 5  # in a byline that consists of "by" and a name
LONGEST_NAME = 45  # characters
MOST_LINES = 3  # of a byline that are searched for the name; the first can be just "By"
MOST_AUTHORS = 20
LONGEST_LINE = 20  # words; a line with a byline is not longer


def find_authors(head: Head, heading: Heading | None) -> str | None:
    """Return the authors, joined by "; ", or None if the page names no person.

    Sources in order: JSON-LD and meta elements, the author of a forum page's first post, elements
    marked as a byline, and "by NAME" near the heading. "By", roles, dates and names of outlets are
    removed; an outlet is the author only if the page names nobody else.
    """
    stated = [authors_of(head.nodes), _from_metas(head)]
    written = [_from_marks(head), _near_heading(heading), _from_labels(head), _from_links(head)]
    handle = [head.handle] if head.handle else []
    persons = next(filter(None, (_clean(given, head) for given in stated)), None)
    if not persons and handle and _clean(handle, None):
        return handle[0]
    persons = persons or next(filter(None, (_clean(given, head) for given in written)), None)
    others = [*stated, *written, list(filter(_is_short, head.bylines))[:1], _handle_near(heading)]
    names = persons or next(filter(None, (_clean(given, None) for given in others)), None)
    return "; ".join(names) if names else None


def _from_metas(head: Head) -> list[str]:
    for wanted in METAS:
        if given := [content for name, content in head.metas if name == wanted]:
            return given
    for number in ("1", "2"):
        if (head.meta(f"twitter:label{number}") or "").lower() in WRITTEN_BY:
            return [head.meta(f"twitter:data{number}") or ""]
    return []


def _from_marks(head: Head) -> list[str]:
    """Return the first byline that is a person's name, alone or after "by"."""
    for text in head.bylines:
        if found := _named_in(text.split("\n")):
            return found
    return []


def _named_in(lines: Sequence[str]) -> list[str]:
    """Return the persons named in the first line of a byline, and those joined to it by "and"."""
    joined = JOINT_LINES.sub(r" \g<joint> ", "\n".join(lines)).split("\n")
    for line in joined[:MOST_LINES]:
        name = SUFFIX.sub("", PREFIX.sub("", line)).strip(" ,:")
        parts = [part for part in SEPARATOR.split(name) if part]
        if parts and PERSON.match(parts[0]) and all(PERSON.match(p) or _is_outlet(p) for p in parts):
            return [name]
    return []


def _is_outlet(part: str) -> bool:
    """Return True if a part of a byline looks like an outlet or a degree: MDR, Ph.D."""
    return part.upper() == part


def _from_links(head: Head) -> list[str]:
    """Return the text of the first link to an author's page that is a person's name."""
    return next(
        ([text] for text in head.author_links if PERSON.match(text) and not ROLE.search(text)), []
    )


def _is_short(byline: str) -> bool:
    return len(byline.split()) <= MOST_WORDS and not re.search(r"\d", byline)


def _near_heading(heading: Heading | None) -> list[str]:
    """Return the names near the heading: after "by", or in a line next to the date."""
    if heading is None:
        return []
    for lines in (heading.after, heading.before):
        for line, following in zip(lines, [*lines[1:], ""], strict=False):
            if BYLINE_LABEL.fullmatch(line) and (names := _named_in([following])):
                return names
            if len(line.split()) <= LONGEST_LINE and (found := NEAR_BYLINE.search(line)):
                return [found["names"]]
        if names := _beside_date(lines):
            return names
    return []


def _beside_date(lines: Sequence[str]) -> list[str]:
    """Return the name in the line next to the date, or in the same line."""
    for i, line in enumerate(lines):
        if (found := NAME_AND_DATE.match(line)) and _is_persons_name(
            TRAILING_MONTH.sub("", found["names"])
        ):
            return [TRAILING_MONTH.sub("", found["names"])]
        beside = [*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]]
        name = line.strip(" |·•,-–")
        if PERSON.match(name) and _is_persons_name(name) and any(map(_is_date_line, beside)):
            return [name]
    return []


def _is_persons_name(names: str) -> bool:
    return (
        " " in names
        and not_in_names().isdisjoint(names.casefold().split())
        and not ROLE.search(names)
        and not any(char.isdigit() for char in names)
    )


def _is_date_line(line: str) -> bool:
    if re.match(r"(?i:last )?(?i:published|updated|posted)\b", line):
        return True
    return len(line.split()) <= MOST_WORDS and find_date(line, month_first=True) is not None


def _from_labels(head: Head) -> list[str]:
    """Return the name in the line after a label such as "Author", anywhere on the page."""
    pairs = zip(head.lines, head.lines[1:], strict=False)
    return next(
        (names for line, name in pairs if FULL_LABELS.fullmatch(line) and (names := _named_in([name]))),
        [],
    )


def _handle_near(heading: Heading | None) -> list[str]:
    """Return the single word after "by" in its own line, usually a login name."""
    lines = heading.after if heading else ()
    found = (re.fullmatch(r"[Bb]y (?P<name>[\w.-]+)", line) for line in lines)
    return next(([one["name"]] for one in found if one), [])


def _clean(given: Iterable[str], head: Head | None) -> list[str]:
    """Return the names of persons; if `head` is given, without the outlet and placeholders ("admin")."""
    names = (name for text in given for name in _split(PREFIX.sub("", text).strip(" ,:")))
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
        SUFFIX.sub("", part).strip(" ,:.-") for part in SEPARATOR.split(text) if part and part.strip()
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
        and _letters(name) not in {_letters(one) for one in (*head.outlets, head.domain)}
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
