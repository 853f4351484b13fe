"""How to clean a capture."""

from dataclasses import dataclass, replace
from typing import Literal

from transforms.facts.names.own_list import OwnList, open_own_list

Mode = Literal["best", "fast"]
Comments = Literal["drop", "keep"]


@dataclass(frozen=True, slots=True)
class CleaningOptions:
    """How to clean: with trafilatura's vote on pages or without, what to do with comments, and a list
    of entities that are to be known besides the reference's."""

    mode: Mode = "best"
    comments: Comments = "drop"
    entities: OwnList | None = None


DEFAULTS = CleaningOptions()


def renew(options: CleaningOptions) -> CleaningOptions:
    """Return options with their list of entities as it is now: a schedule was given it long ago.

    Raises ValueError or OSError where it is none any more.
    """
    if options.entities is None:
        return options
    return replace(options, entities=open_own_list(options.entities.path))
