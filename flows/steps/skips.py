"""What a run has skipped, counted by kind and said in words."""

from collections import Counter
from dataclasses import dataclass, field

from transforms.captures.capture import SkipKind, Skipped

SINGULAR: dict[SkipKind, str] = {
    "records without a page": "record without a page",
    "parts of saved pages": "part of a saved page",
    "hidden files": "hidden file",
    "indexes and logs of archives": "index or log of an archive",
    "links that are not followed": "link that is not followed",
    "pipes, sockets and devices": "pipe, socket or device",
    "files of the warehouse": "file of the warehouse",
}
# Of these, which hold captures that somebody may miss, the first few are named.
NAMED: tuple[SkipKind, ...] = ("links that are not followed", "pipes, sockets and devices")
MOST_NAMED = 3


@dataclass(slots=True)
class Skips:
    """How many files and records were skipped, by kind, with the names of some."""

    kinds: Counter[SkipKind] = field(default_factory=Counter)
    names: dict[SkipKind, list[str]] = field(default_factory=dict)

    def add(self, skipped: Skipped) -> None:
        """Count one."""
        self.kinds[skipped.kind] += 1
        names = self.names.setdefault(skipped.kind, [])
        if skipped.kind in NAMED and len(names) < MOST_NAMED:
            names.append(skipped.source_uri)

    @property
    def count(self) -> int:
        """How many there are of all kinds."""
        return self.kinds.total()

    @property
    def words(self) -> str | None:
        """What was skipped, or None if nothing was.

        >>> skips = Skips()
        >>> skips.add(Skipped("a.warc#offset=0"))
        >>> skips.add(Skipped("in/out", "links that are not followed"))
        >>> skips.words
        '1 record without a page, 1 link that is not followed (in/out)'
        """
        return ", ".join(map(self._counted, self.kinds)) or None

    def _counted(self, kind: SkipKind) -> str:
        count = self.kinds[kind]
        return f"{count:,} {SINGULAR[kind] if count == 1 else kind}{self._named(kind)}"

    def _named(self, kind: SkipKind) -> str:
        names = self.names.get(kind, [])
        more = ", ..." if self.kinds[kind] > len(names) else ""
        return f" ({', '.join(names)}{more})" if names else ""


NOTHING_SKIPPED = Skips()
