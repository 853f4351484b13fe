"""What cleaning makes of the sample captures, against what a reader says they hold.

Where the two differ today is listed in cases/known_differences.json, with the reason. A difference
that is gone fails too: take it from the list.
"""

import json
import re
import subprocess
import sys
from functools import cache

import pytest

from tests.loading import ROOT, SAMPLES, capture_of, read_all
from transforms.captures.capture import RawCapture, Rejected, Skipped
from transforms.clean import clean

EXPECTED = [
    json.loads(line) for line in (ROOT / "seeds" / "expected.jsonl").read_text("utf-8").splitlines()
]
DIFFERENCES = json.loads((ROOT / "tests" / "cases" / "known_differences.json").read_text("utf-8"))
KNOWN = {(one["file"], one["field"]): one["why"] for one in DIFFERENCES}
FIELDS = ("title", "author", "language", "published_on", "dateline", "body", "headings")
QUOTES = str.maketrans("‘’‚“”„«»", "''''''''")
MARKS = re.compile(r"^(?:#{1,6}|>|[-*•])\s+|[*_]{1,2}|!?\[([^\]]*)\]\([^)]*\)")


def comparable(text):
    """Return a text with white space, quotation marks and Markdown's marks made equal."""
    if text is None:
        return None
    plain = MARKS.sub(lambda match: match[1] or "", text.translate(QUOTES).replace('"', "'"))
    return " ".join(plain.split())


def name_of(outcome):
    """Return the name that expected.jsonl gives a capture: its file and member, address or row."""
    path, _, part = outcome.source_uri.removeprefix(f"{SAMPLES}/").partition("#")
    if part.startswith("offset="):
        return f"{path}!{outcome.url}"
    if part.startswith("line="):
        return f"{path}!{part.removeprefix('line=')}"
    if part.startswith("row="):
        return f"{path}!{int(part.removeprefix('row=')) + 1}"
    return f"{path}!{part}" if part else path


@cache
def captures():
    return {name_of(one): one for one in read_all(SAMPLES) if isinstance(one, RawCapture)}


@cache
def found(name) -> dict:
    """Return what cleaning makes of a sample, in the fields of expected.jsonl."""
    raw = captures()[name]
    known = {f: getattr(raw, f) for f in ("url", "title", "captured_at", "content_type", "source_uri")}
    cleaned = clean(capture_of(raw.content, **known))
    if isinstance(cleaned, Rejected):
        return {"rejected": cleaned.reason, "body": [], "headings": []}
    (article,) = cleaned.articles
    return {
        "title": comparable(article.title),
        "author": article.author,
        "language": article.language,
        "published_on": article.published_on and article.published_on.isoformat(),
        "dateline": article.dateline_place is not None,
        "body": [comparable(paragraph.text) for paragraph in cleaned.paragraphs],
        "headings": [comparable(p.text) for p in cleaned.paragraphs if p.kind == "heading"],
    }


def wanted(row, field):
    if field == "dateline":
        return row["dateline"] is not None
    if field in ("body", "headings"):
        return [comparable(text) for text in row[field]]
    return comparable(row[field]) if field == "title" else row[field]


CASES = [
    pytest.param(row, field, id=f"{row['file']}-{field}")
    for row in EXPECTED
    if row["body"]
    for field in FIELDS
]


@pytest.mark.parametrize(("row", "field"), CASES)
def test_sample(row, field):
    is_right = found(row["file"]).get(field) == wanted(row, field)
    if why := KNOWN.get((row["file"], field)):
        assert not is_right, f"no difference any more: take it from known_differences.json ({why})"
    else:
        assert found(row["file"]).get(field) == wanted(row, field)


def test_page_of_boilerplate_is_refused():
    empty = [row["file"] for row in EXPECTED if not row["body"]]
    assert empty
    assert {found(name).get("rejected") for name in empty} == {"no_article"}


def test_every_sample_is_expected_and_every_expectation_has_a_sample():
    assert {row["file"] for row in EXPECTED} == set(captures())


def test_known_differences_name_samples_fields_and_reasons():
    fields = {(row["file"], field) for row in EXPECTED for field in FIELDS}
    assert set(KNOWN) <= fields
    assert len(KNOWN) == len(DIFFERENCES), "one is listed twice"
    assert all(one["why"] for one in DIFFERENCES)


def test_records_that_hold_no_page_are_stepped_over():
    assert sum(isinstance(one, Skipped) for one in read_all(SAMPLES)) == 4


def test_one_document_for_the_same_bytes():
    same = {captures()[name].content for name in ("en-blog-cleanup.txt", "mirror/saved-again-0417.txt")}
    assert len(same) == 1


def test_packed_samples_are_current():
    done = subprocess.run(
        [sys.executable, str(ROOT / "seeds" / "build_captures.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    # Compressed bytes depend on the versions of zlib and Parquet's writer; what they hold does not.
    differing = {line.split(":")[0] for line in done.stdout.splitlines()}
    assert done.returncode == (1 if differing else 0), done.stderr
    assert differing <= {"shelf.parquet", "en-regional-daily.txt.zst"}
