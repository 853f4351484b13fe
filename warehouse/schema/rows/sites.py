"""What the pages of a site have in common."""

from datetime import datetime
from typing import Annotated

from warehouse.schema.column import Column
from warehouse.schema.row import row
from warehouse.schema.shared_columns import EXAMPLE_TIME, CapturedAt, DocumentId


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
