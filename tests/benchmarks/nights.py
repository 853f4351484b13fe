"""A small warehouse with a past, to look at the site: `python -m tests.benchmarks.nights news.duckdb`.

Fourteen nights of five outlets and, in the first, the samples; all texts are made up. One batch is
refused, an outlet falls silent in the last two nights, and the others tell of one ferry accident: their
figures and quotations disagree, and one corrects itself.
"""

import argparse
import html
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.reports.kept import MOST_REFUSED, keep_refused, keep_validation
from flows.steps.check import check_batches
from flows.steps.collect import collect_captures
from flows.steps.load import load_staged
from flows.steps.run_context import RunContext, loading
from tests.loading import SAMPLES, begin, clean_all
from transforms.captures.inputs import list_inputs
from warehouse.paths import Layout
from warehouse.search.build import refresh_index
from warehouse.staged_checks import list_refusals
from warehouse.store import open_next, publish

NIGHTS, REFUSED, SILENT = 14, 8, "harbour-post.example"
LAST = datetime(2026, 11, 25, 3, tzinfo=UTC)
OUTLETS = {
    "harbour-post.example": ("Harbour Post", "Nora Whitfield"),
    "dagsposten.example": ("Dagsposten", "Tove Lindgren"),
    "meridian-ledger.example": ("Meridian Ledger", "Rosalind Achterberg"),
    "island-courier.example": ("Island Courier", "Peter Oyelaran"),
    "coast-wire.example": ("Coast Wire", "Imogen Vance"),
}
TEXTS = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
PAGE = """<!doctype html><html lang="en"><head><title>{title} | {outlet}</title>
<link rel="canonical" href="https://{site}/{slug}"><script type="application/ld+json">
{{"@type":"NewsArticle","headline":"{title}","datePublished":"{day}","author":{{"name":"{author}"}}}}
</script></head><body><p>We use cookies to make this site work. Accept all</p>
<nav><a href="/">Home</a> <a href="/n">News</a> <a href="/s">Sport</a> <a href="/c">Culture</a></nav>
<main><article><h1>{title}</h1><p class="byline">By {author}</p>{paragraphs}</article></main>
<aside><h2>Most read</h2><ul><li>Ten soups for the winter</li><li>Why gulls steal</li></ul></aside>
<p>Subscribe to our newsletter</p><p>Share this article</p><footer>© 2026 {outlet}. All rights reserved.
Terms of use · Privacy policy · Contact</footer></body></html>
"""
JUNK = "Home\nNews\nSport\nCulture\nLog in\nSubscribe\nShare\nTweet\nPrint\nPage {n} of 40\nContact us\n"


def make(database: Path, inbox: Path) -> None:
    """Load every night into a new warehouse; the captures are written to a folder of each night."""
    rng = random.Random(1)
    for number in range(NIGHTS):
        night = LAST - timedelta(days=NIGHTS - 1 - number)
        folder = inbox / f"{night:%Y-%m-%d}"
        folder.mkdir(parents=True, exist_ok=True)
        write_night(folder, number, night, rng)
        load(database, night, [folder, *([SAMPLES] if number == 0 else [])])
    set_times(database)
    refresh_index(Layout(database))


def write_night(folder: Path, number: int, night: datetime, rng: random.Random) -> None:
    """Write the captures of a night: a record a page, as a crawler leaves them, and some overviews."""
    pages = []
    for site in OUTLETS:
        if site == SILENT and number >= NIGHTS - 2:
            continue
        for _ in range(rng.choice((3, 4, 4, 5))):
            moment = night - timedelta(minutes=rng.randint(60, 1300))
            pages.append(record(site, moment, *write_article(rng)))
    pages += list(tell_accident(number, night))
    lines = [json.dumps(page) for page in pages]
    (folder / "crawl.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for n in range(40 if number == REFUSED else number % 3):
        (folder / f"overview-{n}.txt").write_text(JUNK.format(n=f"{number}.{n}"))


def tell_accident(number: int, night: datetime) -> Iterator[dict[str, str]]:
    """Yield what outlets told of the accident: first reports, then the rest and a correction."""
    if number not in (NIGHTS - 3, NIGHTS - 2):
        return
    is_first = number == NIGHTS - 3
    for told in TEXTS["accident"]:
        hours = told["hours"]
        if (hours < 6) == is_first:
            moment = night + timedelta(hours=hours - (8 if is_first else 16))
            yield record(told["site"], moment, told["title"], told["text"], f"aurelia-{hours}")
    if not is_first:
        corrected = TEXTS["corrected"]
        yield record("island-courier.example", night, corrected["title"], corrected["text"], "aurelia-5")


def write_article(rng: random.Random) -> tuple[str, str]:
    """Return a headline and a text."""
    words = {name: rng.choice(listed) for name, listed in TEXTS["words"].items()}
    words |= {
        "n": rng.randint(4, 19),
        "m": rng.randint(2, 9),
        "p": rng.randint(11, 480),
        "q": rng.randint(11, 48),
    }
    words |= {name: words[name].format(**words) for name in ("say", "say2")}
    title = rng.choice(TEXTS["headlines"]).format(**words, who=make_name(rng))
    told = [
        sentence.format(**words, who=make_name(rng)) for sentence in rng.sample(TEXTS["sentences"], 7)
    ]
    return title, ". ".join(told)


def make_name(rng: random.Random) -> str:
    """Return the name of a person; few articles share one."""
    return " ".join(rng.choice(TEXTS["words"][part]) for part in ("first", "last"))


def record(
    site: str, moment: datetime, title: str, text: str, slug: str | None = None
) -> dict[str, str]:
    """Return an article as its outlet would show it, with its address and the time of the capture."""
    outlet, author = OUTLETS[site]
    slug = slug or f"{moment:%Y/%m/%d}/" + "-".join(title.lower().split())
    parts = "".join(f"<p>{html.escape(part.strip('. '))}.</p>" for part in paragraphs(text))
    page = PAGE.format(
        title=html.escape(title), outlet=outlet, site=site, slug=slug, day=moment.isoformat(),
        author=author, paragraphs=parts,
    )  # fmt: skip
    captured_at = (moment + timedelta(hours=1)).isoformat()
    return {"url": f"https://{site}/{slug}", "html": page, "captured_at": captured_at}


def paragraphs(text: str) -> list[str]:
    """Return a text as paragraphs of two sentences."""
    sentences = text.split(". ")
    return [". ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def load(database: Path, night: datetime, inputs: list[Path]) -> None:
    """Run a night as if it were that night."""
    context = begin(database)
    run_id = f"{night:%Y%m%dT%H%M%SZ}-{night.day:04x}"
    context = replace(context, start=replace(context.start, run_id=run_id, started_at=night))
    with loading(context) as run:
        collected = collect_captures(run, list_inputs(list(map(str, inputs))))
        clean_all(run)
        checked = check_batches(run)
        keep_results(run, checked)
        load_staged(run, checked, False, collected.skipped)
        publish(run.layout)


def keep_results(run: RunContext, checked) -> None:
    """Keep what the pages of checks and of a refused batch show, as a flow does."""
    keep_validation(run.layout, run.run_id, checked.verdict.documents)
    if checked.verdict.critical:
        keep_refused(run.layout, run.run_id, list_refusals(run.staging, MOST_REFUSED))


def set_times(database: Path) -> None:
    """Let each run end 42 seconds after it began, and quarantine see its captures then."""
    layout = Layout(database)
    layout.next_database.write_bytes(database.read_bytes())
    with open_next(layout) as db:
        db.execute("UPDATE runs SET finished_at = started_at + INTERVAL 42 SECONDS")
        db.execute("""UPDATE quarantine SET first_seen_at = runs.started_at FROM runs
            WHERE runs.run_id = quarantine.run_id""")
    publish(layout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    given = parser.parse_args()
    make(given.database, given.database.with_suffix(".inbox"))
