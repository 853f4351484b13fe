"""Articles that tell the same events."""

from datetime import date
from typing import Annotated, ClassVar

from warehouse.schema.column import Check, Column
from warehouse.schema.row import row
from warehouse.schema.shared_columns import HASH, ArticleId


@row
class StoryKey:
    """A key under which an article is looked up by those that may tell the same events."""

    article_id: ArticleId
    story_key: Annotated[
        str,
        Column(
            "digest of a band of its MinHash, of a passage it quotes, or of rare names, figures or words"
            " together",
            key=True,
            pattern="[0-9a-f]{16}",
            example="0123456789abcdef",
        ),
    ]


@row
class Story:
    """Articles that tell the same events."""

    story_id: Annotated[
        str, Column("lasting name of the story", key=True, min_length=1, example="s-0123456789ab")
    ]
    article_count: Annotated[
        int, Column("articles in it; versions at one address count once", at_least=2, example=3)
    ]
    site_count: Annotated[int, Column("sites among them", at_least=0, example=2)]
    first_published_on: Annotated[date | None, Column("earliest known date", example=date(2017, 9, 8))]
    last_published_on: Annotated[date | None, Column("latest known date", example=date(2017, 9, 9))]


@row
class StoryLink:
    """Why two articles share a story."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check("pair_is_ordered", "article_id < other_article_id", "each pair is told once"),
    )

    article_id: ArticleId
    other_article_id: Annotated[
        str, Column("the other article", key=True, pattern=HASH, example="f" * 64)
    ]
    similarity: Annotated[
        float,
        Column(
            "probability that they report the same events; for copies, the share of the shorter text"
            " that is in the other one",
            at_least=0,
            at_most=1,
            example=0.9,
        ),
    ]
    evidence: Annotated[
        str, Column("what they share", min_length=1, example="names: Qiao Mu; figures: 662,000,000")
    ]
    is_copy: Annotated[bool, Column("whether they are copies of one text, cut or whole", example=False)]
