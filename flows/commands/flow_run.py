"""Run a flow from a command: start Prefect, show progress, explain a refused batch."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from rich.console import Console
from rich.markup import escape

from flows.commands.options import of_warehouse
from flows.server.temporary_server import starting_server
from flows.steps.checking_process import checker
from flows.steps.fork_server import start_fork_server
from warehouse.paths import Layout


@contextmanager
def starting_prefect(messages: Console) -> Iterator[None]:
    """Start Prefect's server, unless one is configured, and the fork server; import the flows meanwhile.

    The process that checks starts in a thread: it is forked when the fork server has loaded its modules.
    """
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    gc.disable()  # collections would take a fifth of the time of the imports
    with messages.status("Starting Prefect ..."), starting_server():
        start_fork_server()
        import flows.ingest  # noqa: F401  # takes seconds
        from flows.steps.versions import digest_cleaner

        Thread(target=checker().start, daemon=True).start()
        yield
        digest_cleaner()  # a quarter of a second, now rather than when the server is there
    gc.freeze()  # what is imported stays
    gc.enable()


@contextmanager
def shown_run(layout: Layout, messages: Console, command: str) -> Iterator[None]:
    """Show the progress of the flow that the block runs.

    A refused batch, or one of which nothing was loaded, ends the command with exit status 1.

    `command` is the command line without options, for the message.
    """
    from prefect import tags

    from flows.outcome import BatchRefused, NothingLoaded
    from flows.steps.progress import shown_progress

    try:
        with shown_progress(messages), tags("winnow", layout.database.stem):
            yield
    except BatchRefused as error:
        of = of_warehouse(layout)
        messages.print(f"[red]Batch refused:[/] {escape(str(error))}. The warehouse is unchanged.")
        messages.print(
            escape(f"`winnow report{of}` shows the figures; `{command}{of} --accept` loads it anyway.")
        )
        sys.exit(1)
    except NothingLoaded as error:
        messages.print(f"[red]Nothing was loaded:[/] {escape(str(error))}.")
        messages.print(escape(f"`winnow quarantine{of_warehouse(layout)}` lists them, with reasons."))
        sys.exit(1)
