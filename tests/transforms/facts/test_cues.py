"""Each kind of cue is described and read."""

import re

from tests.loading import ROOT
from transforms.language.reference import read_reference


def test_each_kind_is_described_and_read():
    described = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "transforms").rglob("*.py"))
    kinds = {row["kind"] for row in read_reference("cues")}
    assert {kind for kind in kinds if f"| {kind} |" not in described} == set()
    read = {*re.findall(r'"(\w+)"', code), *"|".join(re.findall(r"%([\w|]+)%", code)).split("|")}
    assert kinds <= read
