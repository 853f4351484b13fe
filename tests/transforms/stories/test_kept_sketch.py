"""Equal sketches have one digest, whatever process makes them."""

import os
import subprocess
import sys

from tests.loading import ROOT

CODE = """
from tests.benchmarks.story_cases import read_cases
from transforms.stories.kept_sketch import keep_sketch
print(*(keep_sketch(case.sketch).digest.hex() for case in read_cases("first")[:20]))
"""


def digests(seed):
    """Return the digests that a process gives in which sets have another order."""
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-c", CODE]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_digest_is_the_same_in_every_process():
    one, other = digests(1), digests(2)
    assert len(set(one)) == 20
    assert one == other
