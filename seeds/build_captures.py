"""Build the packed sample captures (gz, zst, zip, WARC, WET, JSON Lines, Parquet) from seeds/sources.

    python seeds/build_captures.py            write them into seeds/captures
    python seeds/build_captures.py --check    write nothing; exit 1 if a file there differs

Nothing in the output depends on the clock, the machine or chance: times, record ids and the order of
members are fixed here. The bytes do depend on the versions of zlib, zstandard and pyarrow; after an
upgrade, rebuild and commit. The plain .txt and .html captures are not built; they are kept as they are.
"""

import argparse
import base64
import gzip
import hashlib
import io
import json
import sys
import uuid
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

SEEDS = Path(__file__).resolve().parent
SOURCES = SEEDS / "sources"
CAPTURES = SEEDS / "captures"

CRAWLED_AT = "2014-06-05T12:00:00Z"
RECORD_NAMESPACE = uuid.UUID("6f0c2f0e-5d0b-4c1e-9a53-2f7d54b1c0aa")
RESPONSE_1_URL = "https://quayside-business.example/2014/03/16/tencent-accounts"
RESPONSE_2_URL = "http://vestnik-primorya.example/news/20140528/messengers.html"
RESOURCE_URL = "https://monitoring-desk.example/radio/2017-09-11.txt"
WET_1_URL = "https://lantern-notes.example/2014/06/03/a-month-of-silence/"
WET_2_URL = "https://rheinische-abendzeitung.example/politik/china-kurznachrichten"


def read(name: str) -> bytes:
    """The bytes of a source file."""
    return (SOURCES / name).read_bytes()


def gzipped(data: bytes) -> bytes:
    """One gzip member that carries neither a time nor a file name."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as member:
        member.write(data)
    return buffer.getvalue()


def sha1_digest(data: bytes) -> str:
    """A digest as WARC headers write it: the algorithm's name and base 32."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def header_lines(first_line: str, headers: dict[str, str]) -> bytes:
    """A first line and headers, as HTTP and WARC write them, with the empty line that ends them."""
    lines = [first_line, *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("utf-8")


def warc_record(
    kind: str,
    block: bytes,
    content_type: str,
    url: str | None = None,
    extra: dict[str, str] | None = None,
) -> bytes:
    """A WARC/1.0 record as a gzip member of its own; its id follows from its kind, url and block."""
    seed = f"{kind} {url} {sha1_digest(block)}"
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(RECORD_NAMESPACE, seed)}>",
        "WARC-Date": CRAWLED_AT,
    }
    if url is not None:
        headers["WARC-Target-URI"] = url
    headers |= extra or {}
    headers["WARC-Block-Digest"] = sha1_digest(block)
    headers["Content-Type"] = content_type
    headers["Content-Length"] = str(len(block))
    return gzipped(header_lines("WARC/1.0", headers) + block + b"\r\n\r\n")


def http_message(first_line: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """An HTTP request or response as it went over the wire."""
    return header_lines(first_line, headers) + body


def build_html_gz() -> bytes:
    """A saved page, compressed."""
    return gzipped(read("pl-portal.html"))


def build_txt_zst() -> bytes:
    """A text dump, compressed with Zstandard, with its length and a checksum in the frame."""
    data = read("en-regional-daily.txt")
    return zstandard.ZstdCompressor(level=10, write_checksum=True).compress(data)


def build_zip() -> bytes:
    """A folder of clippings: a text dump and a saved page."""
    members = {
        "clippings/press-review.txt": "zip-press-review.txt",
        "clippings/column.html": "zip-column.html",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member, source in members.items():
            info = zipfile.ZipInfo(member, date_time=(2014, 6, 5, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, read(source), compresslevel=9)
    return buffer.getvalue()


def build_warc() -> bytes:
    """A small crawl: records to load (two responses, a resource) among records to step over."""
    request_headers = {
        "Host": "quayside-business.example",
        "Accept": "text/html",
        "User-Agent": "sample/1.0",
    }
    body_1 = gzipped(read("warc-response-1.html"))
    headers_1 = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Encoding": "gzip",
        "Content-Length": str(len(body_1)),
    }
    body_2 = read("warc-response-2.html").decode("utf-8").encode("cp1251")
    headers_2 = {"Content-Type": "text/html; charset=windows-1251", "Content-Length": str(len(body_2))}
    revisit_of_1 = {
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        "WARC-Refers-To-Target-URI": RESPONSE_1_URL,
        "WARC-Refers-To-Date": CRAWLED_AT,
        "WARC-Payload-Digest": sha1_digest(body_1),
    }
    request = "application/http; msgtype=request"
    response = "application/http; msgtype=response"
    return b"".join(
        [
            warc_record(
                "warcinfo",
                b"software: sample captures\r\nformat: WARC File Format 1.0\r\n",
                "application/warc-fields",
                extra={"WARC-Filename": "small-crawl.warc.gz"},
            ),
            warc_record(
                "request",
                http_message("GET /2014/03/16/tencent-accounts HTTP/1.1", request_headers),
                request,
                RESPONSE_1_URL,
            ),
            warc_record(
                "response",
                http_message("HTTP/1.1 200 OK", headers_1, body_1),
                response,
                RESPONSE_1_URL,
                {"WARC-Payload-Digest": sha1_digest(body_1)},
            ),
            warc_record(
                "response",
                http_message("HTTP/1.1 200 OK", headers_2, body_2),
                response,
                RESPONSE_2_URL,
                {"WARC-Payload-Digest": sha1_digest(body_2)},
            ),
            warc_record(
                "revisit",
                http_message("HTTP/1.1 200 OK", headers_1),
                response,
                RESPONSE_1_URL + "?ref=home",
                revisit_of_1,
            ),
            warc_record(
                "resource", read("warc-resource.txt"), "text/plain; charset=utf-8", RESOURCE_URL
            ),
        ]
    )


def build_wet() -> bytes:
    """The text of two crawled pages, as a crawler's extractor left it."""
    return b"".join(
        [
            warc_record(
                "warcinfo",
                b"software: sample captures\r\nformat: WARC File Format 1.0\r\n",
                "application/warc-fields",
                extra={"WARC-Filename": "small-crawl.warc.wet.gz"},
            ),
            warc_record(
                "conversion",
                read("wet-1.txt"),
                "text/plain",
                WET_1_URL,
                {"WARC-Identified-Content-Language": "eng"},
            ),
            warc_record(
                "conversion",
                read("wet-2.txt"),
                "text/plain",
                WET_2_URL,
                {"WARC-Identified-Content-Language": "deu"},
            ),
        ]
    )


def build_jsonl() -> bytes:
    """Three rows: text with everything known of it, a page in an html column, text and nothing else."""
    rows = [
        {
            "text": read("jsonl-text.txt").decode("utf-8"),
            "url": "https://formosa-beacon.example/asia/20140610-closed-accounts",
            "title": "China lists the accounts it has closed",
            "captured_at": "2014-06-11T04:20:00Z",
        },
        {
            "html": read("jsonl-page.html").decode("utf-8"),
            "url": "https://signal-tower-notes.example/yixin",
            "captured_at": "2014-06-11T04:21:30+00:00",
        },
        {"text": read("jsonl-textonly.txt").decode("utf-8")},
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8")


def build_parquet() -> bytes:
    """Two rows of text with url and time; the time of the second is not known."""
    table = pa.table(
        {
            "text": pa.array(
                [read("parquet-1.txt").decode("utf-8"), read("parquet-2.txt").decode("utf-8")]
            ),
            "url": pa.array(
                [
                    "https://diario-del-estrecho.example/internacional/china-mensajeria",
                    "https://folha-da-serra.example/mundo/grupos-de-mensagens",
                ]
            ),
            "captured_at": pa.array(
                [datetime(2014, 6, 1, 7, 45, tzinfo=UTC), None], type=pa.timestamp("us", tz="UTC")
            ),
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


BUILDERS: dict[str, Callable[[], bytes]] = {
    "pl-portal.html.gz": build_html_gz,
    "en-regional-daily.txt.zst": build_txt_zst,
    "clippings.zip": build_zip,
    "small-crawl.warc.gz": build_warc,
    "small-crawl.warc.wet.gz": build_wet,
    "feed.jsonl": build_jsonl,
    "shelf.parquet": build_parquet,
}


def main(arguments: list[str] | None = None) -> int:
    """Write every packed capture, or with --check say which differ; the exit status."""
    parser = argparse.ArgumentParser(description="Build the packed sample captures.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    check_only: bool = parser.parse_args(arguments).check
    stale = []
    for name, build in BUILDERS.items():
        data, path = build(), CAPTURES / name
        if not path.is_file() or path.read_bytes() != data:
            stale.append(name)
            if not check_only:
                path.write_bytes(data)
    for name in stale:
        sys.stdout.write(f"{name}: {'differs' if check_only else 'written'}\n")
    return 1 if check_only and stale else 0


if __name__ == "__main__":
    sys.exit(main())
