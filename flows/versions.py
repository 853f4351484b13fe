"""Versions: of Winnow, of its libraries, and of the cleaner as a whole."""

import json
import platform
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from transforms.clean import CleaningOptions

DEFAULTS = CleaningOptions()
ROOT = Path(__file__).parent.parent
# What decides what a capture becomes: a change in any of these is another cleaner.
CLEANING_FILES = ("transforms/**/*.py", "seeds/reference/*.csv", "seeds/models/*")
CLEANING_LIBRARIES = (
    "ahocorasick-rs", "babel", "chardet", "ftfy", "htmldate", "lxml", "py3langid", "rensa", "selectolax",
    "text2num", "tld", "trafilatura",
)  # fmt: skip
LIBRARIES = ("duckdb", "great-expectations", "prefect", "pyarrow", *CLEANING_LIBRARIES)


@cache
def cleaner_version(options: CleaningOptions = DEFAULTS) -> str:
    """Return the version of the cleaner: Winnow's own and a digest of all that decides.

    Options other than the usual ones make another cleaner. Documents
    that another cleaner made are cleaned again when their captures are next seen.
    """
    digest = sha256()
    files = sorted(file for pattern in CLEANING_FILES for file in ROOT.glob(pattern))
    for file in files:
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    for library in CLEANING_LIBRARIES:
        digest.update(f"{library}={version(library)}\0".encode())
    usual = replace(options, entities=None) == DEFAULTS
    unusual = "" if usual else f".{options.mode}-{options.comments}"
    own = f".entities-{options.entities.digest}" if options.entities else ""
    return f"{version('winnow')}+{digest.hexdigest()[:12]}{unusual}{own}"


def versions_json() -> str:
    """Return the versions of Winnow, Python and the libraries as JSON."""
    found = {"winnow": version("winnow"), "python": platform.python_version()}
    return json.dumps(found | {library: version(library) for library in LIBRARIES})
