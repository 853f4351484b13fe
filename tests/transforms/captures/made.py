"""What the tests of readers share: a text, a page, and what comes out of reading them."""

from datetime import UTC, datetime

from tests.loading import ROOT
from transforms.captures.capture import RawCapture, Unread

TEXT = b"The office said on Monday that the campaign would last for a month.\n"
PAGE = b"<!doctype html><title>A month</title><p>The office said it would last for a month.</p>"
LONG = b"".join(b"Line %d of a text that is long enough to be cut.\n" % i for i in range(5_000))
URL = "https://harbour.example/2014/05/28/month"
WHEN = datetime(2014, 5, 28, 6, 30, tzinfo=UTC)
FIELD = ROOT / "tests" / "field"


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def only(outcomes, kind=RawCapture):
    (one,) = outcomes
    assert isinstance(one, kind)
    return one


def reasons(outcomes):
    return [one.reason for one in outcomes if isinstance(one, Unread)]


def captures(outcomes):
    return [one for one in outcomes if isinstance(one, RawCapture)]
