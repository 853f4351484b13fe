"""Import Great Expectations without two libraries that Winnow's checks never use.

Version 1.24 imports scipy.stats and altair, for a test of distributions and its plot: a third of the
time and the memory that it takes.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any

UNUSED = ("scipy.stats", "altair")


def import_checks() -> Any:
    """Return the module `expectations.check`; the first call takes seconds."""
    with imported_when_used(UNUSED):
        return import_module("expectations.check")


@contextmanager
def imported_when_used(names: tuple[str, ...]) -> Iterator[None]:
    """Give imports in the block a stand-in for each module, which imports the module when it is used."""
    added = [StandIn(name) for name in names if name not in sys.modules]
    for module in added:
        package, _, name = module.__name__.rpartition(".")
        sys.modules[module.__name__] = module
        if package:
            setattr(import_module(package), name, module)
    try:
        yield
    finally:
        for module in added:
            _remove(module)


class StandIn(ModuleType):
    """A module that is imported when one of its names is first used."""

    @cached_property
    def _module(self) -> ModuleType:
        _remove(self)
        return import_module(self.__name__)

    def __getattr__(self, name: str) -> Any:
        """Import the module and return one of its names; a stand-in has no `__path__` and the like."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._module, name)


def _remove(module: StandIn) -> None:
    """Let later imports find the module itself."""
    package, _, name = module.__name__.rpartition(".")
    if sys.modules.get(module.__name__) is module:
        del sys.modules[module.__name__]
    if package and vars(sys.modules[package]).get(name) is module:
        delattr(sys.modules[package], name)
