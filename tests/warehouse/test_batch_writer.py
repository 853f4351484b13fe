"""Rows of a batch are written while they come, and are the same as those written at once."""

import pyarrow.parquet as pq
import pytest

from tests.loading import begin, clean_text
from transforms.clean import Cleaned
from warehouse import batch_writer


@pytest.fixture
def rows(prose):
    cleaned = clean_text(prose(1))
    assert isinstance(cleaned, Cleaned)
    return {name: getattr(cleaned, name) for name in Cleaned.__slots__}


def test_rows_are_written_in_parts_and_read_as_one(database, rows, monkeypatch):
    staging = begin(database).staging
    staging.write_batch("whole", {name: [*many, *many] for name, many in rows.items()})
    monkeypatch.setattr(batch_writer, "ROWS_AT_ONCE", 3)
    with staging.open_batch("parts") as writer:
        for name, many in [*rows.items(), *rows.items()]:
            writer.add(name, many)
            assert sum(map(len, writer._rows.values())) < 3
    for name in (*rows, "refused"):
        whole, parts = (staging.batch(key) / f"{name}.parquet" for key in ("whole", "parts"))
        assert pq.read_table(parts).equals(pq.read_table(whole))
    assert pq.read_metadata(staging.batch("parts") / "segments.parquet").num_row_groups > 1


def test_batch_whose_block_fails_does_not_exist(database, rows):
    staging = begin(database).staging
    with pytest.raises(AttributeError), staging.open_batch("cut") as writer:
        writer.add("articles", [*rows["articles"], "no row"])
    assert not staging.batch("cut").exists()
