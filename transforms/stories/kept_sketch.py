"""Sketches as bytes: cleaning makes them, and the load of the run compares them."""

import pickle
from collections.abc import Mapping
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
    told = [_in_order(getattr(sketch, name)) for name in STAGED_FIELDS if name != "article_id"]
    digest = sha256(repr(told).encode("utf-8", "surrogatepass") + runs)
    kept = pickle.dumps((values, runs))
    return StagedSketch(sketch.article_id, kept, digest.digest(), make_outline(sketch))


def read_sketch(kept: bytes) -> Sketch:
    """Return the sketch that was kept; it has no keys for lookup."""
    values, runs = pickle.loads(kept)
    known = dict(zip(STAGED_FIELDS, values, strict=True))
    return Sketch(runs=np.frombuffer(runs, RUN_TYPE), min_hash=(), **known)


def _in_order(value: object) -> object:
    """Return a value with each set in it as a sorted list: sets have another order in each process."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return [(key, _in_order(one)) for key, one in value.items()]
    return [_in_order(one) for one in value] if isinstance(value, tuple) else value
