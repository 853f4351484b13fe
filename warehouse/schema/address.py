"""The address of a document, by which versions of one page count once."""

# Of a row d of documents, as SQL: its address without a fragment; one without an address stands alone.
ADDRESS = "coalesce(regexp_replace(d.url, '#.*$', ''), d.document_id)"
