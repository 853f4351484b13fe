"""Articles as Europresse exports them to text: paper, date and length above, rights below."""

import re

from transforms.captures.press.press_article import PressArticle
from transforms.language.dates import find_date

# The number of the document stands last: "news·20210303·LM·3437190".
NUMBER = re.compile(r"^[ \t]*(?:news|web|pub|tv|radio)·(?P<day>[0-9]{8})·\S+[ \t]*\r?$", re.MULTILINE)
HEAD = re.compile(r".*\b[0-9][0-9 \u00a0]{0,9} (?:mots|words|palabras|Wörter)\b.*")
RIGHTS = re.compile(
    r"(?:©|Le présent document est protégé|Tous droits réservés|Cet article est paru dans|"
    r"Aussi paru dans|Certificat émis|Illustration\(s\)|All rights reserved|Note\(s\) :)",
    re.IGNORECASE,
)
LONGEST_BYLINE = 8  # words
LONGEST_HEAD = 8  # lines


def split_europresse(text: str) -> tuple[list[PressArticle], str] | None:
    """Return the articles of a Europresse export and the text after them; None if it is not one.

    >>> text = "Le Monde\\n3 mars 2021 186 mots\\nDu riz\\nJo Roe\\nIl monte.\\n©\\nnews·20210303·LM·1"
    >>> [(one.title, one.author, one.published, one.body) for one in split_europresse(text)[0]]
    [('Du riz', 'Jo Roe', '2021-03-03', ('Il monte.',))]
    """
    marks = list(NUMBER.finditer(text))
    starts = [0, *(mark.end() for mark in marks[:-1])]
    articles = [
        _read(text[start : mark.start()], mark["day"])
        for start, mark in zip(starts, marks, strict=False)
    ]
    found = [one for one in articles if one]
    return (found, text[marks[-1].end() :]) if found and all(articles) else None


def _read(part: str, day: str) -> PressArticle | None:
    lines = [line for line in map(str.strip, part.splitlines()) if line]
    at = next((i for i, line in enumerate(lines[:LONGEST_HEAD]) if HEAD.fullmatch(line)), None)
    if at is None or at + 2 > len(lines):
        return None
    end = next((i for i in range(at + 1, len(lines)) if RIGHTS.match(lines[i])), len(lines))
    body = lines[at + 2 : end]
    is_byline = (
        bool(body)
        and len(body) > 1
        and len(body[0].split()) <= LONGEST_BYLINE
        and body[0][-1] not in ".!?…:»”"
    )
    found = find_date(lines[at]) or find_date(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    return PressArticle(
        title=lines[at + 1],
        author=body[0] if is_byline else None,
        published=found.isoformat() if found else None,
        body=tuple(body[1:] if is_byline else body),
    )
