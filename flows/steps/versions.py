"""Versions: of Winnow, of its libraries, and of the cleaner as a whole."""

import json
import platform
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from flows.steps.code_digest import digest_code
from transforms.options import DEFAULTS, CleaningOptions

ROOT = Path(__file__).parent.parent.parent
# Everything that affects the result of cleaning; a change in any of these is a new cleaner version.
CLEANING_CODE = "transforms/**/*.py"
CLEANING_DATA = ("seeds/reference/*.csv", "seeds/languages/*/*.csv", "seeds/models/*.npz")
CLEANING_LIBRARIES = (
    "ahocorasick-rs", "babel", "chardet", "ftfy", "htmldate", "lxml", "py3langid", "rensa", "selectolax",
    "text2num", "tld", "trafilatura", "wordfreq",
)  # fmt: skip
READING_LIBRARIES = ("brotli", "feedparser", "fsspec", "lxml", "pyarrow", "zstandard")
LIBRARIES = ("duckdb", "great-expectations", "prefect", "pyarrow", *CLEANING_LIBRARIES)


@cache
def cleaner_version(options: CleaningOptions = DEFAULTS) -> str:
    """Return the version of the cleaner: Winnow's version and a digest of its code, data and libraries.

    Options other than the defaults give another version. Documents of another version are cleaned
    again when their captures are next seen. What people decided about a document is a mark behind the
    version that its row has (warehouse/corrected.py).
    """
    usual = replace(options, entities=None, corrections=None) == DEFAULTS
    unusual = "" if usual else f".{options.mode}-{options.comments}"
    unusual += "" if options.finds_facts else "-no-facts"
    own = f".entities-{options.entities.digest}" if options.entities else ""
    return f"{version('winnow')}+{digest_cleaner()}{unusual}{own}"


@cache
def digest_cleaner() -> str:
    """Return a digest of the cleaner's code, data and libraries. It takes a quarter of a second."""
    data = [file.read_bytes() for pattern in CLEANING_DATA for file in ROOT.glob(pattern)]
    libraries = [f"{library}={version(library)}" for library in CLEANING_LIBRARIES]
    sources = (file.read_text(encoding="utf-8") for file in ROOT.glob(CLEANING_CODE))
    code = digest_code(sources, "transforms")
    parts = [code, *libraries, *sorted(sha256(content).hexdigest() for content in data)]
    return sha256("\0".join(parts).encode()).hexdigest()[:12]


@cache
def reader_version(columns: str = "") -> str:
    """Return the version of the readers: a digest of their code and libraries, and of names of columns.

    Files that another version has read are read again. The code of the cleaner counts too, as a whole.
    """
    libraries = [f"{library}={version(library)}" for library in READING_LIBRARIES]
    parts = [cleaner_version(), *libraries, columns]
    return sha256("\0".join(parts).encode()).hexdigest()[:12]


@cache
def versions_json() -> str:
    """Return the versions of Winnow, Python and the libraries as JSON."""
    found = {"winnow": version("winnow"), "python": platform.python_version()}
    return json.dumps(found | {library: version(library) for library in LIBRARIES})
