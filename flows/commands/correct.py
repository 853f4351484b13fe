"""`winnow correct`: write down what a person decides about a document."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from flows.commands.cleaning_options import corrections_option, read_decided
from flows.commands.explain import find_document
from flows.commands.options import complete_documents, of_warehouse, warehouse_option
from flows.commands.output import plain
from warehouse.paths import Layout
from warehouse.store import read_published

if TYPE_CHECKING:
    from flows.steps.decide import Author, Wish
    from transforms.corrections.correction import Correction
    from warehouse.schema.vocabulary import CorrectionKind


@click.command()
@click.argument("document", shell_complete=complete_documents)
@click.option("--keep", multiple=True, metavar="LINE", help="Keep a line; its beginning is enough.")
@click.option("--remove", multiple=True, metavar="LINE", help="Remove a line; its beginning is enough.")
@click.option("--title", metavar="TEXT", help="Set the title.")
@click.option("--author", metavar="NAMES", help='Set the authors: "Jane Doe; Lu Min"; or unknown.')
@click.option("--date", metavar="DATE", help="Set the date of publication: 2014-05-30; or unknown.")
@click.option("--by", required=True, envvar="WINNOW_BY", show_envvar=True, help="Who decides.")
@click.option("--reason", required=True, help="Why.")
@click.option("--occurrence", type=click.IntRange(1), help="Which of several lines with one text.")
@click.option(
    "--this-capture", is_flag=True, help="Only for these bytes, not for later captures of the address."
)
@click.option("--apply", "applies", is_flag=True, help="Apply it now, and not in the next run.")
@warehouse_option
@corrections_option
def correct(
    document: str,
    keep: tuple[str, ...],
    remove: tuple[str, ...],
    title: str | None,
    author: str | None,
    date: str | None,
    by: str,
    reason: str,
    occurrence: int | None,
    this_capture: bool,
    applies: bool,
    layout: Layout,
    corrections: Path | None,
) -> None:
    """Write down that lines of DOCUMENT are kept or removed, or what its title, author or date is.

    DOCUMENT is an id, a prefix of one, or the path it was read from. What is decided goes before every
    rule, in the next run and in all later ones; docs/corrections.md describes the file.
    """
    from flows.steps.decide import Author, Wish

    given: dict[CorrectionKind, str | None] = {"title": title, "author": author, "date": date}
    if empty := [f"--{kind}" for kind, value in given.items() if value == ""]:
        raise click.UsageError(
            f"{', '.join(empty)} is empty; the authors and the date can be set to unknown"
        )
    wishes = [
        *(Wish("keep", line) for line in keep),
        *(Wish("remove", line) for line in remove),
        *(Wish(kind, value) for kind, value in given.items() if value),
    ]
    if not wishes:
        raise click.UsageError("say what is wrong: --keep, --remove, --title, --author or --date")
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    decider = Author(by, today, reason, is_for_address=not this_capture)
    path = corrections or layout.corrections
    for one in _write(layout, path, document, wishes, decider, occurrence):
        click.echo(f"{one.kind}: {plain(one.value)}")
    click.echo(f"Written to {path}.")
    if applies:
        apply_now(layout, corrections)
    else:
        click.echo("The next run applies it to the document; --apply does so now.")


def _write(
    layout: Layout,
    path: Path,
    document: str,
    wishes: "list[Wish]",
    decider: "Author",
    occurrence: int | None,
) -> "list[Correction]":
    """Add what is wished to the file and return it; UsageError if the file does not take it."""
    from flows.steps.decide import find_stored, make_correction, read_uncorrected
    from transforms.corrections.write_file import add_corrections

    decided = read_decided(layout, path if path.exists() else None)
    with read_published(layout) as db:
        document_id = find_document(db, document)
    capture = find_stored(layout, document_id, decided)
    reading = read_uncorrected(capture)
    made = [make_correction(capture, reading, wish, decider, occurrence) for wish in wishes]
    try:
        add_corrections(path, made)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return made


def apply_now(layout: Layout, corrections: Path | None) -> None:
    """Clean the documents again that have new, changed or withdrawn corrections."""
    from flows.commands.flow_run import shown_run, starting_prefect
    from transforms.options import CleaningOptions

    messages = Console(stderr=True, highlight=False)
    with starting_prefect(messages):
        from flows.ingest import correct as correct_flow
        from flows.reports.summary import summary_lines
    with shown_run(layout, messages, "winnow corrections apply"):
        done = correct_flow(layout.database, None, False, CleaningOptions(corrections=corrections))
    for line in summary_lines(done):
        click.echo(line)
    click.echo(f"`winnow corrections{of_warehouse(layout)} check` says whether they all apply.")
