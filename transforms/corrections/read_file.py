"""Read and validate the file of corrections; each fault has its line."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transforms.corrections.correction import (
    LINE_KINDS,
    UNKNOWN,
    Correction,
    Corrections,
    Selector,
    SiteSettings,
    one_line,
)
from transforms.corrections.yaml_nodes import YamlFault, YamlNode, read_yaml
from warehouse.schema.vocabulary import CorrectionKind

KINDS: tuple[CorrectionKind, ...] = get_args(CorrectionKind)
OF_A_LINE = ("above", "below", "occurrence")
OPTIONAL = ("address", "made_on", "instead_of", *OF_A_LINE)
OF_A_SITE = ("name", "language", "time_zone", "boilerplate", "text")
DOCUMENT = re.compile(r"[0-9a-f]{64}")
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[a-zA-Z]{2,8})*")
SITE = re.compile(r"folder:\S.*|[^\s/:@]+")
# Elements from the outside to the inside: "aside.newsletter", "div.story > p.note", "#comments li".
STEP = r"(?:[a-z][a-z0-9-]*|\*)?(?:[.#][\w-]+)*"
PATH = re.compile(rf"(?=\S){STEP}(?:(?:\s+|\s*>\s*)(?=[^\s>]){STEP})*")
# Characters that no name has: control characters and marks of writing direction.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_VALUE = 1_000  # characters


def read_corrections(path: Path | None) -> Corrections:
    """Return what a file of corrections says; nothing if there is no path or the file is empty.

    Raises ValueError with the line number if something in it is not valid or contradicts itself.
    """
    if path is None:
        return Corrections()
    text, root = read_yaml(path)
    try:
        return make_corrections(root, sha256(text.encode()).hexdigest()[:12])
    except YamlFault as fault:
        raise ValueError(f"{path}, {fault}") from fault


def make_corrections(root: YamlNode | None, digest: str = "") -> Corrections:
    """Return what the value of a file says; raises YamlFault."""
    if root is None:
        return Corrections(digest=digest)
    parts = _mapping(root, "the file", ("sites", "corrections"))
    entries = _list(parts["corrections"]) if "corrections" in parts else []
    corrections = tuple(dict.fromkeys(map(_read_correction, entries)))
    _refuse_contradictions(corrections)
    sites = _mapping(parts["sites"], "sites") if "sites" in parts else {}
    return Corrections(
        corrections, {name: _read_site(name, node) for name, node in sites.items()}, digest
    )


def _read_correction(node: YamlNode) -> Correction:
    given = _mapping(node, "a correction", ("document", "by", "reason", *KINDS, *OPTIONAL))
    kinds = [kind for kind in KINDS if kind in given]
    if len(kinds) != 1:
        raise YamlFault(node.number, f"needs one of {', '.join(KINDS)}; it has {len(kinds)}")
    if missing := [name for name in ("document", "by", "reason") if name not in given]:
        raise YamlFault(node.number, f"has no {', '.join(missing)}")
    (kind,) = kinds
    strange = next((name for name in OF_A_LINE if name in given and kind not in LINE_KINDS), None)
    if strange or ("instead_of" in given and kind in LINE_KINDS):
        raise YamlFault(node.number, f"{strange or 'instead_of'} does not go with {kind}")
    read = {name: READERS[name](given[name]) for name in given if name != kind}
    return Correction(kind=kind, value=READERS[kind](given[kind]), number=node.number, **read)


def _refuse_contradictions(corrections: Iterable[Correction]) -> None:
    """Raise YamlFault if two corrections decide about one place; equal ones do not contradict."""
    seen: dict[tuple[object, ...], Correction] = {}
    for one in corrections:
        targets = [("document", one.document), *([("address", one.address)] if one.address else [])]
        for target in targets:
            other = seen.setdefault((*target, *one.place), one)
            if (other.kind, other.value) != (one.kind, one.value):
                told = "this line" if one.kind in LINE_KINDS else f"the {one.kind}"
                raise YamlFault(
                    one.number, f"contradicts line {other.number} about {told} of one document"
                )


def _read_site(name: str, node: YamlNode) -> SiteSettings:
    if not SITE.fullmatch(name) or CONTROLS.search(name):
        raise YamlFault(
            node.number, f"{name[:40]!r} is no site such as post.example or folder:dumps/post"
        )
    given = _mapping(node, "a site", OF_A_SITE)
    boilerplate, text = (
        _selectors(given[key]) if key in given else () for key in ("boilerplate", "text")
    )
    if both := set(boilerplate) & set(text):
        raise YamlFault(node.number, f"{next(iter(both))} is both boilerplate and text")
    return SiteSettings(
        site=name.lower() if not name.startswith("folder:") else name,
        name=_value(given["name"]) if "name" in given else None,
        language=_language(given["language"]) if "language" in given else None,
        time_zone=_zone(given["time_zone"]) if "time_zone" in given else None,
        boilerplate=boilerplate,
        text=text,
    )


def _selectors(node: YamlNode) -> tuple[Selector, ...]:
    return tuple(sorted(map(_selector, _list(node)), key=repr))


def _selector(node: YamlNode) -> Selector:
    given = _mapping(node, "an entry", ("line", "path"))
    if len(given) != 1:
        raise YamlFault(node.number, "needs a line or a path")
    if "line" in given:
        return Selector(_decided_line(given["line"]), None)
    path = _value(given["path"])
    if not PATH.fullmatch(path):
        raise YamlFault(node.number, f"{path[:40]!r} is no path such as `div.story > p.note`")
    return Selector(None, path)


def _mapping(node: YamlNode, what: str, names: Iterable[str] | None = None) -> dict[str, YamlNode]:
    if not isinstance(node.value, dict):
        raise YamlFault(node.number, f"{what} must have names and values")
    if names is not None and (strange := [one for one in node.value if one not in names]):
        number = node.value[strange[0]].number
        raise YamlFault(number, f"{what} has no {strange[0][:40]!r}; it may have {', '.join(names)}")
    return node.value


def _list(node: YamlNode) -> list[YamlNode]:
    if node.value == "":
        return []
    if not isinstance(node.value, list):
        raise YamlFault(node.number, "must be a list: lines that begin with a dash")
    return node.value


def _line(node: YamlNode) -> str:
    """Return a line of a document, in one line."""
    if not isinstance(node.value, str):
        raise YamlFault(node.number, "must be a text; write it in quotes")
    return one_line(node.value)


def _value(node: YamlNode) -> str:
    text = _line(node)
    if not 0 < len(text) <= LONGEST_VALUE or CONTROLS.search(text):
        raise YamlFault(
            node.number, f"needs a text of 1 to {LONGEST_VALUE:,} characters, without control characters"
        )
    return text


def _document(node: YamlNode) -> str:
    if not DOCUMENT.fullmatch(text := _value(node)):
        raise YamlFault(node.number, f"document must be an id of 64 hex digits, not {text[:20]!r}")
    return text


def _count(node: YamlNode) -> int:
    text = _value(node)
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise YamlFault(node.number, f"occurrence must be a number from 1, not {text[:20]!r}")
    return int(text)


def _day(node: YamlNode) -> str:
    text = _value(node)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise YamlFault(node.number, f"a date must look like 2014-05-30, not {text[:20]!r}") from error


def _published(node: YamlNode) -> str:
    return UNKNOWN if _value(node) == UNKNOWN else _day(node)


def _language(node: YamlNode) -> str:
    text = _value(node)
    if not LANGUAGE_CODE.fullmatch(text):
        raise YamlFault(node.number, f"language must look like en or en-GB, not {text[:20]!r}")
    return text.lower()


def _zone(node: YamlNode) -> str:
    text = _value(node)
    if not _is_zone(text):
        raise YamlFault(node.number, f"time_zone must look like Europe/Berlin, not {text[:40]!r}")
    return text


def _decided_line(node: YamlNode) -> str:
    if not (line := _line(node)):
        raise YamlFault(node.number, "needs the text of a line")
    return line


@cache
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


READERS: dict[str, Callable[[YamlNode], Any]] = {
    "keep": _decided_line,
    "remove": _decided_line,
    "title": _value,
    "author": _value,
    "date": _published,
    "document": _document,
    "by": _value,
    "reason": _value,
    "address": _value,
    "instead_of": _value,
    "above": _line,
    "below": _line,
    "occurrence": _count,
    "made_on": _day,
}
