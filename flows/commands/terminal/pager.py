"""Send long output through a pager, as git and man do."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console

from flows.commands.output import console


def pager_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --pager/--no-pager."""
    return click.option(
        "--pager/--no-pager",
        default=True,
        help="Show output that is longer than the terminal in $PAGER (less).  [default: pager]",
    )(command)


@contextmanager
def paged(pager: bool) -> Iterator[Console]:
    """Yield a console for the block; on a terminal, what is longer than it goes through the pager.

    No pager is used if the user wants none: PAGER is empty or `cat`, or TERM is `dumb`.
    """
    out = console()
    if not (pager and out.is_terminal and _is_wanted()):
        yield out
        return
    with out.capture() as captured:
        yield out
    text = captured.get()
    if text.count("\n") < out.height:
        sys.stdout.write(text)
        return
    os.environ.setdefault("LESS", "-FRX")  # leaves the text on the screen, and obeys colours alone
    click.echo_via_pager(text.removesuffix("\n"))


def _is_wanted() -> bool:
    """Return True if the user can turn pages and has not switched them off."""
    chosen = os.environ.get("PAGER")
    return sys.stdin.isatty() and os.environ.get("TERM") != "dumb" and chosen not in ("", "cat")
