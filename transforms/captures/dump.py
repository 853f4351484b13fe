"""Take apart a file in which an archive of press articles has put one after the other."""

import re
from collections.abc import Iterator
from itertools import pairwise

from transforms.captures.capture import Outcome, RawCapture

# The line that press databases print above each article of an export: its number, and how many
# there are. Numbers that do not run from 1 to the last are something else.
MARK = re.compile(
    rb"^[ \t]*(?:Document (?P<n>[0-9]{1,5}) of (?P<of>[0-9]{1,5})"
    rb"|(?P<N>[0-9]{1,5}) of (?P<OF>[0-9]{1,5}) DOCUMENTS)[ \t]*\r?$",
    re.MULTILINE,
)


def split_dump(outcome: Outcome) -> Iterator[Outcome]:
    """Yield each article of an export as a capture of its own; anything else as it is.

    Only a complete count is taken for one: "Document 1 of 3", "Document 2 of 3", "Document 3 of 3",
    or "1 of 3 DOCUMENTS" and so on. What stands before the first mark is number 0.

    >>> dump = RawCapture("a.txt", b"Search\\n1 of 2 DOCUMENTS\\nRice\\n2 of 2 DOCUMENTS\\nTea\\n")
    >>> [(one.source_uri, one.content.split()[-1]) for one in split_dump(dump)]
    [('a.txt#document=0', b'Search'), ('a.txt#document=1', b'Rice'), ('a.txt#document=2', b'Tea')]
    """
    if not isinstance(outcome, RawCapture) or not (starts := _find_marks(outcome.content)):
        yield outcome
        return
    for number, (start, end) in enumerate(pairwise([0, *starts, len(outcome.content)])):
        content = outcome.content[start:end]
        if content.strip():
            yield RawCapture(f"{outcome.source_uri}#document={number}", content)


def _find_marks(content: bytes) -> list[int]:
    """Return where the marks of a complete count of two or more stand, or nothing."""
    marks = list(MARK.finditer(content))
    counted = [(int(mark["n"] or mark["N"]), int(mark["of"] or mark["OF"])) for mark in marks]
    is_complete = counted == [(number, len(marks)) for number in range(1, len(marks) + 1)]
    return [mark.start() for mark in marks] if is_complete and len(marks) > 1 else []
