"""The cues of quotations in each language."""

from transforms.language.cues import cues_of


def test_language_without_verbs_of_saying_keeps_the_english_ones():
    assert "said" in cues_of("hi").of("say")
    assert "som" in cues_of("sv").of("relative")


def test_language_with_verbs_of_saying_has_its_own_alone():
    assert "said" not in cues_of("de").of("say")
