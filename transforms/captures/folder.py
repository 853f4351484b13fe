"""Walk a local folder: list its files, and say what is skipped and why."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from transforms.captures.capture import SkipKind

Found = tuple[str, SkipKind | None]


def walk_folder(root: str, follow_links: bool) -> Iterator[Found]:
    """Yield the path of each file below a folder, and why it is skipped, or None.

    A link to a file within the folder is read as the file. One that leads out of it, and a link to a
    folder, is skipped, or with `follow_links` followed: each folder once, so that loops end.
    """
    walk = _Walk(Path(os.path.realpath(root)), follow_links)
    yield from walk.below(root)


class _Walk:
    def __init__(self, root: Path, follow_links: bool) -> None:
        self.root, self.follow_links = root, follow_links
        self.seen = {str(root)}

    def below(self, folder: str) -> Iterator[Found]:
        """Yield the files of a folder and its subfolders, sorted by name."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            yield folder, None  # reading it says why it cannot be read
            return
        for entry in found:
            yield from self._entry(entry)

    def _entry(self, entry: os.DirEntry[str]) -> Iterator[Found]:
        if entry.is_symlink():
            yield from self._link(entry)
        elif entry.is_dir(follow_symlinks=False):
            yield from self._folder(entry)
        else:
            is_file = entry.is_file(follow_symlinks=False)
            yield entry.path, None if is_file else "pipes, sockets and devices"

    def _folder(self, entry: os.DirEntry[str]) -> Iterator[Found]:
        if entry.name.startswith("."):
            yield entry.path, "hidden files"
            return
        real = os.path.realpath(entry.path)
        if real not in self.seen:
            self.seen.add(real)
            yield from self.below(entry.path)

    def _link(self, entry: os.DirEntry[str]) -> Iterator[Found]:
        target = Path(os.path.realpath(entry.path))
        may_follow = self.follow_links or (target.is_relative_to(self.root) and not target.is_dir())
        if not may_follow:
            yield entry.path, "links that are not followed"
        elif target.is_dir():
            yield from self._folder(entry)
        elif target.exists() and not stat.S_ISREG(target.stat().st_mode):
            yield entry.path, "pipes, sockets and devices"
        else:
            yield entry.path, None
