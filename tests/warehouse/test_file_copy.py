"""Copies of files, in the kernel and without it."""

import os
from pathlib import Path

import pytest

from warehouse.file_copy import copy_file


def refuse(*_):
    raise OSError("not on this file system")


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
@pytest.mark.parametrize("in_kernel", [True, False])
def test_copy_is_equal(tmp_path, monkeypatch, size, in_kernel):
    if not in_kernel:
        monkeypatch.setattr(os, "copy_file_range", refuse, raising=False)
    content = os.urandom(size)
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "b").write_bytes(b"what was there before, and longer" * 200_000)
    copy_file(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == content


def test_full_disk_is_an_error():
    with pytest.raises(OSError, match="No space left"):
        copy_file(Path(__file__), Path("/dev/full"))
