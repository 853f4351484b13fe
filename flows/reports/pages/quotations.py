"""Quotations that several articles of a story carry, compared word by word, and who is credited."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from warehouse.search.words import index_text

FEWEST_WORDS = 4
SHARED = 0.7  # of the shorter one's words: as in the view same_quotation
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
WORDINGS_SHOWN, CREDITS_SHOWN = 4, 12
MOST_QUOTES = 400  # of a story that are compared: each with the first of each group

Quote = dict[str, Any]


def compare_quotes(
    quotes: Sequence[Quote], articles: Mapping[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the quotations that articles share: those credited to different speakers first.

    What one outlet carries twice in the same words, of one speaker, is no comparison.
    """
    found = [_describe(credited) for credited in _credited(quotes, articles) if _is_shared(credited)]
    return sorted(found, key=lambda one: (not one["is_disputed"], one["is_same"]))


def find_disputed(
    quotes: Sequence[Quote], articles: Mapping[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the words that articles credit to different speakers, each with its speakers.

    They are those that `compare_quotes` says are disputed.
    """
    found = ((credited, list_speakers(credited)) for credited in _credited(quotes, articles))
    return [
        {"text": credited[0]["text"], "speakers": names} for credited, names in found if len(names) > 1
    ]


def _credited(quotes: Sequence[Quote], articles: Mapping[str, dict[str, Any]]) -> Iterator[list[Quote]]:
    """Yield quotations that several articles carry: of each article the first, the earliest first."""
    for group in _group(quotes):
        told = [q | {"article": articles[q["article_id"]]} for q in group]
        told.sort(key=lambda q: q["article"]["published_on"] or date.max)
        yield list(_once(told, lambda q: q["article_id"]))


def _group(quotes: Sequence[Quote]) -> list[list[Quote]]:
    """Return quotes that share most of their words with the longest of them, from the longest on."""
    said = [q | {"words": frozenset(_bare(q["text"]))} for q in quotes]
    said = [q for q in said if len(q["words"]) >= FEWEST_WORDS][:MOST_QUOTES]
    groups: list[list[Quote]] = []
    for quote in sorted(said, key=lambda q: -len(q["words"])):
        fitting = (group for group in groups if _shares(group[0]["words"], quote["words"]))
        if (group := next(fitting, None)) is None:
            groups.append([quote])
        else:
            group.append(quote)
    return [group for group in groups if len({q["article_id"] for q in group}) > 1]


def _is_shared(credited: Sequence[Quote]) -> bool:
    sites = {q["article"]["site"] for q in credited}
    return (
        len(sites) > 1
        or None in sites
        or len({_bare(q["text"]) for q in credited}) > 1
        or len(list_speakers(credited)) > 1
    )


def _describe(credited: Sequence[Quote]) -> dict[str, Any]:
    """Return a quotation with its wordings, the earliest first, and who is credited in each article."""
    wordings = list(_once(credited, lambda q: _bare(q["text"])))
    speakers = list_speakers(credited)
    numbers = {_bare(q["text"]): place for place, q in enumerate(wordings, 1)}
    return {
        "wordings": _compare(wordings[:WORDINGS_SHOWN]),
        "is_same": len(wordings) == 1,
        "is_disputed": len(speakers) > 1,
        "speakers": speakers,
        "credited": [q | {"wording": numbers[_bare(q["text"])]} for q in credited[:CREDITS_SHOWN]],
        "more": max(0, len(credited) - CREDITS_SHOWN),
    }


def _once(quotes: Iterable[Quote], key: Any) -> Iterator[Quote]:
    """Yield the first quote of each key."""
    seen = set()
    for quote in quotes:
        if (here := key(quote)) not in seen:
            seen.add(here)
            yield quote


def _compare(wordings: Sequence[Quote]) -> list[Quote]:
    """Return wordings in pieces: each against the first, the first against all others."""
    first = wordings[0]["text"]
    compared = [compare_words(first, quote["text"]) for quote in wordings[1:]]
    own = [(word, any(left[i][1] for left, _ in compared)) for i, word in enumerate(first.split())]
    return [
        quote | {"pieces": pieces}
        for quote, pieces in zip(wordings, [own, *(right for _, right in compared)], strict=True)
    ]


def list_speakers(quotes: Iterable[Quote]) -> list[str]:
    """Return who is credited with quotes; a part of a name is the same person as the whole.

    >>> of = lambda name: {"entity_id": None, "entity_name": None, "speaker": name}
    >>> list_speakers([of("Marit Solberg"), of(None), of("Solberg"), of("Elias Brandt")])
    ['Marit Solberg', 'Elias Brandt']
    """
    names = {name: None for q in quotes if (name := q["entity_name"] or q["speaker"])}
    found: dict[str, frozenset[str]] = {}
    for name in sorted(names, key=lambda name: -len(_bare(name))):
        words = frozenset(_bare(name))
        if not any(words <= known for known in found.values()):
            found[name] = words
    return [name for name in names if name in found]


def _bare(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters; of a script without spaces, pairs of characters."""
    return tuple(WORD.findall(index_text(text)))


def _shares(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SHARED * min(len(one), len(other))


def compare_words(one: str, other: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts in pieces, each with whether it differs; case and end punctuation do not count.

    >>> compare_words("Any editor", "Every editor.")
    ([('Any', True), ('editor', False)], [('Every', True), ('editor.', False)])
    """
    left, right = one.split(), other.split()
    keys = [[word.lower().strip(".,;:!?“”\"'’") for word in side] for side in (left, right)]
    marks = [[True] * len(left), [True] * len(right)]
    for block in difflib.SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_matching_blocks():
        for i in range(block.size):
            marks[0][block.a + i] = marks[1][block.b + i] = False
    return list(zip(left, marks[0], strict=True)), list(zip(right, marks[1], strict=True))
