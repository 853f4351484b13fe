"""Find subject and verb of a figure in Japanese and Korean; Chinese has its own rules."""

import re
from functools import cache

from transforms.facts.analysis.chinese_clauses import chinese_clause
from transforms.facts.analysis.tokens import verb_classes
from transforms.language.cues import cues_of, one_of
from transforms.language.scripts import HAN, HANGUL, KATAKANA
from transforms.language.span import Span

DAY = r"(?:%time%|(?:\d+年)?\d+月(?:\d+日)?|\d{4}年)"
SUBJECT = re.compile(rf"(?!\w*\d[万亿萬億元人])(?:[\w·“”]|(?<=[{HANGUL}]) ){{2,16}}")
# The last topic before a figure, or else a word with another particle: 同社は, 부지 면적은
IS_TOPIC = r"(?<![でにとへ하되있없짓르])%topic%(?:(?<=[ぁ-ん])|(?=\s))"
TOPIC = (
    r"(?:^|[。、,「」）\s])(?P<subject>(?:[^。、,「」（）\s]*[^。、,「」（）\s에서을를로고며은는이가] )?"
    rf"[^。、,「」（）\s]{{2,20}}?)」?(?:（[^（）]*）)?(?:{IS_TOPIC}|%nominative%(?:(?<=[ぁ-ん])|(?=\s)))"
    rf"(?P<rest>(?:(?!{IS_TOPIC})[^。]){{0,30}})$"
)


def clause_in(text: str, sentence: Span, figure: Span, language: str) -> tuple[Span, str] | None:
    """Return the subject of a figure and its verb, or None.

    >>> text = "该软件在当地有1400万名用户"
    >>> subject, verb = clause_in(text, Span(0, 15), Span(7, 15), "zh")
    >>> subject.of(text), verb
    ('该软件', '有')
    >>> text = "同社は今年、300人を採用した"
    >>> subject, verb = clause_in(text, Span(0, 15), Span(6, 10), "ja")
    >>> subject.of(text), verb
    ('同社', '採用した')
    >>> text = "「同社」は月に300人が利用する"
    >>> subject, verb = clause_in(text, Span(0, 16), Span(7, 11), "ja")
    >>> subject.of(text), verb
    ('同社', '利用する')
    """
    if cues_of(language).of("topic"):
        return _by_topic(text, sentence, figure, language)
    return chinese_clause(text, sentence, figure) if language == "zh" else None


def _by_topic(text: str, sentence: Span, figure: Span, language: str) -> tuple[Span, str] | None:
    """Find the topic before a figure and a verb after it: Xは…300人を採用した, Xは…300人が利用する."""
    verb = _patterns(language)["behind"].match(text, figure.end, sentence.end)
    topic = cues_of(language).compile(TOPIC).search(text[sentence.start : figure.start])
    if topic is None or verb is None:
        return None
    subject = _stripped(text, Span(*(sentence.start + at for at in topic.span("subject"))), language)
    return (subject, verb["verb"] or "") if subject else None


def _stripped(text: str, span: Span, language: str) -> Span | None:
    """Return a subject without the words of time before it."""
    patterns, start = _patterns(language), span.start
    if lead := patterns["lead"].match(text, *span):
        start = lead.end()
    times = [one.end() for one in patterns["time"].finditer(text, start, span.end)]
    start = next((end for end in times[:1] if span.end - end >= 2), start)
    words = text[start : span.end]
    is_clear = SUBJECT.fullmatch(words) and not patterns["closed"].search(words)
    is_pronoun = words in cues_of(language).of("pronoun_other", "he", "she")
    return Span(start, span.end) if is_clear and not is_pronoun else None


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    cues, verbs = cues_of(language), one_of(verb_classes(language))
    return {
        "behind": cues.compile(
            rf"(?:が|[^。、.,はが]{{0,12}}?)(?P<verb>{verbs})(?![{HAN}{KATAKANA}])|(?=%be%|[。.,]|$)"
        ),
        "lead": cues.compile(rf"(?:%opener|and%|{DAY})+"),
        "time": cues.compile(DAY),
        "closed": cues.compile("%say%"),
    }
