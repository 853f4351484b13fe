"""Find the subject of a figure by the fields of its clause, in languages with the verb in second place.

A main clause has one phrase in front of its finite verb. That phrase is the subject, or else the subject
comes right behind the verb; participles and infinitives close the clause. If a conjunction or a relative
pronoun opens a clause, all verbs stand at its end, and the subject near its beginning. (The topological
model of German and Dutch grammar.)
"""

from transforms.facts.analysis.apposition import parts_of
from transforms.facts.analysis.figure_phrases import noun_phrase
from transforms.facts.analysis.nominatives import (
    antecedent,
    is_in_noun,
    is_pronoun,
    may_be_nominative,
    nominative_at,
)
from transforms.facts.analysis.phrase_ends import ARTICLE_CLASSES, VERB_CLASSES, end_of_phrase
from transforms.facts.analysis.predicates import (
    Predicate,
    closing_verb,
    is_governed,
    is_time,
    moves,
    verb_class,
)
from transforms.facts.analysis.sentence import Sentence
from transforms.language.cues import CAPITAL_NOUNS
from transforms.language.span import Span

# Classes of verbs whose figure may follow a preposition: "liegt bei 300".
HELD = frozenset(["be", "rise", "fall", "reach", "sell", "say", "have", "jail"])
MOST_TO_FIGURE = 60  # words from the beginning of what is read


def clause_by_fields(sentence: Sentence, at: int, figure: Span) -> tuple[Span, Predicate] | None:
    """Return the subject and the predicate of the clause of a figure, which begins at a token, or None.

    >>> text = "Wenn niemand hilft, steigen die Mieten heuer um 6 Prozent."
    >>> subject, predicate = clause_by_fields(
    ...     Sentence.whole(text, "de"), 10, Span(45, 57)
    ... )
    >>> subject.of(text), predicate.verb.text
    ('die Mieten', 'steigen')
    """
    if at >= len(sentence.tokens) or is_in_noun(sentence, at, figure):
        return None
    clause = _Clause(sentence, at)
    if clause.is_final:
        return clause.of_final_verb()
    return clause.of_second_verb()


class _Clause:
    """The part of a sentence from the last comma before a figure to the figure."""

    def __init__(self, sentence: Sentence, figure: int) -> None:
        self.sentence, self.tokens, self.figure = sentence, sentence.tokens, figure
        self.first = max(0, figure - MOST_TO_FIGURE)
        self.is_plain = sentence.language not in CAPITAL_NOUNS
        words = range(figure - 1, self.first - 1, -1)
        self.start = next((i + 1 for i in words if self._parts_at(i)), self.first)
        self.is_final = self._is_final(self.start, figure)

    def _parts_at(self, at: int) -> bool:
        """Return True if a clause can begin behind a token: "Rat zahlt | und dass"."""
        before, after = self.tokens[at], self.tokens[at + 1]
        is_joined = before.has("and") and after.has("subordinate") and not after.has("opener")
        is_joined = is_joined or (self.is_plain and at > self.first and after.has("conjunction"))
        return before.has("comma", "break") or is_joined

    def of_final_verb(self) -> tuple[Span, Predicate] | None:
        """Return the subject behind the word that opens the clause, or what a relative pronoun means."""
        tokens, start = self.tokens, self.start
        closing = closing_verb(self.sentence, self.figure)
        if closing is None or tokens[tokens.index(closing) - 1].has("to"):
            return None  # "um 300 Stellen zu streichen"
        subject, opening = nominative_at(self.sentence, start + 1, self.figure), tokens[start]
        if not opening.has("subordinate", "oblique", "fronted"):
            if subject is None or opening.has("relative_subject"):
                subject = antecedent(self.sentence, start - 1)
            elif not tokens[start + 1].has("nominative", "determiner"):
                subject = None  # "die Strom liefert": subject or object
        elif subject is None and opening.has("relative"):
            subject = antecedent(
                self.sentence, start - 1
            )  # "het museum, dat vorig jaar 300 stukken kocht"
        return (subject, Predicate(start, closing)) if subject else None

    def of_second_verb(self) -> tuple[Span, Predicate] | None:
        """Return the subject of the finite verb before the figure, and the verb that has the figure."""
        start = self._behind_and(self.start, self.figure)
        if (verb := self._finite(start, self.figure)) is None:
            return None
        subject, predicate = self._subject(start, verb), self._predicate(verb)
        joint = self.tokens[self.figure - 1]
        if subject and joint.has("and") and subject.end == joint.span.start - 1:
            return None  # "nötig sind Zeit und 2 Gutachten"
        return (subject, predicate) if subject and predicate else None

    def _predicate(self, verb: int) -> Predicate | None:
        """Return the verb that closes the clause of an auxiliary, or the finite verb itself."""
        token, is_held = self.tokens[verb], is_governed(self.tokens, self.figure)
        closing = closing_verb(self.sentence, self.figure) if token.has("auxiliary") else None
        if closing:
            is_fit = not token.has("be") and token.has("passive") == is_held
            is_fit = is_fit or moves(closing, self.sentence.language)
            return Predicate(verb, closing) if is_fit else None
        is_full = not token.has("auxiliary") and token.has("figure_verb") >= token.has("finite")
        is_measured = token.has("figure_verb") and (is_full or token.has("be"))
        is_measured = is_measured and (not is_held or verb_class(token, self.sentence.language) in HELD)
        is_plain = token.has("figure_verb") or is_full
        return Predicate(verb, token) if is_measured or (is_plain and not is_held) else None

    def _subject(self, start: int, verb: int) -> Span | None:
        """Return the subject of a finite verb whose clause begins at a token."""
        if verb > start + 1 and self.tokens[verb - 1].has("and"):
            return self._of_main_clause(start, verb - 1)
        if verb > start:
            if verb == start + 1 and self.tokens[start].has("relative") and self.is_plain:
                return antecedent(self.sentence, start - 1)  # "bolaget, som har 300 anställda"
            if is_pronoun(self.tokens, start):
                return None
            if not self._is_in_front(start, verb):
                return self._behind(verb)
            return None if self._is_in_list(start) else noun_phrase(self.sentence, start, verb)
        if start > self.start:  # "hat 300 Stellen gestrichen und will"
            return self._of_main_clause(self.start, start - 1)
        return self._before_comma(verb)

    def _before_comma(self, verb: int) -> Span | None:
        """Return the subject of a verb right behind a comma: of what stands in front of it."""
        if not (parts := self._parts_before(verb)):
            return None
        first, *others = parts
        if self._is_final(*first) or self._finite(*first) == first[0]:
            return self._behind(verb)  # "Wenn niemand hilft, steigen", "Friert es, steigen"
        main = [first, *(part for part in others if not self._is_final(*part))]
        for part in reversed(main):
            if self._finite(*part) is not None:
                return self._of_main_clause(*part)
        if self._is_in_front(*first):
            return noun_phrase(self.sentence, *first)
        return self._behind(verb)

    def _of_main_clause(self, start: int, end: int) -> Span | None:
        """Return the subject of the finite verb in a part of the sentence."""
        verb = self._finite(start, end)
        return None if verb is None or verb == start else self._subject(start, verb)

    def _parts_before(self, end: int) -> list[tuple[int, int]]:
        """Return the parts between commas, from the last break to a token."""
        start = max(self.first, self.sentence.behind_last(end, "break"))
        return list(parts_of(self.sentence, start, end))

    def _is_in_list(self, start: int) -> bool:
        """Return True if the part before a comma is a noun phrase as well: "Obst, Brot und Tee"."""
        before = self._parts_before(start) if start and self.tokens[start - 1].has("comma") else []
        return bool(before) and not self._is_final(*before[-1]) and self._finite(*before[-1]) is None

    def _behind_and(self, start: int, end: int) -> int:
        """Return where the last main clause begins: behind an "and" with a verb on both sides."""
        if (first := self._finite(start, end)) is None:
            return start
        joints = (i for i in range(end - 1, first, -1) if self.tokens[i].has("and"))
        return next((i + 1 for i in joints if self._finite(i + 1, end) is not None), start)

    def _is_final(self, start: int, end: int) -> bool:
        """Return True if a conjunction or a relative pronoun opens a part, so that verbs end it."""
        if start >= end:
            return False
        tokens = self.tokens
        is_behind_comma = start > 0 and tokens[start - 1].has("comma")
        pronoun = start + (tokens[start].has("fronted") and start + 1 < end)
        is_relative = is_behind_comma and tokens[pronoun].has("relative", "relative_article")
        if not (is_relative or tokens[start].has("subordinate")):
            return False
        verb = self._listed(start + 1, end)
        return verb is None or end < self.figure

    def _listed(self, start: int, end: int) -> int | None:
        """Return the first listed verb in a part of the sentence, but for one before its noun."""
        return next((i for i in range(start, end) if self._is_verb(i, start)), None)

    def _finite(self, start: int, end: int) -> int | None:
        """Return the finite verb of a part: the first listed, or a word behind its first phrase."""
        listed = self._listed(start, end)
        opening = start + self.tokens[start].has("fronted", "circumstance")
        at = end_of_phrase(self.sentence, opening, end)
        if not opening < at < (end if listed is None else listed):
            return listed
        token = self.tokens[at]
        is_form = token.text.islower() and self.sentence.cues.ends(token.text, "finite_ending")
        is_other = token.has("fronted", "adverb", "preposition", "and", *ARTICLE_CLASSES)
        return at if is_form and not is_other else listed

    def _is_verb(self, at: int, start: int) -> bool:
        token, before = self.tokens[at], self.tokens[at - 1] if at > start else None
        if not token.has(*VERB_CLASSES):
            return False
        if before is None or token.has("finite", "auxiliary"):
            return before is None or token.text.islower()
        is_adjective = before.has(*ARTICLE_CLASSES) and not before.has("subject_pronoun")
        return token.text.islower() and not is_adjective

    def _is_in_front(self, start: int, verb: int) -> bool:
        """Return True if the phrase before a finite verb is its subject."""
        if is_pronoun(self.tokens, verb + 1) or is_time(self.tokens[verb - 1].text):
            return False  # "Die Dose bekommt ihr", "Voriges Jahr bekam"
        while start < verb - 1 and self._opens_front(start):
            start += 1
        first = self.tokens[start]
        if first.has("nominative"):
            return True
        endings = self.sentence.cues.of("adverb_ending")
        if self.tokens[verb].has("be"):
            endings |= self.sentence.cues.of("predicate_ending")  # "Häufig sind Rabatte von"
        is_adverb = first.text.endswith(tuple(endings)) and start + 1 == verb
        return may_be_nominative(self.sentence, start) and not is_adverb

    def _opens_front(self, at: int) -> bool:
        """Return True for "aber" and "auch" before a phrase, but not for "vor"."""
        return self.tokens[at].has("and", "adverb") and not self.tokens[at].has("circumstance")

    def _behind(self, verb: int) -> Span | None:
        """Return the subject behind a finite verb, past "sich" and adverbs."""
        at = verb + 1
        while at < self.figure and self.tokens[at].has("reflexive", "adverb"):
            if self.tokens[at].has("nominative", "determiner"):
                break
            at += 1
        return nominative_at(self.sentence, at, self.figure)
