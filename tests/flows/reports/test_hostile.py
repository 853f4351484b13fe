"""Whatever a capture holds, in any field: it is shown as text, runs nothing and loads nothing."""

import json
from dataclasses import replace

import pytest

from flows.reports.live.app import make_app
from flows.reports.static_site import build_report
from tests.sites import BREAKOUT, LINK, SCRIPT, assert_inert, make_warehouse, run_row
from warehouse.paths import Layout
from warehouse.schema.examples import example
from warehouse.search.build import refresh_index

OTHER = "f" * 64
BAD = SCRIPT + BREAKOUT


@pytest.fixture(scope="module")
def layout(tmp_path_factory):
    """A warehouse with markup, scripts and reversed text in every field that may hold them."""
    layout = Layout(tmp_path_factory.mktemp("hostile") / "<b>news'.duckdb")
    both = [
        {},
        {"document_id": OTHER, "source_uri": f"{BAD}.txt", "url": 'https://a.example/1" onclick=x'},
    ]
    articles = [{"article_id": row.get("document_id", example("articles").article_id)} for row in both]
    make_warehouse(
        layout,
        runs=[run_row(detail=BAD, versions=json.dumps({BAD: BAD}))],
        documents=[example("documents", text=BAD * 2, site=BAD, **row) for row in both],
        captures=[example("captures", source_uri=BAD, url="data:text/html,<script>alert(1)</script>")],
        repairs=[example("repairs", original=SCRIPT)],
        segments=[
            example("segments", start_char=0, end_char=len(BAD), role="advert", is_kept=False, rule=BAD)
        ],
        articles=[
            example(
                "articles", title=BAD, author=BAD, site=BAD, url=LINK, dateline_place=BAD, text=BAD,
                story_id="s-0123456789ab", **row,
            )
            for row in articles
        ],
        paragraphs=[
            example("paragraphs", text=BAD, start_char=0, end_char=len(BAD), **row) for row in articles
        ],
        quotes=[
            example(
                "quotes", text=BAD, speaker=BAD, speaker_surface=BAD, relayed_by=BAD, cue=BAD, rule=BAD,
                start_char=3, end_char=20, **row | entity,
            )
            for row, entity in zip(articles, ({}, {"entity_id": None}), strict=True)
        ],
        quantities=[
            example(
                "quantities", text=BAD, unit=BAD, counted=BAD, subject=BAD, hedge=BAD, sentence=BAD,
                rule=BAD, start_char=8, end_char=30, value=5.0 + n, **row,
            )
            for n, row in enumerate(articles)
        ],
        entities=[replace(example("entities"), name=BAD, aliases=[BAD])],
        mentions=[example("mentions", surface=BAD, start_char=0, end_char=9, **row) for row in articles],
        stories=[example("stories", article_count=2)],
        story_links=[example("story_links", evidence=BAD)],
        quarantine=[
            example("quarantine", source_uri=BAD, detail=BAD, resolved_at=None, forgiven_at=None)
        ],
        expectation_results=[
            example("expectation_results", success=False, observed=BAD, sample=json.dumps([BAD])),
            example("expectation_results", suite="history", expectation="volume_is_usual", success=False,
                    sample=json.dumps([f"{BAD}: 0 articles"])),
        ],
        run_sites=[example("run_sites", site=BAD)],
    )  # fmt: skip
    return layout


def test_no_page_of_the_static_site_can_act(layout):
    home = build_report(layout).parent
    pages = list(home.rglob("*.html"))

    assert {page.parent.name for page in pages} >= {
        "documents",
        "stories",
        "sites",
        "names",
        "rules",
        "checks",
        "quotes",
        "quarantine",
    }
    assert list((home / "quarantine").glob("c-*.html"))
    assert all(page.resolve().is_relative_to(home.resolve()) for page in pages)
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert_inert(html)
        assert "<script>alert" not in html


def test_text_that_turns_around_is_isolated(layout):
    html = (build_report(layout).parent / "documents.html").read_text(encoding="utf-8")

    at = html.index("\u202e")
    assert html.rindex("<bdi>", 0, at) > html.rindex("</bdi>", 0, at)


@pytest.mark.parametrize("name", ["words", "site", "language", "since", "lacks", "order"])
def test_filters_cannot_act(layout, name):
    from starlette.testclient import TestClient

    with TestClient(make_app(layout), base_url="http://127.0.0.1") as client:
        answer = client.get("/documents.html", params={name: BREAKOUT, "words": "' OR 1=1 --"})

    assert answer.status_code == 200
    assert_inert(answer.text)


@pytest.mark.parametrize(
    "query", ["alert", SCRIPT, BREAKOUT, 'said:"<script>alert(1)</script>"', 'site:"', "' OR 1=1 --"]
)
@pytest.mark.parametrize(
    "given",
    [{"tab": "articles"}, {"tab": "context"}, {"tab": "quotes"}, {"tab": SCRIPT}, {"facet": "said"}],
)
def test_searches_cannot_act(layout, query, given):
    from starlette.testclient import TestClient

    refresh_index(layout)
    with TestClient(make_app(layout), base_url="http://127.0.0.1") as client:
        answer = client.get("/search.html", params={"q": query, "page": "1"} | given)

    assert answer.status_code == 200
    assert_inert(answer.text)
