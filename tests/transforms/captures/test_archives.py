"""Compressed files and zip archives, sound and damaged."""

import bz2
import gzip
import io
import lzma
import zipfile
from collections import Counter

import pytest
import zstandard

from tests.archives import record, with_password, zipped
from tests.loading import read_all
from tests.transforms.captures.made import FIELD, LONG, PAGE, TEXT, only, put, reasons
from transforms.captures.capture import RawCapture, Skipped, Unread
from transforms.captures.limits import FREE_EXPANSION, MAX_CAPTURE_BYTES, MAX_NESTING, Allowance
from transforms.captures.readers import read_source
from transforms.captures.source import Source


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_zip(inbox, method):
    members = {"b/page.html": PAGE, "a.txt": TEXT, "a_files/logo.png": b"\x89PNG", ".DS_Store": b"x"}
    path = put(inbox, "a.zip", zipped(members, method=method))
    outcomes = read_all(path)
    captures = [one for one in outcomes if isinstance(one, RawCapture)]
    assert [(one.source_uri, one.content) for one in captures] == [
        (f"{path}#a.txt", TEXT),
        (f"{path}#b/page.html", PAGE),
    ]
    assert sum(isinstance(one, Skipped) for one in outcomes) == 2


def test_archive_in_archive(inbox):
    inner = zipped({"deep.txt.gz": gzip.compress(TEXT)})
    path = put(inbox, "outer.zip", zipped({"inner.zip": inner}))
    capture = only(read_all(path))
    assert (capture.content, capture.source_uri) == (TEXT, f"{path}#inner.zip#deep.txt.gz")


def test_archives_nested_too_deep(inbox):
    content = TEXT
    for _ in range(MAX_NESTING):
        content = gzip.compress(content)
    assert only(read_all(put(inbox, "deep.gz", content))).content == TEXT
    path = put(inbox, "deeper.gz", gzip.compress(content))
    assert only(read_all(path), Unread).reason == "too_deep"


def flipped(archive: bytes, needle: bytes) -> bytes:
    at = archive.index(needle)
    return archive[:at] + bytes(255 - byte for byte in needle) + archive[at + len(needle) :]


BAD_ZIP = flipped(zipped({"bad.txt": TEXT, "good.txt": TEXT + b"More."}), TEXT)


def test_zip_with_a_bad_member(inbox):
    path = put(inbox, "bad.zip", BAD_ZIP)
    outcomes = read_all(path)
    bad = only([one for one in outcomes if isinstance(one, Unread)], Unread)
    assert (bad.reason, bad.source_uri) == ("bad_member", f"{path}#bad.txt")
    assert [one.source_uri for one in outcomes if isinstance(one, RawCapture)] == [f"{path}#good.txt"]


def test_zip_with_a_password(inbox):
    outcomes = read_all(put(inbox, "locked.zip", with_password(zipped({"a.txt": TEXT}))))
    assert only(outcomes, Unread).reason == "bad_member"


def test_bomb_is_not_unpacked(inbox):
    path = put(inbox, "bomb.gz", gzip.compress(bytes(MAX_CAPTURE_BYTES + 1), 9))
    assert only(read_all(path), Unread).reason == "too_large"


def test_two_members_of_one_name_are_two_captures(inbox):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", TEXT + b"More.")
    path = put(inbox, "twice.zip", buffer.getvalue())
    assert [one.source_uri for one in read_all(path)] == [f"{path}#a.txt", f"{path}#a.txt#copy=2"]


def test_member_name_that_claims_to_be_utf_8(inbox):
    archive = zipped({"née.txt": TEXT, "b.txt": TEXT}).replace("née".encode(), b"n\xff\xffe")
    path = put(inbox, "names.zip", archive)
    names = {one.source_uri for one in read_all(path) if isinstance(one, RawCapture)}
    assert names == {rf"{path}#n\xff\xffe.txt", f"{path}#b.txt"}


def test_member_of_a_version_to_come_leaves_the_others_alone(inbox):
    archive = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT + b"More."}))
    archive[archive.index(b"PK\x01\x02") + 6] = 99
    outcomes = read_all(put(inbox, "new.zip", bytes(archive)))
    assert TEXT + b"More." in [one.content for one in outcomes if isinstance(one, RawCapture)]
    assert len(outcomes) == 2


def test_damaged_lzma_is_the_fault_of_its_member(inbox):
    archive = zipped({"bad.txt": LONG, "good.txt": TEXT}, method=zipfile.ZIP_LZMA)
    at = archive.index(b"bad.txt") + 40
    path = put(inbox, "lzma.zip", archive[:at] + b"\xff" * 40 + archive[at + 40 :])
    outcomes = read_all(path)
    assert [one.source_uri for one in outcomes if isinstance(one, RawCapture)] == [f"{path}#good.txt"]
    assert reasons(outcomes) == ["bad_member"]


SKIPPABLE = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"abcd"
ODDLY_PACKED = {
    "garbage behind gzip": gzip.compress(TEXT) + b"\xde\xad\xbe\xef" * 30,
    "zeros behind gzip": gzip.compress(TEXT) + bytes(512),
    "garbage behind zstd": zstandard.compress(TEXT) + b"\xde\xad\xbe\xef" * 30,
    "skippable frame before": SKIPPABLE + zstandard.compress(TEXT),
    "skippable frame behind": zstandard.compress(TEXT) + SKIPPABLE,
    "bzip2": bz2.compress(TEXT),
    "xz": lzma.compress(TEXT),
}


@pytest.mark.parametrize("kind", ODDLY_PACKED)
def test_page_that_is_oddly_packed(inbox, kind):
    assert only(read_all(put(inbox, "a.packed", ODDLY_PACKED[kind]))).content == TEXT


def test_damage_in_the_middle_costs_its_own_part(inbox):
    """Each record of an archive is packed by itself: one that is damaged does not end the others."""
    records = [record("conversion", TEXT + b"%d" % n, url="http://a.example") for n in range(3)]
    packed = [bytearray(gzip.compress(one)) for one in records]
    packed[1][20:60] = b"\0" * 40
    outcomes = read_all(put(inbox, "crawl.warc.gz", b"".join(packed)))
    found = [one.content[-1:] for one in outcomes if isinstance(one, RawCapture)]
    assert {b"0", b"2"} <= set(found)
    assert "truncated" in reasons(outcomes)


def bomb(pack):
    """Return 400 MB of JSON Lines that are nearly all the same, packed."""
    return pack((b'{"text": "' + b"a" * 990 + b'"}\n') * 400_000)


BOMBS = {"gzip": gzip.compress, "zstd": zstandard.compress, "bzip2": bz2.compress}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_expands_beyond_all_measure_is_stopped(tmp_path, kind):
    stream = io.BufferedReader(io.BytesIO(bomb(BOMBS[kind])))
    allowance = Allowance()
    allowance.read = len(stream.peek())
    found = Counter()
    for outcome in read_source(Source("bomb", stream, allowance)):
        found[getattr(outcome, "reason", "read")] += 1
    assert found["too_large"] == 1
    assert 0 < found["read"] * 1000 <= FREE_EXPANSION
    assert allowance.expanded < 1.5 * FREE_EXPANSION


def test_zip_in_gzip_is_read_from_a_copy(inbox):
    path = put(inbox, "a.zip.gz", gzip.compress(zipped({"a.txt": TEXT})))
    assert only(read_all(path)).source_uri == f"{path}#a.txt"


def test_web_archive_collection_gives_each_page_once():
    outcomes = read_all(FIELD / "x3-crawl.wacz")
    kinds = Counter(getattr(one, "kind", type(one).__name__) for one in outcomes)
    assert kinds == {"RawCapture": 2, "records without a page": 1, "indexes and logs of archives": 7}


def test_book(inbox):
    container = b'<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    package = (
        b'<package><manifest><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
        b'<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>'
        b'<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        b'<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine></package>'
    )
    members = {"META-INF/container.xml": container, "OEBPS/book.opf": package}
    members |= {f"OEBPS/{name}.xhtml": PAGE for name in ("b", "text/a", "nav")}
    path = put(inbox, "news.epub", zipped(members))
    pages = [one.source_uri for one in read_all(path) if isinstance(one, RawCapture)]
    assert pages == [f"{path}#OEBPS/b.xhtml", f"{path}#OEBPS/text/a.xhtml"]
