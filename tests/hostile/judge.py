"""What a run over hostile files must leave: the articles of the good ones, a row of each bad one."""

from collections.abc import Iterator
from pathlib import Path

from tests.hostile.files import BAD
from tests.loading import ask

# Columns that carry the name or time of a run.
OF_THE_RUN = ("first_run_id", "run_id", "last_run_id", "first_seen_at", "captured_at", "story_id")
SKIPPED = {"image.png"}  # a picture in a folder of captures is counted and has no row


def articles_of(database: Path, folder: Path) -> list[dict]:
    """Return the articles of a folder, without what only names the run."""
    rows = ask(
        database,
        "SELECT a.* FROM articles AS a JOIN captures AS c ON a.article_id = c.document_id"
        " WHERE starts_with(c.source_uri, $folder) ORDER BY a.article_id",
        folder=str(folder),
    )
    return [{name: value for name, value in row.items() if name not in OF_THE_RUN} for row in rows]


def missing_rows(database: Path, folder: Path) -> Iterator[str]:
    """Yield the bad files that have no row in quarantine, one without words, or a capture."""
    refused = ask(database, "SELECT source_uri, detail FROM quarantine")
    loaded = [row["source_uri"] for row in ask(database, "SELECT source_uri FROM captures")]
    for name in BAD.keys() - SKIPPED:
        uri = f"{folder}/bad/{name}"
        rows = [row for row in refused if row["source_uri"].startswith(uri)]
        if not rows or not all(row["detail"] for row in rows):
            yield f"{name}: no row that says why"
        if any(one.startswith(uri) for one in loaded):
            yield f"{name}: it is loaded"
