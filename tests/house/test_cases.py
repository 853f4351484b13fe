"""Every page that ever came out wrong is a record in tests/cases/, not new test code.

`kept` is how each kept line begins, in order and completely; `removed_roles` is how removed pieces
begin, and what they may be called. Other names are columns of the article.
"""

import json

import pytest

from tests.loading import ROOT, clean_text
from transforms.captures.capture import Rejected

SPECIAL = {"kept", "headings", "removed_roles", "rejected"}
RECORDS = [
    case
    for path in sorted((ROOT / "tests").glob("cases/*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
    if "label" in case
]
CASES = [
    pytest.param(
        case,
        id=case["label"],
        marks=[pytest.mark.xfail(strict=True, reason=why)] if (why := case.get("known_failure")) else [],
    )
    for case in RECORDS
]


def cleaned_of(case):
    if "html" in case:
        return clean_text(case["html"], content_type="text/html; charset=utf-8")
    return clean_text(case["text"], content_type="text/plain; charset=utf-8")


def begins(text, beginning):
    return text.strip().startswith(beginning)


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    cleaned, expect = cleaned_of(case), case["expect"]
    if "rejected" in expect:
        assert isinstance(cleaned, Rejected)
        assert cleaned.reason == expect["rejected"]
        return
    assert not isinstance(cleaned, Rejected), cleaned
    (article,), (document,) = cleaned.articles, cleaned.documents
    if "kept" in expect:
        kept = [paragraph.text for paragraph in cleaned.paragraphs]
        shown = [text[: len(start)] for text, start in zip(kept, expect["kept"], strict=False)]
        assert [*shown, *kept[len(shown) :]] == expect["kept"]
    if "headings" in expect:
        found = [paragraph.text for paragraph in cleaned.paragraphs if paragraph.kind == "heading"]
        assert found == expect["headings"]
    pieces = [(document.text[s.start_char : s.end_char], s) for s in cleaned.segments]
    for beginning, roles in expect.get("removed_roles", {}).items():
        found = [segment for text, segment in pieces if begins(text, beginning)]
        assert found, f"no piece begins with {beginning}"
        assert {segment.role for segment in found if not segment.is_kept} <= set(roles)
        assert not all(segment.is_kept for segment in found)
    columns = {name: value for name, value in expect.items() if name not in SPECIAL}
    found = {name: getattr(article, name) for name in columns}
    assert {
        name: v.isoformat() if hasattr(v, "isoformat") else v for name, v in found.items()
    } == columns


def test_records_are_well_formed():
    labels = [case["label"] for case in RECORDS]
    assert len(labels) >= 25
    assert len(set(labels)) == len(labels)
    for case in RECORDS:
        assert ("text" in case) != ("html" in case)
        assert case["expect"]
    assert any("must not change" in label for label in labels)
