"""What other tools do with the same WARC files, each in a process of its own.

python -m tests.benchmarks.end_to_end_peers TOOL FOLDER WORKERS
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path


def pages(folder: Path) -> Iterator[bytes]:
    """Yield the pages of the archives of a folder."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    for file in sorted(folder.glob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
                yield record.reader.read()


def read(folder: Path, _workers: int) -> None:
    """Read the bytes of all pages."""
    print(sum(map(len, pages(folder))))


def resiliparse(folder: Path, _workers: int) -> None:
    """Extract the main text of each page with resiliparse."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    for page in pages(folder):
        extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True)


def trafilatura(folder: Path, _workers: int) -> None:
    """Extract the main text of each page with trafilatura."""
    from trafilatura import extract

    for page in pages(folder):
        extract(page, include_comments=False)


def datatrove(folder: Path, workers: int) -> None:
    """Run datatrove's pipeline for crawls: WARC, trafilatura, JSON Lines."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.extractors import Trafilatura
    from datatrove.pipeline.readers import WarcReader
    from datatrove.pipeline.writers import JsonlWriter

    steps = [
        WarcReader(str(folder), glob_pattern="*.warc.gz"),
        Trafilatura(timeout=30, deduplicate=False),
        JsonlWriter(str(folder / "datatrove")),
    ]
    LocalPipelineExecutor(
        steps, tasks=workers, workers=workers, logging_dir=str(folder / "datatrove-logs")
    ).run()


TOOLS: dict[str, Callable[[Path, int], None]] = {
    "read": read,
    "resiliparse": resiliparse,
    "trafilatura": trafilatura,
    "datatrove": datatrove,
}

if __name__ == "__main__":
    TOOLS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
