"""The live site: the pages of the static one, the file as it is now, and no request of others."""

import json
import re
import shutil
from datetime import datetime
from html import unescape

import duckdb
import pytest
from starlette.testclient import TestClient

from flows.reports.live.app import make_app
from tests.loading import run
from tests.sites import assert_inert, text_of
from warehouse.paths import Layout
from warehouse.schema.tables import SCHEMA_VERSION
from warehouse.search.build import refresh_index


@pytest.fixture(scope="module")
def layout(samples, tmp_path_factory):
    """A copy of the warehouse of the samples, with its index."""
    database = tmp_path_factory.mktemp("live") / "news.duckdb"
    shutil.copyfile(samples, database)
    refresh_index(Layout(database))
    return Layout(database)


@pytest.fixture(scope="module")
def client(layout):
    with TestClient(make_app(layout), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize(
    "address",
    ["index", "documents", "documents/without-date", "stories", "sites", "names", "names/wechat",
     "quotes", "disagreements", "rules", "rules/model", "checks",
     "checks/articles.text.text_is_long_enough", "quarantine",
     "quarantine/no_article", "runs"],
)  # fmt: skip
def test_every_kind_of_page_is_there(client, address):
    answer = client.get(f"/{address}.html")

    assert answer.status_code == 200
    assert_inert(answer.text)


@pytest.mark.parametrize(
    "address",
    ["/nothing.html", "/documents/0000000000000000.html", "/documents/../../etc/passwd",
     "/names/nobody.html", "/quarantine/nothing.html", "/documents,9999.html", "/static/../app.py",
     "/data/tables.csv", "/x'y.html"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_only_reading_is_allowed(client):
    assert client.post("/index.html").status_code == 405


def test_a_page_of_somebody_else_cannot_read_it(client):
    answer = client.get("/index.html", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "Winnow" not in answer.text


def test_the_policy_lets_nothing_in(client):
    policy = client.get("/index.html").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_search_finds_narrows_and_quotes(client):
    told = text_of(client.get("/search.html", params={"q": "editor country"}).text)
    assert "Articles 3" in told
    narrow = text_of(client.get("/search.html", params={"q": 'editor said:"Philippa Drexel"'}).text)
    assert "said: Philippa Drexel" in narrow
    quotes = text_of(client.get("/search.html", params={"q": "editor", "tab": "quotes"}).text)
    assert "“Every editor in the country can read" in quotes
    context = text_of(client.get("/search.html", params={"q": "editor", "tab": "context"}).text)
    assert "editor in the country can read" in context


def test_a_search_finds_removed_lines_at_their_place(client):
    found = client.get("/search.html", params={"q": "FACEBOOK -zzz", "tab": "removed"}).text
    places = re.findall(r'href="(documents/\w+\.html)#(l\d+)"', found)
    rows = json.loads(client.get("/data/search.json", params={"q": "facebook", "tab": "removed"}).text)
    assert len(places) == len(rows) > 0
    assert all("facebook" in row["line"].lower() for row in rows)
    assert all(f'id="{line}"' in client.get(f"/{address}").text for address, line in places)
    assert "No removed line" in client.get("/search.html?q=qwxyz&tab=removed").text


def test_every_value_of_a_facet_can_be_reached(client, monkeypatch):
    languages = {"Chinese", "English", "German", "Spanish", "French", "Polish", "Portuguese", "Russian"}
    html = client.get("/search.html?q=").text
    assert languages <= set(re.findall(r'<span class="n"><bdi>([^<]+)', html))

    monkeypatch.setattr("warehouse.search.index.FACET_VALUES", 2)
    monkeypatch.setattr("flows.reports.pages.search.FACET_VALUES", 2)
    html = client.get("/search.html?q=").text
    assert 'href="search.html?q=&amp;facet=language">All' in html
    told = client.get("/search.html?q=&facet=language").text
    assert_inert(told)
    assert languages <= set(re.findall(r'<span class="n"><bdi>([^<]+)', told))
    assert client.get("/search.html?q=&facet=nothing").status_code == 404


def test_values_of_a_facet_come_in_pages(client, monkeypatch):
    monkeypatch.setattr("flows.reports.pages.search.VALUES_PER_PAGE", 5)
    pages = [client.get(f"/search.html?q=&facet=language&page={n}").text for n in (1, 2, 3)]
    shown = [re.findall(r'<span class="n"><bdi>([^<]+)', html) for html in pages]
    assert [len(one) for one in shown[:1]] == [5]
    assert not set(shown[0]) & set(shown[1])
    assert ["Next" in html for html in pages] == [True, False, False]


@pytest.mark.parametrize("word", ["微信", "微", "アプリ", "Китай", "pekin"])
def test_words_of_every_script_are_found(client, word):
    rows = json.loads(client.get("/data/search.json", params={"q": word}).text)

    assert rows


def test_what_is_shown_can_be_taken_away(client):
    rows = json.loads(client.get("/data/search.json", params={"q": "editor"}).text)
    lines = client.get("/data/search.csv", params={"q": "editor"}).text

    assert len(rows) == 3
    assert lines.startswith("article_id,title,site,")


def test_it_follows_a_newly_published_file(tmp_path, inbox, prose):
    layout = Layout(tmp_path / "w.duckdb")
    (inbox / "a.txt").write_text(prose(1))
    run(layout.database, inbox)
    with TestClient(make_app(layout), base_url="http://127.0.0.1") as client:
        assert "1 article." in text_of(client.get("/documents.html").text)
        (inbox / "b.txt").write_text(prose(2))
        run(layout.database, inbox)
        assert "2 articles." in text_of(client.get("/documents.html").text)


def test_without_the_index_all_but_search_works(tmp_path, inbox, prose, monkeypatch):
    layout = Layout(tmp_path / "w.duckdb")
    (inbox / "a.txt").write_text(prose(1))
    run(layout.database, inbox)
    monkeypatch.setattr("flows.reports.live.published.Published._build", lambda _: None)
    with TestClient(make_app(layout), base_url="http://127.0.0.1") as client:
        assert client.get("/index.html").status_code == 200
        assert "The index for search is being built" in client.get("/search.html?q=campaign").text
        refresh_index(layout)
        assert "Articles 1" in text_of(client.get("/search.html?q=campaign").text)


def test_a_warehouse_that_is_gone_is_an_answer(tmp_path):
    with TestClient(make_app(Layout(tmp_path / "none.duckdb")), base_url="http://127.0.0.1") as client:
        assert client.get("/index.html").status_code == 503


def test_a_file_of_other_tables_is_an_answer(tmp_path):
    layout = Layout(tmp_path / "other.duckdb")
    with duckdb.connect(str(layout.database)) as db:
        db.execute("CREATE TABLE runs (run_id VARCHAR)")
    with TestClient(make_app(layout), base_url="http://127.0.0.1") as client:
        answer = client.get("/index.html")
    assert answer.status_code == 503
    assert "it has no tables of Winnow" in unescape(answer.text)


@pytest.mark.parametrize(
    ("step", "remedy"), [(-1, "the next `winnow run` brings it up"), (1, "update Winnow")]
)
def test_a_warehouse_of_another_version_is_a_page_that_says_what_to_do(layout, tmp_path, step, remedy):
    other = Layout(tmp_path / "<i>other.duckdb")
    shutil.copyfile(layout.database, other.database)
    with duckdb.connect(str(other.database)) as db:
        db.execute(f"DELETE FROM schema_versions WHERE version >= {SCHEMA_VERSION}")
        values = f"({SCHEMA_VERSION + step}, 'another')"
        db.execute(f"INSERT INTO schema_versions VALUES {values} ON CONFLICT DO NOTHING")
    with TestClient(make_app(other), base_url="http://127.0.0.1") as client:
        answer = client.get("/index.html")
    assert answer.status_code == 503
    assert_inert(answer.text)
    assert f"this Winnow reads version {SCHEMA_VERSION}; {remedy}" in unescape(answer.text)


def test_a_page_number_of_any_length_is_a_page(client):
    assert client.get("/search.html", params={"q": "editor", "page": "9" * 5000}).status_code == 200


def test_quotes_can_be_read_from_the_oldest_on(client):
    def days(query):
        html = client.get(f"/search.html?q=language:en&tab=quotes{query}").text
        told = re.findall(r"(\d+ \w{3} \d{4}|no date)(?: <span[^<]*</span>)?</p></li>", html)
        return told, html

    newest, _ = days("")
    oldest, html = days("&order=oldest")
    dated = [datetime.strptime(day, "%d %b %Y") for day in oldest if day != "no date"]

    assert sorted(newest) == sorted(oldest)
    assert dated == sorted(dated)
    assert dated[0] < dated[-1]
    assert "no date" not in oldest[: len(dated)]
    assert html.count("earliest") <= 1


EMPTY = ("stories.html?since=2030",)


@pytest.mark.parametrize(
    ("address", "fewer"),
    [
        ("documents.html?site=MERIDIAN", "documents.html"),
        ("documents.html?language=ja&order=oldest", "documents.html"),
        ("documents.html?since=2014-05&until=2014-05", "documents.html"),
        ("documents.html?words=china&lacks=author", "documents.html?words=china"),
        ("stories.html?since=2030", "stories.html"),
    ],
)
def test_a_list_can_be_narrowed_down(client, address, fewer):
    narrow, wide = (client.get(f"/{one}").text for one in (address, fewer))

    assert_inert(narrow)
    assert narrow.count('class="ti"') < wide.count('class="ti"')
    assert ('class="ti"' in narrow) is (address not in EMPTY)


@pytest.mark.parametrize("query", ["order=none", "lacks=%27%20OR%201", "unknown=1", "since="])
def test_what_a_list_does_not_know_is_not_asked_for(client, query):
    assert client.get(f"/documents.html?{query}").text == client.get("/documents.html").text


def test_a_list_can_be_put_in_order_and_keeps_its_filters(client):
    html = client.get("/documents.html?language=en&order=longest").text

    words = [int(n.replace(",", "")) for n in re.findall(r'data-l="Words">([\d,]+)<', html)]
    assert words == sorted(words, reverse=True)
    assert len(set(words)) > 2
    assert 'href="documents.html?language=en&amp;order=title"' in html
    assert client.get("/documents/by-longest.html").status_code == 200
