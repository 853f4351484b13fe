"""The rules that find quotations and attribute them to a speaker."""

from dataclasses import dataclass

from transforms.rule import Rule


@dataclass(frozen=True, slots=True)
class QuoteRule(Rule):
    """A rule that finds a quotation.

    `is_right_before`: the verb of saying comes right before the words. `cites_source`: the cue is
    "according to" or similar. `names_relay`: the sentence names the source that relays the words.
    `can_continue`: the next quotation of the sentence can have the same speaker. `is_signature`: the
    name signs the words, and the quotation ends there.
    """

    is_right_before: bool = False
    cites_source: bool = False
    names_relay: bool = False
    can_continue: bool = True
    is_signature: bool = False


SPEAKER_AND_VERB_BEFORE = QuoteRule(
    "speaker_and_verb_before",
    "Speaker and verb come right before the words.",
    "Jane Doe, a lawyer, said: “The rule is new.”",
    is_right_before=True,
)
PARTIAL_QUOTATION = QuoteRule(
    "partial_quotation",
    "Speaker and verb come earlier in a sentence that goes on with quoted words.",
    "Tencent said the rule was “an upgrade of what was there before” and declined to say more.",
    can_continue=False,
)
VERB_AND_SPEAKER_AFTER = QuoteRule(
    "verb_and_speaker_after",
    "The verb comes right after the words, then the speaker.",
    "“The river rose,” said Jane Doe, a lawyer.",
)
SPEAKER_AND_VERB_AFTER = QuoteRule(
    "speaker_and_verb_after",
    "The speaker comes right after the words, then the verb.",
    "“The river rose,” Jane Doe said.",
)
QUOTED_AS_SAYING = QuoteRule(
    "quoted_as_saying",
    "Someone quotes the speaker as saying the words.",
    "“We will fight,” Xinhua quoted Jane Doe as saying.",
    names_relay=True,
    can_continue=False,
)
SPEAKER_WAS_QUOTED = QuoteRule(
    "speaker_was_quoted",
    "The speaker is quoted, perhaps by someone named.",
    "Analyst Tom Roe was quoted by Reuters as saying: “The rule is new.”",
    names_relay=True,
)
ACCORDING_TO = QuoteRule(
    "according_to",
    "The speaker follows “according to” or the like.",
    "“The rule is new,” according to Jane Doe, an analyst.",
    cites_source=True,
)
SAID_IN_DOCUMENT = QuoteRule(
    "said_in_document",
    "A document says the words, and who issued it (German “heißt es in”).",
    "„Die Regel ist neu“, heißt es in einer Mitteilung der Polizei.",
)
WHAT_SPEAKER_CALLS = QuoteRule(
    "what_speaker_calls",
    "The words follow “what X calls”.",
    "It is part of what Jane Doe calls “a war on the rivers of the north”.",
)
DESCRIBED_AS = QuoteRule(
    "described_as",
    "The speaker describes something as the words.",
    "Jane Doe dismissed the plan as “mad”.",
)
SIGNATURE = QuoteRule(
    "signature",
    "A name after a dash or in the line below signs the words.",
    "“We need time.” — Jane Doe, chief executive",
    is_signature=True,
)
SPEAKER_IN_SENTENCE_BEFORE = QuoteRule(
    "speaker_in_sentence_before",
    "The sentence before ends with speaker and verb.",
    "Managers came outside to watch, Jane Doe said. “Some were standing far away, then they moved.”",
)
COLON_AFTER_NAME = QuoteRule(
    "colon_after_name",
    "A sentence that opens with one person ends in a colon.",
    "Jane Doe (48) is not surprised: “We have seen this before.”",
)
NAME_IN_LINE_BEFORE = QuoteRule(
    "name_in_line_before",
    "The line before names one person and ends in a colon.",
    "And from Chairwoman Jane Doe:\n“She brings twenty winters on the ice.”",
)
CONTINUED_QUOTATION = QuoteRule(
    "continued_quotation",
    "Only who says it comes between the words and those before.",
    "“It is simple,” Jane Doe said. “They want us quiet.”",
)
CONTINUED_PARAGRAPH = QuoteRule(
    "continued_paragraph",
    "The words go on with the speaker of the quotation before, whom no one else interrupts.",
    "“It is simple,” said Jane Doe, a lawyer.\n“They want us quiet. We will not be.”",
)
PAIRED_MARKS = QuoteRule(
    "paired_marks",
    "Words between marks that pair; the article names no speaker.",
    "They see the “river” daily.",
)
MIXED_MARKS = QuoteRule(
    "mixed_marks",
    "Words between marks of two kinds; the article names no speaker.",
    "The ‘bridge” is dear to them.",
)
MARKS_OVER_PARAGRAPHS = QuoteRule(
    "marks_over_paragraphs",
    "Words over several paragraphs that repeat the opening mark; the article names no speaker.",
    "“The first thing is the river.\n“The second is the bridge.”",
)
DIALOGUE_DASH = QuoteRule(
    "dialogue_dash",
    "Words after a dash at the start of a line or after who says them; the speaker is unknown.",
    "—La lámpara estaba en un corral —dijo Eloy Mansilla—. Nadie lo sabía.",
)
SCRIPT_LINE = QuoteRule(
    "script_line",
    "A line of a script or an interview that begins with who says it and a colon.",
    "Jane Doe: Is the rule new?\nJohn Roe: It is older than both of us.",
    can_continue=False,
)
# All rules above, in their order.
QUOTE_RULES = tuple(rule for rule in [*globals().values()] if isinstance(rule, QuoteRule))
QUOTE_RULE_OF = {rule.name: rule for rule in QUOTE_RULES}
