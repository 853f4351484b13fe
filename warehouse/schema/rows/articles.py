"""What is told: articles, their paragraphs, and what changed at an address."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from warehouse.schema.column import Check, Column
from warehouse.schema.row import row
from warehouse.schema.shared_columns import (
    EXAMPLE_ID,
    EXAMPLE_TIME,
    HASH,
    LANGUAGE,
    SPAN,
    ArticleId,
    EndChar,
    Position,
    Site,
    StartChar,
    Url,
)
from warehouse.schema.vocabulary import DateSource, ParagraphKind, Precision, TitleSource


@row
class Article:
    """The article that a document holds."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check(
            "title_has_source",
            "(title IS NULL) = (title_source IS NULL)",
            "a value with several possible origins says which one it came from",
        ),
        Check(
            "published_has_source_and_precision",
            "(published_on IS NULL) = (published_source IS NULL)"
            " AND (published_on IS NULL) = (published_precision IS NULL)",
            "a value with several possible origins says which one it came from",
        ),
        Check("doubt_has_reason", "is_doubtful = (doubt IS NOT NULL)", "a doubt says what it rests on"),
    )

    article_id: ArticleId
    title: Annotated[
        str | None,
        Column("headline, null if the capture shows none", min_length=1, example="Groups worry party"),
    ]
    title_source: Annotated[TitleSource | None, Column("where the title stood", example="first_line")]
    author: Annotated[
        str | None, Column("who wrote it, without 'By'", min_length=1, example="Jane Doe; Lu Min")
    ]
    site: Site
    url: Url
    published_on: Annotated[
        date | None, Column("date of publication, null rather than guessed", example=date(2017, 9, 8))
    ]
    published_precision: Annotated[
        Precision | None,
        Column("how much of published_on is known; a month or a year is its first day", example="day"),
    ]
    published_source: Annotated[
        DateSource | None,
        Column(
            "where the date stood; updated: the page gives the time of its last change alone",
            example="meta",
        ),
    ]
    dateline_place: Annotated[
        str | None, Column("place in the dateline, as written", min_length=1, example="BEIJING")
    ]
    dateline_date: Annotated[
        str | None,
        Column(
            "date in the dateline: YYYY-MM-DD, or --MM-DD where it gives no year (ISO 8601:2000)",
            pattern="([0-9]{4}|-)-[0-9]{2}-[0-9]{2}",
            example="--09-08",
        ),
    ]
    language: Annotated[
        str | None,
        Column("ISO 639 code, und if the detector is unsure", pattern=LANGUAGE, example="en"),
    ]
    text: Annotated[
        str,
        Column(
            "the kept segments, joined: a paragraph a line",
            min_length=1,
            example="BEIJING, Sept 8 - Qiao said groups of 500 people worry the party.",
        ),
    ]
    word_count: Annotated[
        int,
        Column(
            "words in text; a Han, kana or Hangul run counts 2 characters a word", at_least=1, example=12
        ),
    ]
    kept_share: Annotated[
        float,
        Column("share of the document's characters in text", at_least=0, at_most=1, example=0.87),
    ]
    is_truncated: Annotated[bool, Column("whether the text breaks off before its end", example=False)]
    story_id: Annotated[
        str | None, Column("story it tells, null if alone", min_length=1, example="s-0123456789ab")
    ]
    language_confidence: Annotated[
        float | None,
        Column(
            "the detector's probability for its best guess, null for fewer than 6 words",
            at_least=0,
            at_most=1,
            example=0.99,
        ),
    ]
    is_doubtful: Annotated[bool, Column("whether the text may be no article", example=True)]
    doubt: Annotated[
        str | None,
        Column(
            "why the text may be no article, null if nothing speaks against it",
            min_length=1,
            example="no block is surely main text (highest score 0.62)",
        ),
    ]


@row
class Paragraph:
    """A paragraph, heading, list item or block quote of an article, a line of its text."""

    CHECKS: ClassVar[tuple[Check, ...]] = (SPAN,)

    article_id: ArticleId
    position: Position
    kind: Annotated[
        ParagraphKind,
        Column("what the line is", example="paragraph"),
    ]
    text: Annotated[
        str,
        Column(
            "the line",
            min_length=1,
            example="BEIJING, Sept 8 - Qiao said groups of 500 people worry the party.",
        ),
    ]
    start_char: StartChar
    end_char: EndChar


@row
class ArticleVersion:
    """What an address showed from one capture on, where its captures show more than one text."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check(
            "first_version_has_no_changes",
            "(previous_article_id IS NULL) = (changes IS NULL)",
            "a change is told against the version before",
        ),
    )

    url: Annotated[
        str,
        Column(
            "address of the page, as its first capture has it",
            key=True,
            min_length=1,
            example="https://a.example/1",
        ),
    ]
    captured_at: Annotated[
        datetime, Column("first capture that shows this version", key=True, example=EXAMPLE_TIME)
    ]
    article_id: Annotated[
        str, Column("the document that holds the version", pattern=HASH, example=EXAMPLE_ID)
    ]
    previous_article_id: Annotated[
        str | None, Column("the version before, null for the first", pattern=HASH, example="e" * 64)
    ]
    changes: Annotated[
        str | None,
        Column(
            "what changed, in words; null for the first version",
            min_length=1,
            example="figure added: 7 dead",
        ),
    ]
    previous_title: Annotated[
        str | None,
        Column("headline before, null if it is the same", min_length=1, example="Groups worry party"),
    ]
    figures_added: Annotated[list[str], Column("figures that are new", example=["7 dead"])]
    figures_removed: Annotated[list[str], Column("figures that are gone", example=["5 dead"])]
    quotes_added: Annotated[list[str], Column("quotations that are new", example=["hush people"])]
    quotes_removed: Annotated[list[str], Column("quotations that are gone", example=["hush"])]
    correction: Annotated[
        str | None,
        Column(
            "new line that tells of a correction", min_length=1, example="Correction: it was 7, not 5."
        ),
    ]
