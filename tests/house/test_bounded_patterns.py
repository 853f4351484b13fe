"""No regular expression of the code takes more than its share of time, whatever repeats in a text."""

import gc
import importlib
import inspect
import pkgutil
import re
import signal
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from tests.house.attack_strings import attacks

PACKAGES = ("transforms", "warehouse", "flows", "expectations", "winnow")
SIZE = 10_000  # characters; what takes a square of it takes half a second, what is in proportion 1 ms
SECONDS = 0.2
UNITS = [
    ".", '"', "7,", "7 ", "1-", "(", "*", "“", "—", "A", "a ", " ", "Aa ", "AB, ", "A. ", "/", "@", "中",
    "1月", "x.", "<a ", "\n ", "Aa | ", "a · b ", "a/", "a: ",
]  # fmt: skip
TAIL = "|\n"  # what makes a pattern for a whole line try all its ways, and fail
METHODS = ("search", "match", "fullmatch", "sub", "finditer", "findall", "split")
# What the code uses on no more than a sentence, a window of some characters or a short line.
WINDOWS = {
    "transforms.article.dateline.OUTLINE": 250,
    "transforms.article.dateline.WESTERN": 250,
    "transforms.facts.names.entities.ADDRESS_BEFORE": 40,
    "transforms.facts.names.entities.TOWN_BEFORE": 40,
    "transforms.facts.names.entities.WORD_BEFORE": 40,
    "transforms.facts.quantities.figure_subjects.OF": 400,
    "transforms.facts.quotes.speakers.SEVERAL": 400,
    "transforms.facts.quotes.unlisted_verbs.ENGLISH_VERB": 400,
    "transforms.metadata.titles.SEPARATOR": 1_000,
}


class TooSlow(Exception):
    """A pattern has used up its time."""


@cache
def modules():
    names = chain.from_iterable(
        pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
        for package in PACKAGES
    )
    return [importlib.import_module(name.name) for name in names if "__main__" not in name.name]


@cache
def source() -> str:
    return "\n".join(Path(module.__file__).read_text(encoding="utf-8") for module in modules())


def used(name):
    """Return how the code calls a pattern: in its own module, or anywhere if that does not."""
    module, _, short = name.rpartition(".")
    call = re.compile(rf"\b{short}\.({'|'.join(METHODS)})\b")
    own = Path(importlib.import_module(module).__file__).read_text(encoding="utf-8")
    return sorted(set(call.findall(own)) or set(call.findall(source()))) or ["search"]


def patterns():
    """Return the patterns of the modules, and those that cached functions without arguments make."""
    found = {}
    for module in modules():
        for name, value in list(vars(module).items()):
            made = [value]
            if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                made = patterns_in(value())
            for pattern in made:
                if isinstance(pattern, re.Pattern):
                    found.setdefault(pattern, f"{module.__name__}.{name}")
    return {f"{name} {number}": pattern for number, (pattern, name) in enumerate(found.items())}


def patterns_in(value):
    """Yield the patterns in what a function has returned: in collections, and in fields of rows."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from patterns_in([*value.values()])
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from patterns_in(one)
    elif is_dataclass(value):
        yield from patterns_in([getattr(value, field.name) for field in fields(value)])


def call(pattern, method, text):
    if method == "sub":
        pattern.sub("", text)
    elif method == "finditer":
        sum(1 for _ in pattern.finditer(text))
    else:
        getattr(pattern, method)(text)


def slow_units(name, pattern):
    """Yield the calls that take longer than SECONDS of the processor's time."""
    place = name.partition(" ")[0]
    size = WINDOWS.get(place, SIZE)
    repeated = dict.fromkeys([*(("", unit) for unit in UNITS), *attacks(pattern)])
    for method in used(place):
        for before, unit in repeated:
            text = before + unit * (size // len(unit)) + TAIL
            text = text.encode("utf-8", "replace") if is_bytes(pattern) else text
            if is_slow(SECONDS, call, pattern, method, text):
                yield name, method, before, unit


def is_bytes(pattern):
    return isinstance(pattern.pattern, bytes)


def is_slow(seconds, call, *arguments):
    """Whether a call takes more of the processor's time; it is ended then."""
    try:
        gc.disable()  # with all that other tests have loaded, a collection takes as long
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        call(*arguments)
    except TooSlow:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        gc.enable()
    return False


def stop(*_):
    raise TooSlow


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that can interrupt")
def test_no_pattern_is_slow_on_what_repeats():
    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        every = patterns()
        slow = [one for name, pattern in every.items() for one in slow_units(name, pattern)]
        # What a busy machine made slow is not slow again.
        slow = [one for name in {name for name, *_ in slow} for one in slow_units(name, every[name])]
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert sorted(slow) == []
