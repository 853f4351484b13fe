"""Documents of office programs and PDF files."""

import builtins
import gzip

import pytest

from tests.archives import zipped
from tests.loading import read_all
from tests.transforms.captures.made import URL, only, put
from tests.transforms.captures.made_workbook import OLD_WORKBOOK, spreadsheet, workbook
from transforms.captures.capture import Unread

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX = f"""<w:document {W}><w:body>
<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>A month</w:t></w:r></w:p>
<w:p><w:r><w:t>The office </w:t></w:r><w:del><w:r><w:t>never</w:t></w:r></w:del>
<w:r><w:t>said so.</w:t></w:r></w:p>
</w:body></w:document>"""
T = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
ODT = f"""<office {T}><text:h>A month</text:h>
<text:p>The <text:span>office</text:span> said<text:s/>so.</text:p></office>"""
RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 A month\par The office said so.\par}"
PDF_TEXT = b"BT /F1 12 Tf 72 720 Td (The office said so.) Tj ET"


def pdf():
    """Return a PDF file of one page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(PDF_TEXT), PDF_TEXT),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


DOCUMENTS = {
    "a.docx": (zipped({"word/document.xml": DOCX.encode()}), b"A month\nThe office said so."),
    "a.odt": (zipped({"content.xml": ODT.encode()}), b"A month\nThe office said so."),
    "a.rtf": (RTF, b"A month\nThe office said so.\n"),
    "a.pdf": (pdf(), b"The office said so."),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_text_of_a_document(inbox, name):
    content, text = DOCUMENTS[name]
    capture = only(read_all(put(inbox, name, content)))
    assert capture.content.strip() == text.strip()
    assert capture.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("name", ["a.rtf", "a.pdf", "a.xlsx"])
def test_missing_library_is_a_row_that_says_what_to_install(inbox, name, monkeypatch):
    real = builtins.__import__

    def without(module, *rest, **named):
        if module.split(".")[0] in ("pypdf", "striprtf", "python_calamine"):
            raise ImportError(module)
        return real(module, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    content = workbook([["text"]]) if name == "a.xlsx" else DOCUMENTS[name][0]
    refused = only(read_all(put(inbox, name, content)), Unread)
    assert refused.reason == "unsupported_type"
    assert "winnow[documents]" in refused.detail


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped({"word/document.xml": b"<w"}), "empty"),
        (zipped({"word/document.xml": b"<w:document xmlns:w='w'/>"}), "empty"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "bad_record"),
        (pdf().replace(PDF_TEXT, b" " * len(PDF_TEXT)), "empty"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "bad_record"),
    ],
)
def test_document_that_gives_no_text_has_its_row(inbox, content, reason):
    assert only(read_all(put(inbox, "a.document", content)), Unread).reason == reason


def test_entities_of_a_document_are_not_expanded(inbox):
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>' + DOCX.replace("A month", "A month &l9;")
    capture = only(read_all(put(inbox, "a.docx", zipped({"word/document.xml": bomb.encode()}))))
    assert len(capture.content) < 1_000


def test_rows_of_a_workbook(inbox):
    header = ["Date", "Headline", "URL", "Text", "Reach"]
    coverage = [
        ["Search: harbour"],
        [],
        header,
        [41789, "A month", URL, "The office said so.", 7],
        [],
        [0, "", "", ""],
        [41790, "A year", "", "The office said more."],
    ]
    one, empty, two = read_all(put(inbox, "a.xlsx", workbook([["Notes"]], coverage)))
    assert (one.source_uri, one.content) == (f"{inbox}/a.xlsx#S2#row=0", b"The office said so.")
    assert (one.title, one.url, one.published) == ("A month", URL, "2014-05-30")
    assert (empty.reason, empty.source_uri) == ("empty", f"{inbox}/a.xlsx#S2#row=1")
    assert (two.title, two.url, two.published) == ("A year", None, "2014-05-31")


def test_workbook_in_a_zip_in_a_gzip(inbox):
    packed = gzip.compress(zipped({"b/a.xlsx": workbook([["text"], ["The office said so."]])}))
    assert only(read_all(put(inbox, "a.gz", packed))).content == b"The office said so."


def test_rows_of_an_old_workbook(inbox):
    capture = only(read_all(put(inbox, "a.xls", OLD_WORKBOOK)))
    assert capture.source_uri == f"{inbox}/a.xls#Hits#row=0"
    assert (capture.title, capture.content) == ("A month", b"The office said so.")
    assert capture.published == "2014-05-30"


def test_rows_of_a_spreadsheet(inbox):
    sheet = spreadsheet(["Exported"], ["Headline", "Text"], ["A month", "The office said so."])
    capture = only(read_all(put(inbox, "a.ods", sheet)))
    assert (capture.title, capture.content) == ("A month", b"The office said so.")


def test_old_file_of_office_that_is_no_workbook_says_what_would_help(inbox):
    refused = only(read_all(put(inbox, "a.doc", OLD_WORKBOOK[:2_000])), Unread)
    assert refused.reason == "unsupported_type"
    assert "save it as .docx, text or .eml" in refused.detail


def test_workbook_without_a_column_of_text_names_its_columns(inbox):
    refused = only(read_all(put(inbox, "a.xlsx", workbook([["id", "reach"], ["1", "2"]]))), Unread)
    assert refused.reason == "bad_record"
    assert "its columns are id, reach; name the one with --columns text=NAME" in refused.detail
