"""What each run did: its counts, files, checks and refusals."""

from datetime import datetime
from typing import Annotated, ClassVar

from warehouse.schema.column import Check, Column
from warehouse.schema.row import row
from warehouse.schema.shared_columns import (
    EXAMPLE_ID,
    EXAMPLE_RUN,
    EXAMPLE_TIME,
    EXAMPLE_URI,
    HASH,
    LANGUAGE,
    RunId,
    Version,
)
from warehouse.schema.vocabulary import Reason, RunStatus, Severity, Stage


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
