"""Read a text that begins with its metadata as YAML, as notes, static sites and clippers write it."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from transforms.captures.capture import Outcome
from transforms.captures.records import has_content_column, read_record
from transforms.captures.source import Source

START = re.compile(
    rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?P<yaml>[\w\"'-].*?\r?\n)---[ \t]*\r?\n", re.DOTALL
)
# A field whose value is no YAML, as people write it: "title: Prices: up again".
LINE = re.compile(r"(?P<name>\w[\w -]{0,40}): +(?P<value>\S.*)")
# Of a clip: who clipped it wrote these, and not the page.
OF_A_CLIP = {"source": "url", "clipped": "captured_at", "created": "captured_at"}


def has_front_matter(source: Source) -> bool:
    """Return True if the bytes begin with YAML between two lines of dashes."""
    return _split(source.peek()) is not None


def read_front_matter(source: Source) -> Iterator[Outcome]:
    """Yield the text below the front matter, with what that says of it."""
    parts = _split(source.read())
    assert parts is not None, "has_front_matter was asked"
    fields, text = parts
    if str(fields.get("source", "")).startswith(("http://", "https://")):
        fields = {OF_A_CLIP.get(name, name): value for name, value in reversed(fields.items())}
    known = {name: value for name, value in fields.items() if not has_content_column({name: ""})}
    yield read_record(source.uri, known | {"text": text})


def _split(content: bytes) -> tuple[dict[str, Any], bytes] | None:
    """Return the fields of the front matter and the text, or None if it cannot be read safely."""
    found = START.match(content)
    if found is None:
        return None
    try:
        fields = _read_fields(found["yaml"].decode())
    except UnicodeDecodeError:
        return None
    return (fields, content[found.end() :]) if fields else None


def _read_fields(text: str) -> dict[str, Any] | None:
    """Return the fields in YAML, or in lines that are nearly YAML: "title: Prices: up again"."""
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            raise ValueError("an alias")  # aliases within aliases grow without end; most are *emphasis*
        fields = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        lines = [LINE.fullmatch(line) for line in text.splitlines() if line.strip()]
        fields = (
            {one["name"]: one["value"] for one in lines if one}
            if all(lines) and len(lines) > 1
            else None
        )
    return {str(name): value for name, value in fields.items()} if isinstance(fields, dict) else None
