"""The command line: `winnow COMMAND`. Each command stands in a file of its own in flows/commands/.

Exit status: 0 when all is well, 1 when the data failed a check or something could not be done, 2 for
a wrong call.
"""

import importlib
import sys

import click

from flows.failures.transient import explain_failure, is_lost_server
from flows.quiet_exit import silence_last_words
from warehouse.errors import WarehouseError

COMMANDS = {
    "run": "read, clean, check and load captures",
    "serve": "run on a schedule",
    "status": "show the last runs, quarantine and failed checks",
    "explain": "show a document with each line kept or removed, and why",
    "sql": "query the warehouse",
    "quarantine": "list captures in quarantine; retry or dismiss them",
    "rebuild": "clean everything again from the raw store",
    "maintain": "compact and check a warehouse, delete old results",
    "export": "export the tables as Parquet, CSV or JSON Lines",
    "report": "build the data-quality report",
    "doctor": "find and explain problems of this installation or warehouse",
}


class LazyGroup(click.Group):
    """Imports a command when it is called: `winnow status` need not wait for Prefect."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by its name."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"flows.commands.{name}")
        command: click.Command = getattr(module, name)
        return command

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
    try:
        winnow(standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except WarehouseError as error:
        click.echo(f"winnow: {error}", err=True)
        sys.exit(1)
    except (OSError, _database_error()) as error:
        click.echo(f"winnow: {explain_failure(error)}", err=True)
        sys.exit(1)
    except Exception as error:
        if not is_lost_server(error):
            raise
        click.echo(
            f"winnow: Prefect's server cannot be reached: {error}. The warehouse is whole; what was"
            " cleaned is kept. Start the server, or unset PREFECT_API_URL, and run again.",
            err=True,
        )
        sys.exit(1)


def _database_error() -> type[Exception]:
    """Return DuckDB's error; importing it takes 0.1 s, so this is called once a command has failed."""
    from warehouse.store import DatabaseError

    return DatabaseError
