"""Find the speaker of a quotation in Chinese."""

import re

from transforms.facts.analysis.chinese_words import SURNAME
from transforms.facts.analysis.tokens import MASK
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import FEWEST_WORDS_FAR, Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.facts.quotes.rules import QuoteRule
from transforms.language.cues import Cues
from transforms.language.scripts import HAN, HAN_OR_HIRAGANA
from transforms.language.span import Span
from transforms.language.words import line_start

SHORTEST = 2  # characters of a speaker
FARTHEST = 40  # characters from the verb to the quoted words
WORDS = rf"(?:[{HAN}·A-Za-z\d 、《》]|[“「]{MASK}{{1,8}}[”」])"  # 网友“海阔天空”
PHRASE = (
    rf"(?!\d)(?P<subject>{WORDS}{{1,40}}?)(?:[（(][^（）()\n]{{1,40}}[）)])?"  # 霍特(Daniel Huot)表示
)
TO = r"(?:%told_to%|《[^》\n]{1,20}》)*"  # 告诉记者, 告诉《晚报》
AGED = r"(?:[^，。；！？”」\s]{0,12}\d[多余餘]?[岁歲]的)?"  # 今年76岁的李梅说
BEGINS = rf"(?:^|[，。；！？”」\s]){AGED}"
TOLD = rf"{BEGINS}[据據]?{PHRASE}(?P<verb>%say%){TO}"
NEAR = rf"{TOLD}[：:，,]?$"
FAR = rf"{TOLD}(?P<gap>(?:[：:，,]|(?=%said_of%))[^。；！？”」]{{1,{FARTHEST}}})$"
BLAMED = rf"{BEGINS}{PHRASE}(?P<verb>%blames%)[{HAN}]{{1,12}}$"  # 他批评管理层“说一套做一套”
PLACED = rf"(?:在[^，。\n]{{1,30}}|[{HAN}]{{2,8}}[上中里裡前后後內内外时時])[，,]"  # 旁听席上，
AFTER = rf"[，,]?(?:{PLACED})?{AGED}{PHRASE}(?P<verb>%say%){TO}(?=[。，：:；]|$)"
EARLIER = rf"{BEGINS}{PHRASE}(?P<verb>%say%)(?=[：:，,])"
# 马遥认为，..., 李黎丽表示并不知情
IN_SENTENCE = rf"{BEGINS}{PHRASE}(?P<verb>%say|thinks%)(?=[：:，,并並了]|不)"
# A place (在声明中), manner (很无奈地, 兴奋的) or another verb (评论说) at the end of a subject.
ENDING = (
    rf"(?:在[{HAN}\d《》{MASK}]{{1,20}}[上中里裡時时边邊]|在[{HAN}]{{2,4}}(?=$)|[对對向]《[^》]{{1,20}}》|%degree%[{HAN}]{{1,3}}[地的]"
    rf"|(?<=[{HAN}]{{3}})(?:在|接受)?[{HAN}]{{2}}[时時]"  # 林女士受访时, 法官王明判刑時
    r"|%beside_say%地?|的"
    rf"|(?:[{HAN}](?P<b>[{HAN}])(?P=b)|(?P<c>[{HAN}])(?P=c)(?P<d>[{HAN}])(?P=d)|[{HAN}]{{2}})地"
    rf"|%time%|[周週][一二三四五六日天]"
    rf"|[{HAN}][着著][{HAN}]{{0,15}}|%say%)$"
)
OTHER_VERB = rf"(?<=[{HAN}]{{2}})(?:回应|回應|回覆|回复|接受|出席)[{HAN}]{{2,}}$"  # 百度回应这种说法称
LEAD = r"(?:%opener%|如(?=.{3}))+"
ROLE_AND_NAME = (
    rf"(?:%role_before%(?P<name>[{HAN}]{{2,3}}|[{HAN}]+·[{HAN}·]+)"
    rf"|[长長员員师師生者民农農家工手主](?P<named>{SURNAME}[{HAN}]{{1,2}})"
    rf"|[工民户戶员員友的](?P<old>[老小]{SURNAME})|的(?P<told>{SURNAME}[{HAN}]{{1,2}}))$"
)
# Who speaks before a colon: at its end, at the start of the line, or before another verb.
NAME = rf"{SURNAME}(?:[{HAN}](?=%behind_name|beside_say|say%)|[{HAN}]{{1,2}})"
# 林女士, 邱姓教师, 渔民老郑, 主教练巴雷拉则
SOMEONE = (
    rf"(?P<titled>{SURNAME}(?:[{HAN}]{{0,2}}%title_behind%|姓(?:[{HAN}]{{2}})?[{HAN}]{{1,2}}%role_ending%|某))"
    rf"|(?:^|[，。：\n的]|%role_before|role_ending%)(?P<old>[老小]{SURNAME})(?![人师師时時区區学學])"
    rf"|%role_before%(?P<own>{NAME}|[{HAN}]{{2,4}}?(?=%behind_name|beside_say%))"
)
COLONS = (
    rf"{BEGINS}(?P<subject>[{HAN}·、]{{0,30}}{ROLE_AND_NAME.removesuffix('$')})(?P<verb>[：:])$",
    rf"^(?P<subject>{SURNAME}[{HAN}]{{1,2}}|[{HAN}]{{2,12}}%organisation%)(?P<verb>[：:])$",
    rf"{BEGINS}(?P<subject>[{HAN}]{{0,20}}%role_before%{NAME})[{HAN}]{{2,20}}(?P<verb>[：:])$",
    rf"{BEGINS}(?P<subject>%he|she%)(?!的|[们們])[{HAN}]{{2,20}}(?P<verb>[：:])$",
)


def find_chinese(context: QuoteContext) -> Attribution | None:
    """Return the attribution of a Chinese quotation; "he said" is who spoke last in its paragraph."""
    found = _find_chinese(context)
    if found and found.subject and found.subject.of(context.text) in context.cues.of("he", "she"):
        return _turn_of(context, found)
    return found


def _find_chinese(context: QuoteContext) -> Attribution | None:
    """Find `X说：“...”`, `X表示，用户“...”`, `“...，”X说` and `据X报道，...“...”`."""
    head = context.opening
    found, rule = context.cues.compile(NEAR).search(head), rules.SPEAKER_AND_VERB_BEFORE
    if found is None:
        found, rule = context.cues.compile(BLAMED).search(head), rules.DESCRIBED_AS
    if found is None and context.words >= FEWEST_WORDS_FAR:
        found, rule = context.cues.compile(FAR).search(head), rules.PARTIAL_QUOTATION
    if found and _may_speak(found["subject"]):
        return None if context.is_term else _attribution(found, context.head.start, rule, context.cues)
    behind = context.cues.compile(AFTER).match(context.text, context.tail.start, context.tail.end)
    if behind:
        return _attribution(behind, 0, rules.SPEAKER_AND_VERB_AFTER, context.cues)
    is_whole = context.is_whole or context.text.startswith("。", context.tail.start)
    if context.words < FEWEST_WORDS_FAR or not is_whole:
        return None
    for colon in COLONS:
        if found := context.cues.compile(colon).search(head):
            return _attribution(found, context.head.start, rules.COLON_AFTER_NAME, context.cues)
    return _in_sentence_before(context)


def _may_speak(subject: str) -> bool:
    """Return True for a subject in Han, or a name in Latin letters: NASA表示."""
    return HAN_OR_HIRAGANA.search(subject) is not None or subject.strip()[:1].isupper()


def _in_sentence_before(context: QuoteContext) -> Attribution | None:
    """Find `马遥认为，我国能源稀缺。“...”`: who speaks in the sentence before, in the same paragraph."""
    text, end = context.text, context.head.end
    start = line_start(text, end)
    if not text.endswith("。", start, end):
        return None
    start = max(start, text.rfind("。", start, end - 1) + 1)
    said = list(context.cues.compile(IN_SENTENCE).finditer(text, max(0, start - 1), end))
    return _attribution(said[-1], 0, rules.SPEAKER_IN_SENTENCE_BEFORE, context.cues) if said else None


def _turn_of(context: QuoteContext, one: Attribution) -> Attribution:
    """Return an attribution to whom "he" means: who spoke last in the paragraph, or is named there."""
    text, end = context.text, context.head.end
    start = line_start(text, end)
    for match in reversed(list(context.cues.compile(EARLIER).finditer(text, start, end))):
        said = _attribution(match, 0, one.rule, context.cues)
        if said and said.subject and said.subject.of(text) not in context.cues.of("he", "she"):
            return Attribution(said.subject, one.cue, one.rule)
    while start < end:  # the first person of the nearest sentence that names one
        sentence = max(start, text.rfind("。", start, end) + 1)
        if person := context.cues.compile(SOMEONE).search(text, sentence, context.head.end):
            return Attribution(Span(*person.span(person.lastgroup or 0)), one.cue, one.rule)
        end = sentence - 1
    return one


def _attribution(found: re.Match[str], offset: int, rule: QuoteRule, cues: Cues) -> Attribution | None:
    """Return the attribution to a subject, without what is around it and a role before a name."""
    subject, start = found["subject"], found.start("subject") + offset
    lead = cues.compile(LEAD).match(subject)
    first, end = lead.end() if lead else 0, len(subject)
    if other := cues.compile(OTHER_VERB).search(subject):
        end = other.start()
    ending = cues.compile(ENDING)
    while cut := ending.search(subject, first, end):
        end = cut.start()
    if (
        subject[first : first + 1] in cues.of("he", "she")
        and subject[first + 1 : first + 2] not in "们們的"
    ):
        end = min(end, first + 1)  # 他蹲在码头上说
    who = subject[first:end]
    is_short = len(who) < SHORTEST and who not in cues.of("he", "she")
    if is_short or cues.ends(who, "no_speaker_end"):
        return None  # 换句话说, “代笔”一说, 进行报道
    name = cues.compile(ROLE_AND_NAME).search(subject, first, end)
    first = name.start(name.lastgroup or 0) if name else first
    return Attribution(Span(start + first, start + end), found["verb"], rule)
