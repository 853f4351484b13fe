"""How people name a document or a capture: by source, the end of it, or first digits of the id."""

# True if the text `name` names the row that has `source_uri` and `document_id`.
IS_NAMED = """(
    source_uri = name OR ends_with(source_uri, '/' || name)
    OR (length(name) >= 4 AND starts_with(document_id, lower(name)))
)"""
