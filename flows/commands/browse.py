"""`winnow browse`: read the warehouse in the browser."""

from contextlib import suppress

import click

from flows.commands.options import PORT, warehouse_option
from warehouse.errors import WarehouseError
from warehouse.paths import Layout
from warehouse.store import describe_other_version, open_published


@click.command()
@warehouse_option
@click.option("--port", type=PORT, default=4201, show_default=True, help="Port on 127.0.0.1.")
@click.option("--open/--no-open", "show", default=True, help="Open the browser.")
def browse(layout: Layout, port: int, show: bool) -> None:
    """Read the warehouse in the browser: every document, story, site and check, and full-text search.

    The server answers on this machine only and changes nothing but the index for search. It follows
    a newly published file by itself.
    """
    import uvicorn

    from flows.reports.live.app import make_app
    from flows.server.live_site import bind_port

    with open_published(layout) as db:
        if told := describe_other_version(db, layout.database):
            raise WarehouseError(told)
    if (listening := bind_port(port)) is None:
        raise click.UsageError(f"port {port} is in use or not allowed; --port takes another")
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    click.echo(f"{layout.database} at {address}  Stop with Ctrl-C.", err=True)
    if show:
        click.launch(address)
    server = uvicorn.Server(uvicorn.Config(make_app(layout), log_level="warning"))
    with suppress(KeyboardInterrupt):  # the usual way to end it, and nothing is left undone
        server.run([listening])
