"""Documents of office programs and PDF files."""

import builtins

import pytest

from tests.archives import zipped
from tests.loading import read_all
from tests.transforms.captures.made import only, put
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


@pytest.mark.parametrize("name", ["a.rtf", "a.pdf"])
def test_missing_library_is_a_row_that_says_what_to_install(inbox, name, monkeypatch):
    real = builtins.__import__

    def without(module, *rest, **named):
        if module.split(".")[0] in ("pypdf", "striprtf"):
            raise ImportError(module)
        return real(module, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    refused = only(read_all(put(inbox, name, DOCUMENTS[name][0])), Unread)
    assert refused.reason == "unsupported_type"
    assert "winnow[documents]" in refused.detail


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped({"word/document.xml": b"<w"}), "empty"),
        (zipped({"word/document.xml": b"<w:document xmlns:w='w'/>"}), "empty"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "unsupported_type"),
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
