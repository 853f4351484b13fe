"""Data types for the verdict on a block: its role, whether it is kept, the rule and the score."""

from typing import NamedTuple

from transforms.blocks.block import Block
from transforms.judging.rules import SegmentRule
from warehouse.schema.vocabulary import Role


class Verdict(NamedTuple):
    """The role of a line, whether it is kept, and the rule that decided."""

    role: Role
    is_kept: bool
    rule: SegmentRule


class Judged(NamedTuple):
    """A block with its verdict; `score` goes from 0 (certainly removed) to 1 (certainly kept)."""

    block: Block
    role: Role
    is_kept: bool
    rule: SegmentRule
    score: float
