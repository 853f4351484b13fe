"""The options that say how inputs are read."""

from collections.abc import Callable
from typing import Any

import click


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
