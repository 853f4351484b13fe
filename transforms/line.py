"""What a rule looks at in a block: its words, how it ends, which set phrase it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.block import Block
from transforms.phrases import Phrase, find_phrase
from transforms.words import count_words

CLOSERS = "\"'’”»›)]}）】」』"
ENDS = ".!?。！？．؟।…:;："
ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[\s*…\s*\]|\[\.\.\.\])$")
# "2 weeks ago", also fused to the name of a section; the words in the languages of the reference data.
AGE = re.compile(
    r"\d+\s*(?:(?:second|sec|minute|min|hour|hr|day|week|month|year)s?\s+ago"
    r"|(?:segundos?|minutos?|horas?|d[ií]as?|semanas?|m[eê]s(?:es)?|años?|anos?)\s+atr[aá]s"
    r"|(?:minuti|ore|ora|giorn[io]|settiman[ae]|mes[ei]|ann[io])\s+fa"
    r"|(?:minuten|uur|dagen|dag|weken|week|maanden|maand|jaar)\s+geleden"
    r"|(?:минут\w*|час\w*|дн\w+|день|недел\w+|месяц\w*|лет|год\w*)\s+назад"
    r"|(?:minut\w*|godzin\w*|dni|dzień|tygodni\w*|miesi\w+|lat\w*|rok\w*)\s+temu"
    r"|(?:menit|jam|hari|minggu|bulan|tahun)\s+(?:yang\s+)?lalu"
    r"|\s?(?:秒|分|分钟|分鐘|小时|小時|天|日|周|週|週間|个月|個月|か月|ヶ月|年|时间|時間)\s?(?:之?前)"
    r"|\s?(?:초|분|시간|일|주|개월|년)\s?전)\s*$"
    r"|(?:^|\W)(?:vor\s+\d+\s+\w+|hace\s+\d+\s+\w+|il\s+y\s+a\s+\d+\s+\w+|h[aá]\s+\d+\s+\w+"
    r"|πριν\s+(?:από\s+)?\d+\s+\w+|منذ\s+\d*\s*\w+)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A block, with what rules ask of it, found when it is asked."""

    block: Block

    @property
    def text(self) -> str:
        """Return the words of the block."""
        return self.block.text

    @cached_property
    def words(self) -> int:
        """Return how many words it has."""
        return count_words(self.text)

    @cached_property
    def phrase(self) -> Phrase | None:
        """Return the set phrase of furniture that it is."""
        return find_phrase(self.text)

    @cached_property
    def ends_sentence(self) -> bool:
        """Say whether it ends as a sentence does, quotation marks and brackets aside."""
        return self.text.rstrip(CLOSERS + " *_")[-1:] in set(ENDS)

    @cached_property
    def is_teaser(self) -> bool:
        """Say whether it breaks off in dots, as the beginnings of other stories do."""
        return bool(ELLIPSIS.search(self.text.rstrip(CLOSERS + " ")))

    @cached_property
    def is_aged(self) -> bool:
        """Say whether it ends in the age of a story ("2 weeks ago")."""
        return self.words <= 12 and bool(AGE.search(self.text))


def read_lines(blocks: Sequence[Block]) -> list[Line]:
    """Return the lines of blocks."""
    return [Line(block) for block in blocks]
