"""Read the authors from bylines in Chinese, Japanese and Korean, where no space parts the words."""

import re

from transforms.language.word_lists import listed_pattern, listed_words

LONGEST = 60  # characters of a line with a byline
SENTENCE_END = re.compile(r"[。！？]|다\.")  # a paragraph that credits its reporter is no byline
# What follows a name without a space and is no part of it.
NOT_IN_NAME = (
    "报道|報導|報道|摄影|攝影|摄|编辑|編輯|编译|綜合|综合|通讯员|通訊員|实习|編集|撮影|写真|電|电"
)
HAN_SIGNS = r"\u3400-\u4dbf\u4e00-\u9fff々〆"
CHINESE_NAME = rf"(?:(?!{NOT_IN_NAME})[{HAN_SIGNS}]){{2,4}}(?:·[{HAN_SIGNS}]{{1,8}})?"
# Surname and given name, with or without a space; foreign names in katakana have a dot.
JAPANESE_NAME = (
    rf"(?:[{HAN_SIGNS}]{{1,4}}[ \u3000][{HAN_SIGNS}ぁ-んァ-ヶー]{{1,5}}"
    rf"|(?:(?!{NOT_IN_NAME})[{HAN_SIGNS}]){{2,5}}[ぁ-ん]{{0,4}}"
    r"|[ァ-ヶー]{2,12}[・＝][ァ-ヶー・＝]{2,16})"
)
KOREAN_NAME = r"[가-힣]{2,4}"
# Chinese lists part two names by a space too; a Japanese name may have one inside.
PAUSE = r"[ \u3000]*[、,，；;&和與与][ \u3000]*"
CHINESE_NAMES = rf"(?P<names>{CHINESE_NAME}(?:(?:{PAUSE}|[ \u3000]+){CHINESE_NAME})*)"
JAPANESE_NAMES = rf"(?P<names>{JAPANESE_NAME}(?:{PAUSE}{JAPANESE_NAME})*)"
KOREAN_NAMES = rf"(?P<names>{KOREAN_NAME}(?:[ ]?[·,・][ ]?{KOREAN_NAME})*)"
MARK = r"[ \u3000]*[:：/／|｜=＝][ \u3000]*"
OPEN, END = r"(?:^|[\s\u3000|｜【〔\[（(])", r"(?=$|[\s\u3000|｜】〕\]）)／/]|報導|報道|报道)"
KANA = re.compile("[ぁ-んァ-ヶ々]")
FORMS_OF_BYLINES = (
    # 作者：张三 李四, 本报记者 张三, 〔記者王小明／台北報導〕
    rf"{OPEN}{listed_pattern('chinese_byline')}(?P<mark>{MARK}|[ \u3000]*){CHINESE_NAMES}{END}",
    # 取材・文：山田太郎, ライター 山田 太郎
    rf"{OPEN}{listed_pattern('japanese_byline')}(?:{MARK}|・|[ \u3000]+){JAPANESE_NAMES}{END}",
    # 山田太郎記者
    rf"{OPEN}{JAPANESE_NAMES}[ \u3000]?{listed_pattern('japanese_author')}{END}",
    # 홍길동 기자
    rf"{OPEN}{KOREAN_NAMES}\s?{listed_pattern('korean_author')}(?=$|[\s|=)\]]|입력)",
    rf"^{listed_pattern('korean_byline')}{MARK}{KOREAN_NAMES}(?=$|[\s|)\]])",
)
BYLINES = tuple(map(re.compile, FORMS_OF_BYLINES))
PAUSES = re.compile(r"(?<![ \u3000])[ \u3000]*[、,，；;&·]+[ \u3000]*|(?<=.)[和與与](?=.)")
# （记者 张三、李四）, （記者王小明／台北報導）, 【本报记者 张三】
CREDIT = (
    rf"[（(【〔][ \u3000]*{listed_pattern('chinese_byline')}(?:{MARK}|[ \u3000]*){CHINESE_NAMES}"
    r"(?=[ \u3000／/)）】〕])[^（）()【】〔〕\n]{0,20}[)）】〕]"
)
# Who reports, at the beginning of a paragraph, in its dateline or at its end.
IN_PARAGRAPH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^.{{2,40}}?[电電讯訊][ \u3000]*{CREDIT}",
        rf"^{CREDIT}",
        rf"^(?:本[报報][讯訊][ \u3000]*)?{listed_pattern('chinese_byline')}[ \u3000]*"
        rf"(?P<names>{CHINESE_NAME})[ \u3000]",
        rf"[。！？”」]{CREDIT}$",
        # (서울=연합뉴스) 홍길동 기자 = ...
        rf"^\([^()=\n]{{2,20}}=[^()\n]{{2,20}}\)\s*{KOREAN_NAMES}\s?{listed_pattern('korean_author')}\s*=",
    )
)


def find_east_asian_byline(line: str) -> str | None:
    """Return the authors that a line names, joined by "; ", or None if it names none.

    >>> find_east_asian_byline("来源：晚报 作者：张晓明 责任编辑：李强")
    '张晓明'
    >>> find_east_asian_byline("取材・文／山田 太郎"), find_east_asian_byline("홍길동·김철수 기자")
    ('山田 太郎', '홍길동; 김철수')
    >>> find_east_asian_byline("记者协会昨天开会"), find_east_asian_byline("写真：山田太郎")
    (None, None)
    """
    if len(line) > LONGEST or line.isascii() or SENTENCE_END.search(line):
        return None
    patterns = BYLINES[1:] if KANA.search(line) else BYLINES
    found = next((match for pattern in patterns if (match := pattern.search(line))), None)
    return _names(found["names"]) if found and _is_parted(found) else None


def _is_parted(found: re.Match[str]) -> bool:
    """Return True unless a label runs into what is no name: 記者会見 is a press conference."""
    mark = found.groupdict().get("mark")
    return mark != "" or found["names"][0] in listed_words("chinese_surname")


def find_reporter(paragraph: str) -> str | None:
    """Return the reporters whom a Chinese or Korean paragraph credits at its beginning or end, or None.

    >>> find_reporter("新华社北京5月30日电（记者 张晓明、李强）多家平台周五宣布，将关闭群聊功能。")
    '张晓明; 李强'
    >>> find_reporter("本报讯 记者张晓明 平台周五宣布。"), find_reporter("將關閉。（記者王小明／台北）")
    ('张晓明', '王小明')
    >>> find_reporter("(서울=새소식) 홍길동 기자 = 시는 월요일에 다리를 닫는다고 밝혔다.")
    '홍길동'
    """
    found = next((match for one in IN_PARAGRAPH if (match := one.search(paragraph))), None)
    return _names(found["names"]) if found else None


def _names(found: str) -> str:
    parts = PAUSES.split(found)
    if not KANA.search(found) and not re.search("[가-힣]", found):
        parts = [name for part in parts for name in _split_at_spaces(part)]
    return "; ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _split_at_spaces(part: str) -> list[str]:
    """Split 张晓明 李强, but neither 山田 太郎 nor 张 强: each piece must be a Chinese name."""
    pieces = part.split()
    are_names = all(len(piece) > 1 and piece[0] in listed_words("chinese_surname") for piece in pieces)
    return pieces if are_names else [part]
