"""Exports of press databases."""

import pytest

from tests.loading import read_all


@pytest.mark.parametrize(
    ("content", "documents"),
    [
        (b"1 of 2 DOCUMENTS\nRice\n2 of 2 DOCUMENTS\nTea", ["1", "2"]),
        (b"Results\r\n Document 1 of 2 \r\nRice\r\nDocument 2 of 2\r\nTea", ["0", "1", "2"]),
        (b"Document 1 of 3\nRice\nDocument 3 of 3\nTea", []),  # one is missing: no export
        (b"1 of 1 DOCUMENTS\nRice", []),
        (b"It was document 1 of 2.\nThe other, document 2 of 2, was lost.", []),
    ],
)
def test_an_export_of_many_articles_is_taken_apart_at_its_marks(tmp_path, content, documents):
    file = tmp_path / "export.txt"
    file.write_bytes(content)
    captures = read_all(file)
    assert [one.source_uri.partition("#document=")[2] for one in captures] == (documents or [""])
    assert b"".join(one.content for one in captures) == content
