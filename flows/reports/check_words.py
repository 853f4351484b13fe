"""What each check expects, in plain words; its technical name stands beneath on the pages."""

# What a check of a column expects, by the end of its name; {} is what the column has.
OF_COLUMNS = {
    "_is_there": "{} is never missing",
    "_matches_pattern": "{} has the form it should have",
    "_is_long_enough": "{} has at least one character",
    "_is_allowed": "{} is one of the known values",
    "_is_large_enough": "{} is not too small",
    "_is_small_enough": "{} is not too large",
}
COLUMNS = {
    "article_id": "the article’s id",
    "at": "the time",
    "bound": "what a hedge makes of a figure",
    "cohort": "the group of pages that a page belongs to",
    "counted": "the noun that is counted",
    "cue": "the word that ties a quote to its speaker",
    "detail": "the detail",
    "document_id": "the document’s id",
    "doubt": "the reason for a doubt",
    "end_char": "the end of a span",
    "entity_id": "the name’s id",
    "first_run_id": "the id of the first run",
    "hedge": "the word that makes a figure inexact",
    "is_applied": "whether a correction applies",
    "is_doubtful": "whether an article is doubtful",
    "is_kept": "whether a piece is kept",
    "is_truncated": "whether an article is cut off",
    "key": "the key",
    "kept_share": "the share of the text that is kept",
    "kind": "the kind",
    "language_confidence": "how sure the language is",
    "log_odds": "what a site’s other pages say of a page",
    "made_by": "who made a correction",
    "position": "the place in the order",
    "published_precision": "how exactly the day is known",
    "published_source": "where the date was read",
    "relayed_by": "who passed on a quote",
    "relayed_by_entity_id": "the id of who passed on a quote",
    "score": "the probability that a piece is of the article",
    "source_uri": "the place of the capture",
    "speaker_surface": "the speaker as the text has it",
    "start_char": "the start of a span",
    "story_id": "the story’s id",
    "story_key": "what articles are looked up by",
    "surface": "the name as the text has it",
    "title_source": "where the title was read",
    "unit_canonical": "the unit in all languages",
    "url": "the address",
    "verb_class": "the kind of verb",
}
# Checks of whole rows, documents, batches, and of a run beside earlier ones.
NAMED = {
    "articles_break_off": "Few articles break off before their end",
    "captures_are_conserved": "No capture that was seen is lost",
    "columns_are_declared": "The table has just the columns it should have",
    "corrections_apply": "Every correction that a person made still applies",
    "document_has_article": "Every document has its article",
    "document_has_segments": "Every document has its pieces",
    "doubt_has_reason": "A doubt about an article has its reason, and no other article has one",
    "fault_is_told": "A correction that does not apply says why",
    "first_version_has_no_changes": "Only later versions of an article have changes",
    "forgiven_is_resolved": "What was dismissed no longer waits",
    "kept_role_is_content": "No menu, advert or other furniture is kept in an article",
    "kept_share_is_usual": "As much of each site’s text is kept as in the runs before",
    "key_is_unique": "No row is there twice",
    "language_share_is_usual": "Each language has about the share of articles that it had before",
    "languages_are_unsure": "The language of few articles is uncertain",
    "only_statements_have_speakers": "Only what somebody says has a speaker",
    "pair_is_ordered": "Each pair of articles is told once",
    "paragraphs_join_to_text": "The paragraphs of an article make up its text",
    "publication_is_not_after_capture": "No page was captured before it was published",
    "publication_is_not_in_the_future": "No article is from the future",
    "published_has_source_and_precision": "A date says where it was read and how exact it is",
    "range_is_ordered": "A range of figures runs upwards",
    "segments_tile_the_text": "The pieces of a capture cover its text without a gap",
    "span_is_not_empty": "No span of a text is empty",
    "span_is_ordered": "No span of a text is reversed",
    "surface_stands_at_span": "Each name stands in the text at its place",
    "text_stands_at_span": "What was read stands in the text at its place",
    "texts_are_damaged": "Few articles have unreadable characters",
    "title_has_source": "A title says where it was read",
    "titles_are_missing": "Most articles have a title",
    "too_little_is_kept": "Articles keep enough of their text",
    "too_much_is_kept": "Articles do not keep all of the page, menus too",
    "too_much_is_refused": "Most captures hold an article",
    "undated_share_is_usual": "Each site’s articles have dates as often as in the runs before",
    "untitled_share_is_usual": "Each site’s articles have titles as often as in the runs before",
    "volume_is_usual": "Each site brings about as many articles as in the runs before",
}
SUITES = {"batch": "The batch as a whole", "history": "Beside earlier runs"}


def say_check(name: str) -> str:
    """Return what a check expects; a name that is not known stands as a sentence.

    >>> say_check("volume_is_usual")
    'Each site brings about as many articles as in the runs before'
    >>> say_check("kept_share_is_large_enough"), say_check("made_up")
    ('The share of the text that is kept is not too small', 'Made up')
    """
    if name in NAMED:
        return NAMED[name]
    for ending, words in OF_COLUMNS.items():
        if name.endswith(ending):
            column = name.removesuffix(ending)
            told = words.format(COLUMNS.get(column, f"the {column.replace('_', ' ')}"))
            break
    else:
        told = name.replace("_", " ")
    return told[:1].upper() + told[1:]


def say_suite(name: str) -> str:
    """Return what the checks of a suite are about.

    >>> say_suite("batch"), say_suite("site_pages")
    ('The batch as a whole', 'The table site pages')
    """
    return SUITES.get(name, f"The table {name.replace('_', ' ')}")
