"""Every rule that a table stores is declared, and every declared rule does what its example shows."""

import pytest

from tests.house.test_cases import RECORDS, cleaned_of
from tests.loading import ask
from transforms.article.assemble import split_judged, tile_segments
from transforms.article.corrected_lines import apply_lines, apply_settings
from transforms.blocks.page import Page
from transforms.blocks.render import read_page
from transforms.blocks.split import split_text
from transforms.clean import Cleaned
from transforms.corrections.correction import Correction, Selector, SiteSettings
from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities
from transforms.judging.decide import decide
from transforms.judging.line import read_lines
from transforms.judging.rules import PATTERN_RULES
from transforms.language.reference import read_column
from transforms.rules import ROOMS, RULES
from warehouse.renamed_rules import RENAMED_RULES
from warehouse.schema.examples import example

PROSE = (
    "The bridge over the river was closed on Friday after both of its owners had put up a gate at"
    " their own end, police said.",
    "Both buyers hold a deed, both deeds bear the seal of the county, and both seals are real,"
    " according to the clerk who set them.",
)
ARTICLE = "\n\n".join(PROSE)
BEFORE, INSIDE, AFTER = f"{{}}\n\n{ARTICLE}", "\n\n{}\n\n".join(PROSE), f"{ARTICLE}\n\n{{}}"
BELOW_REPLY_FORM = f"{ARTICLE}\n\nLeave a Reply\n\n{{}}"
PAGE = f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p><div class='comments'><p>{{}}</p></div>"
# Where the example of a segment's rule stands, if not between the paragraphs.
FRAMES = {
    "headline": BEFORE,
    "repeats_headline": f"{{}}\n\n{BEFORE}",
    "byline": BEFORE,
    "publication_date_line": BEFORE,
    "stray_words_before_article": BEFORE,
    "short_line_before_article": f"{{}}\n\nBridge over the river closed after gates go up\n\n{ARTICLE}",
    "author_box": f"{AFTER}\n\nInes Calloway writes about rivers.",
    "after_boilerplate_phrase": BELOW_REPLY_FORM,
    "teaser_after_article": BELOW_REPLY_FORM,
    "short_line_outside_prose": AFTER,
    "long_line_outside_prose": AFTER,
    "comment_section": PAGE,
}
# What the model is taken to score it, if not low.
SCORES = {
    "model": 0.9,
    "prose_without_sentence_end": 0.9,
    "heading_before_prose": 0.4,
    "list_item_in_article": 0.4,
    "paragraph_in_article": 0.4,
    "dateline": 0.9,
    "caption_fused_to_dateline": 0.9,
}
SEGMENTS = [rule for room in ROOMS if room.table == "segments" for rule in room.rules]
FACTS = [(room.table, rule) for room in ROOMS if room.table != "segments" for rule in room.rules]


def decided_by_people(judged, blocks, rule):
    """Return judged blocks after what people decided about the example of a rule."""
    if rule.name == "site_setting":
        return apply_settings(judged, SiteSettings("a.example", text=(Selector(rule.example, None),)))
    one = Correction("keep", rule.example, "0" * 64, "Ines", "it is of the story")
    return apply_lines(blocks, judged, [one] if rule.name == "correction" else [])[0]


def segments_of(page, score, rule):
    """Return the segments of a page with their text; all lines but the prose have the score."""
    if page.startswith("<"):
        text, blocks = (rendered := read_page(Page(page))).text, rendered.blocks
    else:
        text, blocks = page, split_text(page)
    scores = [0.9 if block.text in PROSE else score for block in blocks]
    judged, _ = split_judged(decide(read_lines(blocks), scores).judged)
    judged = decided_by_people(judged, blocks, rule)
    return [
        (text[one.start_char : one.end_char].strip(), one) for one in tile_segments("", text, judged)
    ]


@pytest.mark.parametrize("rule", SEGMENTS, ids=lambda rule: rule.name)
def test_example_of_a_segment_rule_runs(rule):
    page = FRAMES.get(rule.name, INSIDE).replace("{}", rule.example)
    decided = [
        segment.rule
        for text, segment in segments_of(page, SCORES.get(rule.name, 0.1), rule)
        if text in rule.example
    ]
    assert rule.name in decided


@pytest.mark.parametrize(("table", "rule"), FACTS, ids=lambda value: getattr(value, "name", ""))
def test_example_of_a_fact_rule_runs(table, rule):
    language = "de" if "heißt es" in rule.example else "en"
    facts = extract_facts("0" * 64, rule.example, read_entities(), language)
    assert rule.name in {row.rule for row in getattr(facts, table)}


def stored(cleaned):
    return {
        (table, row.rule)
        for table in ("segments", "quotes", "quantities")
        for row in getattr(cleaned, table)
    }


DECLARED = {(room.table, rule.name) for room in ROOMS for rule in room.rules}


def test_rules_of_the_samples_are_declared(samples):
    rows = [
        (table, row["rule"])
        for table in {room.table for room in ROOMS}
        for row in ask(samples, f"SELECT DISTINCT rule FROM {table}")
    ]
    assert len(rows) > 40
    assert set(rows) <= DECLARED


def test_rules_of_the_cases_are_declared():
    cleaned = [one for one in map(cleaned_of, RECORDS) if isinstance(one, Cleaned)]
    assert set().union(*map(stored, cleaned)) <= DECLARED


def test_reference_patterns_have_the_declared_rules():
    assert read_column("forms", "rule") == {rule.name for rule in PATTERN_RULES}


def test_a_name_means_one_rule():
    names = [rule.name for room in ROOMS for rule in room.rules]
    assert len(names) == len(set(names)) == len(RULES)


def test_sentences_fit_beside_a_segment():
    for rule in RULES.values():
        assert rule.sentence.endswith("."), rule.name
        assert len(rule.sentence) <= 105, rule.name


def test_renamed_rules_lead_to_declared_ones_and_their_old_names_are_gone():
    for table, names in RENAMED_RULES.items():
        declared = {name for owner, name in DECLARED if owner == table}
        assert set(names.values()) <= declared
        assert declared.isdisjoint(names)


def test_example_rows_name_declared_rules():
    for table in {room.table for room in ROOMS}:
        assert (table, example(table).rule) in DECLARED
