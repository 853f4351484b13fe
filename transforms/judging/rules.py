"""The rules that decide the role of a line and whether it is kept, in the order of their use."""

from dataclasses import dataclass

from transforms.rule import Rule


@dataclass(frozen=True, slots=True)
class SegmentRule(Rule):
    """A rule for a segment; if `is_scored` is true, the model's score decides whether it is kept."""

    is_scored: bool = False


HEADLINE = SegmentRule(
    "headline",
    "The line is the headline; it moves to articles.title.",
    "Bridge over the river closed after gates go up",
)
REPEATS_HEADLINE = SegmentRule(
    "repeats_headline",
    "The line repeats the headline.",
    "Bridge over the river closed after gates go up",
)
BOILERPLATE_PHRASE = SegmentRule(
    "boilerplate_phrase",
    "The line is a set phrase of web pages, or a short line that begins or ends with one.",
    "Share on Facebook",
)
TEASER_AFTER_ARTICLE = SegmentRule(
    "teaser_after_article",
    "After the article, the line belongs to a teaser of another story.",
    "It is that time of the year again when nothing but a pot of soup will do, and so we went to...",
)
AUTHOR_BOX = SegmentRule(
    "author_box",
    "The line belongs to a box about the author after the article.",
    "About Ines Calloway",
)
AFTER_BOILERPLATE_PHRASE = SegmentRule(
    "after_boilerplate_phrase",
    "The line belongs to the boilerplate phrase above it; a long line below a reply form is a comment.",
    "Submit your words",
)
COMMENT_SECTION = SegmentRule(
    "comment_section",
    "The page's markup puts the line into a comment section.",
    "I have swum in that river since I was a child.",
)
BYLINE = SegmentRule(
    "byline",
    "Before the article, the line names the author.",
    "By Ines Calloway",
)
PUBLICATION_DATE_LINE = SegmentRule(
    "publication_date_line",
    "Before the article, a short line holds a date; or a line below the first paragraph is one.",
    "March 14, 2014",
)
STRAY_WORDS_BEFORE_ARTICLE = SegmentRule(
    "stray_words_before_article",
    "Before the article, a line of one or two words of which the model is not sure.",
    "Rivers",
)
LINE_WITHOUT_WORDS = SegmentRule(
    "line_without_words",
    "The line holds no word, only signs such as asterisks and dashes.",
    "* * *",
)
MODEL = SegmentRule(
    "model",
    "The model's score decides: a line is kept from 0.5 on.",
    "The mayor said that she would climb over if nobody opened by Monday.",
    is_scored=True,
)
PROSE_IN_SHORT_TEXT = SegmentRule(
    "prose_in_short_text",
    "In a short text without markup, a whole sentence is kept though the model scores it low.",
    "It was sold twice in one year, and neither of the buyers knew of the other one.",
    is_scored=True,
)
PROSE_WITHOUT_SENTENCE_END = SegmentRule(
    "prose_without_sentence_end",
    "The model keeps a paragraph that does not end like a sentence.",
    "The mayor said that she would climb over if nobody opened by Monday, and take the school children"
    " with her to the",
    is_scored=True,
)
LIST_ITEM_IN_ARTICLE = SegmentRule(
    "list_item_in_article",
    "Inside the article, a short line with a bullet or number is kept.",
    "- a deed",
)
HEADING_BEFORE_PROSE = SegmentRule(
    "heading_before_prose",
    "Inside the article, a short line between two kept lines is kept as a subheading.",
    "Who owns the river",
)
PARAGRAPH_IN_ARTICLE = SegmentRule(
    "paragraph_in_article",
    "In flattened text, a paragraph between two kept ones, or the last above a reply form, is kept.",
    "The clerk asks all who hold a deed to bring it to the town hall",
)
TEASER = SegmentRule(
    "teaser",
    "The line begins another story: it breaks off in dots or ends in the story's age.",
    "Soup for everyone 2 weeks ago",
)
SHORT_LINE_BEFORE_ARTICLE = SegmentRule(
    "short_line_before_article",
    "Before the headline or the article, a short line that the model scores low.",
    "Your free weekly paper",
)
SHORT_LINE_OUTSIDE_PROSE = SegmentRule(
    "short_line_outside_prose",
    "Inside or after the article, a short line that the model scores low.",
    "River Street 12",
)
LONG_LINE_OUTSIDE_PROSE = SegmentRule(
    "long_line_outside_prose",
    "A long line that the model scores low.",
    "Rivers Bridges Ferries Harbours Boats Fish Weather Tides Maps Jobs Letters Puzzles Games Archive",
)

# The rules of the patterns in seeds/reference/forms.csv; several patterns can share a rule.
PATTERN_RULES = (
    SegmentRule("picture_file_name", "The line is the file name of a picture.", "yixin-banner-640x360"),
    SegmentRule("markdown_picture", "The line is a picture in Markdown.", "![The bridge](bridge.jpg)"),
    SegmentRule(
        "picture_credit",
        "The line opens or ends with the credit of a picture.",
        "The bridge on Friday, seen from the town hall. Photo: Ines Calloway",
    ),
    SegmentRule(
        "copyright_notice",
        "The line is a copyright notice.",
        "Copyright 2014 The Harbour Post. No part of this page may be copied.",
    ),
    SegmentRule(
        "cookie_notice",
        "The line is a notice about cookies.",
        "This website uses cookies to remember you and to count how often each of its pages is read",
    ),
    SegmentRule("tag_list", "The line lists tags or categories.", "Tags: rivers, bridges, mayors"),
    SegmentRule(
        "posting_note",
        "The line says where and when a blog posted the article.",
        "This entry was posted in Rivers on May 3, 2014 by Ines Calloway and tagged bridges, ferries",
    ),
    SegmentRule("mail_header", "The line is a header of an e-mail.", "Subject: the river"),
    SegmentRule(
        "mail_footer",
        "The line says why a newsletter was sent, how to leave it, or how to see it in a browser.",
        "You receive this email because you signed up at the town hall",
    ),
    SegmentRule(
        "comment_count",
        "The line counts comments.",
        "3 thoughts on how the bridge over the river came to be closed after gates went up at both ends",
    ),
    SegmentRule(
        "breadcrumb_trail",
        "The line is a breadcrumb trail or a menu in one line.",
        "Home > Local > Rivers",
    ),
    SegmentRule(
        "next_or_previous_page", "The line leads to the next or previous page.", "← The ferry is late"
    ),
    SegmentRule(
        "error_page",
        "The line says that the page does not exist.",
        "Sorry, the page you are looking for has moved",
    ),
    SegmentRule(
        "read_more",
        "The line leads to another story.",
        "Read more: The clerk who set the seal twice",
    ),
    SegmentRule(
        "newsletter_offer",
        "The line offers a newsletter.",
        "Sign up for our newsletter and get the best stories in your inbox each morning.",
    ),
    SegmentRule("app_offer", "The line offers an app.", "Download our free app for more news"),
    SegmentRule(
        "embed_code",
        "The line is code to be copied into another page.",
        '<a href="http://news.example/1"><img src="http://news.example/1.jpg"></a>',
    ),
)

JUDGING_RULES = (
    HEADLINE,
    REPEATS_HEADLINE,
    BOILERPLATE_PHRASE,
    TEASER_AFTER_ARTICLE,
    AUTHOR_BOX,
    AFTER_BOILERPLATE_PHRASE,
    COMMENT_SECTION,
    BYLINE,
    PUBLICATION_DATE_LINE,
    STRAY_WORDS_BEFORE_ARTICLE,
    LINE_WITHOUT_WORDS,
    *PATTERN_RULES,
    MODEL,
    PROSE_IN_SHORT_TEXT,
    PROSE_WITHOUT_SENTENCE_END,
    LIST_ITEM_IN_ARTICLE,
    HEADING_BEFORE_PROSE,
    PARAGRAPH_IN_ARTICLE,
    TEASER,
    SHORT_LINE_BEFORE_ARTICLE,
    SHORT_LINE_OUTSIDE_PROSE,
    LONG_LINE_OUTSIDE_PROSE,
)
