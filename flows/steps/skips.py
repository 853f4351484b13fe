"""What a run has skipped, counted by kind and said in words."""

from collections import Counter
from dataclasses import dataclass, field

from transforms.captures.capture import SkipKind, Skipped

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
        'records without a page: 1; links that are not followed: 1 (in/out)'
        """
        return (
            "; ".join(f"{kind}: {count:,}{self._named(kind)}" for kind, count in self.kinds.items())
            or None
        )

    def _named(self, kind: SkipKind) -> str:
        names = self.names.get(kind, [])
        more = ", ..." if self.kinds[kind] > len(names) else ""
        return f" ({', '.join(names)}{more})" if names else ""


NOTHING_SKIPPED = Skips()
