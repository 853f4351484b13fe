"""The command line: `winnow COMMAND`. Each command has its own file in flows/commands/.

Exit status: 0 on success, 1 if a check or an operation failed, 2 for a usage error.
"""

import importlib
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from flows.failures.transient import explain_failure, is_lost_server
from flows.stopping import RECEIVED, find_signal, stop_message, stop_on_signals
from flows.suppress_exit_messages import silence_last_words
from warehouse.errors import WarehouseError

COMMANDS = {
    "run": "read, clean, check and load captures",
    "serve": "run on a schedule",
    "status": "show the last runs, quarantine and failed checks",
    "explain": "show a document with each line kept or removed, and why",
    "correct": "write down that a line is kept or removed, or a title, author or date",
    "corrections": "list and check what people decided; export it for training",
    "sql": "query the warehouse",
    "quarantine": "list captures in quarantine; retry or dismiss them",
    "rebuild": "clean everything again from the raw store",
    "maintain": "compact and check a warehouse, delete old results",
    "export": "export the tables as Parquet, CSV or JSON Lines",
    "report": "build the site as pages in a folder",
    "browse": "read the warehouse in the browser, with full-text search",
    "doctor": "find and explain problems of this installation or warehouse",
    "completion": "complete commands and options in bash, zsh or fish",
}


class LazyGroup(click.Group):
    """Imports a command when it is called, so that `winnow status` does not wait for Prefect."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse arguments that are neither text nor names of files, which other programs can pass."""
        for given in args:
            try:
                os.fsencode(given)
            except UnicodeEncodeError as error:
                raise click.UsageError(f"{given!a}: this argument is not text", ctx) from error
        return super().parse_args(ctx, args)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of typical use."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by its name."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"flows.commands.{name}")
        command: click.Command = getattr(module, name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what a shell may complete, without importing the commands."""
        options = click.Command.shell_complete(self, ctx, incomplete)
        names = ((name, told) for name, told in COMMANDS.items() if name.startswith(incomplete))
        return [*(CompletionItem(name, help=told) for name, told in names), *options]

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="winnow")
def winnow() -> None:
    """Turn folders of messy web captures into a DuckDB warehouse of articles."""


def main() -> None:
    """Run the command line and end the process with its exit status."""
    silence_last_words()
    stop_on_signals()
    _write_any_sign()
    try:
        winnow(prog_name="winnow", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output has closed it
        _discard_output()
        sys.exit(1)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except (click.Abort, KeyboardInterrupt) as error:
        _stop(error)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Exception as error:
        if RECEIVED:
            _stop(error)
        _fail(error)


def _write_any_sign() -> None:
    """Write signs that the encoding of a terminal or pipe lacks as escapes, such as \\u2713."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _stop(error: BaseException) -> NoReturn:
    number = find_signal(error)
    click.echo(stop_message(number), err=True)
    sys.exit(128 + number)


def _fail(error: Exception) -> None:
    """Explain an error that the user can fix, and exit; raise any other again."""
    # Imported here, since cleaning processes import this module too and do not need these.
    from flows.commands.output import plain
    from warehouse.store import DatabaseError

    if isinstance(error, WarehouseError):
        message = str(error)
    elif isinstance(error, OSError | DatabaseError):
        message = explain_failure(error)
    elif is_lost_server(error):
        message = (
            f"Prefect's server cannot be reached: {error}. The warehouse is unchanged; finished batches"
            " are kept for the next run. Start the server, or unset PREFECT_API_URL, and run again."
        )
    else:
        raise error
    click.echo(f"winnow: {plain(message)}", err=True)
    sys.exit(1)


def _discard_output() -> None:
    """Redirect standard output to the null device, so that the interpreter can flush it at exit."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
