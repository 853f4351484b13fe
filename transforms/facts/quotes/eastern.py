"""Who says it in Chinese and Japanese: `X说：“...”` and `“...，”X说`."""

from transforms.facts.grammar.cues import Cues
from transforms.facts.grammar.scripts import HAN, JOINED
from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.place import Place
from transforms.facts.span import Span


def find_eastern(place: Place, cues: Cues) -> Attribution | None:
    """Find `X说：“...”`, `“...，”X说` and `据X报道`."""
    phrase = rf"(?P<subject>[{HAN}·A-Za-z ]{{1,40}}?)"
    before = cues.compile(rf"(?:^|[，。；！？、”」\s]){phrase}(?P<verb>%say%)[：:，,]?$")
    after = cues.compile(rf"[，,]?{phrase}(?P<verb>%say%)(?=[。，：:；]|$)")
    head = place.text[place.head.start : place.head.end]
    if (found := before.search(head)) and JOINED.search(found["subject"]):
        start = place.head.start + found.start("subject")
        return Attribution(
            Span(start, start + len(found["subject"])), found["verb"], "speaker_and_verb_before"
        )
    if not (found := after.match(place.text, place.tail.start, place.tail.end)):
        return None
    return Attribution(Span(*found.span("subject")), found["verb"], "speaker_and_verb_after")
