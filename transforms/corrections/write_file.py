"""Add a correction to its file; all that people wrote there stays as it is, byte for byte."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from transforms.corrections.correction import LINE_KINDS, Correction
from transforms.corrections.read_file import make_corrections, read_corrections
from transforms.corrections.yaml_nodes import YamlFault, YamlNode, parse_yaml, read_yaml

WIDTH = 100
BEGINNING = """\
# What people decided about documents and sites. docs/corrections.md describes this file.
corrections:
"""


def add_corrections(path: Path, added: Sequence[Correction]) -> None:
    """Write corrections behind those that a file has; the file is made if it does not exist.

    Raises ValueError, with the line, if the file is not valid, if one contradicts another, or if the
    file cannot be continued. It is replaced in one step.
    """
    read_corrections(path if path.exists() else None)
    text, root = read_yaml(path) if path.exists() else (BEGINNING, parse_yaml(BEGINNING))
    try:
        new = insert(text, root, added)
    except YamlFault as fault:
        raise ValueError(f"{path}, {fault}") from fault
    real = path.resolve()  # a link, perhaps into a working tree, stays a link
    part = real.with_name(real.name + ".partial")
    real.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(new.encode())
    if real.exists():
        part.chmod(real.stat().st_mode)
    part.replace(real)


def insert(text: str, root: YamlNode | None, added: Sequence[Correction]) -> str:
    """Return the text of a file with corrections added; raises YamlFault.

    >>> one = Correction("title", "Rice is dear", "0" * 64, "Ines", "it is the site's name")
    >>> insert("corrections:\\n# by Lu\\n", parse_yaml("corrections:"), [one]).splitlines()[3:]
    ['  by: Ines', "  reason: it is the site's name", '# by Lu']
    """
    before = make_corrections(root)
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    if root is None or "corrections" not in root.value:
        lines.append(f"corrections:{end}")
        at, indent = len(lines), ""
    else:
        at, indent = _find_end(lines, root), _find_indent(lines, root)
    lines[at:at] = [f"{indent}{line}{end}" for line in _dump(added)]
    new = "".join(lines)
    after = make_corrections(parse_yaml(new))
    if after.corrections != tuple(dict.fromkeys((*before.corrections, *added))):
        raise YamlFault(at + 1, "the list cannot be continued; begin each entry in a line with a dash")
    return new


def _find_end(lines: Sequence[str], root: YamlNode) -> int:
    """Return the index behind the last line of the corrections that is neither blank nor a comment."""
    assert isinstance(root.value, dict)
    names = list(root.value)
    following = names[names.index("corrections") + 1 :]
    limit = len(lines)
    if following:
        limit = next(i for i, line in enumerate(lines) if _is_key(line, following[0]))
    while limit > 0 and (not lines[limit - 1].strip() or lines[limit - 1].lstrip().startswith("#")):
        limit -= 1
    return limit


def _is_key(line: str, name: str) -> bool:
    return line.startswith((f"{name}:", f'"{name}":', f"'{name}':"))


def _find_indent(lines: Sequence[str], root: YamlNode) -> str:
    assert isinstance(root.value, dict)
    listed = root.value["corrections"].value
    if not isinstance(listed, list) or not listed:
        return ""
    return lines[listed[0].number - 1].partition("-")[0]


def _dump(added: Sequence[Correction]) -> Iterator[str]:
    entries = [dict(_entry(one)) for one in added]
    yield from yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=WIDTH).splitlines()


def _entry(one: Correction) -> Iterator[tuple[str, Any]]:
    """Yield the names and values of a correction in the order in which people read them."""
    yield one.kind, one.value
    if one.kind in LINE_KINDS:
        yield "above", one.above
        yield "below", one.below
        if one.occurrence > 1:
            yield "occurrence", one.occurrence
    elif one.instead_of is not None:
        yield "instead_of", one.instead_of
    yield "document", one.document
    if one.address is not None:
        yield "address", one.address
    yield "by", one.by
    if one.made_on is not None:
        yield "made_on", one.made_on
    yield "reason", one.reason
