"""Options that several commands share."""

import os
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from flows.failures.notify import TARGET
from warehouse.paths import DEFAULT_DATABASE, NOT_UTF8, Layout, is_utf8, option_for

PORT = click.IntRange(0, 65535)  # 0: any that is free
WAREHOUSE = "WINNOW_WAREHOUSE"  # environment variable with the default for all commands


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
