"""The static site: what it says is true, links lead somewhere, and pages stay small."""

import re
from html import unescape
from typing import get_args

import duckdb
import pytest

from flows.reports.check_words import say_check
from flows.reports.kept import KEPT_RUNS, keep_refused, keep_validation, validations_of
from flows.reports.static_site import build_report
from flows.reports.words import REASONS, ROLES
from tests.sites import LINK, SCRIPT, assert_inert, build, make_warehouse, run_row, text_of
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.schema.arrow import arrow_table
from warehouse.schema.examples import example
from warehouse.schema.shared_columns import EXAMPLE_RUN
from warehouse.schema.vocabulary import Reason, Role

EMPTY = {"batch": {"results": []}}
RUN_PAGE = f"runs/{EXAMPLE_RUN}.html"
FAILED = {"success": False, "suite": "batch"}
GOOD = "The last run worked, and every check passed"
TITLE = "China turns its censors on phone messaging apps"
NOTHING = {"documents_loaded": 0, "documents_unchanged": 0, "documents_quarantined": 0}


@pytest.fixture
def layout(tmp_path):
    return Layout(tmp_path / "news.duckdb")


def checked(tmp_path, *rows):
    """Return what Great Expectations finds in entities, as a run keeps it."""
    from expectations.check import check_staged

    file = tmp_path / "check.duckdb"
    with duckdb.connect(str(file)) as db:
        db.register("incoming", arrow_table("entities", rows))
        db.execute("CREATE TABLE staged_entities AS FROM incoming")
        db.execute("CREATE TABLE batch_facts AS SELECT 0 AS mean_kept_share")
    return check_staged(file, EXAMPLE_RUN, {"entities": "entity_id"}, 0, 0).documents


def test_samples_of_checks_are_shown_and_cannot_act(layout, tmp_path):
    make_warehouse(layout, runs=[run_row()])
    bad = [example("entities", kind=SCRIPT), example("entities", entity_id="b", kind=LINK)]
    keep_validation(layout, EXAMPLE_RUN, checked(tmp_path, *bad))

    page = build(layout, RUN_PAGE)

    assert_inert(page)
    assert SCRIPT in text_of(page)
    assert LINK in text_of(page)


def test_a_check_is_told_in_words_with_its_name_and_reason(layout, tmp_path):
    make_warehouse(layout, runs=[run_row()])
    keep_validation(layout, EXAMPLE_RUN, checked(tmp_path, example("entities", wikidata_id="none")))

    told = text_of(build(layout, RUN_PAGE))

    assert "name values must never be null." in told
    assert "kind values must belong to this set: platform company agency" in told
    assert "Entities 1 of" in told
    failed = told.partition("failed wikidata_id_matches_pattern")[2]
    assert failed.index("regexp_full_match(wikidata_id, 'Q[1-9][0-9]*')") < failed.index("Failing rows")
    assert "Wikidata item" in failed


def test_an_expectation_that_crashed_is_not_told_as_failed(layout, tmp_path):
    documents = checked(tmp_path, example("entities"))
    (crashed,) = (
        result
        for result in documents["entities"]["results"]
        if result["expectation_config"]["meta"]["name"] == "key_is_unique"
    )
    report = {"raised_exception": True, "exception_message": "list index out of range"}
    crashed |= {"success": False, "result": {}, "exception_info": {"a metric": report}}
    make_warehouse(layout, runs=[run_row()])
    keep_validation(layout, EXAMPLE_RUN, documents)

    told = text_of(build(layout, RUN_PAGE))

    assert "crashed key_is_unique" in told
    assert "list index out of range" in told
    assert "× failed" not in told


def test_the_sum_is_shown(layout):
    make_warehouse(layout, runs=[run_row()])

    assert "20 captures seen = 17 loaded 2 unchanged 1 quarantined" in text_of(build(layout))


def test_a_refused_run_says_what_stopped_it_and_claims_no_sum(layout):
    make_warehouse(layout, runs=[run_row(status="refused", detail="97% hold no article", **NOTHING)])

    told = text_of(build(layout))

    assert "The last run was refused" in told
    assert "97% hold no article" in told
    assert "accounted for" not in told


def test_a_refused_batch_shows_the_captures_that_caused_it(layout):
    make_warehouse(layout, runs=[run_row(status="refused", detail="97% hold no article", **NOTHING)])
    refused = {"source_uri": "inbox/menu.html", "document_id": "", "stage": "clean"}
    keep_refused(layout, EXAMPLE_RUN, [refused | {"reason": "no_article", "detail": "all boilerplate"}])

    told = text_of(build(layout, RUN_PAGE))

    assert "The captures that caused it No article 1 inbox/menu.html all boilerplate" in told


@pytest.mark.parametrize(
    ("run", "results", "headline"),
    [
        ({}, [], "Loaded without checks"),
        ({}, [{}], GOOD),
        (
            {},
            [{}, {"success": False, "suite": "batch", "severity": "warning"}],
            "Loaded, with 1 warning",
        ),
        ({}, [{}, {"success": False, "suite": "batch"}], "Loaded, but 1 check failed"),
        ({"documents_loaded": 0, "documents_unchanged": 19}, [{}], "The last run found nothing new"),
        (NOTHING | {"documents_quarantined": 20}, [{}], "Everything the last run saw was refused"),
        (NOTHING | {"captures_seen": 0}, [{}], "The last run saw no captures"),
    ],
)
def test_the_headline_is_no_better_than_the_run(layout, run, results, headline):
    rows = [example("expectation_results", **result) for result in results]
    make_warehouse(layout, runs=[run_row(**run)], expectation_results=rows)

    html = build(layout)

    assert headline in text_of(html)
    assert ('class="verdict good"' in html) == (
        headline == "The last run worked, and every check passed"
    )


def test_settled_refusals_are_not_counted(layout):
    refusals = [
        example("quarantine", resolved_at=None, forgiven_at=None),
        example("quarantine", source_uri="settled.txt", reason="too_deep"),
    ]
    make_warehouse(layout, quarantine=refusals)

    told = text_of(build(layout, "quarantine.html"))

    assert "1 capture in quarantine" in told
    assert "1 more were loaded later or dismissed" in told
    assert "settled.txt" not in told


def test_an_empty_warehouse_has_a_report(layout):
    make_warehouse(layout)

    html = build(layout)

    assert_inert(html)
    assert "Nothing has been loaded yet" in text_of(html)


def test_without_a_warehouse_nothing_is_written(layout):
    with pytest.raises(WarehouseError):
        build_report(layout)
    assert not layout.reports.exists()


def test_the_last_validations_are_kept(layout):
    for day in range(1, 32):
        keep_validation(layout, f"201709{day:02}T063000Z-5eed", EMPTY)

    assert len(list(validations_of(layout).glob("*.json"))) == KEPT_RUNS


def test_a_validation_cut_short_costs_only_its_words(layout):
    make_warehouse(layout, runs=[run_row()])
    keep_validation(layout, EXAMPLE_RUN, EMPTY)
    (validations_of(layout) / f"{EXAMPLE_RUN}.json").write_text('{"articles": {"re')

    assert "Every check, in words" not in text_of(build(layout, RUN_PAGE))


def test_pages_of_an_earlier_build_go(layout):
    make_warehouse(layout, runs=[run_row()])
    old = layout.reports / "documents" / "0000000000000000.html"
    old.parent.mkdir(parents=True)
    old.write_text("gone")

    build(layout)

    assert not old.exists()


def test_every_reason_and_role_has_words():
    assert set(REASONS) == set(get_args(Reason))
    assert set(ROLES) == set(get_args(Role))


@pytest.fixture(scope="module")
def site(samples, tmp_path_factory):
    """The static site of the samples, built into a folder of its own."""
    import shutil

    database = tmp_path_factory.mktemp("site") / "news.duckdb"
    shutil.copyfile(samples, database)
    return build_report(Layout(database)).parent


def test_every_link_leads_somewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100
    broken = []
    for page in pages:
        html = page.read_text(encoding="utf-8")
        ids = set(re.findall(r'\sid="([^"]+)"', html))
        for name, place in re.findall(r'(?:href|src)="(?!https?:)([^"#?]*)[^"#]*(?:#([^"]*))?"', html):
            if name and not (page.parent / unescape(name)).is_file():
                broken.append((page.name, name))
            if not name and place and unescape(place) not in ids:
                broken.append((page.name, place))
    assert broken == []


def test_pages_are_small_and_inert(site):
    for page in site.rglob("*.html"):
        assert page.stat().st_size < 300_000
        assert_inert(page.read_text(encoding="utf-8"))


def test_a_document_shows_each_line_with_its_sign_and_rule(site):
    pages = (path.read_text(encoding="utf-8") for path in (site / "documents").glob("*.html"))
    html = next(
        page for page in pages if "China turns its censors on phone messaging apps</bdi></h1>" in page
    )
    told = text_of(html)

    assert "− Removed: Connect with us Navigation" in told
    assert "= Taken as data: May 28, 2014 Date" in told
    assert "+ Kept: BEIJING — Dateline" in told
    assert 'href="../rules/publication_date_line.html"' in html
    mark = re.search(
        r'<a class="mk q" href="#(cq\d+)" title="Quote">illegal and harmful information<', html
    )
    card = text_of(html.partition(f'<aside class="note" id="{mark[1]}"')[2].partition("</aside>")[0])
    assert "illegal and harmful information State Internet Information Office (in the text: “" in card
    assert "passed on by The agency. Tied to the words by “quoted”, rule quoted_as_saying" in card


def test_each_kind_of_fact_has_a_card_with_its_evidence(site):
    pages = (path.read_text(encoding="utf-8") for path in (site / "documents").glob("*.html"))
    html = next(page for page in pages if "wechat" in page and 'href="#cf' in page)
    cards = {
        kind: list(
            map(text_of, re.findall(rf'<aside class="[^"]*" id="c{kind}\d+".*?</aside>', html, re.S))
        )
        for kind in "fn"
    }

    assert set(re.findall(r'href="#(c[fn]\d+)"', html)) <= set(re.findall(r'id="(c[fn]\d+)"', html))
    assert all("Read from “" in card and ", rule " in card for card in cards["f"])
    assert any("WeChat" in card and "in the list of known names" in card for card in cards["n"])
    assert all("The text has “" in card for card in cards["n"])


def test_every_check_is_told_in_plain_words(samples):
    with duckdb.connect(str(samples), read_only=True) as db:
        names = {row[0] for row in db.execute("SELECT expectation FROM expectation_results").fetchall()}

    plain = {name: say_check(name) for name in names}
    assert len(plain) > 50
    assert not {name for name, told in plain.items() if told.lower() == name.replace("_", " ")}


def test_commands_on_a_page_name_the_warehouse(site):
    told = text_of(next((site / "documents").glob("[0-9]*.html")).read_text(encoding="utf-8"))

    named = f"--warehouse {site.parent / 'news.duckdb'}"
    assert re.search(rf"winnow explain \w+ --why {re.escape(named)}", told)
    assert re.search(rf'winnow correct \w+ --remove .* --reason "why" {re.escape(named)}', told)


def test_a_long_document_is_cut_and_says_so(layout):
    text = "\n".join(f"Line {n} of a very long page." for n in range(20_000)) + "\n"
    ends = [at + 1 for at, char in enumerate(text) if char == "\n"]
    spans = list(zip([0, *ends], ends, strict=False))
    make_warehouse(
        layout,
        documents=[example("documents", text=text)],
        articles=[example("articles")],
        segments=[
            example("segments", position=n, start_char=start, end_char=end)
            for n, (start, end) in enumerate(spans)
        ],
    )
    html = build(layout, "documents/0123456789abcdef.html")

    assert len(html.encode()) < 300_000
    assert "more pieces are not shown" in html
