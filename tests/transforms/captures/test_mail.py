"""Mails, mailboxes, and pages saved as one file."""

from email.message import EmailMessage

import pytest

from tests.loading import read_all
from tests.transforms.captures.made import FIELD, PAGE, TEXT, URL, WHEN, captures, only, put, reasons
from transforms.captures.capture import Skipped, Unread


def mail(subject="A month", html=PAGE, text=TEXT, date="Wed, 28 May 2014 08:30:00 +0200"):
    message = EmailMessage()
    message["From"] = "The Harbour <letter@harbour.example>"
    message["Subject"], message["Date"] = subject, date
    message["Message-ID"] = "<1@harbour.example>"
    message.set_content(text.decode())
    if html:
        message.add_alternative(html.decode(), subtype="html")
    return message.as_bytes()


def test_saved_page_is_decoded_and_has_its_address():
    outcomes = read_all(FIELD / "x7-saved.mhtml")
    page = only(captures(outcomes))
    assert page.url == "http://ledger.example/ferry"
    assert page.title == "Ferry firm told to pay"
    assert page.captured_at.isoformat() == "2024-03-05T10:00:00+00:00"
    assert "Calloway’s order".encode() in page.content
    assert sum(isinstance(one, Skipped) for one in outcomes) == len(outcomes) - 1


@pytest.mark.parametrize("name", ["a.eml", "a.txt"])
def test_mail_is_its_page(inbox, name):
    page = only(captures(read_all(put(inbox, name, mail("Caf\u00e9: a month")))))
    assert page.content.strip() == PAGE
    assert (page.title, page.captured_at) == ("Café: a month", WHEN)
    assert page.content_type == "text/html; charset=utf-8"


def test_mail_without_html_is_its_text(inbox):
    assert only(read_all(put(inbox, "a.eml", mail(html=None)))).content == TEXT


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("FW: Fwd: A month", "A month"),
        ("WG: Ein Monat", "Ein Monat"),
        ("转发：一个月", "一个月"),
        ("Re: A month", "Re: A month"),
        ("FW:", None),
        ("PDs: a month of them", "PDs: a month of them"),
    ],
)
def test_title_of_a_mail_that_was_passed_on(inbox, subject, title):
    assert only(captures(read_all(put(inbox, "a.eml", mail(subject))))).title == title


def test_address_of_an_archived_mail(inbox):
    content = b"Archived-At: <" + URL.encode() + b">\n" + mail()
    assert only(captures(read_all(put(inbox, "a.eml", content)))).url == URL


def test_mailbox_gives_each_mail(inbox):
    head = b"From letter@harbour.example Wed May 28 06:30:00 2014\n"
    quoted = mail("Two").replace(b"The office", b">From the office", 1)
    path = put(inbox, "all.mbox", head + mail("One") + b"\n" + head + quoted)
    pages = captures(read_all(path))
    assert [(one.source_uri, one.title) for one in pages] == [
        (f"{path}#message=1", "One"),
        (f"{path}#message=2", "Two"),
    ]


def test_mail_without_text_has_its_row(inbox):
    content = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: image/png\nDate: never\n\nx"
    assert only(read_all(put(inbox, "a.eml", content)), Unread).reason == "empty"


def test_flattened_article_with_a_line_like_a_header_is_no_mail(inbox):
    content = b"Date: 28 May 2014\nFrom: our correspondent\n\n" + TEXT
    assert only(read_all(put(inbox, "a.txt", content))).content == content


@pytest.mark.parametrize(
    "subject", [b"=?utf-8?Q?=FF=FE?=", b"=?no-such?B?AAAA?=", b"\xff\xfe", b"=?utf-8?B?x?="]
)
def test_subject_in_a_wrong_coding_is_no_fault_of_the_mail(inbox, subject):
    content = mail().replace(b"Subject: A month", b"Subject: " + subject)
    outcomes = read_all(put(inbox, "a.eml", content))
    assert reasons(outcomes) == []
    assert only(captures(outcomes)).content.strip() == PAGE
