"""The cues of quotations in each language."""

from transforms.language.cues import cues_of


def test_language_without_verbs_of_saying_keeps_the_english_ones():
    swedish = cues_of("sv")
    assert swedish.of("relative") == {"som"}
    assert "said" in swedish.of("say")


def test_language_with_verbs_of_saying_has_its_own_alone():
    assert "said" not in cues_of("de").of("say")
