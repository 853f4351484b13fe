"""Every table, declared once: DDL, rows, contract and documentation follow from here.

Spans (`start_char`, `end_char`) count Unicode code points from 0 and exclude the end, so
`substring(text, start_char + 1, end_char - start_char)` is the piece they mark.
"""

from datetime import UTC, date, datetime
from typing import Annotated, ClassVar, Literal

from warehouse.schema.column import Check, Column
from warehouse.schema.row import row

EXAMPLE_ID = "0123456789abcdef" * 4
EXAMPLE_RUN = "20170908T063000Z-5eed"
EXAMPLE_TIME = datetime(2017, 9, 8, 6, 30, tzinfo=UTC)
EXAMPLE_URI = "captures/groups.txt"
HASH = "[0-9a-f]{64}"
LANGUAGE = "[a-z]{2,3}"
QID = "Q[1-9][0-9]*"

Role = Literal[
    "title", "byline", "dateline", "published", "heading", "paragraph", "list_item",
    "block_quote", "caption", "comment_prompt", "comment", "navigation", "related", "sidebar",
    "share", "author_bio", "advert", "legal", "duplicate", "blank", "other",
]  # fmt: skip
Stage = Literal["read", "decode", "clean", "contract"]
Reason = Literal[
    "unreadable", "truncated", "bad_member", "bad_record", "empty", "binary", "unsupported_type",
    "too_large", "too_deep", "timed_out", "worker_died", "cleaner_failed", "no_article",
    "contract_broken",
]  # fmt: skip
MediaType = Literal["text/plain", "text/html"]
RepairReason = Literal[
    "byte_order_mark", "line_end", "control", "mojibake", "entity", "drop_cap", "markdown"
]
Precision = Literal["day", "month", "year"]
ParagraphKind = Literal["paragraph", "heading", "list_item", "block_quote"]
HedgeBound = Literal["at_least", "at_most", "about"]
QuoteKind = Literal["statement", "scare", "title", "message"]
EntityKind = Literal["platform", "company", "agency", "outlet", "organisation", "person", "place"]
RunStatus = Literal["completed", "refused"]
CorrectionKind = Literal["keep", "remove", "title", "author", "date"]
Severity = Literal["critical", "warning"]
TitleSource = Literal["record", "markup", "heading", "first_line", "repeated_line", "correction"]
DateSource = Literal[
    "json-ld", "meta", "markup", "url", "byline", "dateline", "text", "updated", "record", "correction",
]  # fmt: skip

DocumentId = Annotated[
    str, Column("sha256 of the capture's bytes, in hex", key=True, pattern=HASH, example=EXAMPLE_ID)
]
ArticleId = Annotated[
    str,
    Column("the document that holds the article", key=True, pattern=HASH, example=EXAMPLE_ID),
]
Position = Annotated[int, Column("place in its parent, from 0", key=True, at_least=0, example=0)]
StartChar = Annotated[int, Column("where it begins in the parent's text", at_least=0, example=17)]
EndChar = Annotated[int, Column("where it ends, exclusive", at_least=0, example=65)]
RunId = Annotated[
    str,
    Column(
        "UTC start of the run and four random hex digits",
        pattern="[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}",
        example=EXAMPLE_RUN,
    ),
]
SourceUri = Annotated[
    str,
    Column(
        "file, member or record it was read from, as given to the run",
        min_length=1,
        example=EXAMPLE_URI,
    ),
]
Url = Annotated[
    str | None,
    Column("address of the page, null if not known", min_length=1, example="https://a.example/1"),
]
Site = Annotated[
    str | None,
    Column("registrable domain of the address", min_length=1, example="a.example"),
]
CapturedAt = Annotated[
    datetime | None,
    Column("when the page was fetched, null if not known", example=EXAMPLE_TIME),
]
Version = Annotated[
    str,
    Column(
        "version and digest of the code, reference data and libraries that clean",
        min_length=1,
        example="0.1.0+4f2a91c07be3",
    ),
]
Surface = Annotated[str, Column("the words as the article has them", min_length=1, example="Qiao")]
EntityId = Annotated[
    str | None,
    Column("entity it resolves to, null if not known", min_length=1, example="wechat"),
]
SPAN = Check("span_is_not_empty", "end_char > start_char", "an empty span is evidence of nothing")


@row
class Capture:
    """A place where a document was found; copies of one page share a document."""

    source_uri: Annotated[
        str,
        Column(
            "file, member or record it was read from, as given to the run",
            key=True,
            min_length=1,
            example=EXAMPLE_URI,
        ),
    ]
    document_id: Annotated[
        str, Column("sha256 of the capture's bytes, in hex", pattern=HASH, example=EXAMPLE_ID)
    ]
    url: Url
    captured_at: CapturedAt


@row
class Document:
    """A capture, decoded or rendered to the text that its segments tile."""

    document_id: DocumentId
    source_uri: SourceUri
    site: Site
    url: Url
    media_type: Annotated[MediaType, Column("kind of content, sniffed", example="text/plain")]
    encoding: Annotated[
        str, Column("codec that decoded the bytes, Python's name", min_length=1, example="utf-8")
    ]
    byte_length: Annotated[int, Column("length of the capture in bytes", at_least=1, example=78)]
    text: Annotated[
        str,
        Column(
            "the decoded or rendered text",
            min_length=1,
            example="Show More\nBEIJING, Sept 8 - Qiao said groups of 500 people worry the party.\n",
        ),
    ]
    captured_at: CapturedAt
    first_run_id: RunId
    cleaner_version: Version


@row
class Repair:
    """A piece of a document's text that differs from what the bytes said, and what they said.

    Putting every `original` back at its span gives the decoded bytes again.
    """

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check(
            "span_is_ordered",
            "end_char >= start_char",
            "a repair may remove characters, so its span may be empty, but not reversed",
        ),
    )

    document_id: DocumentId
    position: Position
    start_char: StartChar
    end_char: EndChar
    original: Annotated[str, Column("the characters before the repair", example="\r\n")]
    reason: Annotated[
        RepairReason,
        Column("what was wrong", example="line_end"),
    ]


@row
class Segment:
    """A piece of a document's text; the segments of a document tile its text."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        SPAN,
        Check(
            "kept_role_is_content",
            "NOT is_kept OR role IN "
            "('dateline', 'heading', 'paragraph', 'list_item', 'block_quote', 'comment', 'other')",
            "boilerplate and what has a column of its own are not in the article's text",
        ),
    )

    document_id: DocumentId
    position: Position
    start_char: StartChar
    end_char: EndChar
    role: Annotated[Role, Column("what the piece is on its page", example="paragraph")]
    is_kept: Annotated[bool, Column("whether it is in the article's text", example=True)]
    rule: Annotated[str, Column("the rule that decided: docs/rules.md", min_length=1, example="model")]
    score: Annotated[
        float, Column("how sure: 0 surely removed, 1 surely kept", at_least=0, at_most=1, example=0.9)
    ]


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
class SitePage:
    """What the memory of a site keeps of a document: numbers for each of its blocks."""

    document_id: DocumentId
    site: Annotated[
        str,
        Column(
            "domain of the address; else name: and the site's name, or folder: and where it lies",
            min_length=1,
            example="a.example",
        ),
    ]
    address: Annotated[
        str,
        Column(
            "address of the page, whoever shared it, else the document's id; one address counts once",
            min_length=1,
            example="a.example/1",
        ),
    ]
    captured_at: CapturedAt
    texts: Annotated[list[int], Column("digests of the normalised texts", example=[81, 82, 83])]
    places: Annotated[
        list[int], Column("digests of tags and class words around; 0 without markup", example=[7, 7, 8])
    ]
    log_odds: Annotated[
        list[int], Column("the model's log odds without the memory, in eighths", example=[-20, 31, 44])
    ]
    words: Annotated[list[int], Column("numbers of words", example=[2, 40, 35])]
    cohort: Annotated[
        str | None,
        Column(
            "digest of the documents of its site that it was compared with, null if it stands alone",
            min_length=1,
            example="5f1c0a9b23de4567",
        ),
    ]
    memory: Annotated[
        list[int],
        Column(
            "log odds with the memory, in eighths, by which it was cleaned; empty if the other"
            " documents say nothing",
            example=[-28, 20, 32],
        ),
    ]


@row
class SiteLine:
    """A line that several documents of a site share."""

    site: Annotated[
        str, Column("the site, as in site_pages", key=True, min_length=1, example="a.example")
    ]
    line_key: Annotated[int, Column("digest of the normalised line", key=True, example=81)]
    documents: Annotated[
        int, Column("documents it stands in; those of one address count once", at_least=2, example=41)
    ]
    first_seen_at: Annotated[
        datetime | None, Column("earliest known capture with it", example=EXAMPLE_TIME)
    ]
    last_seen_at: Annotated[
        datetime | None, Column("latest known capture with it", example=EXAMPLE_TIME)
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


@row
class DocumentCorrection:
    """What a person decided about a document, from the file of corrections."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check("fault_is_told", "is_applied = (detail IS NULL)", "what does not apply says why"),
    )

    document_id: DocumentId
    position: Position
    kind: Annotated[CorrectionKind, Column("what was decided", example="remove")]
    value: Annotated[
        str,
        Column(
            "the line, which may be cut with an ellipsis, or the title, authors or date",
            min_length=1,
            example="Also in this issue: who owns the river",
        ),
    ]
    made_by: Annotated[str, Column("who decided", min_length=1, example="Ines Calloway")]
    made_on: Annotated[date | None, Column("when, null if not noted", example=date(2017, 9, 9))]
    reason: Annotated[str, Column("why", min_length=1, example="a teaser in the middle of the text")]
    is_applied: Annotated[bool, Column("whether it still applies", example=False)]
    detail: Annotated[
        str | None,
        Column("why it does not apply, null if it does", min_length=1, example="the line is not there"),
    ]


@row
class Refusal:
    """What could not be loaded, and why."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check(
            "forgiven_is_resolved",
            "forgiven_at IS NULL OR resolved_at IS NOT NULL",
            "what somebody let rest is no longer open",
        ),
    )

    source_uri: Annotated[
        str,
        Column("file, member or record it was read from", key=True, min_length=1, example=EXAMPLE_URI),
    ]
    document_id: Annotated[
        str,
        Column(
            "sha256 of the bytes, empty if they could not be read",
            key=True,
            pattern=f"({HASH})?",
            example=EXAMPLE_ID,
        ),
    ]
    run_id: RunId
    stage: Annotated[Stage, Column("where it was refused", example="clean")]
    reason: Annotated[Reason, Column("why, in a word", example="no_article")]
    detail: Annotated[
        str, Column("why, in a sentence", min_length=1, example="all 14 segments are boilerplate")
    ]
    first_seen_at: Annotated[datetime, Column("when it was first refused", example=EXAMPLE_TIME)]
    resolved_at: Annotated[
        datetime | None,
        Column(
            "when it was loaded after all, replaced by other bytes or forgiven", example=EXAMPLE_TIME
        ),
    ]
    cleaner_version: Version
    forgiven_at: Annotated[
        datetime | None,
        Column("when somebody let it rest, null if nobody did", example=EXAMPLE_TIME),
    ]


@row
class Run:
    """A run of a flow."""

    CHECKS: ClassVar[tuple[Check, ...]] = (
        Check(
            "captures_are_conserved",
            "status <> 'completed' OR captures_seen"
            " = documents_loaded + documents_unchanged + documents_quarantined",
            "nothing that was seen may be lost",
        ),
    )

    run_id: Annotated[
        str,
        Column(
            "UTC start of the run and four random hex digits",
            key=True,
            pattern="[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}",
            example=EXAMPLE_RUN,
        ),
    ]
    flow: Annotated[str, Column("name of the flow", min_length=1, example="ingest")]
    started_at: Annotated[datetime, Column("when it began", example=EXAMPLE_TIME)]
    finished_at: Annotated[datetime, Column("when it ended", example=EXAMPLE_TIME)]
    status: Annotated[
        RunStatus,
        Column("refused: the batch broke a critical rule and was not loaded", example="completed"),
    ]
    captures_seen: Annotated[int, Column("captures read or refused", at_least=0, example=20)]
    documents_loaded: Annotated[
        int, Column("captures whose document is new or was cleaned again", at_least=0, example=17)
    ]
    documents_unchanged: Annotated[
        int, Column("captures whose bytes the warehouse or this run already had", at_least=0, example=2)
    ]
    documents_quarantined: Annotated[int, Column("captures refused", at_least=0, example=1)]
    records_skipped: Annotated[
        int, Column("files and records that hold no page and were skipped", at_least=0, example=4)
    ]
    versions: Annotated[
        str,
        Column(
            "versions of Winnow and its libraries, JSON", min_length=2, example='{"duckdb": "2.0.0"}'
        ),
    ]
    detail: Annotated[
        str | None, Column("what stopped the load, if anything did", min_length=1, example="no rows")
    ]
    skipped: Annotated[
        str | None,
        Column("what was skipped, by kind", min_length=1, example="4 records without a page"),
    ]
    documents_cleaned_again: Annotated[
        int,
        Column(
            "documents of earlier runs cleaned again because more is known of their sites",
            at_least=0,
            example=3,
        ),
    ]
    files_unchanged: Annotated[
        int,
        Column("files that were not read again, since they had not changed", at_least=0, example=5),
    ]


@row
class InputFileRead:
    """A file that a run has read, as it was then: a run does not read it again until it changes."""

    source_uri: Annotated[
        str, Column("the file, as given to the run", key=True, min_length=1, example=EXAMPLE_URI)
    ]
    stamp: Annotated[
        str,
        Column(
            "its size in bytes, and the time of its last change in nanoseconds or its ETag",
            min_length=1,
            example="78 1504852200000000000",
        ),
    ]
    reader_version: Annotated[
        str,
        Column(
            "digest of the code, libraries and options that read it",
            min_length=1,
            example="4f2a91c07be3",
        ),
    ]
    captures: Annotated[int, Column("captures in it", at_least=0, example=1)]
    held: Annotated[
        str | None,
        Column("digest of its captures and their documents", min_length=1, example="1234567890"),
    ]
    run_id: RunId


@row
class ExpectationResult:
    """An expectation checked in a run."""

    run_id: Annotated[
        str,
        Column(
            "the run",
            key=True,
            pattern="[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}",
            example=EXAMPLE_RUN,
        ),
    ]
    suite: Annotated[
        str, Column("table or batch the suite is for", key=True, min_length=1, example="articles")
    ]
    expectation: Annotated[
        str,
        Column(
            "name of the expectation", key=True, min_length=1, example="column_values_to_not_be_null"
        ),
    ]
    column_name: Annotated[
        str, Column("column, empty if it is about the table", key=True, example="text")
    ]
    severity: Annotated[
        Severity,
        Column(
            "critical in a contract: the row is refused; in a batch rule: the batch", example="critical"
        ),
    ]
    success: Annotated[bool, Column("whether it held", example=True)]
    observed: Annotated[str | None, Column("what was seen, JSON", example="0.98")]
    element_count: Annotated[int | None, Column("values looked at", at_least=0, example=17)]
    unexpected_count: Annotated[int | None, Column("values that broke it", at_least=0, example=0)]
    sample: Annotated[str | None, Column("some of the values that broke it, JSON", example="[]")]


@row
class RunSite:
    """What a run brought of a site: the history by which later runs are judged."""

    run_id: Annotated[
        str,
        Column("the run", key=True, pattern="[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}", example=EXAMPLE_RUN),
    ]
    site: Annotated[str, Column("registrable domain, empty if not known", key=True, example="a.example")]
    articles: Annotated[int, Column("articles that the warehouse had not seen", at_least=1, example=9)]
    kept_share: Annotated[float, Column("their mean share kept", at_least=0, at_most=1, example=0.6)]
    untitled_share: Annotated[
        float, Column("share of them without a title", at_least=0, at_most=1, example=0.1)
    ]
    undated_share: Annotated[
        float, Column("share of them without a date", at_least=0, at_most=1, example=0.2)
    ]


@row
class RunLanguage:
    """What a run brought in a language: the history by which later runs are judged."""

    run_id: Annotated[
        str,
        Column("the run", key=True, pattern="[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}", example=EXAMPLE_RUN),
    ]
    language: Annotated[
        str, Column("ISO 639 code, und if not sure", key=True, pattern=LANGUAGE, example="en")
    ]
    articles: Annotated[int, Column("articles that the warehouse had not seen", at_least=1, example=9)]


@row
class SchemaVersion:
    """A version of the tables that this file has been brought to; the last one is its own."""

    version: Annotated[int, Column("number of the version", key=True, at_least=1, example=1)]
    about: Annotated[str, Column("what it brought", min_length=1, example="the first tables")]


# A change of a table is a new version here; warehouse/migration.py brings older files to it.
SCHEMA_VERSIONS = {
    1: "the first tables",
    2: "quarantine.forgiven_at, articles.language_confidence, and the history by which runs are judged:"
    " run_sites and run_languages",
    3: "rules with names that explain themselves: docs/rules.md",
    4: "runs.skipped; dates that come from a record; large first letters joined to their words",
    5: "articles.is_doubtful and articles.doubt",
    6: "story_links.is_copy, and article_versions: what changed at an address",
    7: "document_corrections: what people decided; titles and dates from corrections",
    8: "quantities.unit_canonical, verb_class, bound and year: figures compared across languages",
    9: "site_pages and site_lines: the memory of each site; runs.documents_cleaned_again",
    10: "input_files: files that have not changed are not read again; runs.files_unchanged",
    11: "marks of Markdown are taken out of texts, and kept in repairs",
    12: "no index on keys of several columns of large tables: smaller files",
    13: "no index on keys of tables that grow with the captures: large loads need less memory",
    14: "one address a page: http or https, with www. or without, whoever shared it",
}
SCHEMA_VERSION = max(SCHEMA_VERSIONS)

TABLES: dict[str, type] = {
    "captures": Capture,
    "documents": Document,
    "repairs": Repair,
    "segments": Segment,
    "articles": Article,
    "paragraphs": Paragraph,
    "quotes": Quote,
    "quantities": Quantity,
    "entities": Entity,
    "mentions": Mention,
    "candidates": Candidate,
    "story_keys": StoryKey,
    "document_corrections": DocumentCorrection,
    "site_pages": SitePage,
    "site_lines": SiteLine,
    "stories": Story,
    "story_links": StoryLink,
    "article_versions": ArticleVersion,
    "quarantine": Refusal,
    "runs": Run,
    "input_files": InputFileRead,
    "expectation_results": ExpectationResult,
    "run_sites": RunSite,
    "run_languages": RunLanguage,
    "schema_versions": SchemaVersion,
}
