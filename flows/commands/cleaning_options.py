"""The options that say how captures are cleaned, and by which lists and decisions."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from transforms.options import DEFAULTS, Comments, Mode
from warehouse.paths import Layout

if TYPE_CHECKING:
    from transforms.corrections.correction import Corrections
    from transforms.facts.names.user_entities import OwnList


CORRECTIONS = "WINNOW_CORRECTIONS"


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


def own_list(path: Path | None) -> "OwnList | None":
    """Return the list of entities at a path; raise UsageError if the file is not valid."""
    from transforms.facts.names.user_entities import open_own_list

    try:
        return open_own_list(path.resolve()) if path else None
    except ValueError as error:
        raise click.UsageError(str(error)) from error
