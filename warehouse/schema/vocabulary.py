"""The words that columns with few values have."""

from typing import Literal

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
