"""Pictures of the site, made from the samples: `python -m tests.benchmarks.pictures`."""

import base64
import tempfile
from contextlib import chdir
from pathlib import Path

from flows.reports.static_site import build_report
from tests.chromium import chromium
from tests.loading import ROOT, SAMPLES, run
from warehouse.paths import Layout

FOLDER = ROOT / "docs" / "pictures"
WIDTH = 1280
HEIGHTS = {"documents": 860, "stories": 1120}  # a story with its figures
# What a page of each picture says, so that it is found among the others.
SHOWN = {"documents": "China turns its censors on phone messaging apps</bdi></h1>", "stories": "<h1"}


def main() -> None:
    """Build the site of the samples and write a picture of a document and of a story."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as tab:
        database = Path(folder) / "news.duckdb"
        with chdir(ROOT):  # no picture shows the folders of a machine
            run(database, SAMPLES.relative_to(ROOT), checked=True)
        site = build_report(Layout(database)).parent
        tab.look(WIDTH, "light")
        for kind, told in SHOWN.items():
            pages = sorted((site / kind).glob("*.html"), key=lambda page: -page.stat().st_size)
            page = next(page for page in pages if told in page.read_text(encoding="utf-8"))
            tab.open(page.as_uri())
            tab.evaluate("document.fonts.ready.then(() => true)")
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHTS[kind], "scale": 1}
            picture = tab.do(
                "Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True
            )
            (FOLDER / f"{kind}.png").write_bytes(base64.b64decode(picture["data"]))


if __name__ == "__main__":
    main()
