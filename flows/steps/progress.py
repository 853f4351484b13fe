"""Show the progress of a run as a bar on the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bars

Progress = Callable[[int], None]  # called with the number of parts done since the last call

_current: ContextVar[Bars | None] = ContextVar("progress", default=None)


@contextmanager
def shown_progress(console: Console) -> Iterator[None]:
    """Show a bar for each step of the run in the block; nothing is shown on a file or pipe."""
    columns = (
        SpinnerColumn(finished_text="[green]✓[/]"),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console, disable=not console.is_terminal) as progress:
        token = _current.set(progress)
        try:
            yield
        finally:
            _current.reset(token)


class Step:
    """A step of a run with a number of parts; `advance` is called when parts are done."""

    def __init__(self, name: str, total: int) -> None:
        self._progress = _current.get()
        self._task = self._progress.add_task(name, total=total) if self._progress else None

    def advance(self, done: int = 1) -> None:
        """Advance the bar by a number of finished parts."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, done)
