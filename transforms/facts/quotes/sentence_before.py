"""Find the speaker in the sentence before a quotation: `It rained, Doe said. “...”`."""

from transforms.facts.analysis.phrases import phrase_after
from transforms.facts.analysis.sentence import Sentence
from transforms.facts.analysis.subject_phrases import as_subject
from transforms.facts.analysis.subjects import Subjects
from transforms.facts.quotes import rules
from transforms.facts.quotes.attribution import Attribution
from transforms.facts.quotes.quote_context import QuoteContext
from transforms.language.span import Span
from transforms.language.words import line_start

FEWEST_WORDS = 5  # fewer are a term
LOOKBACK = 300  # characters of the sentence before


def find_sentence_before(context: QuoteContext) -> Attribution | None:
    """Find `It rained, X said. “...”`: reported speech, then a quoted sentence of the same speaker."""
    text, start = context.text, context.head.start
    reported = context.cues.of("reported")
    is_told = bool(reported) and any(one.text in reported for one in context.before.tokens)
    if not is_told and (not context.is_whole or context.before.tokens):
        return None
    opens = max(line_start(text, start), start - LOOKBACK)
    sentence = context.split.sentence(Span(opens, start))
    words = [i for i, one in enumerate(sentence.tokens) if one.text in ",;:."]
    if one := _main_verb(context, sentence):
        return one
    if len(words) < 2 or words[-1] != len(sentence.tokens) - 1 or sentence.tokens[words[-1]].text != ".":
        return None
    first, last = words[-2] + 1, words[-1]
    if not sentence.tokens[words[-2]].has("comma") or last - first < 2:
        return None
    if sentence.tokens[first].has("relative", "relative_article"):
        return None  # "Nadia Oomen, die romans schrijft."
    if sentence.tokens[last - 1].has("say"):
        subject, verb = as_subject(sentence, first, last - 1), last - 1
    elif sentence.tokens[first].has("say"):
        subject, verb = phrase_after(sentence, first + 1), first
    else:
        return None
    rule = rules.SPEAKER_IN_SENTENCE_BEFORE
    return Attribution(subject, sentence.tokens[verb].text, rule) if subject else None


def _main_verb(context: QuoteContext, sentence: Sentence) -> Attribution | None:
    """Return the subject of the verb of saying in the sentence before: "Doe declined to say more"."""
    tokens = sentence.tokens
    stops = [i for i, one in enumerate(tokens) if one.text in ".!?"]
    first = stops[-2] + 1 if len(stops) > 1 else 0
    is_told = bool(context.before.tokens)  # "Doe kündigte Beschwerde an. Er habe „in gutem Glauben“"
    said = [i for i in sentence.find("say", *("say_after",) * is_told) if i >= first]
    is_short = context.words <= FEWEST_WORDS and not is_told
    if not said or not stops or stops[-1] != len(tokens) - 1 or is_short:
        return None
    subject = Subjects(sentence).before(said[0])
    latest = min(first + 1, said[0])
    if subject is None or not tokens[first].span.start <= subject.start <= tokens[latest].span.start:
        return None
    return Attribution(subject, tokens[said[0]].text, rules.SPEAKER_IN_SENTENCE_BEFORE)
