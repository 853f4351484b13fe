"""What holds for the facts of any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.facts.extract import extract_facts
from transforms.facts.names.entities import read_entities

LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "zh", "el", None, "und"]
PIECES = st.sampled_from(
    [
        "“", "”", "‘", "’", '"', "'", "«", "»", "„", "「", "」", "《", "》", ",", ".", "?", "!",
        ":", "\n", " ", " said ", " he said", "according to ", "Jane Doe, an analyst,",
        "Doe", "Xinhua", "WeChat", "微信", "说：", "quoted ", "as saying", "more than ",
        "300 million ", "users", "twenty-five ", "40", "-", "$", "%", " to ",
        "hundreds of thousands of ", "May 30", "the statement by ", "a message ", "(", ")",
        "—", "5,000", "1.5", "Millionen ", "6.62亿", "İstanbul", "ß", "́", "🙂", "he", "of ",
        "and ", "a million",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_facts_hold(text, language):
    facts = extract_facts("0" * 64, text, read_entities(), language)
    assert facts == extract_facts("0" * 64, text, read_entities(), language)
    for row in (*facts.quotes, *facts.quantities):
        assert row.text == text[row.start_char : row.end_char] != ""
        assert row.rule
    for mention in facts.mentions:
        assert mention.surface == text[mention.start_char : mention.end_char] != ""
    for quantity in facts.quantities:
        assert quantity.text in quantity.sentence in text
        assert quantity.value_high is None or quantity.value_high >= quantity.value
    for quote in facts.quotes:
        assert quote.kind == "statement" or quote.speaker is None
        assert quote.speaker is None or quote.speaker_surface
        assert quote.entity_id is None or quote.speaker
    for rows in (facts.quotes, facts.quantities, facts.mentions):
        assert [row.position for row in rows] == list(range(len(rows)))
        starts = [row.start_char for row in rows]
        assert starts == sorted(starts)
