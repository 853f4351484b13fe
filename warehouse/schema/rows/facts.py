"""What articles state: quotations, figures, names."""

from typing import Annotated, ClassVar

from warehouse.schema.column import Check, Column
from warehouse.schema.row import row
from warehouse.schema.shared_columns import (
    QID,
    SPAN,
    ArticleId,
    EndChar,
    EntityId,
    Position,
    StartChar,
    Surface,
)
from warehouse.schema.vocabulary import EntityKind, HedgeBound, QuoteKind


@row
class Quote:
    """A direct or partial quotation."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        SPAN,
        Check(
            "only_statements_have_speakers",
            "kind = 'statement' OR (speaker IS NULL AND relayed_by IS NULL)",
            "no one says the title of a book or a message on a screen",
        ),
    )

    article_id: ArticleId
    position: Position
    text: Annotated[str, Column("words between the marks", min_length=1, example="hush people")]
    kind: Annotated[
        QuoteKind,
        Column(
            "words that someone said or wrote, a term held at a distance, the name of a work, or what a "
            "screen or sign shows",
            example="statement",
        ),
    ]
    speaker: Annotated[
        str | None,
        Column(
            "who said it, by the fullest name the article gives; null if not certain",
            min_length=1,
            example="Qiao Mu",
        ),
    ]
    speaker_surface: Annotated[
        str | None, Column("the words that stand for the speaker there", min_length=1, example="Qiao")
    ]
    entity_id: EntityId
    relayed_by: Annotated[
        str | None,
        Column("who passes it on, where it comes at second hand", min_length=1, example="Xinhua"),
    ]
    relayed_by_entity_id: Annotated[
        str | None, Column("entity that passes it on", min_length=1, example="xinhua")
    ]
    cue: Annotated[str | None, Column("word that ties speaker and words", min_length=1, example="said")]
    start_char: StartChar
    end_char: EndChar
    rule: Annotated[
        str,
        Column("the rule that found it: docs/rules.md", min_length=1, example="speaker_and_verb_after"),
    ]


@row
class Quantity:
    """A reported figure."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        SPAN,
        Check("range_is_ordered", "value_high IS NULL OR value_high >= value", "a range runs upwards"),
    )

    article_id: ArticleId
    position: Position
    text: Annotated[
        str,
        Column("the figure as the article has it", min_length=1, example="more than 300 million users"),
    ]
    value: Annotated[float, Column("the figure, or the low end of a range", example=500.0)]
    value_high: Annotated[float | None, Column("high end of a range", example=500.0)]
    unit: Annotated[str | None, Column("unit or counted noun", min_length=1, example="users")]
    counted: Annotated[
        str | None,
        Column("the counted noun with what describes it", min_length=1, example="monthly active users"),
    ]
    subject: Annotated[
        str | None,
        Column("who or what the sentence says it of, as written", min_length=1, example="WeChat"),
    ]
    verb: Annotated[
        str | None,
        Column("how the subject and the figure hang together", min_length=1, example="has"),
    ]
    entity_id: EntityId
    hedge: Annotated[str | None, Column("how exact it claims to be", min_length=1, example="at least")]
    sentence: Annotated[
        str, Column("the sentence that says it", min_length=1, example="Groups of 500 people worry it.")
    ]
    start_char: StartChar
    end_char: EndChar
    rule: Annotated[
        str, Column("the rule that found it: docs/rules.md", min_length=1, example="counted_noun")
    ]
    unit_canonical: Annotated[
        str | None,
        Column(
            "the unit, or the noun in the form that all languages share", min_length=1, example="users"
        ),
    ]
    verb_class: Annotated[
        str | None,
        Column("the class of the verb, the same in all languages", min_length=1, example="have"),
    ]
    bound: Annotated[
        HedgeBound | None,
        Column(
            "what the hedge says of the value: it is at least, at most or about it", example="at_least"
        ),
    ]
    year: Annotated[
        int | None, Column("the year that its sentence names, if only one", at_least=1900, example=2013)
    ]


@row
class Entity:
    """A known platform, organisation, person or place."""

    entity_id: Annotated[
        str, Column("short lasting name", key=True, pattern="[a-z0-9][a-z0-9_-]*", example="wechat")
    ]
    name: Annotated[str, Column("usual English name", min_length=1, example="WeChat")]
    kind: Annotated[
        EntityKind,
        Column("what it is", example="platform"),
    ]
    aliases: Annotated[list[str], Column("other spellings", example=["Weixin", "微信"])]
    wikidata_id: Annotated[str | None, Column("Wikidata item", pattern=QID, example="Q283233")]
    is_candidate: Annotated[
        bool,
        Column("whether an article introduced it by name and role, and no list knows it", example=False),
    ]


@row
class Mention:
    """An entity named in an article."""

    CHECKS: ClassVar[tuple[Check, ...]] = (SPAN,)

    article_id: ArticleId
    position: Position
    entity_id: Annotated[str, Column("the entity", min_length=1, example="wechat")]
    surface: Surface
    start_char: StartChar
    end_char: EndChar


@row
class Candidate:
    """A person whom an article introduces by name and role and no list knows."""

    article_id: ArticleId
    entity_id: Annotated[
        str,
        Column("made from the name", key=True, pattern="[a-z0-9][a-z0-9_-]*", example="jane-doe"),
    ]
    name: Annotated[str, Column("the name as the article gives it", min_length=1, example="Jane Doe")]
