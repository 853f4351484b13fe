"""The outline of datelines, which is looked at before the pattern."""

import pytest

from transforms.article.dateline import OUTLINE, WESTERN
from transforms.language.months import month_numbers

FORMS = (
    "BEIJING, {month} 5, 2014 (AP) — The bridge is closed.",
    "São Paulo, 5 de {month} – A ponte está fechada.",
    "Bonn, 5. {month} (dpa) - Die Brücke ist gesperrt.",
)


@pytest.mark.parametrize("form", FORMS)
def test_outline_has_all_months(form):
    lines = [
        form.format(month=way(name)) for name in month_numbers() for way in (str, str.title, str.upper)
    ]
    missed = [line for line in lines if WESTERN.match(line) and not OUTLINE.match(line)]
    assert not missed
    assert any(map(WESTERN.match, lines))
