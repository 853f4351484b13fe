"""Find the speaker of a quotation in Chinese and Japanese: `X说：“...”` and `“...，”X说`."""

from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import FEWEST_WORDS_FAR, Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.cues import Cues
from transforms.language.scripts import HAN, HAN_OR_HIRAGANA
from transforms.language.span import Span

FARTHEST = 20  # characters from the verb to the quoted words


def find_chinese_japanese(context: QuoteContext, cues: Cues) -> Attribution | None:
    """Find `X说：“...”`, `X表示，用户“...”`, `“...，”X说` and `据X报道，...“...”`."""
    phrase = rf"(?P<subject>[{HAN}·A-Za-z ]{{1,40}}?)"
    told = rf"(?:^|[，。；！？、”」\s])据?{phrase}(?P<verb>%say%)(?:记者|本报|媒体)?"
    near = cues.compile(rf"{told}[：:，,]?$")
    far = cues.compile(rf"{told}(?P<gap>[：:，,][^。；！？”」]{{1,{FARTHEST}}})$")
    after = cues.compile(rf"[，,]?{phrase}(?P<verb>%say%)(?=[。，：:；]|$)")
    head = context.head.of(context.text)
    found, rule = near.search(head), rules.SPEAKER_AND_VERB_BEFORE
    if found is None and context.words >= FEWEST_WORDS_FAR:
        found, rule = far.search(head), rules.PARTIAL_QUOTATION
    if found and HAN_OR_HIRAGANA.search(found["subject"]):
        start = context.head.start + found.start("subject")
        return Attribution(_subject_alone(found["subject"], start, cues), found["verb"], rule)
    if not (behind := after.match(context.text, context.tail.start, context.tail.end)):
        return None
    subject = _subject_alone(behind["subject"], behind.start("subject"), cues)
    return Attribution(subject, behind["verb"], rules.SPEAKER_AND_VERB_AFTER)


def _subject_alone(subject: str, start: int, cues: Cues) -> Span:
    """Return a subject without a place (在声明中), 的 or another verb (评论说) at its end."""
    ending = cues.compile(rf"(?:在[{HAN}]{{1,12}}[上中里时]|的|%say%)$").search(subject)
    end = ending.start() if ending and ending.start() else len(subject)
    return Span(start, start + end)
