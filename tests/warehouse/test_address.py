"""A page has one address, whichever of its URLs a capture has, in SQL as in Python."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.schema.address import page_address, page_address_sql

PARTS = [
    "http://",
    "HTTPS://",
    "www.",
    "a.example",
    "/1",
    "/",
    "?",
    "&",
    "#",
    "#!",
    "utm_source=x",
    "id=2",
    "é",
]


@pytest.fixture(scope="module")
def db():
    with duckdb.connect() as connection:
        yield connection


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_same_in_python_and_sql(db, url):
    assert db.execute(f"SELECT {page_address_sql('$url')}", {"url": url}).fetchall() == [
        (page_address(url),)
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/1",
        "https://www.a.example/1/",
        "https://a.example/1#comments",
        "https://a.example/1?utm_source=x&utm_medium=y",
        "https://a.example/1?fbclid=abc#top",
        "https://a.example/1?isappinstalled=0",
    ],
)
def test_one_page(url):
    assert page_address(url) == "a.example/1"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/1?id=2",
        "https://a.example/2",
        "https://m.a.example/1",
        "https://a.example/1?from=utm",
        "https://a.example/1#!/2",
    ],
)
def test_another_page(url):
    assert page_address(url) != "a.example/1"
