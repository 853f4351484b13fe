"""Columns that several tables have, and the examples and patterns of columns.

Spans (`start_char`, `end_char`) count Unicode code points from 0 and exclude the end, so
`substring(text, start_char + 1, end_char - start_char)` is the piece they mark.
"""

from datetime import UTC, datetime
from typing import Annotated

from warehouse.schema.column import Check, Column

EXAMPLE_ID = "0123456789abcdef" * 4
EXAMPLE_RUN = "20170908T063000Z-5eed"
EXAMPLE_TIME = datetime(2017, 9, 8, 6, 30, tzinfo=UTC)
EXAMPLE_URI = "captures/groups.txt"
HASH = "[0-9a-f]{64}"
LANGUAGE = "[a-z]{2,3}"
QID = "Q[1-9][0-9]*"

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
