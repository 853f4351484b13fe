"""Map the names of rules in earlier versions to current names, so that old rows can be compared."""

from warehouse.schema.ddl import literal

RENAMED_RULES = {
    "segments": {
        "furniture_phrase": "boilerplate_phrase",
        "furniture": "model",
        "after_advert": "after_boilerplate_phrase",
        "after_author_bio": "after_boilerplate_phrase",
        "after_comment": "after_boilerplate_phrase",
        "after_comment_prompt": "after_boilerplate_phrase",
        "after_legal": "after_boilerplate_phrase",
        "after_navigation": "after_boilerplate_phrase",
        "after_published": "after_boilerplate_phrase",
        "after_related": "after_boilerplate_phrase",
        "after_share": "after_boilerplate_phrase",
        "after_sidebar": "after_boilerplate_phrase",
        "comment": "comment_section",
        "date_line": "publication_date_line",
        "stray_before_article": "stray_words_before_article",
        "ornament": "line_without_words",
        "picture_name": "picture_file_name",
        "picture_mark": "markdown_picture",
        "copyright": "copyright_notice",
        "entry_meta": "posting_note",
        "trail": "breadcrumb_trail",
        "paging": "next_or_previous_page",
        "prose_without_end": "prose_without_sentence_end",
        "list_in_body": "list_item_in_article",
        "outside_body": "long_line_outside_prose",
    },
    "quotes": {
        "relayed": "quoted_as_saying",
        "document": "said_in_document",
        "called": "what_speaker_calls",
        "characterised": "described_as",
        "signed": "signature",
        "sentence_before": "speaker_in_sentence_before",
        "over_paragraphs": "marks_over_paragraphs",
    },
    "quantities": {"bare_number": "number_without_noun"},
}


def current_rule(table: str) -> str:
    """Return an SQL expression for the current name of a row's rule.

    >>> current_rule("quantities")
    "CASE rule WHEN 'bare_number' THEN 'number_without_noun' ELSE rule END"
    """
    names = RENAMED_RULES[table].items()
    cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in names)
    return f"CASE rule {cases} ELSE rule END"
