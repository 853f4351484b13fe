"""Hostile and broken inputs by kind: what a new user's folder may hold.

Each has a name and its bytes. What `make_good` returns holds articles that must be loaded all the same.
"""

import bz2
import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.archives import chunked, each_gzipped, http, record, zipped

URL = "http://hostile.example/"
SURROGATE = '{"text": "%s", "title": "half \\udfff", "url": "http://a.example/\\ud83d"}'


def page(body: str, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n\n"))
    return f"<!doctype html><title>A page</title>{head}<article>{paragraphs}</article>".encode()


def response(content: bytes, *headers: str, length: int | None = None) -> bytes:
    return record("response", http(content, headers=headers), url=URL, length=length)


def parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="none")
    return buffer.getvalue()


def bad_text_column() -> pa.Array:
    """Return a column of strings of which one is not UTF-8."""
    return pa.array([b"good", b"\xff\xfe"]).cast(pa.binary()).view(pa.string())


BAD = {
    "deep.json": b'{"a":' * 3_000,
    "deep.jsonl": b'{"text": ' + b"[" * 100_000 + b"\n",
    "array.json": b'[{"text": "cut',
    "numbers.json": b"[{}, {}]",
    "no-columns.csv": b"id,number\n1,2\n",
    "digits.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\nx",
    "headers.warc": b"WARC/1.0\r\n" + b"X-Long: " + b"a" * 2_000_000,
    "not-http.warc": record("response", b"no response", url=URL),
    "packed.warc": response(b"\x01\x02\x03\x7f" * 900, "Content-Encoding: br"),
    "bomb.gz": gzip.compress(bytes(150_000_000)),
    "bomb.zst": zstandard.compress(bytes(150_000_000)),
    "bomb.bz2": bz2.compress(bytes(60_000_000)),
    "bomb.docx": zipped({"word/document.xml": bytes(250_000_000)}, method=zipfile.ZIP_DEFLATED),
    "bomb.xlsx": zipped({"xl/workbook.xml": bytes(250_000_000)}, method=zipfile.ZIP_DEFLATED),
    "cut.webarchive": b"bplist00" + bytes(99),
    "cut.enex": b"<en-export><note><title>Cut",
    "matryoshka.gz": gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"deep")))),
    "cut.zip": zipped({"a.txt": b"text"})[:-9],
    "cut.parquet": parquet(pa.table({"text": ["a text"]}))[:-9],
    "flipped.parquet": parquet(pa.table({"text": ["a text"] * 50})).replace(b"\x15", b"\x14", 9),
    "sitemap.xml": b"<?xml version='1.0'?><urlset><url><loc>http://a.example</loc></url></urlset>",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "cut.pdf": b"%PDF-1.7\n1 0 obj<<",
    "mail.eml": b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: image/png\nDate: x\n\nx",
    "feed.xml": b"<rss><channel></channel></rss>",
    "empty.zip": zipped({}),
    "empty.csv": b"text,url\n",
    "empty.parquet": parquet(pa.table({"text": pa.array([], pa.string())})),
    "zeros.bin": bytes(5_000),
    "image.png": b"\x89PNG\r\n\x1a\n" + bytes(99),
}


def make_good(prose) -> dict[str, bytes]:
    """Return inputs that are odd and hold an article each, made of prose by number."""
    text = [prose(n) for n in range(1_000, 1_040)]
    json_text = [json.dumps(one)[1:-1] for one in text]
    author = '{"@type": "NewsArticle", "author": {"name": "Jane \\udfff Doe"}}'
    ld = f'<script type="application/ld+json">{author}</script>'
    packed = [
        response(page(text[10])),
        response(page(text[11]), "Content-Encoding: utf-8"),
        response(page(text[12]), "Content-Encoding: br"),
        response(page(text[13]), "Transfer-Encoding: chunked"),
        response(gzip.compress(page(text[14])), "Content-Encoding: gzip;q=1"),
        response(chunked(page(text[15])), "Transfer-Encoding: chunked"),
        response(page(text[16]), "X-Cookies: " + "a" * 200_000),
        response(page(text[17]), length=100_000),
        response(page(text[18]), length=10),
        response(page(text[19])),
    ]
    return {
        "half-pair.html": page(text[0], ld),
        "half-pair.jsonl": (SURROGATE % json_text[1]).encode(),
        "undefined.html": page(text[2] + " caf\u00e9", "<meta charset=undefined>").replace(
            b"\xc3\xa9", b"\xe9"
        ),
        "utf-7.html": page(text[3], "<meta charset=utf-7>"),
        "utf-32.txt": text[4].encode("utf-32-le"),
        "trailing.gz": gzip.compress(text[5].encode()) + b"\xde\xad" * 99,
        "bad-address.jsonl": f'{{"text": "{json_text[6]}", "url": "http://["}}'.encode(),
        "empty-address.warc": record("response", http(page(text[7])), url=" "),
        "many.warc.gz": each_gzipped(packed),
        "odd.parquet": parquet(pa.table({"text": [text[8], text[9]], "other": bad_text_column()})),
        b"latin\xe9.txt".decode("utf-8", "surrogateescape"): text[20].encode(),
    }


FOLDERS = ("bad", "odd", "ordinary")


def write_inputs(folder: Path, prose, ordinary: int) -> None:
    """Write the hostile files, the odd ones and so many ordinary ones, a folder each."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    for n in range(ordinary):
        (folder / "ordinary" / f"{n}.txt").write_text(prose(n))
    for name, content in BAD.items():
        (folder / "bad" / name).write_bytes(content)
    for name, content in make_good(prose).items():
        (folder / "odd" / name).write_bytes(content)
    os.mkfifo(folder / "bad" / "pipe")
    (folder / "bad" / "out.txt").symlink_to("/etc/passwd")
    (folder / "bad" / "loop").symlink_to(folder / "bad")
