"""Find quotations that continue with the speaker of the one before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.facts.quotes import rules
from transforms.facts.quotes.named_people import NamedPeople
from transforms.facts.quotes.pronouns import fits_verb, may_be, names_other
from transforms.facts.quotes.quotation import Quotation
from transforms.language.cues import NO_CAPITALS, PRO_DROP
from transforms.language.span import Span
from warehouse.schema.rows.facts import Quote

FARTHEST_BEFORE = 3  # lines between a statement and what its speaker added
MOST_WORDS_BETWEEN = 12  # in the attribution between two parts of one quoted sentence


def continue_sentences(text: str, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Give a quotation the speaker of the one before it if only `, X said.` is between them."""
    done: list[Quotation] = []
    last: Quotation | None = None  # a title in quotation marks may stand before the name of its author
    for one in quotations:
        said = last.attribution if last and one.attribution is None and one.kind == "statement" else None
        if last and said and said.rule.can_continue and _goes_on(text, last, said.cue, one):
            one = replace(one, attribution=replace(said, rule=rules.CONTINUED_QUOTATION))
        last = one if one.kind == "statement" else last
        done.append(one)
    return done


def _goes_on(text: str, last: Quotation, cue: str, one: Quotation) -> bool:
    """Return True if only who says it separates two quotations, or two parts of a sentence."""
    between = text[last.context.quoted.outer.end : one.context.quoted.outer.start]
    is_bare = not one.context.opening.strip() and one.context.is_whole
    follows = is_bare and last.context.tail.end >= one.context.quoted.outer.start - 1
    if one.context.is_whole and not follows:  # “...，”周立群说。“...”
        follows = re.search(rf"{cue}\w{{0,2}}。$", between) is not None
    follows = follows or one.context.quoted.pairing is rules.DIALOGUE_DASH
    return "\n" not in between and (follows or _is_interrupted(between.strip(), cue))


def _is_interrupted(said: str, cue: str) -> bool:
    """Return True if only an attribution separates two parts of a sentence: “...,” says X, “...”."""
    is_short = len(said.split()) <= MOST_WORDS_BETWEEN and said.endswith(",")
    return is_short and cue in said and not re.search(r"[.!?;:] ", said)


def continue_paragraphs(people: NamedPeople, rows: Sequence[Quote]) -> list[Quote]:
    """Give "he added" the speaker of the statement before if the text names nobody else in between."""
    done: list[Quote] = []
    last: Quote | None = None  # statement
    for row in rows:
        if (
            last
            and last.speaker
            and row.kind == "statement"
            and not row.speaker
            and _may_go_on(people, last, row)
        ):
            row = replace(
                row,
                speaker=last.speaker,
                speaker_surface=row.speaker_surface or last.speaker_surface,
                entity_id=last.entity_id,
                cue=row.cue or last.cue,
                rule=row.rule if row.cue else rules.CONTINUED_PARAGRAPH.name,
            )
        done.append(row)
        last = row if row.kind == "statement" else last
    return done


def _may_go_on(people: NamedPeople, last: Quote, row: Quote) -> bool:
    text, between = people.text, Span(last.end_char, row.start_char)
    if between.of(text).count("\n") > FARTHEST_BEFORE or names_other(
        people, between, last.speaker or ""
    ):
        return False
    pronoun = (row.speaker_surface or "").casefold()
    has_capitals = people.cues.language not in NO_CAPITALS
    is_near = not has_capitals and "\n" not in between.of(text)
    if pronoun:
        goes_on = row.cue in people.cues.of("go_on") and pronoun not in people.cues.of("someone_else")
        may_mean = is_near or may_be(people, last.speaker or "", pronoun)
        return goes_on or (pronoun in people.cues.of("he", "she") and may_mean)
    if row.cue is not None:
        goes_on = has_capitals and people.cues.language in PRO_DROP
        goes_on = goes_on and fits_verb(people, str(last.speaker), row.cue)
        return is_near or goes_on or row.cue in people.cues.of("go_on")
    if rules.QUOTE_RULE_OF[last.rule].is_signature:
        return False
    if "\n" in between.of(text):
        return _is_alone(text, row) and _ends_told(text, last)
    return _is_sentence(people, row) or _is_reported(people, row)


def _is_alone(text: str, row: Quote) -> bool:
    """Return True if a quotation fills one or more paragraphs and ends as a sentence."""
    before, after = text[: row.start_char].rpartition("\n")[2], text[row.end_char :].partition("\n")[0]
    return len(before) <= 1 and len(after) <= 1 and row.text[-1] in ".!?…"


def _ends_told(text: str, last: Quote) -> bool:
    """Return True if a statement's paragraph ends with its attribution, or with the statement itself."""
    rest = text[last.end_char :].partition("\n")[0]
    return last.cue is not None and (last.cue in rest or len(rest) <= 1)


def _is_reported(people: NamedPeople, row: Quote) -> bool:
    """Return True if a German sentence is reported speech: its verb is in the subjunctive."""
    end = re.compile(r"[.!?](?:\s|$)|\n|$").search(people.text, row.end_char)
    told = _sentence_before(people, row) + people.text[row.end_char : end.start() if end else None]
    return bool(people.cues.of("reported") & set(re.findall(r"\w+", told)))


def _is_sentence(people: NamedPeople, row: Quote) -> bool:
    """Return True for a quoted sentence in its paragraph: “...,” he says. The rain goes on. “...”"""
    return len(_sentence_before(people, row).strip()) <= 1 and row.text[-1] in ".!?…"


def _sentence_before(people: NamedPeople, row: Quote) -> str:
    """Return the sentence up to a quotation, with its opening mark."""
    text = people.text
    start = max(text.rfind(mark, 0, row.start_char) for mark in (". ", "\n", "! ", "? ")) + 1
    return text[start : row.start_char]
