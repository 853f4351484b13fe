"""Load what reading and cleaning processes need, in the fork server, which imports this module.

A process that is forked from it starts at once and shares its memory. The first page that a process
cleans takes a second, most of it for models and word lists; the next take some hundredths of it.
"""

import gc
from contextlib import suppress
from pathlib import Path

gc.disable()  # collections would take a fifth of the time of the imports

import transforms.captures.readers  # noqa: E402, F401
from transforms.captures.capture import CaptureToClean  # noqa: E402
from transforms.clean import clean  # noqa: E402

PAGE = Path(__file__).parent.parent.parent / "seeds" / "captures" / "en-modern-article.html"

with suppress(Exception):  # what is wrong is for the workers to report
    clean(
        CaptureToClean(
            document_id="", content=PAGE.read_bytes(), source_uri="", first_run_id="", cleaner_version=""
        )
    )
gc.freeze()  # all of it stays: collections need not look at it, nor copy its pages
gc.enable()
