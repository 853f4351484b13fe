"""One article of a press database export: its fields, separate from its text."""

import re
from dataclasses import dataclass
from functools import cache

from transforms.captures.capture import RawCapture
from transforms.captures.source import PLAIN_TEXT
from transforms.language.dates import find_date
from transforms.language.reference import read_reference

LABELLED = re.compile(r"\s*(?P<label>[^\W\d_][\w -]{2,40}?)\s*(?::\s*+(?P<value>.*+)|(?P<alone>))$")
RULE = re.compile(r"[\s_=*\-]{5,}")
COPYRIGHT = re.compile(r"(?<!\s)\s*(?:copyright\b|©|\(c\)\s)", re.IGNORECASE)
EDITION = re.compile(r"(?:\w+ )?(?:edition|ausgabe|édition|edición)\b.*|\w+day|\w+tag", re.IGNORECASE)
LONGEST_DATE_LINE = 60  # characters
REVERSED_NAME = re.compile(r"(?P<last>[^\W\d][\w'’-]{1,40}), (?P<first>[^\W\d][\w'’. -]{1,40})")
BYLINE_OPENER = re.compile(r"(?:by|von|par|por|di|da|door)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PressArticle:
    """The fields that a database gives an article, and the article's own lines."""

    title: str | None
    author: str | None
    published: str | None
    body: tuple[str, ...]

    def capture(self, uri: str) -> RawCapture:
        """Return the article as a capture whose text is the title and the body."""
        text = "\n\n".join(filter(None, [self.title, "\n".join(self.body).strip()]))
        return RawCapture(
            uri,
            text.encode(),
            title=self.title,
            content_type=PLAIN_TEXT,
            author=clean_author(self.author),
            published=self.published,
        )


def read_article(text: str) -> PressArticle | None:
    """Return the article in a part of an export, if the part has the labels of a database.

    >>> text = "Rice\\nThe Post\\nMay 3, 2021\\nByline: Jo Roe\\nBody\\nIt rose.\\nEnd of Document"
    >>> article = read_article(text)
    >>> article.title, article.author, article.published, article.body
    ('Rice', 'Jo Roe', '2021-05-03', ('It rose.',))
    >>> read_article("Rice\\nIt rose.") is None
    True
    """
    lines = [line.strip() for line in text.splitlines() if not RULE.fullmatch(line)]
    labels = [_label(line) for line in lines]
    start = _body_start(labels, lines)
    if start is None:
        return None
    end = next((i for i in range(start, len(lines)) if _ends_body(labels[i], lines[i])), len(lines))
    unlabelled = [
        line for line, label in zip(lines[:start], labels[:start], strict=True) if line and not label
    ]
    values = {field: value for label in labels for field, value in [label or ("", "")] if value}
    title, published = _title_and_date(unlabelled)
    first = [labels[start - 1][1]] if labels[start - 1] and labels[start - 1][0] == "body" else []  # type: ignore[index]
    return PressArticle(
        title=values.get("title") or title,
        author=values.get("author"),
        published=_day(values.get("published")) or published or _day(values.get("head")),
        body=tuple("\n".join([*filter(None, first), *lines[start:end]]).strip().split("\n")),
    )


def clean_author(author: str | None) -> str | None:
    """Return names in spoken order.

    >>> clean_author("By Lorna Whitting"), clean_author("Whitting, Lorna; Roe, Jo")
    ('Lorna Whitting', 'Lorna Whitting, Jo Roe')
    """
    if not author:
        return None
    names = [BYLINE_OPENER.sub("", name.strip(), count=1) for name in author.strip(" .;").split(";")]
    turned = [
        f"{m['first']} {m['last']}" if (m := REVERSED_NAME.fullmatch(name)) else name for name in names
    ]
    return ", ".join(filter(None, turned)) or None


def _label(line: str) -> tuple[str, str] | None:
    """Return the field and value of a line that has a database's label."""
    found = LABELLED.fullmatch(line)
    field = _labels().get(found["label"].casefold()) if found else None
    if found is None or field is None:
        return None
    stands_alone = found["value"] is None
    if stands_alone and not (field == "body" or field == "tail"):
        return None
    return field, (found["value"] or "").strip()


@cache
def _labels() -> dict[str, str]:
    return {row["label"].casefold(): row["field"] for row in read_reference("press_labels")}


def _body_start(labels: list[tuple[str, str] | None], lines: list[str]) -> int | None:
    """Return the line at which the text begins: after the body's label, or after the head."""
    fields = [label[0] if label else "" for label in labels]
    if "body" in fields:
        return fields.index("body") + 1
    head = [number for number, field in enumerate(fields) if field in ("head", "author")]
    if not head:
        return None
    end = next((i for i in range(head[0], len(lines)) if lines[i] and not fields[i]), len(lines))
    return max(i for i in range(head[0], end) if fields[i]) + 1


def _ends_body(label: tuple[str, str] | None, line: str) -> bool:
    return bool(label and label[0] == "tail") or COPYRIGHT.match(line) is not None


def _title_and_date(lines: list[str]) -> tuple[str | None, str | None]:
    """Return title and date from the unlabelled lines of the head.

    Where the date is the second line, the paper's name stands first and the title follows the date;
    where it comes later, the title is the first line.
    """
    lines = [line for line in lines if not COPYRIGHT.match(line)]
    at = next((i for i, line in enumerate(lines) if len(line) <= LONGEST_DATE_LINE and _day(line)), None)
    if at is None:
        return (lines[0] if lines else None), None
    behind = [line for line in lines[at + 1 :] if not EDITION.fullmatch(line)]
    title = behind[0] if at < 2 and behind else lines[0]
    return (None if title == lines[at] else title), _day(lines[at])


def _day(text: str | None) -> str | None:
    day = find_date(text or "")
    return day.isoformat() if day else None
