"""No public function on text takes more than its share of time on 20 kB of one sign."""

import importlib
import inspect
import json
import pkgutil
import signal
import time
from collections.abc import Iterator, Sequence
from functools import cache
from typing import get_type_hints

import pytest

import transforms
from tests.house.test_bounded_patterns import TooSlow, is_slow, stop
from transforms.blocks.page import Page
from transforms.language.cues import cues_of
from transforms.language.detect import detect_language
from transforms.language.span import Span
from transforms.metadata.read import read_metadata

# Characters; what takes a square of it takes a second, what is in proportion 5 to 20 ms. With 50, 100
# and 200 kB (set SIZE and SECONDS) the same holds: 16 and 29 s for all at 100 and 200 kB.
SIZE = 20_000
SECONDS = 0.25  # of the processor
MOST_TIMES = 3  # as long as for half of the text, where a machine is too slow for that
UNITS = [".", '"', "a ", "中", "1月", "Jane Doe said ", "3 of ", "a-\nb ", "Zork: it is\n"]


def metadata_of(text):
    """Read a page whose title, heading, byline and records are the text."""
    ld = json.dumps({"@type": "NewsArticle", "headline": text, "author": text, "datePublished": text})
    head = f"<title>{text}</title><meta name=author content='{text}'>"
    body = f"<h1>{text}</h1><p class=byline>{text}</p><time>{text}</time><p>{text}</p>"
    page = Page(f"<html>{head}<script type='application/ld+json'>{ld}</script>{body}")
    read_metadata(page, "https://post.example/a")


@cache
def steps():
    """Return the public functions of all rooms that take a text and what can be made for it."""
    found = {"metadata_of": (metadata_of, lambda text: [text])}
    for module in pkgutil.walk_packages(transforms.__path__, "transforms."):
        for name, function in vars(importlib.import_module(module.name)).items():
            is_own = inspect.isfunction(function) and function.__module__ == module.name
            if is_own and not name.startswith("_") and (make := arguments_of(function)):
                found[f"{module.name}.{name}"] = (function, make)
    return found


def arguments_of(function):
    """Return what makes the arguments of a function from a text, None if they cannot be made."""
    try:
        hints = get_type_hints(function)
    except (NameError, TypeError):
        return None
    given = {
        name: hints.get(name)
        for name, one in inspect.signature(function).parameters.items()
        if one.default is inspect.Parameter.empty
    }
    first = next(iter(given.values()), None)
    if first not in (str, bytes) or any(maker(name, hint) is None for name, hint in given.items()):
        return None
    return lambda text: [maker(name, hint)(text) for name, hint in given.items()]


def maker(name, hint):
    if name == "language":
        return lambda _: "en"
    by_hint = {
        str: lambda text: text,
        bytes: lambda text: text.encode(),
        Span: lambda text: Span(0, len(text)),
        str | None: lambda _: None,
    }
    if hint in by_hint:
        return by_hint[hint]
    if name == "cues":
        return lambda _: cues_of("en")
    if str(hint).startswith(("collections.abc.Sequence", "list", "tuple")) or hint is Sequence:
        return lambda _: ()
    return None


def call(function, make, text):
    try:
        result = function(*make(text))
        if isinstance(result, Iterator):
            for _ in result:
                pass
    except TooSlow:
        raise
    except Exception:  # what a function says of such a text is not the question
        pass


def slow_units(name):
    function, make = steps()[name]
    for unit in UNITS:
        call(function, make, unit)  # it loads its lists
        text = unit * (SIZE // len(unit))
        started = time.process_time()
        is_half_slow = is_slow(SECONDS, call, function, make, text[: len(text) // 2])
        seconds = max(SECONDS, MOST_TIMES * (time.process_time() - started))
        if is_half_slow or is_slow(seconds, call, function, make, text):
            yield unit


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that can interrupt")
def test_no_public_step_is_slow_on_a_line_of_one_sign():
    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        detect_language("It loads its models when it is first called.")
        slow = [name for name in steps() if any(slow_units(name))]
        # What a busy machine made slow is not slow again.
        slow = [(name, unit) for name in slow for unit in slow_units(name)]
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert slow == []


def test_most_public_steps_are_among_them():
    assert len(steps()) > 100
    assert "transforms.blocks.repair.repair_text" in steps()
    assert "transforms.language.sentences.split_sentences" in steps()
