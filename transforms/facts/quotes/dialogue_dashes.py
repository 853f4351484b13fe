"""Find direct speech that a dash opens: `— Утки вернулись, — заметила Дарья. — Дети рады.`"""

import re
from collections.abc import Iterator
from dataclasses import replace

from transforms.facts.quotes import rules
from transforms.facts.quotes.quotation_marks import Quoted
from transforms.facts.quotes.script_lines import find_script
from transforms.facts.quotes.unlisted_verbs import may_be_verb
from transforms.language.cues import Cues
from transforms.language.grammar import languages_with
from transforms.language.names import CAPITAL, LOWER, NAME_WORD
from transforms.language.span import Span, TakenSpans

DASHES = "—–―-"
# Direct speech at the start of a line, or behind a sentence: "He appeals. – It is unfair – he says."
# A search skips fast to the dash with which the pattern begins.
LINE = re.compile(
    rf"[{DASHES}](?:"
    rf"(?:(?<=^[{DASHES}])[ \u00a0]?(?=\S)|(?<=[.!?…»”][ \u00a0][{DASHES}])[ \u00a0](?={CAPITAL}))"
    rf"[^\n]*[ \u00a0,.!?…][{DASHES}].*$"
    rf"|(?<=:[ \u00a0][{DASHES}])[ \u00a0](?={CAPITAL}).*$)",  # Jan Kowalski: – It is late.
    re.MULTILINE,
)
# Words in marks, who says them between dashes, and more words without marks.
BEHIND_MARKS = re.compile(
    rf"(?<=[”“»\"])[,.]? [{DASHES}] (?=[{LOWER}])[^\n{DASHES}]*[.,] [{DASHES}] .*$", re.MULTILINE
)
# Who says it stands inside the marks: «Иду, — сказал он. — Жди».
INSERTED = re.compile(rf"(?<=[,.!?…]) [{DASHES}] (?=[{LOWER}])")
# A dash inside a line: with a space on one side at least, so that no compound is cut.
DASH = re.compile(rf"(?:(?<=[\s,.!?…])|^)[{DASHES}]|[{DASHES}](?=[\s.,])", re.MULTILINE)
VERB_AND_NAME = re.compile(rf"(?P<verb>[{LOWER}]{{3,}}) (?:[{LOWER}][\w’'-]* ){{0,3}}(?:{NAME_WORD})")
# "– Det river upp bygden, säger Ulla Björk": who says it follows a comma.
SAID = rf"(?m)^(?P<words>[{DASHES}] [^\n–—―]{{3,600}}?[,?!…])(?= %say|say_after%\b)[^\n.!?]+"
GOES_ON = re.compile(r"[.!?] (?P<words>[^\n]*\w[^\n]*)$", re.MULTILINE)
SENTENCE_INSIDE = re.compile(rf"[.!?…] (?={CAPITAL})")
DASH_AND_COMMA = languages_with("dash_and_comma")
WORDS_BEFORE_VERB = 2  # "— тихо добавил Иван", "—le respondió Eloy"
MOST_DASHES = 12  # of a line; more are a list


def find_dialogue(text: str, cues: Cues) -> list[Quoted]:
    """Return the direct speech of the lines that begin with a dash and have a verb of saying.

    >>> from transforms.language.cues import cues_of
    >>> text = "— Утки вернулись, — сказала Дарья Пименова. — Дети рады."
    >>> [one.inner.of(text) for one in find_dialogue(text, cues_of("ru"))]
    ['Утки вернулись,', 'Дети рады.']
    """
    lines = [*LINE.finditer(text), *BEHIND_MARKS.finditer(text)]
    found = [one for line in lines for one in _read_line(text, Span(*line.span()), cues)]
    if cues.language in DASH_AND_COMMA:
        taken = {one.outer.start for one in found}
        for match in cues.compile(SAID).finditer(text):
            if match.start() not in taken:
                found += _read_said(text, match)
    return found


def _read_said(text: str, said: re.Match[str]) -> Iterator[Quoted]:
    """Yield the words before who says them, and the rest of the line: "– Nej, säger hon. Vi går."."""
    yield _quoted(text, Span(*said.span("words")))
    if rest := GOES_ON.match(text, said.end()):
        yield _quoted(text, Span(*rest.span("words")))


def _read_line(text: str, line: Span, cues: Cues) -> Iterator[Quoted]:
    dashes = [match.start() for match in DASH.finditer(text, line.start, line.end)]
    if not dashes or len(dashes) > MOST_DASHES:
        return
    parts = [Span(at, end) for at, end in zip(dashes, [*dashes[1:], line.end], strict=True)]
    tells = [_tells(text, part, cues) for part in parts]
    is_behind_marks = text[line.start] not in DASHES
    is_announced = text.endswith((": ", ":\u00a0"), 0, line.start)
    if tells[0] != is_behind_marks or not (any(tells) or is_announced):
        return
    for i, part in enumerate(parts):
        if (
            part.of(text).strip(DASHES + ".,; \u00a0")
            and not tells[i]
            and (i == 0 or _may_follow(text, parts[i - 1], tells[i - 1]))
        ):
            yield _quoted(text, _joined(parts, tells, i, text))


def _tells(text: str, part: Span, cues: Cues) -> bool:
    """Return True if a part between dashes says who speaks: it begins with a verb of saying."""
    start = re.compile(rf"[{DASHES}][ \u00a0]?(?=[{LOWER}])").match(text, part.start, part.end)
    if start is None:
        return False
    verb = cues.compile(rf"(?:[\w’'-]+ ){{0,{WORDS_BEFORE_VERB}}}%say|tell|say_after|inquit%(?![\w])")
    named = VERB_AND_NAME.match(text, start.end(), part.end)
    is_unlisted = named is not None and may_be_verb(named["verb"], cues)
    return is_unlisted or verb.match(text, start.end(), part.end) is not None


def _may_follow(text: str, part: Span, tells: bool) -> bool:
    """Return True if speech can follow a part: the end of a sentence, or who says it without another."""
    is_announced = part.of(text).rstrip().endswith(":")
    return (
        is_announced
        or _ends(text, part)
        or (tells and not SENTENCE_INSIDE.search(text, part.start, part.end))
    )


def _ends(text: str, part: Span) -> bool:
    return part.of(text).rstrip()[-1] in ".!?…"


def _joined(parts: list[Span], tells: list[bool], index: int, text: str) -> Span:
    """Return a part with those after it that belong to the same speech, up to who says it."""
    end = index
    while end + 1 < len(parts) and not tells[end + 1] and not _ends(text, parts[end]):
        end += 1
    return Span(parts[index].start, parts[end].end)


def _quoted(text: str, part: Span) -> Quoted:
    words = part.of(text)
    start = part.start + len(words) - len(words.lstrip(DASHES + ".,; \u00a0"))
    end = part.start + len(words.rstrip())
    outer = start if words[: start - part.start].strip(DASHES + " \u00a0") else part.start
    return Quoted(Span(outer, end), Span(start, end), text[part.start], rules.DIALOGUE_DASH)


def _interrupted(text: str, one: Quoted, cues: Cues) -> list[Quoted]:
    """Return the parts of a quotation around who says it: «Иду, — сказал он. — Жди»."""
    dash = INSERTED.search(text, *one.inner)
    line = Span(dash.start(), one.inner.end) if dash else None
    rest = [*_read_line(text, line, cues)] if line else []
    if line is None or not rest:
        return [one]
    first = Span(one.inner.start, line.start)
    return [replace(one, outer=Span(one.outer.start, first.end), inner=first), *rest]


def with_dialogue(text: str, found: list[Quoted], cues: Cues) -> list[Quoted]:
    """Return quotations in marks together with direct speech in lines of its own, without overlap."""
    found = [part for one in found for part in _interrupted(text, one, cues)]
    spoken = [*find_dialogue(text, cues), *find_script(text, cues)]
    if not spoken:
        return found
    taken = TakenSpans(other.outer for other in found)
    outside = []
    for one in sorted(spoken, key=lambda one: one.outer):
        if not taken.overlap(one.outer):
            taken.add(one.outer)
            outside.append(one)
    return sorted([*found, *outside], key=lambda one: one.outer)
