"""The properties of a block that rules use: its words, its end, its boilerplate phrase."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from transforms.blocks.block import Block
from transforms.judging.boilerplate_forms import Form, find_form
from transforms.language.calendars import ANY_DIGIT
from transforms.language.dates import find_date, is_date_alone
from transforms.language.phrases import Phrase, find_phrases
from transforms.language.scripts import SENTENCE_WITHOUT_STOP, STOPS, WITHOUT_STOP
from transforms.language.words import count_words
from transforms.metadata.byline import find_byline

LONGEST_AGED = 12  # words of a teaser with its age
CLOSING_MARKS = "\"'’‘”“»«›‹)]}）】」』"  # German closes quotations with “ and «
SENTENCE_ENDS = frozenset(".!?。！？．…:;：" + STOPS)
# Who is credited, or which note is named, behind the last sentence: "(AP)", "[1]", （山下健）.
BRACKETS = ("()", "[]", "（）", "【】", "〔〕", "<>")
IN_BRACKETS = "|".join(rf"\{pair[0]}[^\{pair[0]}\{pair[1]}\n]{{1,40}}\{pair[1]}" for pair in BRACKETS)
CREDIT = re.compile(
    rf"(?<=[.。！？…\"”’'»」』])(?:\s*(?:{IN_BRACKETS})){{1,2}}\s*$"
    r"|(?<=[.。！？])\s*(?:—|--|/|＝)\s*[^\W\d_][\w .,/]{1,30}$"
)
BRACKET_ENDS = tuple(pair[1] for pair in BRACKETS)
# Bounds keep a line of nothing but brackets from being read again from each of them.
LINK = re.compile(r"!?\[([^\]]{0,500}+)\]\([^)\s]{0,2000}+\)")
MARKS = re.compile(r"^#{1,6}\s+|(?<!\w)(\*\*|__|\*|_)(?=\S)|(?<=\S)(\*\*|__|\*|_)(?!\w)")
DOTS = ("...", "…")  # also in brackets, which are closing marks
MARK_CHARS = re.compile(r"[*_\[#]")
# "2 weeks ago", also joined to the name of a section, in the languages of the reference data.
AGE = re.compile(
    r"(?<!\d)\d++\s*+(?:(?:second|sec|minute|min|hour|hr|day|week|month|year)s?\s+ago"
    r"|(?:segundos?|minutos?|horas?|d[ií]as?|semanas?|m[eê]s(?:es)?|años?|anos?)\s+atr[aá]s"
    r"|(?:minuti|ore|ora|giorn[io]|settiman[ae]|mes[ei]|ann[io])\s+fa"
    r"|(?:minuten|uur|dagen|dag|weken|week|maanden|maand|jaar)\s+geleden"
    r"|(?:минут\w*|час\w*|дн\w+|день|недел\w+|месяц\w*|лет|год\w*)\s+назад"
    r"|(?:minut\w*|godzin\w*|dni|dzień|tygodni\w*|miesi\w+|lat\w*|rok\w*)\s+temu"
    r"|(?:menit|jam|hari|minggu|bulan|tahun)\s+(?:yang\s+)?lalu"
    r"|\s?(?:秒|分|分钟|分鐘|小时|小時|天|日|周|週|週間|个月|個月|か月|ヶ月|年|时间|時間)\s?(?:之?前)"
    r"|\s?(?:초|분|시간|일|주|개월|년)\s?전)\s*$"
    r"|(?:^|\W)(?:vor\s+\d+\s+\w+|hace\s+\d+\s+\w+|il\s+y\s+a\s+\d+\s+\w+|h[aá]\s+\d+\s+\w+"
    r"|πριν\s+(?:από\s+)?\d+\s+\w+|منذ\s++(?:\d++\s*+)?\w++)\s*$",
    re.IGNORECASE,
)

AGED = re.compile(r"\d|منذ")  # one of these is in each age


@dataclass(frozen=True)
class Line:
    """A block and the properties that rules use; each is computed once.

    `plain` is the text without Markdown, `phrase` its boilerplate phrase. `ends_sentence` is true if
    the text ends as a sentence, apart from quotation marks, brackets and a credit; `is_teaser` if it
    ends in dots, as the beginnings of other stories do.
    """

    block: Block
    plain: str
    words: int
    phrase: Phrase | None
    ends_sentence: bool
    is_teaser: bool
    has_digit: bool

    @property
    def text(self) -> str:
        """Return the text of the block."""
        return self.block.text

    @cached_property
    def form(self) -> Form | None:
        """The form of boilerplate that the line has, or None."""
        return find_form(self.text, self.words)

    @cached_property
    def byline(self) -> str | None:
        """The author, if the line is a byline."""
        return find_byline(self.plain)

    @cached_property
    def date(self) -> date | None:
        """The first full date in the line."""
        return find_date(self.plain) if self.has_digit else None

    @property
    def is_date(self) -> bool:
        """Return True if the line is a date with at most some words beside it."""
        return self.has_digit and is_date_alone(self.plain)

    @cached_property
    def is_aged(self) -> bool:
        """True if the line is short and ends in the age of a story ("2 weeks ago")."""
        return self.words <= LONGEST_AGED and ends_in_age(self.text)


def read_lines(blocks: Sequence[Block], phrases: Sequence[Phrase | None] | None = None) -> list[Line]:
    """Return the lines of blocks; `phrases` are the phrases of their texts, if already found."""
    plain = [strip_marks(block.text) for block in blocks]
    if phrases is None:
        phrases = find_phrases([block.text for block in blocks])
    marked = [i for i, block in enumerate(blocks) if block.text != plain[i]]
    unmarked = dict(zip(marked, find_phrases([plain[i] for i in marked]), strict=True))
    return [
        read_line(block, text, unmarked.get(i, phrase))
        for i, (block, text, phrase) in enumerate(zip(blocks, plain, phrases, strict=True))
    ]


def read_line(block: Block, plain: str, phrase: Phrase | None = None) -> Line:
    """Return the line of a block, given its text without Markdown and its phrase."""
    words, end = count_words(plain), without_credit(plain).rstrip(CLOSING_MARKS + " ")[-1:]
    is_unmarked = words >= SENTENCE_WITHOUT_STOP and WITHOUT_STOP.match(end) is not None
    return Line(
        block,
        plain,
        words,
        phrase,
        end in SENTENCE_ENDS or is_unmarked,
        block.text.rstrip(CLOSING_MARKS + " ").endswith(DOTS),
        ANY_DIGIT.search(plain) is not None,
    )


def without_credit(text: str) -> str:
    """Return a text without who is credited, or which note is named, behind its last sentence.

    >>> [without_credit(text) for text in ("It closed. (AP)", "It closed.[1]", "将关闭。（记者 张）")]
    ['It closed.', 'It closed.', '将关闭。']
    >>> [without_credit(text) for text in ("The bridge (1902)", "It closed. — Reuters")]
    ['The bridge (1902)', 'It closed.']
    """
    has_sign = "—" in text or "--" in text or "/" in text or "＝" in text
    return CREDIT.sub("", text) if has_sign or text.rstrip().endswith(BRACKET_ENDS) else text


def ends_in_age(text: str) -> bool:
    """Return True if a text ends in the age of a story.

    >>> ends_in_age("Markets 2 weeks ago"), ends_in_age("It was two weeks ago.")
    (True, False)
    """
    return AGED.search(text) is not None and AGE.search(text) is not None


def strip_marks(text: str) -> str:
    """Return a line without Markdown: links as their text, no emphasis, no heading signs.

    >>> strip_marks("## By *[Jane Doe](https://a.example/jane)*")
    'By Jane Doe'
    """
    if not MARK_CHARS.search(text):
        return text
    return MARKS.sub("", LINK.sub(r"\1", text)).strip()
