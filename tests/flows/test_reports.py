"""The report site: what it says, and that nothing from a capture can act in it."""

import json
import re
from html import unescape
from typing import get_args

import duckdb
import pytest

from flows.reports.site import KEPT_VALIDATIONS, REASONS, build_report, keep_validation
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.schema.arrow import arrow_table
from warehouse.schema.examples import example
from warehouse.schema.tables import EXAMPLE_RUN, Reason
from warehouse.store import copy_published, create_views, open_next, publish

SCRIPT = "<script>alert(1)</script>"
LINK = "javascript:alert(1)"
# The only things a page may refer to: its style sheet, and other places of the site.
REFERENCE = re.compile(r"(?:style\.css|index\.html|checks/[0-9A-Za-z-]+\.html|\.\./\S+)?(?:#[\w-]+)?")
EMPTY = {"batch": {"results": []}}


@pytest.fixture
def layout(tmp_path):
    return Layout(tmp_path / "news.duckdb")


def make_warehouse(layout, **rows):
    """Publish a warehouse that holds the given rows, a list for a table."""
    copy_published(layout)
    with open_next(layout) as db:
        for name, listed in rows.items():
            db.register("incoming", arrow_table(name, listed))
            db.execute(f"INSERT INTO {name} BY NAME FROM incoming")
            db.unregister("incoming")
        create_views(db)
    publish(layout)


def run_row(**changes):
    counts = {
        "captures_seen": 20,
        "documents_loaded": 17,
        "documents_unchanged": 2,
        "documents_quarantined": 1,
    }
    return example("runs", **{"detail": None} | counts | changes)


def checked(tmp_path, *rows):
    """Return what Great Expectations finds in entities, as a run keeps it."""
    from expectations.check import check_staged

    file = tmp_path / "check.duckdb"
    with duckdb.connect(str(file)) as db:
        db.register("incoming", arrow_table("entities", rows))
        db.execute("CREATE TABLE staged_entities AS FROM incoming")
        db.execute("CREATE TABLE batch_facts AS SELECT 0 AS mean_kept_share")
    return check_staged(file, EXAMPLE_RUN, {"entities": "entity_id"}, 0, 0).documents


def build(layout):
    return build_report(layout).read_text(encoding="utf-8")


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def assert_inert(html):
    """Assert that a page runs nothing, fetches nothing and refers only to its own site."""
    assert "default-src 'none'; style-src 'self'" in html
    tags = re.findall(r"<(\w+)([^>]*)>", html)
    assert not {name for name, _ in tags} & {"script", "img", "iframe", "object", "form", "style", "b1"}
    attributes = " ".join(given for _, given in tags)
    assert not re.search(r"\s(on\w+|style)=", attributes)
    for reference in re.findall(r'(?:href|src)="([^"]*)"', attributes):
        assert REFERENCE.fullmatch(reference), reference


def test_what_comes_from_the_warehouse_is_shown_and_cannot_act(layout):
    hostile = {"title": SCRIPT, "site": f'"><img src=x onerror="{LINK}">', "url": LINK}
    make_warehouse(
        layout,
        runs=[run_row()],
        documents=[example("documents", url=LINK, source_uri=SCRIPT)],
        articles=[example("articles", **hostile)],
        segments=[example("segments", is_kept=False, role="advert", rule=SCRIPT)],
        quarantine=[
            example(
                "quarantine",
                source_uri=SCRIPT,
                detail="</bdi><style>*{}</style>",
                resolved_at=None,
                forgiven_at=None,
            )
        ],
        expectation_results=[
            example("expectation_results", success=False, observed=SCRIPT, sample=json.dumps([SCRIPT]))
        ],
    )

    html = build(layout)

    assert_inert(html)
    assert text_of(html).count(SCRIPT) == 6  # title twice, rule, refused source, observed, sample
    assert LINK in text_of(html)


def test_samples_of_checks_are_shown_and_cannot_act(layout, tmp_path):
    make_warehouse(layout)
    bad = [example("entities", kind=SCRIPT), example("entities", entity_id="b", kind=LINK)]
    keep_validation(layout, EXAMPLE_RUN, checked(tmp_path, *bad))

    html = build(layout)
    page = (layout.reports / "checks" / f"{EXAMPLE_RUN}.html").read_text(encoding="utf-8")

    assert f'href="checks/{EXAMPLE_RUN}.html"' in html
    assert_inert(page)
    assert SCRIPT in text_of(page)
    assert LINK in text_of(page)


def test_a_check_is_told_in_words_with_its_name_and_reason(layout, tmp_path):
    make_warehouse(layout)
    keep_validation(layout, EXAMPLE_RUN, checked(tmp_path, example("entities", wikidata_id="none")))
    build(layout)

    told = text_of((layout.reports / "checks" / f"{EXAMPLE_RUN}.html").read_text(encoding="utf-8"))

    assert "name values must never be null." in told
    assert "kind values must belong to this set: platform company agency" in told
    assert "1 did not hold" in told
    failed = told.partition("failed wikidata_id_matches_pattern")[2]
    assert failed.index("regexp_full_match(wikidata_id, 'Q[1-9][0-9]*')") < failed.index("Broke it")
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
    make_warehouse(layout)
    keep_validation(layout, EXAMPLE_RUN, documents)
    build(layout)

    told = text_of((layout.reports / "checks" / f"{EXAMPLE_RUN}.html").read_text(encoding="utf-8"))

    assert "crashed key_is_unique" in told
    assert "list index out of range" in told
    assert " failed " not in told


def test_conservation_is_shown(layout):
    make_warehouse(layout, runs=[run_row()])

    assert "20 seen = 17 loaded + 2 unchanged + 1 quarantined" in text_of(build(layout))


def test_a_refused_run_says_what_stopped_it_and_claims_no_sum(layout):
    refused = run_row(
        status="refused",
        detail="batch: too_little_is_kept: 0.01",
        documents_loaded=0,
        documents_unchanged=0,
        documents_quarantined=0,
    )
    make_warehouse(layout, runs=[refused])

    told = text_of(build(layout))

    assert "The last run was refused" in told
    assert "too_little_is_kept" in told
    assert "The sum holds" not in told


@pytest.mark.parametrize(
    ("results", "headline"),
    [
        ([], "Loaded without checks"),
        ([{"success": True}], "Loaded, and every check held"),
        ([{"success": True}, {"success": False, "suite": "batch"}], "Loaded, but 1 check did not hold"),
    ],
)
def test_the_headline_is_no_better_than_the_checks(layout, results, headline):
    rows = [example("expectation_results", **result) for result in results]
    make_warehouse(layout, runs=[run_row()], expectation_results=rows)

    assert headline in text_of(build(layout))


def test_settled_refusals_are_not_counted(layout):
    refusals = [
        example("quarantine", resolved_at=None, forgiven_at=None),
        example("quarantine", source_uri="settled.txt", reason="too_deep"),
    ]
    make_warehouse(layout, quarantine=refusals)

    told = text_of(build(layout))

    assert "1 capture refused and not settled" in told
    assert "settled.txt" not in told
    assert "too_deep" not in told


def test_an_empty_warehouse_has_a_report(layout):
    make_warehouse(layout)

    html = build(layout)

    assert_inert(html)
    assert "Nothing has been loaded yet" in text_of(html)


def test_without_a_warehouse_nothing_is_written(layout):
    with pytest.raises(WarehouseError):
        build_report(layout)
    assert not layout.reports.exists()


def test_pages_go_with_their_validations(layout):
    make_warehouse(layout)
    runs = [f"201709{day:02}T063000Z-5eed" for day in range(1, 31)]
    for run_id in runs:
        keep_validation(layout, run_id, EMPTY)
    build(layout)
    keep_validation(layout, "20171001T063000Z-5eed", EMPTY)

    html = build(layout)

    pages = sorted(page.stem for page in (layout.reports / "checks").iterdir())
    assert pages == [*runs[1:], "20171001T063000Z-5eed"]
    assert len(pages) == KEPT_VALIDATIONS
    assert runs[0] not in html


def test_a_page_is_made_once(layout):
    make_warehouse(layout)
    keep_validation(layout, EXAMPLE_RUN, EMPTY)
    build(layout)
    page = layout.reports / "checks" / f"{EXAMPLE_RUN}.html"
    page.write_text("as it was", encoding="utf-8")

    build(layout)

    assert page.read_text(encoding="utf-8") == "as it was"


def test_a_validation_cut_short_costs_only_its_own_page(layout):
    make_warehouse(layout)
    keep_validation(layout, EXAMPLE_RUN, EMPTY)
    (layout.reports / "validations" / "20170909T063000Z-0bad.json").write_text('{"articles": {"re')

    html = build(layout)

    assert [page.stem for page in (layout.reports / "checks").iterdir()] == [EXAMPLE_RUN]
    assert "20170909T063000Z-0bad cannot be read" in text_of(html)


def test_every_reason_has_words():
    assert set(REASONS) == set(get_args(Reason))
