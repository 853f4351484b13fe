"""Libraries that a library imports and never uses are not imported; when they are used, they are."""

import sys

import pytest

from expectations.quick_import import StandIn, imported_when_used


@pytest.fixture
def _forgotten(monkeypatch):
    for name in ("colorsys", "xml.sax.saxutils"):
        monkeypatch.delitem(sys.modules, name, raising=False)


@pytest.mark.usefixtures("_forgotten")
def test_module_is_imported_when_it_is_used():
    with imported_when_used(("colorsys", "xml.sax.saxutils")):
        import colorsys
        from xml.sax import saxutils
    assert isinstance(colorsys, StandIn)
    assert "colorsys" not in sys.modules
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
    assert saxutils.escape("<") == "&lt;"


@pytest.mark.usefixtures("_forgotten")
def test_later_imports_find_the_module():
    with imported_when_used(("colorsys", "xml.sax.saxutils")):
        pass
    import colorsys
    from xml.sax import saxutils

    assert not isinstance(colorsys, StandIn)
    assert not isinstance(saxutils, StandIn)
