"""Sketches in a file, so that a load that compares many articles holds few of them in memory."""

import pickle
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from typing import BinaryIO, cast

from transforms.stories.sketch import Sketch
from warehouse.story_pairs import TEXTS_IN_A_BLOCK


class SketchFile:
    """Sketches by number, from 0 in the order in which they were added."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._starts: list[int] = []
        # As many are kept as the pairs of two blocks of texts need.
        self.get = lru_cache(maxsize=2 * TEXTS_IN_A_BLOCK)(self._read)

    def add(self, sketch: Sketch) -> bytes:
        """Add a sketch, and return its digest: of two articles it is equal if all but their ids is."""
        self._starts.append(self._file.tell())
        assert len(sketch.runs)  # computed now and kept with it, not whenever it is read
        pickle.dump(sketch, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        return _digest(sketch)

    def _read(self, number: int) -> Sketch:
        self._file.seek(self._starts[number])
        return cast(Sketch, pickle.load(self._file))


def _digest(sketch: Sketch) -> bytes:
    told = [_in_order(getattr(sketch, field.name)) for field in fields(sketch)]
    told.remove(sketch.article_id)
    return sha256(repr(told).encode("utf-8", "surrogatepass")).digest()


def _in_order(value: object) -> object:
    """Return a set as a sorted list, so that equal sets are told alike."""
    return sorted(value) if isinstance(value, frozenset) else value
