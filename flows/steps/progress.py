"""Show the progress of a run as a bar on the terminal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress import Progress as Bars
from rich.text import Text

Thing = TypeVar("Thing")
AT_ONCE = 100  # things between two moves of a bar

# Called with the number of parts done so far, and a note for people: a step that is tried again begins
# with 0 again.
Progress = Callable[..., None]

_current: ContextVar[Bars | None] = ContextVar("progress", default=None)


class PaceColumn(ProgressColumn):
    """How many parts are done a second, and the time left; the time taken when all are done."""

    max_refresh = 0.5  # seconds

    def render(self, task: Task) -> Text:
        """Return the pace of a step."""
        if task.finished:
            return Text(f"in {_clock(task.finished_time)}")
        if not task.speed or task.time_remaining is None:
            return Text(_clock(task.elapsed))
        return Text(f"{task.speed:,.1f}/s, {_clock(task.time_remaining)} left")


@contextmanager
def shown_progress(console: Console) -> Iterator[None]:
    """Show a bar for each step of the run in the block; nothing is shown on a file or pipe."""
    columns = (
        SpinnerColumn(finished_text="[green]✓[/]"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        PaceColumn(),
    )
    with Bars(*columns, console=console, disable=not console.is_terminal) as progress:
        token = _current.set(progress)
        try:
            yield
        finally:
            _current.reset(token)


class Step:
    """A step of a run with a number of parts; `reach` is called when parts are done."""

    def __init__(self, name: str, total: int) -> None:
        self._progress, self._name = _current.get(), name
        self._task = self._progress.add_task(name, total=total) if self._progress else None

    def reach(self, done: int, note: str = "") -> None:
        """Move the bar to a number of finished parts, with a note behind the name of the step."""
        if self._progress is not None and self._task is not None:
            name = f"{self._name} ({note})" if note else self._name
            self._progress.update(self._task, completed=done, description=name)

    def over(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """Yield things, and move the bar as they are taken."""
        number = 0
        for number, thing in enumerate(things, start=1):
            yield thing
            if number % AT_ONCE == 0:
                self.reach(number)
        self.reach(number)

    def after(self, before: int) -> Progress:
        """Return a `reach` that counts from a number of parts that other tasks have done."""
        return lambda done: self.reach(before + done)


def _clock(seconds: float | None) -> str:
    """Return seconds as minutes and seconds.

    >>> _clock(75.2), _clock(7201)
    ('1:15', '2:00:01')
    """
    minutes, rest = divmod(round(seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
