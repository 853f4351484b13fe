"""Split an export of a press database into its articles."""

import re
from collections.abc import Iterator
from itertools import pairwise

from transforms.captures.capture import Outcome, RawCapture, Skipped
from transforms.captures.press.europresse import split_europresse
from transforms.captures.press.factiva import split_factiva
from transforms.captures.press.press_article import PressArticle, read_article
from transforms.captures.press.press_page import find_press_articles, is_press_page
from transforms.captures.source import PLAIN_TEXT
from transforms.language.encoding import decode_text

# The line that press databases print above each article of an export: its number, and how many
# there are. Numbers that do not run from 1 to the last are something else.
OF = "(?:of|von|de|di|sur|van|z|av|af|из)"
MARK = re.compile(
    rf"^[ \t\f]*(?:Do[ck]umento? (?P<n>[0-9]{{1,5}}) {OF} (?P<of>[0-9]{{1,5}})"
    rf"|(?P<N>[0-9]{{1,5}}) {OF} (?P<OF>[0-9]{{1,5}}) DO[CK]UMENT\w{{0,2}})[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
# The line below each article in exports without numbers.
END_OF_DOCUMENT = re.compile(
    r"^[ \t]*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|Fim do documento|"
    r"Fine del documento|Einde van document|Koniec dokumentu)[ \t]*\r?\n?",
    re.MULTILINE | re.IGNORECASE,
)
# Any of these must be there; the test is cheap, and nearly all files are something else.
HINT = re.compile(
    rb"(?i:do[ck]umento?)\s+(?:[0-9]|[A-Z]{2})|[0-9]\s+(?i:do[ck]ument)"
    rb"|(?i:end of|ende des|fin du|fin del|fim do|fine del|einde van|koniec)\s(?i:do[ck]ument)"
    rb"|(?:news|web|pub|tv|radio)(?:\xc2)?\xb7"
)


def split_dump(outcome: Outcome) -> Iterator[Outcome]:
    """Yield each article of an export as its own capture; yield anything else unchanged.

    Numbered articles are taken apart where the count is complete ("Document 1 of 3", "Document 2 of 3",
    "Document 3 of 3", or "1 of 3 DOCUMENTS" and so on), or where each has the labels of a database. What
    stands before the first is number 0.

    >>> dump = RawCapture("a.txt", b"Search\\n1 of 2 DOCUMENTS\\nRice\\n2 of 2 DOCUMENTS\\nTea\\n")
    >>> [(one.source_uri, one.content.split()[-1]) for one in split_dump(dump)]
    [('a.txt#document=0', b'Search'), ('a.txt#document=1', b'Rice'), ('a.txt#document=2', b'Tea')]
    """
    if not isinstance(outcome, RawCapture):
        yield outcome
    elif is_press_page(outcome.content):
        yield from _split_page(outcome)
    elif _may_be_export(outcome.content):
        yield from _split_text(outcome)
    else:
        yield outcome


def _split_page(outcome: RawCapture) -> Iterator[Outcome]:
    html = decode_text(outcome.content, outcome.content_type or "")[0]
    articles = find_press_articles(html)
    for number, article in enumerate(articles, start=1):
        yield article.capture(f"{outcome.source_uri}#document={number}")
    if not articles:
        yield outcome


def _split_text(outcome: RawCapture) -> Iterator[Outcome]:
    text = decode_text(outcome.content, outcome.content_type or "")[0].lstrip("\ufeff")
    uri = outcome.source_uri
    if found := split_factiva(text) or split_europresse(text):
        articles, rest = found
        yield from (one.capture(f"{uri}#document={n}") for n, one in enumerate(articles, start=1))
        yield from _skip_rest(uri, rest)
    elif starts := _find_marks(text):
        yield from _numbered(uri, text, starts)
    elif len(ends := [match.end() for match in END_OF_DOCUMENT.finditer(text)]):
        yield from _unnumbered(outcome, text, ends)
    else:
        yield outcome


def _may_be_export(content: bytes) -> bool:
    plain = content.replace(b"\0", b"") if b"\0" in content[:1_000] else content
    return not plain.lstrip().startswith(b"<") and HINT.search(plain) is not None


def _numbered(uri: str, text: str, starts: list[int]) -> Iterator[Outcome]:
    parts = [text[start:end] for start, end in pairwise([0, *starts, len(text)])]
    articles = [read_article(MARK.sub("", part, count=1)) for part in parts]
    for number, (part, article) in enumerate(zip(parts, articles, strict=True)):
        place = f"{uri}#document={number}"
        if number == 0 and any(articles[1:]) and part.strip():
            yield Skipped(place, "indexes and logs of archives")
        elif article and number:
            yield article.capture(place)
        elif part.strip():
            yield RawCapture(place, part.encode(), content_type=PLAIN_TEXT)


def _unnumbered(outcome: RawCapture, text: str, ends: list[int]) -> Iterator[Outcome]:
    """Yield the articles that end in a line which says so, if each has the fields of a database."""
    parts = [text[start:end] for start, end in pairwise([0, *ends])]
    articles: list[PressArticle] = [one for one in map(read_article, parts) if one]
    if len(articles) < len(parts):
        yield outcome
        return
    for number, article in enumerate(articles, start=1):
        yield article.capture(f"{outcome.source_uri}#document={number}")
    yield from _skip_rest(outcome.source_uri, text[ends[-1] :])


def _skip_rest(uri: str, rest: str) -> Iterator[Outcome]:
    """Skip the text after the last article: the search terms, the rights."""
    if rest.strip():
        yield Skipped(f"{uri}#rest", "indexes and logs of archives")


def _find_marks(text: str) -> list[int]:
    """Return where the marks of articles stand, or nothing.

    A single mark, and marks of a part of an export ("2 of 214 DOCUMENTS"), need a database's labels.
    """
    marks = list(MARK.finditer(text))
    counted = [(int(mark["n"] or mark["N"]), int(mark["of"] or mark["OF"])) for mark in marks]
    starts = [mark.start() for mark in marks]
    if len(marks) > 1 and counted == [(number, len(marks)) for number in range(1, len(marks) + 1)]:
        return starts
    is_part = counted == sorted(set(counted)) and len({total for _, total in counted}) == 1
    parts = (text[start:end] for start, end in pairwise([*starts, len(text)]))
    return starts if is_part and all(read_article(MARK.sub("", part)) for part in parts) else []
