"""Find subject and verb of a figure in Chinese, which writes words without spaces.

A scan from the left finds where the subject ends: at a verb, preposition, adverb, time or number.
"""

import re

from transforms.facts.analysis.chinese_words import chinese_pattern
from transforms.facts.analysis.tokens import verb_classes
from transforms.language.cues import cues_of
from transforms.language.span import Span

PARTS = re.compile(r"[，。；！？：（）\n]")
LONGEST = 100  # characters of a clause
MOST_CLAUSES = 3  # that share one subject: 新线全长38公里，设27座车站，总投资212亿元
MOVES = ("be", "rise", "fall", "reach")  # classes of verbs that a number has as their subject
SUBJECT = re.compile(r"(?!\d)[\w·“”-]{2,18}")


def chinese_clause(text: str, sentence: Span, figure: Span) -> tuple[Span, str] | None:
    """Return the subject of a figure and its verb, which stands before it or is its hedge (超过).

    >>> text = "该软件在当地有1400万名用户"
    >>> subject, verb = chinese_clause(text, Span(0, 15), Span(7, 15))
    >>> subject.of(text), verb
    ('该软件', '有')
    """
    start = _clause_start(text, sentence.start, figure.start)
    is_aside = chinese_pattern("aside").search(text, start, figure.start)
    if is_aside or chinese_pattern("modifies").match(text, figure.end):
        return None
    if measured := chinese_pattern("measured").match(text, start, figure.start):
        before = Span(start, measured.end("noun"))
        subject = _shared_subject(text, sentence, before, "") or _last_noun(text, before)
        return (subject, "") if subject else None
    verb = _verb_of(text, Span(start, sentence.end), figure)
    if verb is None or chinese_pattern("there_is").match(text, start, figure.start):
        return None
    subject = _shared_subject(text, sentence, Span(start, verb.start("verb")), verb["verb"])
    return (subject, verb["verb"]) if subject else None


def _verb_of(text: str, clause: Span, figure: Span) -> re.Match[str] | None:
    """Return the last verb before a figure, or that in a hedge."""
    before = Span(clause.start, figure.start)
    verbs = [one for one in chinese_pattern("cut").finditer(text, *before) if one["verb"]]
    if verbs and chinese_pattern("gap").fullmatch(text, verbs[-1].end(), before.end):
        return verbs[-1]
    for kind in ("near", "short", "far", "done"):
        if found := chinese_pattern(kind).search(text, *before):
            return found
    is_from = chinese_pattern("to").match(text, figure.end, clause.end)
    hedge = chinese_pattern("hedge").match(text, *figure)
    return hedge or (chinese_pattern("from").search(text, *before) if is_from else None)


def _shared_subject(text: str, sentence: Span, before: Span, verb: str) -> Span | None:
    """Return the subject in what stands before a verb, or of an earlier clause if none does."""
    kinds, is_last = verb_classes("zh"), True
    for _ in range(MOST_CLAUSES):
        start = _behind_asides(text, before)
        cut = _cut(text, start, before.end)
        if subject := _subject_at(text, Span(start, before.end), cut, is_last=is_last):
            return subject if is_last else _passed_on(text, before, subject, kinds.get(verb, "be"))
        until = cut.start() if cut and not cut["day"] else before.end
        end, is_last = before.start - 1, False
        if not chinese_pattern("asides").fullmatch(text, start, until) or end < sentence.start:
            return None
        if text[end] in "：（":
            return None
        before = Span(_clause_start(text, sentence.start, end), end)
        first = _cut(text, before.start, end)
        if first and kinds.get(first["cut"]) == "have" and kinds.get(verb) in ("rise", "fall"):
            return None  # 海州市共有电动汽车48万辆，同比增长26%
    return None


def _passed_on(text: str, clause: Span, subject: Span, kind: str) -> Span | None:
    """Return what a clause shares with the next: of speech no person, of a number its owner."""
    moves = kind in MOVES
    if chinese_pattern("says").search(text, *clause) and (
        moves or chinese_pattern("person").search(text, *subject)
    ):
        return None
    number = chinese_pattern("number").search(text, *subject)
    if number is None or moves:
        return subject
    owner = chinese_pattern("firm").search(text, subject.start, number.start())
    return Span(subject.start, number.start()) if owner else None


def _clause_start(text: str, start: int, end: int) -> int:
    start = max(start, end - LONGEST)
    return max((match.end() for match in PARTS.finditer(text, start, end)), default=start)


def _behind_asides(text: str, span: Span) -> int:
    """Return where a clause begins behind words of time, place and manner."""
    lead = chinese_pattern("around").match(text, span.start, span.end)
    return lead.end() if lead else span.start


def _cut(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first word that is no part of a subject."""
    return next((one for one in chinese_pattern("cut").finditer(text, start, end) if one["cut"]), None)


def _subject_at(text: str, span: Span, cut: re.Match[str] | None, *, is_last: bool) -> Span | None:
    """Return the subject up to a cut, or the noun behind what describes it: 公司推出的电池."""
    if cut is None:
        return _clear(text, span, "trail") or _behind_of(text, span)
    if noun := _described(text, span, cut, is_last=is_last):
        return _clear(text, noun, "trail_of_number")
    if cut.start() == span.start and cut["verb"]:
        noun_first = chinese_pattern("noun_first").match(text, cut.end(), span.end)
        return _clear(text, Span(span.start, noun_first.end("noun")), "trail") if noun_first else None
    before = Span(span.start, cut.start())
    kind = "trail_of_number" if cut["cut"][0].isdigit() else "trail"
    return _clear(text, before, kind) or _behind_of(text, before)


def _described(text: str, span: Span, cut: re.Match[str], *, is_last: bool) -> Span | None:
    """Return the noun behind a relative clause, or the number behind a time: 公司上半年收入."""
    of = text.rfind("的", cut.end(), span.end) + 1
    start = of or (cut.end() if cut["day"] else 0)
    after = _cut(text, start, span.end) if start else None
    is_within = is_last or (after and (cut["verb"] or cut["day"]))
    if not start or not is_within or text[start].isdigit():
        return None
    noun = Span(start, after.start() if after else span.end)
    if cut["day"] is None:
        return noun
    number = _clear(text, noun, "trail_of_number")
    return number if number and chinese_pattern("number").search(text, *number) else None


def _behind_of(text: str, span: Span) -> Span | None:
    """Return what stands behind the last 的: 他家所在的楼."""
    of = text.rfind("的", span.start, span.end) + 1
    return _clear(text, Span(of, span.end), "trail") if of else None


def _clear(text: str, span: Span, kind: str) -> Span | None:
    """Return a phrase that can be a subject, without the words of time and manner at its end."""
    end = span.end
    while not chinese_pattern("number").search(text, span.start, end) and (
        trail := chinese_pattern(kind).search(text, span.start, end)
    ):
        end = trail.start()
    words = text[span.start : end]
    if not SUBJECT.fullmatch(words) or chinese_pattern("closed").search(words):
        return None
    is_whole = words.count("“") == words.count("”")
    is_pronoun = words in cues_of("zh").of("pronoun_other")
    return Span(span.start, end) if is_whole and not is_pronoun else None


def _last_noun(text: str, span: Span) -> Span | None:
    """Return the measured noun behind the last verb of a clause: 实现营业收入."""
    cuts = [one.end() for one in chinese_pattern("cut").finditer(text, *span) if one["cut"]]
    noun = Span(max(cuts, default=span.start), span.end)
    return noun if SUBJECT.fullmatch(noun.of(text)) else None
