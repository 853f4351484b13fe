"""`winnow run`: read, clean, check and load captures."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape

from flows.commands.cleaning_options import (
    comments_option,
    corrections_option,
    entities_option,
    facts_option,
    mode_option,
    own_list,
    read_decided,
)
from flows.commands.flow_run import shown_run, starting_prefect
from flows.commands.options import (
    accept_option,
    complete_paths,
    dask_option,
    json_option,
    log_option,
    of_warehouse,
    on_failure_option,
    warehouse_option,
    workers_option,
)
from flows.commands.output import plain, print_json
from flows.commands.reading_options import columns_option, follow_links_option, verify_option
from flows.failures.notify import tell_failure
from transforms.captures.inputs import InputMissing, ReadingOptions, require_inputs
from transforms.captures.names import escape_name
from warehouse.paths import Layout

if TYPE_CHECKING:
    from transforms.options import Comments, Mode
    from warehouse.schema.rows.runs import Run

NEXT = """
Next steps:
  winnow sql{of} "SELECT title, site, published_on, word_count FROM articles ORDER BY published_on"
  winnow explain{of} {example}
  winnow browse{of}
"""


@click.command()
@click.argument("inputs", nargs=-1, shell_complete=complete_paths)
@warehouse_option
@workers_option
@dask_option
@accept_option
@mode_option
@comments_option
@entities_option
@corrections_option
@facts_option
@columns_option
@follow_links_option
@verify_option
@on_failure_option
@log_option
@json_option
def run(
    inputs: tuple[str, ...],
    layout: Layout,
    workers: int | None,
    dask: str | None,
    accept: bool,
    mode: "Mode",
    comments: "Comments",
    entities: Path | None,
    corrections: Path | None,
    finds_facts: bool,
    columns: dict[str, str],
    follow_links: bool,
    verify: bool,
    as_json: bool,
) -> None:
    """Read, clean, check and load captures.

    INPUTS are files, folders, globs or URLs of pages, texts, mails, feeds, tables, JSON, documents and
    archives (docs/formats.md); if none are given, Winnow's sample captures. Running it again on the same
    inputs changes nothing.
    """
    messages, own = Console(stderr=True, highlight=False), own_list(entities)
    read_decided(layout, corrections)  # before anything is started
    reading = ReadingOptions(columns, follow_links, verify)
    inputs = tuple(map(escape_name, inputs))
    if not inputs:
        messages.print("No input given: running on Winnow's sample captures.")
    try:
        require_inputs(inputs, reading)
        with starting_prefect(messages):
            from flows.ingest import ingest
            from flows.reports.summary import summary_lines
            from transforms.options import CleaningOptions
    except (InputMissing, OSError) as error:
        tell_failure("ingest", f"ingest into {layout.database}", "NotStarted", str(error))
        if isinstance(error, InputMissing):
            raise click.UsageError(str(error)) from error
        raise
    is_first = not layout.database.exists()
    with shown_run(layout, messages, "winnow run"):
        options = CleaningOptions(mode, comments, own, corrections, finds_facts)
        done = ingest(list(inputs), layout.database, workers, accept, options, reading, dask)
    if as_json:
        print_json(asdict(done))
    else:
        _answer(layout, done, summary_lines(done), messages)
        if is_first:
            click.echo(NEXT.format(of=of_warehouse(layout), example=_example(layout)).rstrip())


def _answer(layout: Layout, done: "Run", lines: list[str], messages: Console) -> None:
    """Print the result of a run and the warnings of its checks."""
    for line in lines:
        click.echo(line)
    for warning in _warnings(layout, done.run_id):
        messages.print(f"[yellow]Warning[/] {escape(plain(warning))}", soft_wrap=True)
    if done.documents_quarantined:
        click.echo(
            f"`winnow quarantine{of_warehouse(layout)}` lists the captures in quarantine, with reasons."
        )


WARNINGS = """
SELECT if(
        severity = 'warning', expectation || coalesce(': ' || observed, ''),
        format('rows of {} that fail validation are left out: {}', suite, expectation)
    ) AS told
FROM expectation_results
WHERE run_id = $run_id AND NOT success AND (severity = 'warning' OR suite IN $fact_tables)
ORDER BY suite, expectation
"""


def _warnings(layout: Layout, run_id: str) -> list[str]:
    """Return the warnings of a run's checks."""
    from warehouse.schema.document_tables import FACT_TABLES
    from warehouse.store import fetch_rows, read_published

    with read_published(layout) as db:
        asked = {"run_id": run_id, "fact_tables": list(FACT_TABLES)}
        return [row["told"] for row in fetch_rows(db, WARNINGS, **asked)]


def _example(layout: Layout) -> str:
    """Return the id of a document that is a good example: about 12 segments of it are removed."""
    from warehouse.store import read_published

    with read_published(layout) as db:
        row = db.execute(
            "SELECT left(document_id, 8) FROM segments WHERE NOT is_kept"
            " GROUP BY document_id ORDER BY abs(count(*) - 12), document_id LIMIT 1"
        ).fetchone()
    return str(row[0]) if row else "DOCUMENT"
