"""Sketches in a file, so that a load that compares many articles holds few of them in memory."""

from functools import lru_cache
from typing import BinaryIO

from transforms.stories.kept_sketch import read_sketch
from transforms.stories.sketch import Sketch
from warehouse.story_pairs import TEXTS_IN_A_BLOCK


class SketchFile:
    """Sketches by number, from 0 in the order in which they were added."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._starts = [0]
        # As many are kept as the pairs of two blocks of texts need.
        self.get = lru_cache(maxsize=2 * TEXTS_IN_A_BLOCK)(self._read)

    def add(self, sketch: bytes) -> None:
        """Add a sketch as it was kept."""
        self._starts.append(self._starts[-1] + self._file.write(sketch))

    def _read(self, number: int) -> Sketch:
        start, end = self._starts[number : number + 2]
        self._file.seek(start)
        return read_sketch(self._file.read(end - start))
