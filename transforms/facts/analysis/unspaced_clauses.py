"""Find subject and verb of a figure in Chinese and Japanese, which write words without spaces."""

import re
from functools import cache

from transforms.facts.analysis.tokens import verb_classes
from transforms.language.cues import cues_of, one_of
from transforms.language.scripts import HAN, HANGUL, KATAKANA
from transforms.language.span import Span

PARTS = re.compile(r"[，。；！？：\n]")
FARTHEST = 6  # characters from a Chinese verb to its figure
MOST_CLAUSES = 3  # that share one subject: 新线全长38公里，设27座车站，总投资212亿元
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
    return _chinese(text, sentence, figure) if language == "zh" else None


def _by_topic(text: str, sentence: Span, figure: Span, language: str) -> tuple[Span, str] | None:
    """Find the topic before a figure and a verb after it: Xは…300人を採用した, Xは…300人が利用する."""
    verb = _patterns(language)["behind"].match(text, figure.end, sentence.end)
    topic = cues_of(language).compile(TOPIC).search(text[sentence.start : figure.start])
    if topic is None or verb is None:
        return None
    subject = _stripped(text, Span(*(sentence.start + at for at in topic.span("subject"))), language)
    return (subject, verb["verb"] or "") if subject else None


def _chinese(text: str, sentence: Span, figure: Span) -> tuple[Span, str] | None:
    """Find a verb right before a figure, or one that is its hedge (超过), and the subject."""
    patterns, start = _patterns("zh"), _clause_start(text, sentence.start, figure.start)
    finders = (patterns["verb"].search, patterns["done"].search, patterns["measured"].match)
    found = (find(text, start, figure.start) for find in finders)
    verb = next(filter(None, found), None) or patterns["any"].match(text, figure.start, figure.end)
    if verb is None:
        return None
    subject = _shared_subject(text, sentence, Span(start, verb.start("verb")), verb["verb"])
    return (subject, verb["verb"]) if subject else None


def _shared_subject(text: str, sentence: Span, before: Span, verb: str) -> Span | None:
    """Return the subject in what stands before a verb, or of an earlier clause if only a time does."""
    patterns, kinds = _patterns("zh"), verb_classes("zh")
    for _ in range(MOST_CLAUSES):
        if subject := _stripped(text, before, "zh"):
            return subject
        if before.start <= sentence.start or not patterns["aside"].fullmatch(before.of(text)):
            return None
        end = before.start - 1
        start = _clause_start(text, sentence.start, end)
        first = patterns["first"].search(text, start, end)
        if first and kinds[first["verb"]] == "have" and kinds.get(verb) in ("rise", "fall"):
            return None  # 海州市共有电动汽车48万辆，同比增长26%
        before = Span(start, first.start() if first else start)
    return None


def _clause_start(text: str, start: int, end: int) -> int:
    return max((match.end() for match in PARTS.finditer(text, start, end)), default=start)


def _stripped(text: str, span: Span, language: str) -> Span | None:
    """Return a subject without the words of time and manner around it."""
    patterns = _patterns(language)
    start, end = span.start, span.end
    if lead := patterns["lead"].match(text, start, end):
        start = lead.end()
    while trail := patterns["trail"].search(text, start, end):
        end = trail.start()
    inner = patterns["time"].search(text, start, end)
    if inner and end - inner.end() >= 2:
        start = inner.end()
    words = text[start:end]
    is_clear = SUBJECT.fullmatch(words) and not patterns["closed"].search(words)
    is_pronoun = words in cues_of(language).of("pronoun_other", "he", "she")
    is_whole = words.count("“") == words.count("”")
    return Span(start, end) if is_clear and is_whole and not is_pronoun else None


def _by_length(language: str) -> tuple[list[str], list[str]]:
    """Return the verbs of one character, and the longer ones."""
    verbs = verb_classes(language)
    return [one for one in verbs if len(one) == 1], [one for one in verbs if len(one) > 1]


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    cues = cues_of(language)
    be = one_of(cues.of("be"))
    verbs, time = one_of(verb_classes(language)), one_of(cues.of("time"))
    says = one_of(cues.of("say"))
    short, long = (one_of(each) for each in _by_length(language))
    opener, begins = one_of(cues.of("opener", "and")), one_of(cues.of("begins_predicate"))
    closing = "的，在不后後前内內额額量率价價商业業"
    date = r"(?:\d+年)?\d+月(?:\d+日)?|\d{4}年|[周週][一二三四五六日]"
    day = rf"(?:{time}|{date}|截[至止][^，]{{1,10}}|自[^，]{{1,8}}(?:以[来來]|起)|\d+年[来來])"
    beside = (
        r"(?<=..)[对對](?![手应應象方])[^对對]{1,8}|在[^在]{1,8}"
        r"|比(?![例率重])[^比]{1,6}|[较較由从從][^较較由从從]{1,8}"
    )
    adverb = rf"(?:{one_of(cues.of('adverb'))}|{day}|{beside})"
    return {
        "verb": re.compile(
            rf"(?P<verb>{long}(?=[了到至为為过過]?[^{closing}]{{0,{FARTHEST - 2}}}$)"
            rf"|(?<![认認作成因以称稱视視行延增提升最较較])(?:{short})(?=[了到至近约約过過]?$))"
        ),
        "done": re.compile(rf"(?P<verb>[{HAN}]{{2}}了)$"),
        "measured": re.compile(
            rf"[^，]{{0,14}}{one_of(cues.of('number_of'))}(?P<verb>)(?:每[{HAN}]{{1,3}}|{adverb})*$"
        ),
        "first": re.compile(
            rf"(?P<verb>{long}(?![于於在已的显顯])|{short}(?=[了到至近约約过過]?[\d一二两兩三四五六七八九十百]))"
        ),
        "behind": re.compile(
            rf"(?:が|[^。、.,はが]{{0,12}}?)(?P<verb>{verbs})(?![{HAN}{KATAKANA}])|(?={be}|[。.,]|$)"
        ),
        "any": re.compile(rf"(?P<verb>{verbs})"),
        "lead": re.compile(
            rf"(?:{opener}|{day}|在[^，在]{{1,20}}[上中里裡下时時]|[{HAN}]{{2,6}}(?<!小)[时時](?=[{HAN}]{{2}})"
            rf"|[这這那]{one_of(cues.of('classifier'))}(?=[{HAN}]{{2}}))+"
        ),
        "trail": re.compile(rf"{adverb}$"),
        "aside": re.compile(rf"{adverb}*"),
        "time": re.compile(day),
        "closed": re.compile(
            rf"^(?:[前后後内內的在从從由向当當这這每]|[对對](?![应應])|像|我[们們]|他[们們]|{begins})"
            rf"|[的了不要向对對為为給给前後后]$|{says}"
        ),
    }
