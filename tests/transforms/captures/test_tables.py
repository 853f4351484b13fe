"""Records in JSON Lines, JSON, Parquet and CSV."""

import csv
import gzip
import io
import json
from datetime import datetime, timedelta, timezone

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.archives import zipped
from tests.loading import read_all
from tests.transforms.captures.made import (
    PAGE,
    TEXT,
    URL,
    WHEN,
    captures,
    only,
    put,
    reasons,
)
from transforms.blocks.decode import decode
from transforms.blocks.page import Page
from transforms.blocks.render import render_page
from transforms.captures.capture import RawCapture, Unread
from transforms.captures.inputs import ReadingOptions, list_inputs, read_columns
from transforms.captures.limits import MAX_CAPTURE_BYTES
from transforms.captures.readers import read_captures

ROWS = [
    {"text": TEXT.decode(), "url": URL, "title": "A month", "captured_at": "2014-05-28T08:30:00+02:00"},
    {"html": PAGE.decode(), "text": "not this one", "url": ""},
    {"text": TEXT.decode()},
]


def check_rows(found, path, part):
    assert [one.content for one in found] == [TEXT, PAGE, TEXT]
    first = found[0]
    assert (first.url, first.title, first.captured_at) == (URL, "A month", WHEN)
    assert [one.url for one in found[1:]] == [None, None]
    first_number = 1 if part == "line" else 0
    assert [one.source_uri for one in found] == [
        f"{path}#{part}={number}" for number in range(first_number, first_number + 3)
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines(inbox, packed):
    content = "\n".join(map(json.dumps, ROWS)).encode()
    path = put(inbox, "feed.jsonl", gzip.compress(content) if packed else content)
    check_rows(read_all(path), path, "line")


@pytest.mark.parametrize("packed", [False, True])
def test_parquet(inbox, packed):
    columns = {name: [row.get(name) for row in ROWS] for name in ("text", "html", "url", "title")}
    moments = [datetime(2014, 5, 28, 8, 30, tzinfo=timezone(timedelta(hours=2))), None, None]
    table = pa.table(columns | {"captured_at": pa.array(moments, pa.timestamp("us", tz="UTC"))})
    path = inbox / "shelf.parquet"
    pq.write_table(table, path)
    if packed:
        path = put(inbox, "shelf.zip", zipped({"shelf.parquet": path.read_bytes()}))
        check_rows(read_all(path), f"{path}#shelf.parquet", "row")
    else:
        check_rows(read_all(path), path, "row")


def test_json_lines_with_bad_lines(inbox):
    lines = [json.dumps(ROWS[0]), "{ broken", "[1, 2]", "", '{"number": 1}', '{"text": ""}', "{}"]
    outcomes = read_all(put(inbox, "feed.jsonl", "\n".join(lines).encode()))
    assert [one.content for one in outcomes if isinstance(one, RawCapture)] == [TEXT]
    assert reasons(outcomes) == ["bad_record", "bad_record", "bad_record", "empty", "bad_record"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv(inbox, delimiter, encoding):
    rows = [
        ("Titre", "Texte", "Date", "Auteur", "Lien"),
        ("Été", 'Une "phrase"\nlongue.', "2014-05-28", "Jo Roe", URL),
    ]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    path = put(inbox, "table.csv", buffer.getvalue().encode(encoding))
    capture = only(read_all(path))
    assert capture.source_uri == f"{path}#row=0"
    assert capture.content.decode() == 'Une "phrase"\nlongue.'
    assert (capture.title, capture.url) == ("Été", URL)
    assert (capture.author, capture.published) == ("Jo Roe", "2014-05-28")


def test_table_of_no_known_column_says_what_would_help(inbox):
    refused = only(read_all(put(inbox, "table.csv", b"id,corpus\n1,A text.\n")), Unread)
    assert refused.detail.endswith("its columns are id, corpus; name the one with --columns text=NAME")


def test_columns_that_somebody_names(inbox):
    put(inbox, "table.csv", b"id,corpus,source\n1,A text.,http://a.example\n")
    put(inbox, "lines.jsonl", b'{"corpus": "Another.", "source": "http://b.example", "url": "no"}')
    reading = ReadingOptions(read_columns("text=corpus,url=source"))
    found = [one for file in list_inputs([str(inbox)], reading) for one in read_captures(file)]
    assert [(one.content, one.url) for one in found] == [
        (b"Another.", "http://b.example"),
        (b"A text.", "http://a.example"),
    ]


@pytest.mark.parametrize("given", ["text", "words=a", "text=", "="])
def test_columns_that_are_not_understood(given):
    with pytest.raises(ValueError, match="FIELD=COLUMN"):
        read_columns(given)


def test_prose_with_commas_is_no_table(inbox):
    content = b"Title, text, and date are what a table has.\nThis is none, since it is prose.\n"
    assert only(read_all(put(inbox, "a.txt", content))).content == content


def test_rows_that_are_no_rows(inbox):
    content = b'title,text\nA,one\n"B,two\n' + b"x" * (MAX_CAPTURE_BYTES + 10)
    outcomes = read_all(put(inbox, "table.csv", content))
    assert [one.content for one in captures(outcomes)] == [b"one"]
    assert reasons(outcomes) == ["bad_record"]


NEWS_API = {
    "status": "ok",
    "articles": [{"source": {"name": "Post"}, "content": "One.", "publishedAt": "2014-05-28T06:30:00Z"}],
}
GUARDIAN = {
    "response": {"results": [{"webTitle": "A month", "webUrl": URL, "fields": {"bodyText": "One."}}]}
}
ELASTIC = {"hits": {"hits": [{"_id": "1", "_source": {"text": "One.", "title": "A month"}}]}}
NEWS_PLEASE = {
    "maintext": "One.",
    "title": "A month",
    "authors": ["Jo Roe", "Li Doe"],
    "date_publish": "2014-05-28 06:30:00",
    "date_download": "2014-05-28 06:30:00",
}


@pytest.mark.parametrize("answer", [NEWS_API, GUARDIAN, ELASTIC, NEWS_PLEASE, [NEWS_PLEASE]])
@pytest.mark.parametrize("indent", [None, 2])
def test_answers_of_news_services(inbox, answer, indent):
    capture = only(read_all(put(inbox, "answer.json", json.dumps(answer, indent=indent).encode())))
    assert capture.content == b"One."


def test_fields_of_an_answer(inbox):
    capture = only(read_all(put(inbox, "a.json", json.dumps(NEWS_PLEASE).encode())))
    assert (capture.author, capture.captured_at) == ("Jo Roe, Li Doe", WHEN)
    capture = only(read_all(put(inbox, "b.json", json.dumps(GUARDIAN).encode())))
    assert (capture.title, capture.url) == ("A month", URL)


def test_json_that_ends_in_the_middle_keeps_what_came_before(inbox):
    content = json.dumps({"text": "One."}, indent=1) + "\n" + '{"text": "Two'
    outcomes = read_all(put(inbox, "a.json", content.encode()))
    assert [one.content for one in captures(outcomes)] == [b"One."]
    assert reasons(outcomes) == ["bad_record"]


def test_parquet_with_odd_columns(inbox):
    strings = pa.array([b"good", b"\xff\xfe"]).cast(pa.binary()).view(pa.string())
    moments = pa.array([1, 2**40], pa.int64()).cast(pa.timestamp("s", tz="No/Such_Zone"), safe=False)
    table = pa.table(
        {"text": ["One.", "Two."], "title": strings, "captured_at": moments, "other": strings}
    )
    path = inbox / "odd.parquet"
    pq.write_table(table, path)
    outcomes = read_all(path)
    assert [one.content for one in captures(outcomes)] == [b"One.", b"Two."]
    assert [one.title for one in captures(outcomes)] == ["good", "\ufffd\ufffd"]


def test_damaged_group_of_rows_leaves_the_others(inbox):
    path = inbox / "damaged.parquet"
    texts = [f"Text number {n:05} of a table." for n in range(300)]
    pq.write_table(
        pa.table({"text": texts}), path, row_group_size=100, compression="gzip", use_dictionary=False
    )
    content = bytearray(path.read_bytes())
    offset = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    content[offset + 60 : offset + 120] = bytes(60)
    outcomes = read_all(put(inbox, "damaged.parquet", bytes(content)))
    numbers = {int(one.content[12:17]) for one in captures(outcomes)}
    assert numbers >= {*range(100), *range(200, 300)}
    assert reasons(outcomes) == ["truncated"]


def test_text_whose_first_line_is_json_is_a_text(inbox, prose):
    """Flattened pages may begin with the data of a script."""
    content = '{"categories": ["docs"], "draft": false}\nHome\nProducts\n' + prose(1)
    (inbox / "a.txt").write_text(content)
    (found,) = read_all(inbox)
    assert (type(found), found.content) == (RawCapture, content.encode())


def test_text_in_a_list_of_paragraphs(inbox):
    half = TEXT.decode().split("\n", 1)
    path = put(inbox, "items.jsonl", json.dumps({"text": half, "url": URL}).encode())
    assert only(read_all(path), RawCapture).content == "\n\n".join(half).encode()
    path = put(inbox, "answer.json", json.dumps({"items": [{"body": half}]}, indent=1).encode())
    assert only(read_all(path), RawCapture).content == "\n\n".join(half).encode()


@pytest.mark.parametrize("field", ["id", "date", "author", "title", "url"])
@pytest.mark.parametrize(
    "number", ["9" * 5_000, "-" + "9" * 401, "1e999", "NaN", "[" + "9" * 5_000 + "]"]
)
def test_number_beyond_all_bounds_costs_no_record(inbox, field, number):
    line = f'{{"text": {json.dumps(TEXT.decode())}, "{field}": {number}}}'
    assert only(read_all(put(inbox, "items.jsonl", line.encode()))).content == TEXT


PARAGRAPHS = ["Rice is dear this year.", "The clerk &amp; the mayor count the sacks."]
AS_HTML = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
AS_LINES = "<br/><br>".join([*PARAGRAPHS, *PARAGRAPHS])


def decode_only(path):
    (capture,) = read_all(path)
    return decode(capture.content, capture.content_type)


@pytest.mark.parametrize("column", ["text", "maintext", "content"])
@pytest.mark.parametrize(("value", "count"), [(AS_HTML, 2), (AS_LINES, 4), (PAGE.decode(), None)])
def test_a_column_of_text_may_hold_html(inbox, column, value, count):
    path = put(inbox, "a.jsonl", json.dumps({column: value}).encode())
    decoded = decode_only(path)
    assert decoded.media_type == "text/html"
    blocks = render_page(Page(decoded.text)).blocks
    assert count is None or len(blocks) == count


def test_a_text_that_quotes_a_tag_is_a_text(inbox):
    text = "A line ends with <br> in HTML.\nA paragraph is <p>like this</p>.\nRice is dear.\n"
    path = put(inbox, "a.jsonl", json.dumps({"text": text}).encode())
    assert decode_only(path).media_type == "text/plain"


def test_the_answer_of_wordpress(inbox):
    post = {
        "date": "2014-05-28T08:30:00",
        "link": URL,
        "title": {"rendered": "Rice&#8217;s <em>price</em> &amp; more"},
        "content": {"rendered": AS_HTML, "protected": False},
        "excerpt": {"rendered": "<p>Rice</p>"},
        "author": 7,
    }
    (capture,) = read_all(put(inbox, "posts.json", json.dumps([post]).encode()))
    assert capture.content.decode() == AS_HTML
    assert (capture.url, capture.title, capture.author) == (URL, "Rice’s price & more", None)
    assert capture.published == "2014-05-28T08:30:00"


def test_the_export_of_a_channel_of_telegram(inbox):
    parts = [{"type": "bold", "text": "Rice"}, " is dear.\n\nThe ", {"type": "link", "text": URL}, ""]
    messages = [
        {"id": 1, "type": "service", "date": "2014-05-27T08:30:00", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2014-05-28T08:30:00",
            "text": parts,
            "text_entities": parts,
        },
        {"id": 3, "type": "message", "date": "2014-05-29T08:30:00", "text": "Tea is dear."},
    ]
    export = {"name": "Harbour news", "type": "public_channel", "messages": messages}
    empty, first, second = read_all(put(inbox, "result.json", json.dumps(export).encode()))
    assert empty.reason == "empty"
    assert first.content.decode() == f"Rice is dear.\n\nThe {URL}"
    assert second.content == b"Tea is dear."
    assert [one.published for one in (first, second)] == ["2014-05-28T08:30:00", "2014-05-29T08:30:00"]


def test_a_post_as_the_editor_of_a_blog_keeps_it(inbox):
    parts = [
        "Rice is <b>dear</b>.",
        '<a href="/t">Tea</a> is not.',
        "<h2>Salt</h2>",
        "Salt is <i>free</i>.",
    ]
    kept = "\r\n\r\n".join(parts)
    post = {"post_title": "Prices", "post_content": kept, "post_date": "2014-05-28 08:30:00"}
    (capture,) = read_all(put(inbox, "posts.json", json.dumps([post]).encode()))
    assert (capture.title, capture.published) == ("Prices", "2014-05-28 08:30:00")
    blocks = render_page(Page(decode(capture.content).text)).blocks
    assert [block.text for block in blocks] == ["Rice is dear.", "Tea is not.", "Salt", "Salt is free."]


@pytest.mark.parametrize(
    "beside", [{"articles": [{"text": "Rice is dear."}]}, {"text": "Rice is dear."}]
)
def test_an_object_with_records_is_no_wrapped_text(inbox, beside):
    answer = {"result": {"value": "ok"} | beside}
    (capture,) = read_all(put(inbox, "a.json", json.dumps(answer).encode()))
    assert capture.content == b"Rice is dear."


def test_row_with_more_fields_than_names_is_not_cut(inbox):
    table = b"title,text,url\nA month,It would, he said,http://a.example\nB,One text.,\nC,Two.,,\n"
    cut, one, two = read_all(put(inbox, "a.csv", table))
    assert cut.reason == "bad_record"
    assert cut.detail == "4 fields below 3 names; put a field with commas in quotes"
    assert [one.content, two.content] == [b"One text.", b"Two."]


@pytest.mark.parametrize("date", ["1401258600", "1401258600000", "Wed May 28 06:30:00 +0000 2014"])
def test_date_of_a_record_that_counts_seconds_or_is_of_a_post(inbox, date):
    table = f"text,published\nThe office said so.,{date}\n".encode()
    assert only(read_all(put(inbox, "a.csv", table))).published == WHEN.isoformat()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_in_which_excel_names_the_delimiter_is_no_header(inbox, mark):
    table = mark + b"sep=;\r\nTitel;Text;URL\r\nA month;The office, it said;http://a.example\r\n"
    capture = only(read_all(put(inbox, "a.csv", table)))
    assert (capture.title, capture.content) == ("A month", b"The office, it said")


@pytest.mark.parametrize(
    "above",
    [
        "Exported on 3 May 2017\n",
        "Search;WeChat AND accounts\nHits;2\n\n",
        "Exported on 3 May 2017, by topic, region\n;;;\n",
        "sep=;\nSearch;WeChat\n",
    ],
)
def test_header_may_stand_below_lines_of_an_export(inbox, above):
    table = above + "Nr;Titel;Text\n1;A month;The office, it said;\n2;A week;Two\n"
    first, second = read_all(put(inbox, "a.csv", table.encode()))
    assert (first.title, first.content) == ("A month", b"The office, it said")
    assert (second.source_uri.rpartition("#")[2], second.title) == ("row=1", "A week")


def test_columns_may_share_a_name(inbox):
    table = b"id,title,text,,,text\n1,A month,The office said so.,,,\n2,A week,,,,Nothing more.\n"
    captures = read_all(put(inbox, "a.csv", table))
    assert [one.content for one in captures] == [b"The office said so.", b"Nothing more."]


def test_prose_above_names_of_columns_is_no_table(inbox):
    text = b"What the table has, in short\nTitle, Text\nA month, and more\n"
    assert only(read_all(put(inbox, "a.txt", text))).content == text


@pytest.mark.parametrize(
    "post",
    [
        {"created_at": "Wed May 28 06:30:00 +0000 2014", "user": {"name": "Jane Doe"}, "id_str": "1"},
        {"created_at": "2014-05-28T06:30:00+00:00", "account": {"display_name": "Jane Doe"}},
        {"createdAt": "2014-05-28T06:30:00+00:00", "$type": "app.bsky.feed.post", "author": "Jane Doe"},
    ],
)
def test_post_of_a_network_has_its_author_and_date(inbox, post):
    line = json.dumps(post | {"text": "The office said so."}).encode() + b"\n"
    capture = only(read_all(put(inbox, "posts.jsonl", line)))
    assert (capture.author, capture.published) == ("Jane Doe", WHEN.isoformat())


def test_time_when_a_row_was_made_is_no_date_of_publication(inbox):
    line = json.dumps({"created_at": "2024-01-01", "text": "The office said so."}).encode() + b"\n"
    assert only(read_all(put(inbox, "rows.jsonl", line))).published is None
