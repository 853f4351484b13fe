"""Sketches in a file, so that a load that compares many articles holds few of them in memory."""

from array import array
from functools import lru_cache
from typing import BinaryIO

from transforms.stories.kept_sketch import read_sketch
from transforms.stories.sketch import Sketch
from warehouse.story_pairs import TEXTS_IN_A_BLOCK


class SketchFile:
    """So many sketches by number, from 0; they can be added in any order."""

    def __init__(self, file: BinaryIO, count: int) -> None:
        self._file = file
        self._starts, self._ends = array("Q", [0]) * count, array("Q", [0]) * count
        # As many are kept as the pairs of two blocks of texts need.
        self.get = lru_cache(maxsize=2 * TEXTS_IN_A_BLOCK)(self._read)

    def add(self, number: int, sketch: bytes) -> None:
        """Add a sketch as it was kept."""
        self._starts[number] = self._file.tell()
        self._file.write(sketch)
        self._ends[number] = self._file.tell()

    def _read(self, number: int) -> Sketch:
        start, end = self._starts[number], self._ends[number]
        self._file.seek(start)
        return read_sketch(self._file.read(end - start))
