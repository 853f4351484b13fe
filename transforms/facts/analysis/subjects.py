"""Find the subject of a verb: before it, behind it, or shared with an earlier verb.

This is the one way to a subject. Attributions ask it for who speaks, figures for what has them; they
differ in the noun phrases that can be the subject (`Subjects.read`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from transforms.facts.analysis.apposition import parts_of
from transforms.facts.analysis.listeners import speaks_in
from transforms.facts.analysis.phrase_starts import is_relative_clause, phrase_start, stands_as_noun
from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.sentence_subject import CLOSE, sentence_subject
from transforms.facts.analysis.subject_phrases import as_subject, named_by
from transforms.facts.analysis.tokens import Token
from transforms.facts.analysis.verb_chains import (
    chain_start,
    is_behind_quotation,
    is_predicate,
    shares_subject,
)
from transforms.language.names import FULL_NAME, HONORIFIC, has_given_name
from transforms.language.span import Span

FARTHEST_NAME = 10  # tokens from "quien" to the name
FARTHEST_OBJECT = 9  # tokens from "expect" to "to"
OPENS = frozenset("([|•=;:")  # no subject stands before these, but for an apposition's commas
TITLED_NAME = re.compile(rf"(?P<title>{HONORIFIC} )?{FULL_NAME}")
NAME_AT_END = re.compile(rf"[^\W\d_A-Z] (?P<name>{FULL_NAME})$")
PhraseReader = Callable[[Sentence, int, int], Span | None]


def speaker_phrase(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return the tokens before a verb as who speaks: a pronoun or name at their end, or all of them."""
    start += end < len(sentence.tokens) and speaks_in(sentence, start, end)
    return _last_word(sentence, start, end) or as_subject(sentence, start, end)


def _last_word(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return a pronoun right before the verb ("in a post that day she"), or a name after a phrase."""
    first, last = sentence.tokens[start], sentence.tokens[end - 1]
    if last.has("person") and (sentence.language == "en" or first is last):
        return last.span
    span = sentence.span(start, end)
    name = NAME_AT_END.search(sentence.text, span.start, span.end)
    is_behind = first.has("fronted") and name and has_given_name(name["name"].split())
    return Span(*name.span("name")) if name and is_behind else None


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of a sentence's verbs.

    `read` makes a noun phrase of tokens, or None if they can be no subject. `names` are the spans of
    known names by their end: one at the end of an unclear phrase is the subject.
    """

    sentence: Sentence
    read: PhraseReader = speaker_phrase
    names: Mapping[int, Span] = field(default_factory=dict)

    @property
    def _speaks(self) -> bool:
        """Return True if who speaks is asked for."""
        return self.read is speaker_phrase

    def before(self, verb: int) -> Span | None:
        """Return the subject of a verb that comes before it, across auxiliaries, or is shared.

        >>> text = "Noting that, Mark Natkin, director of Marbridge, said"
        >>> Subjects(Sentence.whole(text)).before(10).of(text)
        'Mark Natkin'
        """
        tokens = self.sentence.tokens
        if tokens[verb].has("say") and is_behind_quotation(tokens, verb):
            return phrase_after(self.sentence, verb + 1)  # “...,” said X, adding
        if shares_subject(self.sentence, verb):
            return self._shared(verb)
        end = chain_start(self.sentence, verb)
        before = tokens[end - 1] if end else None
        if before and before.has("to") and self.sentence.language == "en":
            is_purpose = end > 1 and tokens[end - 2].has("comma")  # "They merged, to save £5,000"
            return self._first() if is_purpose else self._acting_object(end - 1)
        if before and before.has("and"):
            return self._shared(end)
        if before and self._speaks and before.has("who"):
            return self._nearest_name(end - 1)
        if before and end > 1 and before.has("relative"):
            is_comma = tokens[end - 2].has("comma")
            is_loose = is_comma and before.text == "that"  # "Presumably, that would be worth"
            return None if is_loose else self.antecedent(end - 1 - is_comma)
        return self.ending_at(end)

    def ending_at(self, end: int) -> Span | None:
        """Return the noun phrase that ends before a token, or before an apposition there."""
        tokens, start = self.sentence.tokens, phrase_start(self.sentence, end)
        if start == end and end and tokens[end - 1].text in OPENS:
            return None  # "Growth is 2% (range 0 to 10%)"
        if not self._speaks and 0 < start < end and tokens[start - 1].has("be"):
            return None  # "adults who were obese increased"
        if start < end and start and is_relative_clause(tokens, start, end):
            return self.read(self.sentence, phrase_start(self.sentence, start - 1), start - 1)
        is_relative = (
            start > 1 and start < end and tokens[start - 1].has("relative") and not self._speaks
        )
        if is_relative and tokens[start].has("fronted", "circumstance", "belonging"):
            return self.antecedent(start - 1 - tokens[start - 2].has("comma"))  # "que en enero invirtió"
        if start > 1 and _is_superlative(tokens[start:end]):
            return self._last_name(start - 1)
        subject = self.read(self.sentence, start, end) if start < end else self._apposed(end)
        return subject or self._last_name(end)

    def _acting_object(self, end: int) -> Span | None:
        """Return the object that does what follows it: "we expect rents to rise"."""
        tokens = self.sentence.tokens
        nearest = range(end - 1, max(-1, end - 1 - FARTHEST_OBJECT), -1)
        verb = next((i for i in nearest if tokens[i].has("object_acts", "comma", "break")), None)
        is_open = verb is not None and tokens[verb].has("object_acts") and not self._speaks
        return self.read(self.sentence, verb + 1, end) if verb is not None and is_open else None

    def _apposed(self, end: int) -> Span | None:
        """Return the phrase before an apposition that ends before a token: "Doe, a clerk, said"."""
        closing = (i + 1 for i in range(end - 1, -1, -1) if self.sentence.tokens[i].text in CLOSE)
        parts = list(parts_of(self.sentence, next(closing, 0), end))
        if not self._speaks and len(parts) > 2 and self.sentence.tokens[parts[-1][0]].has("and"):
            return None  # "berries, apples, and tea, was"
        if len(parts) > 1 and (name := self._name_of(*parts[-1])):
            return name  # "Its owner, Tencent, has"
        candidates = parts[:-1][::-1] if len(parts) > 1 else parts
        if self._speaks:  # "Mr Doe, Senior Manager, LIC, Delhi, said"
            candidates.sort(key=lambda part: not self._is_person(*part))
        subject = next(filter(None, (as_subject(self.sentence, *part) for part in candidates)), None)
        return (named_by(self.sentence, subject, end) or self._read(subject)) if subject else None

    def _is_person(self, start: int, end: int) -> bool:
        """Return True if a part between commas is a person's full name."""
        words = self.sentence.words(start, end)
        name = TITLED_NAME.fullmatch(words)
        return name is not None and (name["title"] is not None or has_given_name(words.split()))

    def _name_of(self, start: int, end: int) -> Span | None:
        """Return the known name that a part between commas is."""
        part = self.sentence.span(start, end)
        return part if self.names.get(part.end) == part else None

    def _shared(self, at: int) -> Span | None:
        """Return the subject of the verb before one that shares it, or that of the sentence."""
        tokens = self.sentence.tokens
        if self._speaks:
            said = self.sentence.find("say", "tell", "quote")
            said = [i for i in said if i < at and not stands_as_noun(tokens, i)]
            return (self.before(said[-1]) if said else None) or sentence_subject(self.sentence)
        commas = [i for i in range(at) if tokens[i].has("comma")][-2:] * tokens[at].text.endswith("ing")
        if name := next(filter(None, map(self._last_name, commas)), None):
            return name  # "the platform called WeChat, a rival of QQ, having"
        last = at - 1 - (at > 1 and tokens[at - 1].has("and"))
        last -= last > 0 and tokens[last].has("comma")
        ends = (i for i in range(last, -1, -1) if tokens[i].has("break", "comma"))
        earlier = [i for i in range(last, next(ends, 0), -1) if is_predicate(tokens, i)]
        return self.before(earlier[0]) if earlier else self._first()

    def _first(self) -> Span | None:
        """Return the subject that a sentence begins with."""
        subject = sentence_subject(self.sentence)
        return self._read(subject) if subject else None

    def _read(self, subject: Span) -> Span | None:
        """Return a phrase, or what stands in it behind a verb of saying: "Doe said teams of scouts"."""
        if self._speaks:
            return subject
        inside = [i for i, one in enumerate(self.sentence.tokens) if subject.covers(one.span)]
        said = [i + 1 for i in inside if self.sentence.tokens[i].has("verb")]
        return self.read(self.sentence, said[-1] if said else inside[0], inside[-1] + 1)

    def antecedent(self, end: int, *, is_nearest: bool = False) -> Span | None:
        """Return the noun that a relative pronoun means: "the bridge, which weighs 300 tonnes".

        With `is_nearest`, what stands before a preposition is no part of it: "an account for | firms".
        """
        sentence, tokens = self.sentence, self.sentence.tokens
        start = max(end - 1, 0)  # the last word is a noun, also "offer"
        ends = ("comma", "break", "finite", "verb", "figure_verb", "relative")
        while start and (not tokens[start - 1].has(*ends) or self._is_noun(start - 1)):
            start -= 1
        before = tokens[start - 1] if start else None
        if before and before.has("relative") and before.text != "that" and start < end - 1:
            start += 1  # "who post false reports that"
        articles = [i for i in range(start, end) if tokens[i].has("determiner")]
        start = articles[-1] if articles else start
        nearest = sentence.behind_last(end, "fronted", "link") if is_nearest else start
        if nearest > start and not tokens[nearest - 1].has("of"):
            start = nearest
        if sentence.language != "en" and self._is_unclear(start, end):
            return None
        is_close = end < len(tokens) and tokens[end].has("relative") and not self._speaks
        if is_close and any(one.has("circumstance") for one in tokens[start + 1 : end]):
            return None  # "a budget on Tuesday that raises": it is unsure which noun is meant
        linked = [i + 1 for i in range(max(start - 1, 0), end - 1) if tokens[i].has("link")] * is_close
        if linked and any(one.is_capital for one in tokens[linked[-1] : end]):
            return None  # "the end for Scunthorpe who were", "experts in the United States who speak"
        return self.read(sentence, start, end) if start < end else None

    def _is_noun(self, at: int) -> bool:
        """Return True for a listed verb that is a noun or an adjective here: "a cut hand"."""
        return self.sentence.language == "en" and stands_as_noun(self.sentence.tokens, at)

    def _is_unclear(self, start: int, end: int) -> bool:
        """Return True if a verb ends a phrase ("calculan que"), or it has several nouns that link."""
        last, before = self.sentence.tokens[end - 1], self.sentence.tokens[end - 2 : end - 1]
        is_verb = last.has("figure_verb", "verb") and not any(one.has("determiner") for one in before)
        links = sum(one.has("belonging") for one in self.sentence.tokens[start:end])
        return is_verb or (not self._speaks and links > 1)

    def _nearest_name(self, end: int) -> Span | None:
        """Return the last word or words with capitals before "quien": "preguntó a Ana Gil, quien"."""
        tokens, nearest = self.sentence.tokens, range(end - 1, max(-1, end - 1 - FARTHEST_NAME), -1)
        last = next((i for i in nearest if tokens[i].is_capital), None)
        if last is None or tokens[last].has("determiner"):
            return None
        first = last
        while first and tokens[first - 1].is_capital and not tokens[first - 1].has("determiner"):
            first -= 1
        return self.sentence.span(first, last + 1)

    def _last_name(self, end: int) -> Span | None:
        """Return the known name before a token: "on its platform called WeChat, having"."""
        tokens = self.sentence.tokens[:end]
        name = self.names.get(tokens[-1].span.end) if tokens else None
        before = [token for token in tokens if name and token.span.end <= name.start]
        return None if before and before[-1].has("fronted", "link", "determiner", "finite") else name


def _is_superlative(tokens: Sequence[Token]) -> bool:
    """Return True if a phrase describes the one before it: "WeChat, the most popular of them has"."""
    is_most = len(tokens) > 1 and (tokens[1].text == "most" or tokens[1].text.endswith("est"))
    return is_most and tokens[0].has("determiner")
