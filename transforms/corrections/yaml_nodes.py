"""Read YAML into texts, lists and mappings that know their lines; nothing else is made of it.

No text becomes a number, a date or an object, and aliases are refused: a file can be read by people
who did not write it, and cannot grow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 20_000_000  # some ten thousand corrections
DEEPEST = 6
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFault(ValueError):
    """What is wrong with a file, and in which line (from 1)."""

    def __init__(self, number: int, fault: str) -> None:
        super().__init__(f"line {number}: {fault}")
        self.number, self.fault = number, fault


@dataclass(frozen=True, slots=True)
class YamlNode:
    """A value and its line; a mapping is a dict of nodes."""

    number: int
    value: "str | list[YamlNode] | dict[str, YamlNode]"


def read_yaml(path: Path) -> tuple[str, YamlNode | None]:
    """Return the text of a YAML file and its value, None if it has none.

    Raises ValueError with the path and the line if it is not such a file.
    """
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path}: not a file, or larger than {MOST_BYTES:,} bytes")
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = 1 + content[: error.start].count(b"\n")
        raise ValueError(f"{path}, line {number}: not UTF-8; save the file as UTF-8") from error
    try:
        return text, parse_yaml(text)
    except YamlFault as fault:
        raise ValueError(f"{path}, {fault}") from fault


def parse_yaml(text: str) -> YamlNode | None:
    """Return the value of a YAML text; raises YamlFault.

    >>> parse_yaml("a: [1, no]").value["a"].value[1].value
    'no'
    """
    try:
        events = yaml.parse(text, Loader=LOADER)
        return _read_document(events)
    except yaml.YAMLError as error:
        raise YamlFault(_line_of(error, text), _words_of(error)) from error


def _read_document(events: Iterator[Any]) -> YamlNode | None:
    root = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                raise YamlFault(_number(event), "a second document; the file holds one")
            root = _read_node(next(events), events, 1)
    is_blank = root is not None and root.value == ""
    return None if is_blank else root


def _read_node(event: Any, events: Iterator[Any], depth: int) -> YamlNode:
    number = _number(event)
    if depth > DEEPEST:
        raise YamlFault(number, f"nested more than {DEEPEST} deep")
    if isinstance(event, yaml.AliasEvent):
        raise YamlFault(number, f"an alias (*{event.anchor}); write the value out, or in quotes")
    if isinstance(event, yaml.ScalarEvent):
        return YamlNode(number, event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        return YamlNode(number, [_read_node(one, events, depth + 1) for one in _until_end(events)])
    return YamlNode(number, _read_mapping(events, depth))


def _read_mapping(events: Iterator[Any], depth: int) -> dict[str, YamlNode]:
    found: dict[str, YamlNode] = {}
    for event in _until_end(events):
        if not isinstance(event, yaml.ScalarEvent):
            raise YamlFault(_number(event), "a name must be a word")
        if event.value in found:
            raise YamlFault(_number(event), f"{event.value[:40]!r} twice")
        found[event.value] = _read_node(next(events), events, depth + 1)
    return found


def _until_end(events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield event


def _number(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _line_of(error: Any, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return 1 + text[: getattr(error, "position", None) or 0].count("\n")


def _words_of(error: Any) -> str:
    words = getattr(error, "problem", None) or getattr(error, "reason", None) or "not valid YAML"
    return f"not valid YAML: {words}"
