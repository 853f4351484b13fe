"""Quotations of an article: the words, what kind they are, and who said them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from transforms.facts.attribution import Attribution, Place, find_attribution
from transforms.facts.cues import Cues, cues_of
from transforms.facts.entities import Named
from transforms.facts.marks import Quoted, find_quoted
from transforms.facts.people import find_plain_names, find_short_names
from transforms.facts.scripts import JOINED
from transforms.facts.sentences import split_sentences
from transforms.facts.span import Span
from transforms.facts.speakers import Cast, Speaker, resolve_speaker
from warehouse.schema import Quote

Kind = Literal["statement", "scare", "title", "message"]
BLOT = "ꞏ"  # a letter without case, which stands for the words between marks
MOST_WORDS_OF_TERM = 4  # quoted words without a cue; a statement cut to fewer cannot be told from a term
FEWEST_WORDS_OF_TITLE, MOST_WORDS_OF_TITLE = 3, 12  # without a word such as "book" before it
RELAYING_KINDS = frozenset(["agency", "outlet"])
FARTHEST_BEFORE = 3  # lines between a statement and what its speaker added
SMALL_IN_TITLES = frozenset("with from into over upon about than that your what when".split())
FEWEST_WORDS_OF_CLAUSE = 6  # that a comma behind the closing mark ends
TITLE_LOOKBACK = 3  # words between "the book" and its title
MOST_WORDS_BETWEEN = 12  # of who says it, between two parts of one sentence
CHARACTERS_A_WORD = 2  # of Chinese


@dataclass(frozen=True, slots=True)
class _Told:
    """A quotation with the place of its sentence and the attribution found there."""

    quoted: Quoted
    place: Place
    attribution: Attribution | None
    kind: Kind


def find_quotes(
    article_id: str, text: str, named: Sequence[Named], language: str | None = "en"
) -> list[Quote]:
    """Return the quotations of an article.

    The speaker is None where the article does not say or two could be meant. Terms held at a
    distance, titles and messages on a screen are kept, without a speaker.

    >>> text = "“We will fight,” Xinhua quoted a statement from the ministry as saying."
    >>> (quote,) = find_quotes("0" * 64, text, [])
    >>> quote.speaker, quote.relayed_by, quote.cue, quote.rule
    ('a statement from the ministry', 'Xinhua', 'quoted', 'relayed')
    """
    found = find_quoted(text)
    if not found:
        return []
    cues, cast = cues_of(language), _cast(text, named, language, _blot(text, found))
    told = [
        _tell(one, place, cues, text)
        for one, place in zip(found, _places(text, found, language), strict=True)
    ]
    told = _continued(text, told)
    rows = [_to_quote(article_id, i, one, cast) for i, one in enumerate(filter(_is_certain, told))]
    return _same_speakers(cast, rows)


def _cast(text: str, named: Sequence[Named], language: str | None, outside: str) -> Cast:
    """Return whom pronouns and surnames may mean: those named, and others with a given name."""
    cues = cues_of(language)
    people = [*named, *find_plain_names(text, named, cues.pattern("say", "tell"))]
    shorts = find_short_names(text, people)
    return Cast(
        text,
        sorted([*people, *shorts], key=lambda one: one.span),
        cues,
        frozenset(one.entity.entity_id for one in named),
        outside,
    )


def _same_speakers(cast: Cast, rows: Sequence[Quote]) -> list[Quote]:
    """Give "he added" the speaker of the statement before, where the text names no one else between."""
    done: list[Quote] = []
    for row in rows:
        last = next((one for one in reversed(done) if one.kind == "statement"), None)
        if (
            last
            and last.speaker
            and row.kind == "statement"
            and not row.speaker
            and _may_go_on(cast, last, row)
        ):
            row = replace(
                row,
                speaker=last.speaker,
                speaker_surface=row.speaker_surface or last.speaker_surface,
                entity_id=last.entity_id,
                cue=row.cue or last.cue,
                rule=row.rule if row.cue else "continued_paragraph",
            )
        done.append(row)
    return done


def _may_go_on(cast: Cast, last: Quote, row: Quote) -> bool:
    text, between = cast.text, Span(last.end_char, row.start_char)
    if between.of(text).count("\n") > FARTHEST_BEFORE or cast.names_other(between, last.speaker or ""):
        return False
    pronoun = (row.speaker_surface or "").casefold()
    if pronoun:
        goes_on = row.cue in cast.cues.of("go_on")
        return goes_on or (
            pronoun in cast.cues.of("pronoun_person") and cast.may_be(last.speaker or "", pronoun)
        )
    if row.cue is not None or last.rule == "signed":
        return False
    if "\n" in between.of(text):
        return _is_alone(text, row) and (_is_told(text, last) or _ends_paragraph(text, last))
    return _is_reported(cast, row)


def _is_alone(text: str, row: Quote) -> bool:
    """Say whether a quotation is a paragraph, or several, and whole sentences."""
    before, after = text[: row.start_char].rpartition("\n")[2], text[row.end_char :].partition("\n")[0]
    return len(before) <= 1 and len(after) <= 1 and row.text[-1] in ".!?…"


def _ends_paragraph(text: str, last: Quote) -> bool:
    """Say whether a statement ends a paragraph that says before it whose it is."""
    return last.cue is not None and len(text[last.end_char :].partition("\n")[0]) <= 1


def _is_reported(cast: Cast, row: Quote) -> bool:
    """Say whether a German sentence goes on telling what was said: its verb is in the subjunctive."""
    start = max(cast.text.rfind(mark, 0, row.start_char) for mark in (". ", "\n", "! ", "? ")) + 1
    end = re.compile(r"[.!?](?:\s|$)|\n|$").search(cast.text, row.end_char)
    told = cast.text[start : row.start_char] + cast.text[row.end_char : end.start() if end else None]
    return bool(cast.cues.of("reported") & set(re.findall(r"\w+", told)))


def _is_told(text: str, last: Quote) -> bool:
    """Say whether the paragraph of a statement ends with who said it."""
    rest = text[last.end_char :].partition("\n")[0]
    return last.cue is not None and last.cue in rest


def _is_certain(told: _Told) -> bool:
    """Say whether a quotation counts: one that no mark closes does only if someone says it."""
    return told.quoted.pairing != "unclosed_marks" or (
        told.attribution is not None and told.attribution.rule == "speaker_and_verb_before"
    )


def _places(text: str, found: Sequence[Quoted], language: str | None) -> list[Place]:
    """Return each quotation in its sentence, with the words between all marks blotted out."""
    blotted = _blot(text, found)
    sentences = split_sentences(blotted, language or "en")
    return [_place(blotted, sentences, one, text) for one in found]


def _blot(text: str, found: Sequence[Quoted]) -> str:
    pieces, end = [], 0
    for one in found:
        last = text[one.inner.end - 1]
        kept = last if not last.isalnum() else BLOT
        pieces += [text[end : one.inner.start], BLOT * (one.inner.end - one.inner.start - 1), kept]
        end = one.inner.end
    return "".join([*pieces, text[end:]])


def _place(blotted: str, sentences: Sequence[Span], one: Quoted, text: str) -> Place:
    own = [span for span in sentences if span.overlaps(one.outer)]
    start = _introduced_at(blotted, sentences, min(own[0].start, one.outer.start), one)
    end = max(own[-1].end, one.outer.end)
    last = blotted[one.inner.end - 1]
    following = [span for span in sentences if span.start >= end]
    goes_on = "?!？！…—-。" if JOINED.match(blotted, end) else "?!？！…—-"
    if (
        end == one.outer.end
        and last in goes_on
        and following
        and "\n" not in blotted[end : following[0].start]
    ):
        end = following[0].end
    words = _count_words(one.inner.of(text))
    is_whole = last in ",.?!，。？！…—–-"
    is_whole = is_whole or (words >= FEWEST_WORDS_OF_CLAUSE and blotted.startswith(",", one.outer.end))
    return Place(blotted, Span(start, one.outer.start), Span(one.outer.end, end), words, is_whole)


def _introduced_at(blotted: str, sentences: Sequence[Span], start: int, one: Quoted) -> int:
    """Return where the sentence begins that introduces a quotation: it may end the paragraph before."""
    before = blotted[:start].rstrip()
    if (
        start != one.outer.start
        or not before.endswith((":", ","))
        or "\n" not in blotted[len(before) : start]
    ):
        return start
    return max((span.start for span in sentences if span.start < len(before)), default=start)


def _count_words(words: str) -> int:
    return len(words.split()) + len(JOINED.findall(words)) // CHARACTERS_A_WORD


def _tell(one: Quoted, place: Place, cues: Cues, text: str) -> _Told:
    attribution = find_attribution(place, cues)
    kind = _kind(one, place, attribution, cues, text)
    return _Told(one, place, attribution if kind == "statement" else None, kind)


def _kind(one: Quoted, place: Place, attribution: Attribution | None, cues: Cues, text: str) -> Kind:
    before = place.head.of(place.text).rstrip(" :,(")
    if one.mark == "《":
        return "title"
    if _is_title(one, text) and _stands_as_title(place, attribution):
        return "title"
    if attribution and (place.is_whole or attribution.rule == "speaker_and_verb_before"):
        told_before = attribution.cue in place.head.of(place.text) or _is_called(place, cues)
        is_term = attribution.rule == "according_to" and place.words < FEWEST_WORDS_OF_TITLE and told_before
        return "scare" if is_term else "statement"
    if re.search(rf"(?i:\b{cues.pattern('message')})(?: \w+){{0,2}}$", before):
        return "message"
    if _is_title(one, text) and _may_be_title(one, place, attribution, cues, text):
        return "title"
    return "scare" if _is_scare(one, place, attribution, cues, text) else "statement"


def _stands_as_title(place: Place, attribution: Attribution | None) -> bool:
    """Say whether words written as a title stand in a sentence of their own making: "including “...”"."""
    before = place.head.of(place.text).rstrip()
    is_near = attribution is not None and attribution.rule == "speaker_and_verb_before"
    return (
        place.words >= FEWEST_WORDS_OF_TITLE and bool(before) and before[-1] not in ",:" and not is_near
    )


def _may_be_title(
    one: Quoted, place: Place, attribution: Attribution | None, cues: Cues, text: str
) -> bool:
    """Say whether quoted words follow a word such as "book", or stand by themselves as titles do."""
    before = place.head.of(place.text).rstrip(" :,(")
    if re.search(rf"(?i:\b{cues.pattern('title')})(?: \w+){{0,{TITLE_LOOKBACK}}}$", before):
        return True
    is_short = FEWEST_WORDS_OF_TITLE <= place.words <= MOST_WORDS_OF_TITLE
    return attribution is None and is_short and not _is_sentence(one, place, text)


def _is_scare(one: Quoted, place: Place, attribution: Attribution | None, cues: Cues, text: str) -> bool:
    """Say whether quoted words are a term: a few without a cue, or after "called"."""
    if attribution is None and JOINED.search(one.inner.of(text)) and not place.is_whole:
        return not place.head.of(place.text).endswith(("：", ":", "，"))
    if place.words > MOST_WORDS_OF_TERM:
        return False
    if attribution and attribution.rule == "called":
        return False
    return _is_called(place, cues) or (attribution is None and not _is_sentence(one, place, text))


def _is_called(place: Place, cues: Cues) -> bool:
    """Say whether quoted words follow "called" or the like."""
    before = place.head.of(place.text).rstrip(" :,(")
    return bool(re.search(rf"(?i:\b{cues.pattern('call')})(?: \w+){{0,3}}$", before))


def _is_sentence(one: Quoted, place: Place, text: str) -> bool:
    """Say whether quoted words are a sentence that stands by itself."""
    words = one.inner.of(text)
    return not place.head.of(text).strip() and words[0].isupper() and words[-1] in ".?!"


def _is_title(one: Quoted, text: str) -> bool:
    """Say whether quoted words are written as titles are: each long word with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", one.inner.of(text)) if len(word) > 3]
    words = [word for word in words if word not in SMALL_IN_TITLES]
    return bool(words) and all(word[0].isupper() for word in words)


def _continued(text: str, told: Sequence[_Told]) -> list[_Told]:
    """Give a quotation the speaker of the one before it where only `, X said.` stands between them."""
    done: list[_Told] = []
    for one in told:
        last = done[-1] if done else None
        if last and one.attribution is None and one.kind == "statement" and _goes_on(text, last, one):
            last_one = last.attribution
            assert last_one is not None
            follows = Attribution(last_one.subject, last_one.cue, "continued_quotation", last_one.relay)
            one = _Told(one.quoted, one.place, follows, one.kind)
        done.append(one)
    return done


def _goes_on(text: str, last: _Told, one: _Told) -> bool:
    between = text[last.quoted.outer.end : one.quoted.outer.start]
    is_bare = not one.place.head.of(text).strip() and one.place.is_whole
    has_said = last.attribution is not None and last.attribution.rule not in (
        "relayed",
        "partial_quotation",
    )
    follows = is_bare and last.place.tail.end >= one.quoted.outer.start - 1
    return has_said and "\n" not in between and (follows or _is_interrupted(last, between))


def _is_interrupted(last: _Told, between: str) -> bool:
    """Say whether only who says it stands between two parts of a sentence: “...,” says X, “...”."""
    said, cue = between.strip(), last.attribution.cue if last.attribution else ""
    is_short = len(said.split()) <= MOST_WORDS_BETWEEN and said.endswith(",")
    return is_short and cue in said and not re.search(r"[.!?;:] ", said)


def _to_quote(article_id: str, position: int, told: _Told, cast: Cast) -> Quote:
    one = told.attribution
    speaker = resolve_speaker(cast, one.subject) if one and one.subject else None
    relay = _relay(one, cast)
    span = told.quoted.inner
    return Quote(
        article_id=article_id,
        position=position,
        text=span.of(cast.text),
        kind=told.kind,
        speaker=speaker.name if speaker else None,
        speaker_surface=speaker.surface if speaker else None,
        entity_id=_listed(speaker, cast),
        relayed_by=relay.name if relay else None,
        relayed_by_entity_id=_listed(relay, cast),
        cue=one.cue if one else None,
        start_char=span.start,
        end_char=span.end,
        rule=one.rule if one else told.quoted.pairing,
    )


def _listed(speaker: Speaker | None, cast: Cast) -> str | None:
    """Return the entity of a speaker who is one of the article's mentions."""
    return speaker.entity_id if speaker and speaker.entity_id in cast.ids else None


def _relay(one: Attribution | None, cast: Cast) -> Speaker | None:
    """Return who passes a quotation on; those whom it is told do only if they are a news outlet."""
    if one is None or one.relay is None:
        return None
    relay = resolve_speaker(cast, one.relay)
    if one.rule in ("relayed", "speaker_was_quoted"):
        return relay
    kinds = {named.entity.kind for named in cast.inside(one.relay)}
    return relay if relay and relay.entity_id and kinds & RELAYING_KINDS else None
