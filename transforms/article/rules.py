"""The rules for segments that are created while the article is assembled."""

from transforms.judging.rules import SegmentRule

DATELINE = SegmentRule(
    "dateline",
    "A paragraph opens with a place, and perhaps a date and an agency.",
    "ROTTERDAM, June 12: The pilots of the harbour went back to work on Thursday.",
)
CAPTION_FUSED_TO_DATELINE = SegmentRule(
    "caption_fused_to_dateline",
    "A caption without a space between it and the dateline.",
    "portcrane_02.jpgROTTERDAM, June 12: The pilots of the harbour went back to work on Thursday.",
)
BLANK = SegmentRule("blank", "There are only spaces and line ends.", "\n\n")

CORRECTION = SegmentRule(
    "correction",
    "A person decided about this line: `winnow corrections list` says who and why.",
    "Also in this issue: who owns the river",
)
SITE_SETTING = SegmentRule(
    "site_setting",
    "A person set that this line is always text, or always boilerplate, on its site.",
    "The Harbour Post comes out on Fridays",
)

ASSEMBLY_RULES = (DATELINE, CAPTION_FUSED_TO_DATELINE, CORRECTION, SITE_SETTING, BLANK)
