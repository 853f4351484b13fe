"""`winnow serve`: run the main job on a schedule."""

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.cleaning_options import (
    comments_option,
    corrections_option,
    entities_option,
    facts_option,
    mode_option,
    own_list,
    read_decided,
)
from flows.commands.options import (
    PORT,
    complete_paths,
    log_option,
    on_failure_option,
    warehouse_option,
    workers_option,
)
from flows.commands.reading_options import columns_option, follow_links_option, verify_option
from flows.stopping import take_time
from warehouse.paths import Layout

if TYPE_CHECKING:
    from transforms.options import Comments, Mode


@click.command()
@click.argument("inputs", nargs=-1, required=True, shell_complete=complete_paths)
@warehouse_option
@click.option(
    "--cron", default="0 3 * * *", show_default=True, help="Schedule: minute hour day month weekday."
)
@click.option("--timezone", default="UTC", show_default=True, help="Time zone, such as Europe/Berlin.")
@workers_option
@mode_option
@comments_option
@entities_option
@corrections_option
@facts_option
@columns_option
@follow_links_option
@verify_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of Prefect's server.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=4200,
    show_default=True,
    help="Port of Prefect's server.",
)
@click.option(
    "--site-port", type=PORT, default=4201, show_default=True, help="Port of the site, on 127.0.0.1."
)
@on_failure_option
@log_option
def serve(
    inputs: tuple[str, ...],
    layout: Layout,
    cron: str,
    timezone: str,
    workers: int | None,
    mode: "Mode",
    comments: "Comments",
    entities: Path | None,
    corrections: Path | None,
    finds_facts: bool,
    columns: dict[str, str],
    follow_links: bool,
    verify: bool,
    host: str,
    port: int,
    site_port: int,
) -> None:
    """Load INPUTS on a schedule, until stopped.

    Starts a Prefect server with its interface, or uses the one that PREFECT_API_URL names. A run that
    would overlap the one before is cancelled; missed runs are caught up in a single run. Each run reads
    the files that --entities and --corrections name again.
    """
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    take_time()
    from flows.server.live_site import start_site
    from flows.server.serve import choose_api, prefect_server, serve_ingest

    api, is_ours = choose_api(host, port)
    own = own_list(entities)
    read_decided(layout, corrections)
    _check_schedule(cron, timezone)
    _check_version(layout)
    with prefect_server(api, host, port) if is_ours else nullcontext():
        click.echo(f"Serving {layout.database} on {cron!r} ({timezone}).", err=True)
        click.echo(f"Interface: {api.removesuffix('/api')}  Stop with Ctrl-C.", err=True)
        if site := start_site(layout, site_port):
            click.echo(f"Site: {site}", err=True)
        else:
            click.echo(f"No site: port {site_port} is in use; --site-port takes another.", err=True)
        from transforms.captures.inputs import ReadingOptions
        from transforms.options import CleaningOptions

        options = CleaningOptions(mode, comments, own, corrections, finds_facts)
        reading = ReadingOptions(columns, follow_links, verify)
        serve_ingest(inputs, layout.database, workers, cron, timezone, options, reading)
    sys.exit(0)


def _check_version(layout: Layout) -> None:
    """Say what becomes of a warehouse of another version; raise WarehouseError if no run can load it."""
    from warehouse.errors import WarehouseError
    from warehouse.migration import find_version
    from warehouse.schema.tables import SCHEMA_VERSION
    from warehouse.store import describe_other_version, open_published

    if not layout.database.exists():
        return
    with open_published(layout) as db:
        told, version = describe_other_version(db, layout.database), find_version(db)
    if told is None:
        return
    if not 0 < version < SCHEMA_VERSION:
        raise WarehouseError(told)
    click.echo(f"{told}. Until then the site cannot show it.", err=True)


def _check_schedule(cron: str, timezone: str) -> None:
    """Raise UsageError if the schedule is not valid, before anything is started."""
    from prefect.client.schemas.schedules import CronSchedule
    from pydantic import ValidationError

    try:
        CronSchedule(cron=cron, timezone=timezone)
    except ValidationError as error:
        message = "; ".join(str(part["msg"]) for part in error.errors())
        raise click.UsageError(f"--cron {cron!r} --timezone {timezone!r}: {message}") from error
