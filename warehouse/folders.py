"""Flush folders to the disk."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Flush a folder to the disk: which names it has, and for which files."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
