"""Read the capture in a record of a table: a JSON line, a Parquet row, a CSV row."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeGuard

from transforms.captures.capture import RawCapture, Unread
from transforms.captures.limits import MAX_CAPTURE_BYTES
from transforms.captures.values import as_date, as_names, as_text, as_title, read_moment
from transforms.language.reference import read_reference
from transforms.language.well_formed import replace_surrogates

Columns = Mapping[str, str]
NONE_GIVEN: Columns = MappingProxyType({})
FIELDS = ("html", "text", "content", "url", "title", "author", "published", "captured_at")
# The fields that hold what is captured, and its type. A column named "content" or "body" holds a page or
# a text, and in many exports so does one named "text": the bytes decide.
CONTENT_FIELDS = {"html": "text/html; charset=utf-8", "text": None, "content": None}
MAX_NESTING_OF_RECORDS = 12  # levels; answers of news services have 4
# How an object that is a value and no record names its text: in WordPress, Blogger, XML written as JSON.
WRAPPERS = ("rendered", "value", "$t", "#text")
# Fields that posts of social networks have: X, Weibo, Mastodon, Bluesky.
OF_NETWORKS = frozenset(["user", "id_str", "author_id", "mid", "account", "$type"])


def read_record(
    source_uri: str, record: Mapping[str, Any], columns: Columns = NONE_GIVEN
) -> RawCapture | Unread:
    """Return the capture in a record with a column of text or HTML; HTML is preferred.

    Which columns are taken for which field is in seeds/reference/columns.csv; `columns` come before.

    >>> read_record("a#row=0", {"text": "Hello.", "url": ""}).content
    b'Hello.'
    >>> read_record("a#row=0", {"Text": "Hello.", "TEXT": "x"}).content
    b'Hello.'
    >>> read_record("a#row=1", {"number": 1}).reason
    'bad_record'
    >>> read_record("a#row=2", {"Rumpf": "Hello."}, {"text": "Rumpf"}).content
    b'Hello.'
    """
    values = dict(_by_field(record, columns))
    for field, content_type in CONTENT_FIELDS.items():
        content = _as_bytes(values.get(field))
        if len(content) > MAX_CAPTURE_BYTES:
            return Unread(source_uri, "too_large", f"its {field} has over {MAX_CAPTURE_BYTES:,} bytes")
        if content.strip():
            return RawCapture(
                source_uri,
                content,
                url=as_text(values.get("url")),
                title=as_title(values.get("title")),
                captured_at=read_moment(values.get("captured_at")),
                content_type=content_type,
                author=as_names(values.get("author") or _poster(record)),
                published=as_date(values.get("published") or _posted(record)),
            )
    if has_content_column(record, columns):
        return Unread(source_uri, "empty", "its text and html are empty")
    return Unread(source_uri, "bad_record", f"no column named text or html; {name_columns(record)}")


def find_records(value: Any, columns: Columns = NONE_GIVEN) -> Iterator[dict[str, Any]]:
    """Yield the records in a JSON value, in order: objects that have a column of text or HTML.

    They may lie in lists and objects, as in the answers of news services; what an object says beside
    the object that has the text (`{"url": ..., "fields": {"body": ...}}`) belongs to the record.

    >>> list(find_records({"articles": [{"body": "A"}, {"url": "u", "fields": {"body": "B"}}]}))
    [{'body': 'A'}, {'url': 'u', 'body': 'B'}]
    """
    yield from _find_records(value, {}, columns, 0)


def has_content_column(record: Mapping[str, Any], columns: Columns = NONE_GIVEN) -> bool:
    """Return True if a record has a column of text or HTML, even an empty one."""
    fields = {field for name in record for field in fields_of_column(str(name), columns)}
    return not fields.isdisjoint(CONTENT_FIELDS)


def fields_of_column(name: str, columns: Columns = NONE_GIVEN) -> list[str]:
    """Return the field that a column is read as, if any.

    >>> fields_of_column("publishedAt"), fields_of_column("Publication Date"), fields_of_column("id")
    (['published'], ['published'], [])
    """
    given = [field for field, column in columns.items() if column == name]
    known = _known_columns().get(_plain(name))
    return given or ([known[0]] if known and known[0] not in columns else [])


def name_columns(names: Any) -> str:
    """Return a message that names the columns and suggests a fix.

    >>> name_columns(["id", "corpus"])
    'its columns are id, corpus; name the one with --columns text=NAME'
    """
    shown = ", ".join(replace_surrogates(str(name))[:40] for name in list(names)[:12])
    return f"its columns are {shown or 'none'}; name the one with --columns text=NAME"


def _find_records(
    value: Any, outer: dict[str, Any], columns: Columns, depth: int
) -> Iterator[dict[str, Any]]:
    if depth > MAX_NESTING_OF_RECORDS:
        return
    if isinstance(value, list):
        for one in value:
            yield from _find_records(one, {}, columns, depth + 1)
    elif isinstance(value, dict):
        value = {name: _unwrapped(one) for name, one in value.items()}
        if any(_has_content(name, one, columns) for name, one in value.items()):
            yield outer | value
            return
        flat = {name: one for name, one in value.items() if not isinstance(one, dict)}
        for one in value.values():
            yield from _find_records(one, outer | flat, columns, depth + 1)


def _unwrapped(value: Any) -> Any:
    """Return the text in an object that only wraps it, or in the list of its parts that Telegram writes.

    >>> _unwrapped({"rendered": "<p>Rice is dear.</p>", "protected": False}), _unwrapped({"text": "A"})
    ('<p>Rice is dear.</p>', {'text': 'A'})
    >>> _unwrapped(["Rice is ", {"type": "bold", "text": "dear"}, "."])
    'Rice is dear.'
    """
    if isinstance(value, list) and {type(one) for one in value} == {str, dict}:
        parts = [one if isinstance(one, str) else one.get("text") for one in value]
        return "".join(parts) if all(isinstance(part, str) for part in parts) else value
    if not isinstance(value, dict):
        return value
    text = next((value[name] for name in WRAPPERS if isinstance(value.get(name), str)), None)
    has_more = text is not None and any(isinstance(one, list | dict) for one in value.values())
    return value if text is None or has_more or has_content_column(value) else text


def _has_content(name: str, value: Any, columns: Columns) -> bool:
    is_text = isinstance(value, str | bytes) or _is_list_of_texts(value)
    return is_text and not CONTENT_FIELDS.keys().isdisjoint(fields_of_column(name, columns))


def _by_field(record: Mapping[str, Any], columns: Columns) -> Iterator[tuple[str, Any]]:
    """Yield the value of each field; the column that the list has first wins, or the first of a name."""
    found = [
        (_rank(str(name)), field, value)
        for name, value in record.items()
        for field in fields_of_column(str(name), columns)
        if value not in (None, "", b"", [])
    ]
    best_first = sorted(found, key=lambda one: one[0])
    yield from ((field, value) for _, field, value in best_first[::-1])


def _rank(name: str) -> int:
    return _known_columns().get(_plain(name), ("", -1))[1]


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def _known_columns() -> dict[str, tuple[str, int]]:
    """Return the field and rank of each known column."""
    rows = read_reference("columns")
    return {_plain(row["column"]): (row["field"], rank) for rank, row in reversed([*enumerate(rows)])}


def _as_bytes(value: object) -> bytes:
    """Return the bytes of a text; of a list of texts, such as paragraphs, one below the other.

    >>> _as_bytes("One."), _as_bytes(["One.", "Two."]), _as_bytes([1])
    (b'One.', b'One.\\n\\nTwo.', b'')
    """
    if _is_list_of_texts(value):
        return b"\n\n".join(map(_as_bytes, value))
    if isinstance(value, bytes):
        return value
    return replace_surrogates(value).encode() if isinstance(value, str) else b""


def _posted(record: Mapping[str, Any]) -> object:
    """Return when a post of a social network was made; tables use the name for when a row was."""
    is_post = not OF_NETWORKS.isdisjoint(record)
    return (record.get("created_at") or record.get("createdAt")) if is_post else None


def _poster(record: Mapping[str, Any]) -> object:
    """Return who made a post of a social network, an object with a name."""
    found = record.get("user") or record.get("account")
    return found if isinstance(found, dict) else None


def _is_list_of_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
