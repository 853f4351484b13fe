"""Data types for what people decide: a correction of a document, and the settings of a site."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from zoneinfo import ZoneInfo

from transforms.language.web_address import host_of
from warehouse.schema.vocabulary import CorrectionKind

LINE_KINDS: tuple[CorrectionKind, ...] = ("keep", "remove")
FOLDER = "folder:"  # begins the key of a site whose captures have no address
CUT = "…"
UNKNOWN = "unknown"  # the authors or the date of a document that has none, or a wrong one
LONGEST_LINE, LONGEST_NEIGHBOUR = 160, 60  # characters of a line that the file holds


def one_line(text: str) -> str:
    """Return a text with each run of spaces and line ends as one space."""
    return " ".join(text.split())


def shorten(text: str, longest: int) -> str:
    """Return a text in one line, cut with an ellipsis if it is long.

    >>> shorten("The bridge  was closed", 12)
    'The bridge …'
    """
    line = one_line(text)
    return line if len(line) <= longest else line[: longest - 1] + CUT


def is_same(given: str, text: str) -> bool:
    """Return True if a line of the file is the line of a document, which it may cut.

    >>> is_same("The bridge …", "The bridge  was closed"), is_same("The bridge", "The bridge was closed")
    (True, False)
    """
    line = one_line(text)
    return line == given or (given.endswith(CUT) and line.startswith(given.removesuffix(CUT)))


@dataclass(frozen=True, slots=True)
class Correction:
    """A decision of a person about a document: about a line, or about a value.

    `value` is the line, or the title, the authors or the date; these two may be UNKNOWN. It holds for
    the document with the id `document`, and, with an `address`, for all captures of that address. A line
    is found by its text, then by the lines `above` and `below`, then by its `occurrence` (from 1) among
    equal lines. A value replaces, in other captures of the address, only the value `instead_of`.
    `number` is its line in the file.
    """

    kind: CorrectionKind
    value: str
    document: str
    by: str
    reason: str
    address: str | None = None
    above: str | None = None
    below: str | None = None
    occurrence: int = 1
    instead_of: str | None = None
    made_on: str | None = None
    number: int = field(default=0, compare=False)

    @property
    def place(self) -> tuple[object, ...]:
        """What a person decided about: two decisions about one place contradict each other."""
        if self.kind in LINE_KINDS:
            return ("line", self.value, self.above, self.below, self.occurrence)
        return (self.kind,)

    @property
    def effect(self) -> tuple[str, ...]:
        """All that affects the result of cleaning, as texts that can be sorted."""
        parts = (self.kind, self.value, self.document, self.above, self.below, self.instead_of)
        return (*(part or "" for part in parts), str(self.occurrence))


@dataclass(frozen=True, slots=True)
class Selector:
    """Lines that a site always has: those with a text, or those within the elements of a path."""

    line: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What people decided about a site: its name, language and time zone, and lines of its pages."""

    site: str
    name: str | None = None
    language: str | None = None
    time_zone: str | None = None
    boilerplate: tuple[Selector, ...] = ()
    text: tuple[Selector, ...] = ()

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone in which the site's days begin."""
        return ZoneInfo(self.time_zone) if self.time_zone else None


@dataclass(frozen=True, slots=True)
class Concerning:
    """What people decided that concerns one document."""

    corrections: tuple[Correction, ...] = ()
    sites: tuple[SiteSettings, ...] = ()

    def at(self, site: str | None, folder: str | None) -> "Concerning":
        """Return this without the settings of other sites, once the document's own is known.

        A document without an address has the settings of its folder.
        """
        wanted = site or f"{FOLDER}{folder}"
        return Concerning(self.corrections, tuple(one for one in self.sites if one.site == wanted))

    @property
    def settings(self) -> SiteSettings | None:
        """The settings of the document's site, once the others are left out."""
        return self.sites[0] if len(self.sites) == 1 else None

    def mark(self) -> str:
        """Return a digest of all that affects cleaning, which follows the cleaner's version.

        >>> Concerning().mark()
        ''
        """
        if not self.corrections and not self.sites:
            return ""
        decided = (sorted(one.effect for one in self.corrections), sorted(map(repr, self.sites)))
        return "#" + sha256(repr(decided).encode("utf-8", "backslashreplace")).hexdigest()[:12]


NOTHING = Concerning()


@dataclass(frozen=True)
class Corrections:
    """All that a file says: corrections by document and address, and settings by site."""

    corrections: tuple[Correction, ...] = ()
    sites: Mapping[str, SiteSettings] = field(default_factory=dict)
    digest: str = ""

    def concerning(self, document_id: str, url: str | None) -> Concerning:
        """Return what concerns a document; of the settings, those of any site that it may be from."""
        own = [*self.by_document.get(document_id, ()), *(self.by_address.get(url, ()) if url else ())]
        host = (host_of(url) if url else None) or ""
        may_be = (
            one
            for one in self.sites.values()
            if not url or host == one.site or host.endswith(f".{one.site}")
        )
        corrections = sorted(set(own), key=lambda one: one.effect)
        return Concerning(tuple(corrections), tuple(may_be)) if own or self.sites else NOTHING

    @cached_property
    def by_document(self) -> dict[str, list[Correction]]:
        """The corrections of each document."""
        return _grouped((one.document, one) for one in self.corrections)

    @cached_property
    def by_address(self) -> dict[str, list[Correction]]:
        """The corrections that hold for each address."""
        return _grouped((one.address, one) for one in self.corrections if one.address)


def _grouped(pairs: Iterable[tuple[str, Correction]]) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return dict(found)
