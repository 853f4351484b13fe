"""Find the noun whose size or amount a figure gives without a verb: "une étape de 167 kilomètres"."""

import re
from collections.abc import Sequence
from itertools import takewhile

from transforms.facts.analysis.figure_phrases import noun_phrase
from transforms.facts.analysis.phrase_starts import phrase_start
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.tokens import ELIDED, Token
from transforms.language.cues import CAPITAL_NOUNS, VERB_SECOND, WITHOUT_ARTICLES
from transforms.language.span import Span

MOST_OF_DESCRIPTION = 8  # tokens from a figure to the comma that closes its description
MOST_OF_NOUN = 6  # tokens from an article to the "of" of a measure
NO_NOUN = ("comma", "break", "verb", "figure_verb", "number", "relative", "and", "total")
NO_NOUN_BEHIND = (*NO_NOUN, "fronted", "link", "finite", "before_verb", "determiner", "preposition")
MOST_BEHIND = 3  # words of "family drama" in "a three-hour family drama"
OF_NOUN = re.compile(r"-[^\W\d]+$")  # "three-hour", not "20-40 miles"
OF_ONE = re.compile("['’]une?$")  # "d’une étape"


def described_by(sentence: Sentence, figure: Span) -> Span | None:
    """Return the phrase before a comma that a figure describes: "Its report, 310 pages long, says".

    >>> text = "Its report, 310 pages long, says"
    >>> described_by(Sentence.whole(text), Span(12, 21)).of(text)
    'Its report'
    >>> text = "WeChat, with 355 million users a month, grows"
    >>> described_by(Sentence.whole(text), Span(13, 30)).of(text)
    'WeChat'
    """
    tokens = sentence.tokens
    start = next((i for i, one in enumerate(tokens) if one.span.start >= figure.start), 0)
    after = tokens[sentence.index_from(figure.end) :]
    if sentence.language in WITHOUT_ARTICLES and start > 1 and tokens[start - 1].text in "—–":
        return _before_dash(sentence, start - 1, after)
    if sentence.language in WITHOUT_ARTICLES and start > 2 and tokens[start - 1].has("measure"):
        return _before_measure(sentence, start - 1)
    is_of, is_with = (start > 1 and tokens[start - 1].has(kind) for kind in ("of", "with"))
    if (comma := _comma_before_measure(sentence, start)) and sentence.language not in VERB_SECOND:
        begin = _noun_start(sentence, comma, is_genitive=True)
        return noun_phrase(sentence, begin, comma) if begin is not None else None
    comma = start - 1 - (is_of or is_with)
    if comma < 1 or not tokens[comma].has("comma") or not after:
        return None
    begin = phrase_start(sentence, comma)
    is_first = begin == 0 or tokens[begin - 1].has("break")
    is_measured = after[0].text in sentence.cues.of("measure") or (is_of and after[0].has("comma", "of"))
    nearest = after[:3] if is_measured else after[:MOST_OF_DESCRIPTION] if is_with and is_first else []
    if is_first and comma == start - 1 and sentence.language != "en":
        nearest = nearest or after[:1]  # "La moyenne, 38 km/h, est"
    is_closed = any(one.has("comma") for one in nearest)
    return noun_phrase(sentence, begin, comma) if is_closed else None


def _before_measure(sentence: Sentence, end: int) -> Span | None:
    """Return the noun before a measure: "лоскут кожи площадью 2 м", "działka o powierzchni 2 ha"."""
    tokens, end = sentence.tokens, end - sentence.tokens[end - 1].has("cut_before")
    first = phrase_start(sentence, end)
    many = tuple(sentence.cues.of("plural_ending")) or "-"
    parts = (
        i
        for i in range(first, end - 1)
        if tokens[i].has("fronted") or (i > first and tokens[i].text.endswith(many))
    )
    behind = [i + 1 for i in parts]
    return noun_phrase(sentence, max([first, *behind]), end)


def _before_dash(sentence: Sentence, dash: int, after: Sequence[Token]) -> Span | None:
    """Return the phrase that a dash ties to a figure: "Цена билета — 50 рублей"."""
    tokens, begin = sentence.tokens, phrase_start(sentence, dash)
    is_first = begin == 0 or tokens[begin - 1].has("comma", "and")
    has_verb = any(one.has("figure_verb", "verb", "finite") for one in tokens[begin:dash])
    is_last = not after or after[0].has("comma", "break", "fronted", "and")
    return noun_phrase(sentence, begin, dash) if is_first and is_last and not has_verb else None


def _comma_before_measure(sentence: Sentence, start: int) -> int | None:
    """Return the comma before what a figure measures: "La galleria, lunga 620 metri", "doté de 10 €"."""
    tokens = sentence.tokens
    first = start - 1 - (start > 1 and tokens[start - 1].has("of", "lasting", "fronted", "belonging"))
    if first < 2 or not tokens[first - 1].has("comma"):
        return None
    is_form = sentence.cues.ends(tokens[first].text, "participle_ending")
    return first - 1 if tokens[first].has("measure") or (is_form and first < start - 1) else None


def noun_behind(sentence: Sentence, figure: Span) -> Span | None:
    """Return the noun that a figure with a hyphen describes: "a three-hour drama about".

    >>> text = "won a three-hour drama about truckers"
    >>> noun_behind(Sentence.whole(text), Span(6, 16)).of(text)
    'drama'
    """
    if sentence.language != "en" or not OF_NOUN.search(figure.of(sentence.text)):
        return None
    start = sentence.index_from(figure.end)
    after = range(start, min(start + MOST_BEHIND, len(sentence.tokens)))
    nouns = takewhile(lambda i: not sentence.tokens[i].has(*NO_NOUN_BEHIND), after)
    found = [i for i in nouns if sentence.tokens[i].text.replace("-", "").isalpha()]
    return sentence.span(start, found[-1] + 1) if found and found[0] == start else None


def behind_participle(sentence: Sentence, figure: Span) -> Span | None:
    """Return the subject of a phrase that opens a sentence: "Made for $1.2, the film", "With 5, it"."""
    tokens = sentence.tokens
    endings = tuple(sentence.cues.of("participle_ending")) or ("ed",)
    opens = tokens[0].text.endswith(endings) or tokens[0].leads("figure_verb", "with", "measure")
    if sentence.language in VERB_SECOND or not opens:
        return None
    start = sentence.next_of(sentence.index_from(figure.end), len(tokens), "comma") + 1
    if start < len(tokens) and tokens[start].has("each"):
        return None  # "With three tribes, each having a king, the island"
    ends = ("finite", "figure_verb", "verb", "before_verb", "comma", "fronted", "relative", "number")
    if any(one.leads("finite", "comma", "break", "pronoun") for one in tokens[1 : start - 1]):
        return None
    inside = range(start + 1, len(tokens))
    end = next((i for i in inside if tokens[i].leads(*ends) and not tokens[i].has("determiner")), start)
    is_unclear = end > start and tokens[end].has("number")  # no verb is known before it
    return noun_phrase(sentence, start, end) if end > start and not is_unclear else None


def measured_noun(sentence: Sentence, figure: Span, *, is_count: bool = False) -> Span | None:
    """Return the noun whose size a figure gives: "une étape de 167 kilomètres".

    A count needs "a" before the noun: "les élèves de 12 écoles" are not twelve.

    >>> text = "une étape de 167 kilomètres"
    >>> measured_noun(Sentence.whole(text, "fr"), Span(13, 27)).of(text)
    'une étape'
    """
    tokens = sentence.tokens
    of = next((i for i, one in enumerate(tokens) if one.span.start >= figure.start), 0) - 1
    if of < 1 or not tokens[of].has("of", "with"):
        return None
    begin, is_with = _noun_start(sentence, of), not tokens[of].has("of")
    if begin is not None and (is_count or is_with) and not tokens[begin].has("indefinite"):
        return None
    is_change = sentence.cues.compile("(?i:%change_noun|dimension|number_of%)").match(
        tokens[of - 1].text
    )
    if is_change or begin is None:
        return None
    is_bare = not tokens[begin].has("determiner") and begin == of - 1  # "sous peine d’une astreinte de"
    return sentence.span(begin, of) if is_bare else noun_phrase(sentence, begin, of)


def _noun_start(sentence: Sentence, end: int, *, is_genitive: bool = False) -> int | None:
    """Return where the noun phrase that ends before a token begins: with an article, or behind "du".

    With `is_genitive` it goes on before "of" and an article: "le stade de la ville".
    """
    tokens, at = sentence.tokens, end - 1
    while at >= 0 and end - at <= MOST_OF_NOUN and not tokens[at].has(*NO_NOUN):
        if tokens[at].has("determiner"):
            if not (is_genitive and at > 1 and tokens[at - 1].has("of")):
                return at if at < end - 1 or ELIDED.match(tokens[at].text) else None
            at -= 1
        elif tokens[at].has("belonging") and not is_genitive:
            is_article = OF_ONE.search(tokens[at].text) is not None
            return at + 1 if is_article and at + 1 < end else None
        at -= 1
    is_noun = sentence.language in CAPITAL_NOUNS and tokens[end - 1].is_capital
    return end - 1 if is_noun and not is_genitive else None  # "drohen Bußgelder von bis zu 50 Euro"
