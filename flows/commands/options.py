"""Options that several commands share."""

import os
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from flows.failures.notify import TARGET
from transforms.options import DEFAULTS, Comments, Mode
from warehouse.paths import DEFAULT_DATABASE, NOT_UTF8, Layout, is_utf8, option_for

if TYPE_CHECKING:
    from transforms.corrections.correction import Corrections
    from transforms.facts.names.user_entities import OwnList


PORT = click.IntRange(0, 65535)  # 0: any that is free
WAREHOUSE = "WINNOW_WAREHOUSE"  # environment variable with the default for all commands
CORRECTIONS = "WINNOW_CORRECTIONS"


def warehouse_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --warehouse, given to the command as a Layout.

    A command of a group takes what was given to the group, unless it is given one itself.
    """
    return click.option(
        "--warehouse",
        "layout",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_DATABASE,
        show_default=True,
        envvar=WAREHOUSE,
        show_envvar=True,
        callback=_choose_layout,
        help="The DuckDB file.",
    )(command)


def _choose_layout(context: click.Context, parameter: click.Parameter, path: Path) -> Layout:
    """Return the files of a warehouse: those of the command before the one that it belongs to."""
    if not path.name:
        raise click.BadParameter("it names no file, such as news.duckdb")
    if not is_utf8(path):
        raise click.BadParameter(f"{path}: {NOT_UTF8}")
    is_given = context.get_parameter_source(str(parameter.name)) is ParameterSource.COMMANDLINE
    of_group = (context.parent.params if context.parent else {}).get(str(parameter.name))
    return of_group if isinstance(of_group, Layout) and not is_given else Layout(path)


def of_warehouse(layout: Layout) -> str:
    """Return the --warehouse option that a suggested command needs, empty for the default.

    >>> of_warehouse(Layout(Path("my news.duckdb")))
    " --warehouse 'my news.duckdb'"
    >>> of_warehouse(Layout(DEFAULT_DATABASE))
    ''
    """
    return option_for(layout, os.environ.get(WAREHOUSE) or str(DEFAULT_DATABASE))


def workers_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --workers; it is None if not given."""
    return click.option(
        "--workers",
        type=click.IntRange(1, 256),
        help="Number of cleaning processes.  [default: one per CPU]",
    )(command)


def dask_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --dask; it is None if not given."""
    return click.option(
        "--dask",
        metavar="ADDRESS",
        callback=lambda _ctx, _param, address: address and _needing_distributed(address),
        help="Clean on the workers of a Dask scheduler: tcp://HOST:PORT, or `local` for some on this"
        " machine.",
    )(command)


def _needing_distributed(address: str) -> str:
    """Return the address; raise UsageError if Dask is not installed."""
    if find_spec("distributed") is None:
        raise click.UsageError("--dask needs the package distributed: pip install 'winnow[dask]'")
    return address


def accept_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --accept."""
    return click.option(
        "--accept",
        is_flag=True,
        help="Load the batch even if a critical check fails or much has changed.",
    )(command)


def on_failure_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --on-failure, which sets an environment variable for the flows."""
    return click.option(
        "--on-failure",
        metavar="URL|COMMAND",
        envvar=TARGET,
        show_envvar=True,
        expose_value=False,
        callback=lambda _ctx, _param, target: target and os.environ.update({TARGET: target}),
        help="Whom to notify when a run fails: a URL (JSON by POST) or a command (on standard input).",
    )(command)


def log_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --log, which sets environment variables for Prefect."""
    return click.option(
        "--log",
        type=click.Choice(list(LOGS)),
        expose_value=False,
        callback=lambda _ctx, _param, name: os.environ.update(LOGS.get(name, {})),
        help="Show Prefect's log, as text or JSON Lines.",
    )(command)


LOGS = {
    "text": {"PREFECT_LOGGING_LEVEL": "INFO"},
    "json": {
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_LOGGING_COLORS": "false",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
    },
}


def mode_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --mode."""
    return click.option(
        "--mode",
        type=click.Choice(get_args(Mode)),
        default=DEFAULTS.mode,
        show_default=True,
        help="How to clean a page: `best` also runs trafilatura, `fast` uses the model alone.",
    )(command)


def comments_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --comments."""
    return click.option(
        "--comments",
        type=click.Choice(get_args(Comments)),
        default=DEFAULTS.comments,
        show_default=True,
        help="Whether to keep the comments below an article.",
    )(command)


def entities_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --entities, given to the command as the path of the user's own list."""
    return click.option(
        "--entities",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="CSV file of known names, with the columns of seeds/reference/entities.csv.",
    )(command)


def corrections_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --corrections, given to the command as the path of the file of corrections."""
    return click.option(
        "--corrections",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar=CORRECTIONS,
        show_envvar=True,
        callback=lambda _ctx, _param, path: path and path.absolute(),
        help="YAML file of corrections (docs/corrections.md).  [default: the one beside the warehouse]",
    )(command)


def read_decided(layout: Layout, path: Path | None) -> "Corrections":
    """Return the corrections of a file, or of the one beside the warehouse; UsageError if not valid."""
    from flows.steps.run_context import find_corrections
    from transforms.corrections.read_file import read_corrections

    try:
        return read_corrections(find_corrections(layout, path))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def facts_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --facts and --no-facts."""
    return click.option(
        "--facts/--no-facts",
        "finds_facts",
        default=DEFAULTS.finds_facts,
        show_default=True,
        help="Whether to find quotations, figures and names; they take a third of the time.",
    )(command)


def columns_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --columns, given to the command as column names by field."""
    return click.option(
        "--columns",
        metavar="FIELD=COLUMN,...",
        callback=lambda _ctx, _param, given: _columns(given),
        help="Which columns of tables and records to read, such as text=Body,url=Link.",
    )(command)


def verify_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --verify."""
    return click.option(
        "--verify",
        is_flag=True,
        help="Read files again even if their size and time of change are as when they were read.",
    )(command)


def follow_links_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --follow-links."""
    return click.option(
        "--follow-links",
        is_flag=True,
        help="Follow symbolic links in folders, even if they lead out of the folder.",
    )(command)


def _columns(given: str | None) -> dict[str, str]:
    from transforms.captures.inputs import read_columns

    try:
        return read_columns(given) if given else {}
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def own_list(path: Path | None) -> "OwnList | None":
    """Return the list of entities at a path; raise UsageError if the file is not valid."""
    from transforms.facts.names.user_entities import open_own_list

    try:
        return open_own_list(path.resolve()) if path else None
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def complete_paths(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Let the shell complete files and folders; an input may be a glob or a URL too."""
    return [CompletionItem(incomplete, type="file")]


# Ids that begin as what was typed; what is in quarantine can be explained too.
IDS = """
SELECT left(d.document_id, greatest(12, length($start))) AS id,
    coalesce(any_value(a.title), any_value(d.source_uri)) AS told
FROM (
    SELECT document_id, source_uri FROM documents
    UNION ALL SELECT document_id, source_uri FROM quarantine
) AS d LEFT JOIN articles AS a ON a.article_id = d.document_id
WHERE d.document_id >= $start AND d.document_id < $start || 'g'
GROUP BY d.document_id ORDER BY id LIMIT 40
"""


def complete_documents(
    context: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Let the shell complete ids of documents, with their titles, and paths."""
    paths = [CompletionItem(incomplete, type="file")]
    if not re.fullmatch("[0-9a-f]{1,64}", incomplete.lower()):
        return paths
    from flows.commands.output import plain
    from warehouse.errors import WarehouseError
    from warehouse.store import DatabaseError, fetch_rows, read_published

    layout = context.params.get("layout")
    if not isinstance(layout, Layout):
        layout = Layout(Path(os.environ.get(WAREHOUSE, DEFAULT_DATABASE)))
    try:
        with read_published(layout) as db:
            rows = fetch_rows(db, IDS, start=incomplete.lower())
    except (WarehouseError, DatabaseError):  # the shell has no place for an error
        return paths
    told = ((row["id"], " ".join(plain(row["told"]).split())[:60]) for row in rows)
    return [*(CompletionItem(document_id, help=title) for document_id, title in told), *paths]


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
