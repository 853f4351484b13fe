"""The patterns that read Chinese clauses: verbs, times, and where a subject begins and ends."""

import re
from functools import cache

from transforms.facts.analysis.tokens import verb_classes
from transforms.language.cues import cues_of, one_of
from transforms.language.scripts import HAN
from transforms.language.word_lists import listed_pattern

SURNAME = listed_pattern("chinese_surname")
DATE = (
    r"(?:\d+年)?\d+月(?:\d+日)?|\d{4}年[底末初]?|\d{1,2}日|[周週][一二三四五六日]"
    r"|[前首][一二三四五六七八九十\d]{1,2}[个個]?[月年天季周週]"
)
DAY = (
    rf"(?:%time%(?:[供采]暖季|[一二三四]季度|赛季)?|{DATE}|截[至止][^，]{{1,10}}"
    r"|自[^，]{1,8}(?:以[来來]|起)|\d+年[来來])"
)
BESIDE = (
    r"(?<=..)[对對](?![手应應象方])[^对對]{1,8}|(?<![所现現存])在[^在]{1,8}|比(?![例率重])[^比]{1,6}"
    r"|[较較从從](?!而)[^较較从從\d]{1,8}|[由按以][^由按以的\d]{0,8}的?"
)
ADVERB = rf"(?:%adverb%|{DAY}|{BESIDE})"
NUMBER = r"(?<![A-Za-z\d.第-])\d[\d.,]*(?![\d.,A-Za-z号號路线線型热熱期轮輪届屆])"
GAP = r"[了到至为為过過]?[^的，“在不后後前内內额額量率价價商业業]"
# Beside kinds of cues: %short% and %long% are verbs, %firsts% and %adverbs% words of two characters.
TEMPLATES = {
    # Between a subject and its figure
    "aside": "(?:(?<=，)%purpose%[^，]*|%lasting|circumstance%)$",
    "modifies": rf"[{HAN}]{{0,3}}的[{HAN}]",  # 征求1.2万名市民的意见
    "measured": rf"(?P<noun>[^，]{{0,30}}?%number_of%)(?:每[{HAN}]{{1,3}}|{ADVERB}|[从從由自])*$",
    "there_is": rf"(?:%opener%|{DAY}|[也还還仍])*(?:%adverbs%)?共?有$",
    "gap": rf"{GAP}{{0,8}}",
    "near": r"(?P<verb>%long%)(?=[了到至]?$)",
    "short": r"(?P<verb>(?<![认認作成因以称稱视視行延增提升最较較])%short%(?=[了到至近约約过過]?$)"
    r"|[占佔](?=[^，]{1,12}的$))",
    "far": rf"(?P<verb>%long%)(?={GAP}{{0,4}}$)",
    "done": rf"(?P<verb>[{HAN}]{{2}}了)$",
    "from": r"(?<=..)(?P<verb>)[由从從](?:[^，\d]{0,8}的)?$",  # 座席由60个增至95个
    "to": r"[^，。\d]{0,4}[至到为為]",
    "hedge": r"(?P<verb>%long%|%short%)",
    # Where a subject begins
    "around": rf"(?:[“「]?(?:(?!%number_of%)(?:%opener%|%adverbs%|{DAY})"
    rf"|在[^，在]{{1,20}}[上中里裡下时時]|[{HAN}]{{2,6}}(?<![小当當同按及临臨准平])[时時](?=[{HAN}]{{2}})(?![间間长長段速期候])|[他她它][们們]?的"
    rf"|(?:[这這那每]|有?{NUMBER}|一(?=次))%classifier%(?=\w{{2}}))+)?",
    # Where it ends
    "cut": rf"%unsplit|number_of%|(?P<cut>(?P<day>{DAY})|(?P<verb>%long%)(?!%noun_suffix%)"
    rf"|%prepositions%|%firsts%(?!%number_of%|%long%%noun_suffix%)|{NUMBER})",
    "noun_first": rf"(?P<noun>[{HAN}]{{2,4}}?)(?:%adverb%|{DAY}|(?!\d)%prepositions%)",  # 施工单位已增派
    "asides": rf"(?:{ADVERB})*",
    "trail": rf"{ADVERB}$",
    "trail_of_number": rf"(?:{ADVERB}|(?:%long%|%short%)[了到至]?)$",
    # What it is
    "closed": r"^(?:[前后後内內的在从從由向当當这這每]|[对對](?![应應])|像|我[们們]|[他她它](?!家))"
    r"|(?:[的了不要向对對为為给給前後后]|%say%)$",
    "number": "%number_of%$",
    "firm": "(?:%organisation%|[队隊厂廠区區校店馆館县縣村镇鎮])$",
    "person": rf"(?:%role_before|role_ending%[{HAN}·]{{2,8}}|^{SURNAME}[{HAN}]{{1,2}}|[者员人])$",
    "says": "%say|finds%$",
}


@cache
def chinese_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern by its name."""
    template = TEMPLATES[name]
    for kind, words in _words().items():
        template = template.replace(f"%{kind}%", words)
    return cues_of("zh").compile(template)


@cache
def _words() -> dict[str, str]:
    """Return the alternatives that are no kind of cue."""
    cues = cues_of("zh")
    verbs = {one for one in verb_classes("zh") if not cues.ends(one, "number_of")}
    begins, adverbs = cues.of("begins_predicate"), cues.of("adverb")
    prepositions = {one for one in begins if len(one) == 1}
    return {
        "short": one_of(one for one in verbs if len(one) == 1),
        "long": one_of(one for one in verbs | begins if len(one) > 1),
        "adverbs": one_of(one for one in adverbs if len(one) > 1),
        "prepositions": one_of(prepositions),
        "firsts": one_of({one for one in adverbs | cues.of("say") if len(one) > 1}),
    }
