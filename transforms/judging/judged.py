"""A judged block: what it is, whether it is kept, which rule said so and how sure it was."""

from dataclasses import dataclass

from transforms.blocks.block import Block
from transforms.judging.rules import SegmentRule
from warehouse.schema.tables import Role


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line is, whether it is kept, and the rule that says so."""

    role: Role
    is_kept: bool
    rule: SegmentRule


@dataclass(frozen=True, slots=True)
class Judged:
    """A block with its verdict; `score` runs from 0, surely removed, to 1, surely kept."""

    block: Block
    role: Role
    is_kept: bool
    rule: SegmentRule
    score: float
