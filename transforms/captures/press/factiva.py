"""Articles as Factiva exports them: with two-letter codes, or as read, up to the document's number."""

import re
from collections.abc import Iterator

from transforms.captures.press.press_article import PressArticle
from transforms.language.dates import find_date

# Factiva's codes of fields, from its documentation; those of the text are LP (first paragraph) and TD.
HEAD_CODES = "SE CLM HD BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY HLP SUB".split()
TEXT_CODES = ["LP", "TD"]
TAIL_CODES = "ART CO IN NS RE IPD IPC PUB AN RF CX CT DLN".split()
CODED = re.compile(
    rf"(?P<code>{'|'.join([*HEAD_CODES, *TEXT_CODES, *TAIL_CODES])})(?:[ \t]++(?P<value>.*+))?"
)
SUBJECT = re.compile(r"[a-z0-9]{2,8} : \S")  # "gcat : Political/General News"
NUMBER = re.compile(
    r"(?:Do[ck]umento?|Documento?)\s+(?P<number>[A-Z]{2}[A-Za-z0-9]{12,}+)", re.MULTILINE
)
WORDS = re.compile(
    r"[0-9][0-9.,\u00a0 ]*\s(?:words|Wörter|mots|palabras|parole|woorden|palavras|słów|слов)"
)
LAST_NUMBER = re.compile(rf"^[ \t]*(?:AN[ \t]+)?{NUMBER.pattern}[ \t]*\r?$", re.MULTILINE)
LONGEST_HEAD = 15  # lines
COPYRIGHT = re.compile(r"\(c\)|©|copyright", re.IGNORECASE)


def split_factiva(text: str) -> tuple[list[PressArticle], str] | None:
    """Return the articles of a Factiva export and the text after them; None if it is not one.

    >>> text = "HD Rice\\nPD 3 May 2021\\nLP\\nIt rose.\\nTD\\nA lot.\\nAN Document POST0020210503eh33"
    >>> [(one.title, one.published, one.body) for one in split_factiva(text)[0]]
    [('Rice', '2021-05-03', ('It rose.', 'A lot.'))]
    """
    ends = [match.end() for match in LAST_NUMBER.finditer(text)]
    starts = [0, *ends[:-1]]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=False)]
    articles = [_read_coded(part) or _read_plain(part) for part in parts]
    found = [article for article in articles if article]
    return (found, text[ends[-1] :]) if found and all(articles) else None


def _read_coded(part: str) -> PressArticle | None:
    fields: dict[str, list[str]] = {}
    code = ""
    for line in map(str.strip, part.splitlines()):
        found = CODED.fullmatch(line)
        if found and _begins_field(found["code"], found["value"] or "", code):
            code, line = found["code"], found["value"] or ""
        if code and line.strip():
            fields.setdefault(code, []).append(line.strip())
    if not {"HD", "AN"} <= fields.keys() or not fields.keys() & set(TEXT_CODES):
        return None
    day = find_date(" ".join(fields.get("PD", [])))
    return PressArticle(
        title=" ".join(fields["HD"]),
        author=" ".join(fields.get("BY", [])) or None,
        published=day.isoformat() if day else None,
        body=tuple(fields.get("LP", []) + fields.get("TD", [])),
    )


def _begins_field(code: str, value: str, current: str) -> bool:
    """Return True if a line that begins with a code begins a field: a text may begin with "IN" too."""
    if current in TEXT_CODES:
        return (
            code in TEXT_CODES
            or code == "AN"
            or (code in TAIL_CODES and (not value or bool(SUBJECT.match(value))))
            or code in ("PUB", "ART", "IPC", "IPD", "RF")
        )
    return True


def _read_plain(part: str) -> PressArticle | None:
    """Read an article without codes: title, byline, "186 words", date, paper, page, language, rights."""
    lines = [line for line in map(str.strip, part.splitlines()) if line]
    at = next((i for i, line in enumerate(lines[:LONGEST_HEAD]) if WORDS.fullmatch(line)), None)
    if not at:
        return None
    rights = next(
        (i for i in range(at, min(at + LONGEST_HEAD, len(lines))) if COPYRIGHT.search(lines[i])), None
    )
    day = find_date(" ".join(lines[at + 1 : at + 3]))
    before = list(_before_words(lines[:at]))
    return PressArticle(
        title=before[0],
        author=before[1] if len(before) > 1 else None,
        published=day.isoformat() if day else None,
        body=tuple(lines[(rights or at) + 1 : -1]),
    )


def _before_words(lines: list[str]) -> Iterator[str]:
    """Yield title and byline; the name of a section may stand before them."""
    yield from lines[-2:] if len(lines) > 2 else lines
