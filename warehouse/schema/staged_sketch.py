"""What is staged of an article for the linking of stories, and is not kept in the warehouse."""

from dataclasses import dataclass
from typing import Annotated

from warehouse.schema.column import Column


@dataclass(frozen=True, slots=True)
class StagedSketch:
    """The sketch of an article, which a load compares with others."""

    article_id: Annotated[str, Column("The article", example="a" * 64, key=True)]
    sketch: Annotated[bytes, Column("The sketch, as transforms/stories writes it", example=b"")]
    digest: Annotated[bytes, Column("Equal if two sketches are but for their articles", example=b"")]
    outline: Annotated[bytes, Column("Some numbers of the sketch, to pass over pairs", example=b"")]
