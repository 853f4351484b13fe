"""The options for cleaning a capture."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from transforms.facts.names.user_entities import OwnList, open_own_list

Mode = Literal["best", "fast"]
Comments = Literal["drop", "keep"]


@dataclass(frozen=True, slots=True)
class CleaningOptions:
    """The options for cleaning.

    `mode` is `best` (trafilatura's output is a feature of the model) or `fast` (without it); `comments`
    decides about reader comments below an article; `entities` is a list of known names besides
    seeds/reference/entities.csv; `corrections` is the file of what people decided, if it is not the one
    beside the warehouse. If `finds_facts` is false, no quotations, figures and names are found,
    which take a third of the time.
    """

    mode: Mode = "best"
    comments: Comments = "drop"
    entities: OwnList | None = None
    corrections: Path | None = None
    finds_facts: bool = True


DEFAULTS = CleaningOptions()


def renew(options: CleaningOptions) -> CleaningOptions:
    """Return the options with the list of entities read again.

    The list may have changed since the schedule was created. Raises ValueError if it is not valid,
    OSError if it cannot be read.
    """
    if options.entities is None:
        return options
    return replace(options, entities=open_own_list(options.entities.path))
