"""What pages say of a small warehouse: a story with a correction, texts without an address."""

import re
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pytest

from flows.reports.pages.routes import make_page
from flows.reports.pages.site import Site, name_capture
from flows.reports.words import REASONS, REMEDIES
from tests.sites import assert_inert, make_warehouse, run_row, text_of
from warehouse.paths import Layout
from warehouse.raw_store import RawStore, StoredCapture
from warehouse.schema.examples import example
from warehouse.schema.shared_columns import EXAMPLE_RUN
from warehouse.store import read_published

STORY = "s-0123456789ab"
STORY_PAGE = f"stories/{STORY}.html"
WORDS = "we heard a grinding noise and then the lights went out"
# Of each article: its site, its day in November 2026, the figure it gives, whom it credits with WORDS.
TOLD = {
    "a": ("coast.example", 22, 9, "Marit Solberg"),
    "b": ("island.example", 23, 11, "Elias Brandt"),
    "c": ("island.example", 24, 12, "Elias Brandt"),  # the same page as b, captured again
    "d": (None, 24, 12, None),
    "e": (None, 24, 12, "Solberg"),
}

FIGURE = {"value_high": None, "unit": "people", "unit_canonical": "people", "subject": None,
          "entity_id": None, "hedge": None}  # fmt: skip

MENU = "<script>alert(1)</script> Un mois près de la gare".encode("latin-1")
REFUSED = [
    example("quarantine", source_uri="in box/menu.html", document_id="1" * 64, resolved_at=None,
            forgiven_at=None),
    example("quarantine", source_uri="in box/gone.html", document_id="", stage="read",
            reason="unreadable", resolved_at=None, forgiven_at=None),
]  # fmt: skip


def article_rows():
    for name, (site, day, toll, speaker) in TOLD.items():
        one = name * 64
        url = None if site is None else f"https://{site}/ferry"
        said = f"At least {toll} people died, the coast guard said."
        seen = datetime(2026, 11, day, 4, 12, tzinfo=UTC)
        yield "documents", example("documents", document_id=one, site=site, url=url, captured_at=seen)
        yield "articles", example(
            "articles", article_id=one, title=f"Ferry {name} runs aground", site=site, url=url,
            published_on=date(2026, 11, day), story_id=STORY,
        )  # fmt: skip
        figure = FIGURE | {"text": f"{toll} people", "value": float(toll)}
        yield "quantities", example("quantities", article_id=one, sentence=said, **figure)
        note = figure | {"text": "30 people", "value": 30.0}
        sentence = "Correction: an earlier version said that 30 people died."
        yield "quantities", example("quantities", article_id=one, position=1, sentence=sentence, **note)
        credit = {"speaker": speaker, "speaker_surface": speaker, "entity_id": None, "relayed_by": None}
        yield "quotes", example("quotes", article_id=one, text=WORDS, **credit)


# Of articles of no story: their site and their day in November 2026.
ALONE = {"f": ("coast.example", 3), "7": ("inland.example", 23), "8": ("early.example", 20)}
# Pieces: their rule, their role, whether they are kept, and their characters.
PIECES = [
    ("reads_titles", "title", False, 900),
    ("removes", "legal", False, 50),
    ("mixed", "paragraph", True, 200),
    ("mixed", "byline", False, 100),
]


def rows_beside_the_story():
    """Yield articles of no story; one mentions a person whom an article of the story quotes."""
    for name, (site, day) in ALONE.items():
        yield "documents", example("documents", document_id=name * 64, site=site, url=None)
        days = {"published_on": date(2026, 11, day), "story_id": None}
        yield "articles", example("articles", article_id=name * 64, site=site, url=None, **days)
    yield "mentions", example("mentions", article_id="f" * 64, entity_id="c-marit")
    yield "entities", replace(example("entities"), entity_id="c-marit", name="Marit Solberg")
    term = {"kind": "scare", "speaker": None, "speaker_surface": None, "entity_id": None, "cue": None}
    yield "quotes", example("quotes", article_id="f" * 64, relayed_by=None, **term)
    for position, (rule, role, kept, n) in enumerate(PIECES):
        changes = {"rule": rule, "role": role, "is_kept": kept, "start_char": 0, "end_char": n}
        yield "segments", example("segments", document_id="f" * 64, position=position, **changes)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    layout = Layout(tmp_path_factory.mktemp("pages") / "news.duckdb")
    rows = {"runs": [run_row()]}
    for table, row in (*article_rows(), *rows_beside_the_story()):
        rows.setdefault(table, []).append(row)
    rows["stories"] = [
        example("stories", article_count=4, site_count=2, first_published_on=date(2026, 11, 22),
                last_published_on=date(2026, 11, 24)),
    ]  # fmt: skip
    rows["quarantine"] = REFUSED
    capture = StoredCapture("1" * 64, "in box/menu.html", None, None, None, None)
    RawStore(layout.raw_store).append("first", [(capture, MENU)])
    make_warehouse(layout, **rows)
    with read_published(layout) as db:
        yield Site(db, layout)


@pytest.fixture(scope="module")
def page(site):
    """Return a page of the site, which can do nothing, as HTML."""

    def make(address):
        html = make_page(site, address)
        assert html is not None, address
        assert_inert(html)
        return html

    return make


def test_only_what_an_address_shows_now_is_compared(page):
    html = page(STORY_PAGE)

    values = re.findall(r'<b class="num">(\d+)</b>', html)
    assert values == ["9", "12"]  # not 11, which was replaced, nor 30, which a correction takes back
    assert "Ferry b runs aground" in text_of(html)
    assert text_of(html).count("replaced by a later version") == 2  # its dot, and its row


def test_a_figure_has_the_date_of_its_article_and_the_time_of_its_capture(page):
    told = text_of(page(STORY_PAGE))

    assert "coast.example 22 Nov 2026 captured 22 Nov 2026, 04:12 At least 9 people died" in told


def test_texts_without_an_address_are_of_no_outlet(page):
    told = text_of(page(STORY_PAGE))

    assert "4 articles of 2 outlets, 2 without an address" in told
    assert "4 articles by 2 outlets" in told


def test_a_quotation_says_who_is_credited_by_whom_and_flags_a_difference(page):
    told = text_of(page(STORY_PAGE))

    assert "1 quotation is credited to different speakers" in told
    credited = told.partition("Credited to By Date")[2].partition("The same words")[0]
    assert "≠ Marit Solberg coast.example 22 Nov 2026" in credited
    assert "≠ Elias Brandt island.example 24 Nov 2026" in credited
    assert "nobody named no address" in credited


def test_what_differs_is_on_one_page_with_who_says_it(page):
    told = text_of(page("disagreements.html"))

    assert (
        "People died 33 % apart at least 9 coast.example at least 12 island.example, no address" in told
    )
    assert f"“{WORDS}” credited to 2 speakers Marit Solberg · Elias Brandt" in told


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"), [("figures", "People died", WORDS), ("quotes", WORDS, "People died")]
)
def test_disagreements_can_be_of_figures_or_of_quotations(site, kind, shown, hidden):
    told = text_of(make_page(replace(site, asked={"of": kind}), "disagreements.html"))

    assert shown in told
    assert hidden not in told


def test_speakers_are_counted_and_each_has_a_page_with_the_words(page):
    html = page("quotes.html")
    address = re.search(r'href="(quotes/[^"]+)"><bdi>Elias Brandt', html)[1]

    assert "Elias Brandt 2 2 1" in text_of(html)
    assert text_of(page(address)).count(WORDS) == 2
    assert "Elias Brandt quoted speaker" in text_of(page("names.html"))


def test_the_articles_of_a_name_mention_or_quote_it(page):
    listed = re.search(r'<tr><td><a href="([^"]+)"><bdi>Marit Solberg.*?</tr>', page("names.html"))
    told = text_of(page(listed[1]))

    assert text_of(listed[0]).endswith("2 1 1")  # articles, mentions, quotes
    assert "2 articles mention or quote this name" in told
    assert "Nov 2026 2 1 site" in told
    assert "coast.example 2" in told


def test_texts_without_an_address_are_a_row_so_that_the_sites_add_up(page):
    told = text_of(page("sites.html"))

    assert "4 sites, the largest first, and 8 articles in all" in told
    assert told.index("island.example 2") < told.index("no address 2")


def test_an_outlet_that_published_nothing_in_the_days_of_a_story_is_not_named(page):
    without = text_of(page(STORY_PAGE)).partition("Published in these days without it:")[2]

    assert without.startswith(" inland.example 1 article Figures")  # and not early.example


@pytest.mark.parametrize("address", ["rules.html", "quotes.html"])
def test_terms_in_quotation_marks_are_counted_apart_on_every_page(page, address):
    told = text_of(page(address))

    assert re.search(r"(?<!\d)5 quotes", told)
    assert "1 more piece in quotation marks is said by nobody" in told


@pytest.mark.parametrize(
    ("address", "most"), [("documents", 5), ("documents/by-title", 2), ("stories", 1)]
)
def test_a_list_of_the_static_form_leads_to_no_part_that_it_lacks(site, monkeypatch, address, most):
    monkeypatch.setattr("flows.reports.queries.document.PER_PAGE", 1)
    static = replace(site, included=frozenset())

    parts = [f"{address},{n}.html" if n > 1 else f"{address}.html" for n in range(1, most + 1)]
    leads_on = ['rel="next"' in make_page(static, part) for part in parts]
    assert leads_on == [True] * (most - 1) + [False]


def test_rules_are_in_the_order_of_what_they_removed_and_data_is_not_removed(page):
    rows = re.findall(r"<tr><td><span class=\"mono\".*?</tr>", page("rules.html"))
    told = [text_of(row) for row in rows[:3]]

    assert [one.split()[0] for one in told] == ["removes", "reads_titles", "mixed"]
    assert told[1].endswith("900 taken as data 0")
    assert told[2].endswith("300 66.7 % 33.3 % taken as data 0")


@pytest.mark.parametrize("number", [0, 1])
def test_a_refused_capture_can_be_opened_and_says_why_and_what_to_do(page, number):
    reason, source = REFUSED[number].reason, REFUSED[number].source_uri
    lists = ("quarantine.html", f"quarantine/{reason}.html", f"runs/{EXAMPLE_RUN}.html")
    (address,) = {
        re.search(rf'href="(?:\.\./)*(quarantine/c-[^"]+)"[^>]*><bdi>{source}', page(one))[1]
        for one in lists
    }
    told = text_of(page(address))

    assert REASONS[reason][1] in told
    assert REMEDIES[reason] in told
    assert f"winnow quarantine forgive '{source}'" in told


def test_the_text_of_a_refused_capture_is_shown_and_not_run(page):
    html = page(f"quarantine/{name_capture(asdict(REFUSED[0]))}.html")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html  # assert_inert has seen that no tag is left
    assert "Un mois près de la gare" in html  # in the encoding that it has


def test_a_heading_without_names_is_left_out(page):
    assert "Names, by articles" not in page(STORY_PAGE)
