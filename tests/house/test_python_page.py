"""Every example of docs/python.md gives what the page shows."""

import doctest
import re
import shutil

from tests.loading import ROOT

PAGE = ROOT / "docs" / "python.md"
FENCE = re.compile(r"^```.*$", re.MULTILINE)


def test_examples(samples, tmp_path, monkeypatch):
    """In a folder like a clone after `make run`: with the samples and their warehouse."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "warehouse").mkdir()
    shutil.copy(samples, tmp_path / "warehouse")
    monkeypatch.chdir(tmp_path)
    text = FENCE.sub("", PAGE.read_text(encoding="utf-8"))
    page = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(page.examples) > 15
    report = []
    doctest.DocTestRunner().run(page, out=report.append)
    assert not report, "".join(report)
