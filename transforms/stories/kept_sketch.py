"""Sketches as bytes: cleaning makes them, and the load of the run compares them."""

import pickle
from dataclasses import fields
from hashlib import sha256

import numpy as np

from transforms.stories.outline import make_outline
from transforms.stories.sketch import RUN_TYPE, Sketch
from warehouse.schema.staged_sketch import StagedSketch

DIGEST_BYTES = 32
# The keys for lookup are staged as rows; a comparison does not need what they are made from.
STAGED_FIELDS = [field.name for field in fields(Sketch) if field.name not in ("runs", "min_hash")]


def keep_sketch(sketch: Sketch) -> StagedSketch:
    """Return a sketch as bytes, with its digest: of two articles it is equal if all but their ids is."""
    values = [getattr(sketch, name) for name in STAGED_FIELDS]
    runs = sketch.runs.tobytes()
    told = [_in_order(value) for value in values if value != sketch.article_id]
    digest = sha256(repr(told).encode("utf-8", "surrogatepass") + runs)
    kept = pickle.dumps((values, runs))
    return StagedSketch(sketch.article_id, kept, digest.digest(), make_outline(sketch))


def read_sketch(kept: bytes) -> Sketch:
    """Return the sketch that was kept; it has no keys for lookup."""
    values, runs = pickle.loads(kept)
    known = dict(zip(STAGED_FIELDS, values, strict=True))
    return Sketch(runs=np.frombuffer(runs, RUN_TYPE), min_hash=(), **known)


def _in_order(value: object) -> object:
    """Return a set as a sorted list, so that equal sets are told alike."""
    return sorted(value) if isinstance(value, frozenset) else value
