"""Patterns without regard to case take İ and ı for i; so does what looks up what they have found."""

import pytest

from tests.benchmarks.story_cases import sketch_text
from transforms.facts.quantities.scales import fractions_of, scales_of, value_of_fraction
from transforms.language.months import month_numbers, month_of
from transforms.language.reference import read_reference
from transforms.language.span import match_key

WAYS = (str, str.upper, lambda form: form.replace("i", "İ").upper(), lambda form: form.replace("i", "ı"))
LANGUAGES = sorted({row["language"] for row in read_reference("scales")})


@pytest.mark.parametrize("way", WAYS)
def test_every_month_fraction_and_scale_is_found_in_each_case(way):
    assert all(month_of(way(name)) == number for name, number in month_numbers().items())
    for language in LANGUAGES:
        fractions, scales = fractions_of(language), scales_of(language)
        assert all(value_of_fraction(way(form), language) == n for form, n in fractions.items())
        kept = {(kind, match_key(way(form))) for kind, form in scales.factors}
        assert kept <= scales.factors.keys()


@pytest.mark.parametrize("number", ["2,5 MİLYON", "2,5 MILYON", "2,5 mılyon", "2,5 milyon"])
def test_figures_and_days_are_read_in_capitals(number):
    told = sketch_text(
        "0" * 64, f"3 NİSAN'da Türkiye'de çok sayıda ev yıkıldı, {number} lira ödendi.", None
    )

    assert (set(told.figures), set(told.days)) == ({2_500_000.0}, {"04-03"})
