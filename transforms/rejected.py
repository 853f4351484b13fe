"""A capture that a transform refused: bad data is a value with a reason, not an exception."""

from dataclasses import dataclass

from warehouse.schema import Reason, Stage


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a capture holds no article that could be loaded; `detail` is for people."""

    stage: Stage
    reason: Reason
    detail: str
