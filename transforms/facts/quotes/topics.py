"""Find the speaker of a quotation in Japanese and Korean: the topic of the verb behind the words."""

import re

from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.scripts import HAN
from transforms.language.span import Span
from transforms.language.words import line_start

FARTHEST = 40  # characters from a topic to the words
IN_CLAUSE = r"[^。.、,「」『』“”\"\n]"
IN_SENTENCE = r"(?:「[^」\n]*」|“[^”\n]*”|[^。.「」“”\"\n])"
WHO = rf"(?P<subject>{IN_CLAUSE}{{1,40}}?)"
# The verb behind the words: 「...」と述べた, 「...」と市長は述べた, “...”라고 말했다
SAID = rf"\s?%told_that%[、,]?\s?(?P<gap>{IN_CLAUSE}{{0,20}}?)(?P<verb>%say|say_after%)"
# Who speaks is the topic, else what has another particle: 市長は「...」, 市長が「...」
TOPICS = tuple(
    rf"(?:^|[。.、,「」“”\"\n]\s*){WHO}(?<![하되있없짓르])%{kind}%(?:(?<=[ぁ-ん])|(?=\s|,|$))"
    rf"{IN_SENTENCE}{{0,{FARTHEST}}}$"
    for kind in ("topic", "according", "nominative")
)
# Who speaks follows the verb: 「...」と話すのは、店主の山田さん
BEHIND = (
    rf"(?:のは、?|\s)?(?P<subject>{IN_CLAUSE}{{1,25}}?(?:%title_behind|role_ending%))"
    r"(?:[（(]\d+[）)])?(?=%topic|nominative%|だ|[。、,]|$)"
)
# Who speaks is in the next sentence: 「...」。山田さんはそう話す。
NEXT = (
    rf"[。\s]*(?:{IN_CLAUSE}{{1,20}}、)?{WHO}(?:%topic%)[、,]?\s?%as_told%"
    rf"{IN_CLAUSE}{{0,12}}?(?P<verb>%say%)"
)
COLON = rf"^{WHO}(?P<verb>[：:])\s*$"
# A name without what describes it: 食堂を営む田島京子さん（58）, 횟집을 운영하는 정말순 씨(66)
AGE = r"(?:[（(]\d+[）)])?"
NAMED = (
    r"(?:.*[の ]|.*[ぁ-ん](?=[^ぁ-ん]{3,8}%title_behind%))?"
    rf"(?P<name>[^の（） ]{{2,12}}?) ?%title_behind%{AGE}"
)
NAME_AND_OFFICE = rf"(?P<name>[{HAN}]{{2,6}})・[{HAN}].*"  # 山田花子・東大教授
PLAIN = rf"(?:%opener% |.*[는한던된] )?(?P<name>.{{2,}}?){AGE}"


def find_topic(context: QuoteContext) -> Attribution | None:
    """Find `Xは「...」と述べた`, `「...」と話すX`, `「...」。Xはそう話す`, and their like in Korean."""
    text, tail, head = context.text, context.tail, context.head
    said = context.cues.compile(SAID).match(text, tail.start, tail.end)
    if said is None:
        return _without_verb(context)
    verb, rule = said["verb"], rules.SPEAKER_AND_VERB_BEFORE
    if behind := context.cues.compile(BEHIND).match(text, said.end(), tail.end):
        return Attribution(_name(context, behind.span("subject")), verb, rules.VERB_AND_SPEAKER_AFTER)
    subject = _topic_in(context, Span(*said.span("gap"))) or _topic_in(context, head)
    if subject is None and not context.opening.strip():
        rule = rules.SPEAKER_IN_SENTENCE_BEFORE
        subject = _topic_in(context, _sentence_before(text, head.start))
    return Attribution(subject, verb, rule)


def _without_verb(context: QuoteContext) -> Attribution | None:
    """Return who speaks in the sentence behind whole words, or before a colon."""
    text, start = context.text, context.tail.start
    end = text.find("\n", start)
    if after := context.cues.compile(NEXT).match(text, start, end if end > 0 else len(text)):
        subject = _name(context, after.span("subject"))
        return Attribution(subject, after["verb"], rules.SPEAKER_AND_VERB_AFTER)
    colon = re.match(COLON, context.opening)
    if colon is None:
        return None
    start = context.head.start
    return Attribution(Span(start, start + colon.end("subject")), ":", rules.COLON_AFTER_NAME)


def _sentence_before(text: str, end: int) -> Span:
    """Return the sentence before a position, in the same paragraph."""
    line = line_start(text, end)
    wide = text.rfind("。", line, max(line, end - 1)) + 1
    western = text.rfind(". ", line, max(line, end - 2)) + 1
    return Span(max(line, wide, western), end)


def _topic_in(context: QuoteContext, within: Span) -> Span | None:
    """Return the topic in a part of a text, or the phrase with a particle of the subject."""
    words = within.of(context.text).rstrip(" 。.")
    for pattern in TOPICS:
        for found in context.cues.compile(pattern).finditer(words):
            if found["subject"].strip() not in context.cues.of("time", "opener", "pronoun_other"):
                start, end = found.span("subject")
                return _name(context, (within.start + start, within.start + end))
    return None


def _name(context: QuoteContext, span: tuple[int, int]) -> Span:
    """Return a subject without what describes the name, and without its title."""
    patterns = (context.cues.compile(pattern) for pattern in (NAME_AND_OFFICE, NAMED, PLAIN))
    found = (pattern.fullmatch(context.text, *span) for pattern in patterns)
    name = next(filter(None, found), None)
    return Span(*name.span("name")) if name else Span(*span)
