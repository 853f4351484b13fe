"""All tables by their names, and the versions of their declarations."""

from warehouse.schema.rows.articles import Article, ArticleVersion, Paragraph
from warehouse.schema.rows.documents import Capture, Document, DocumentCorrection, Repair, Segment
from warehouse.schema.rows.facts import Candidate, Entity, Mention, Quantity, Quote
from warehouse.schema.rows.runs import (
    ExpectationResult,
    InputFileRead,
    Refusal,
    Run,
    RunLanguage,
    RunSite,
    SchemaVersion,
)
from warehouse.schema.rows.sites import SiteLine, SitePage
from warehouse.schema.rows.stories import Story, StoryKey, StoryLink

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
