"""Find persons whom a Chinese text introduces by a role: 发言人华春莹, 副主任赵萍."""

import re
from collections.abc import Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from transforms.facts.names.entities import Named
from transforms.facts.names.introduced_persons import to_candidate
from transforms.language.cues import cues_of, one_of
from transforms.language.scripts import HAN
from transforms.language.span import Span, TakenSpans
from transforms.language.word_lists import listed_pattern

LONGEST = MatchKind.LeftmostLongest


def find_chinese_persons(text: str, known: Sequence[Named], language: str | None) -> list[Named]:
    """Return where persons are named whom a Chinese text introduces by a role.

    A name is a surname of the list and one or two characters, or a foreign name with a dot. What follows
    shows its end: a sign, a verb of saying or a particle. Spans of `known` entities are left out.

    >>> text = "外交部发言人华春莹在会上表示欢迎。记者问华春莹。"
    >>> [(one.entity.name, one.span.start) for one in find_chinese_persons(text, [], "zh")]
    [('华春莹', 6), ('华春莹', 20)]
    """
    if language != "zh":
        return []
    persons = {match["name"]: to_candidate(match["name"]) for match in _introduced().finditer(text)}
    taken, names = TakenSpans(one.span for one in known), sorted(persons)
    found = list[Named]()
    for which, start, end in AhoCorasick(names, matchkind=LONGEST).find_matches_as_indexes(text):
        if not taken.overlap(Span(start, end)):
            found.append(Named(Span(start, end), persons[names[which]]))
    return found


@cache
def _introduced() -> re.Pattern[str]:
    cues = cues_of("zh")
    role, surname = one_of(cues.of("role_before")), listed_pattern("chinese_surname")
    behind = one_of(cues.of("say", "beside_say", "behind_name"))
    own = rf"{surname}[{HAN}]{{1,2}}?|[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}}?){{1,3}}"
    return re.compile(rf"{role}(?P<name>{own})(?=[^\w·]|{behind}|$)")
