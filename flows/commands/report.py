"""`winnow report`: build the data-quality report."""

import click

from flows.commands.options import warehouse_option
from warehouse.paths import Layout


@click.command()
@warehouse_option
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def report(layout: Layout, show: bool) -> None:
    """Build the report site: data quality, and every check of the last runs."""
    from flows.reports.static_site import build_report

    index = build_report(layout)
    click.echo(str(index))
    if show:
        click.launch(index.absolute().as_uri())
