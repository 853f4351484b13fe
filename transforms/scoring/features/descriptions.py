"""Say in words what each feature sees."""

import re

LINE = {
    "words": "number of words",
    "word_length": "mean length of its words",
    "stop_share": "share of function words",
    "title_share": "share of words with a capital",
    "capitals_share": "share of words in capitals",
    "number_share": "share of words with digits",
    "legal_words": "share of words from offers and fine print",
    "menu_words": "share of words from menus and share bars",
    "ending": "how it ends (0 bare word to 4 full stop)",
    "beginning": "how it begins (0 small letter, 1 capital, 3 digit, 4 list mark)",
    "inner_stops": "ends of sentences inside it",
    "commas": "number of commas",
    "bars": "number of bars, bullets, arrows and slashes",
    "has_clock": "holds a year, a date or a time",
    "copies": "times the line stands in the document",
    "earlier_copies": "times it stood there before",
    "same_first_word": "lines that begin with the same word",
    "same_last_word": "lines that end with the same word",
    "phrase": "kind of boilerplate phrase (0 none)",
    "since_opener": "lines since a phrase that opens a stretch of boilerplate",
}
CONTEXT = {
    "run_words": "nearness to the densest run of words",
    "run_long": "nearness to the best run of long lines",
    "run_prose": "nearness to the main run of sentences",
    "run_loose": "nearness to the longest run of sentences, short ones too",
    "run_topic": "nearness to the main run of sentences on its topic",
    "run_bounded": "nearness to the best run of sentences between openers of boilerplate",
    "run_near": "nearness to the best run of sentences without gaps",
    "run_plain": "nearness to the main run of sentences without links",
    "run_offset": "lines before (-) or after the main run of sentences",
    "run_share": "share of the document in its main run of sentences",
    "line_place": "place in the document, by lines",
    "lines_before": "lines before it",
    "lines_after": "lines after it",
    "word_place": "place in the document, by words",
    "words_before": "words before it",
    "words_after": "words after it",
    "stop_within": "function words in the lines around",
    "words_within": "words a line in the lines around",
    "prose_within": "sentences among the lines around",
    "phrases_within": "boilerplate phrases around",
    "copies_within": "repeated lines around",
    "titles_within": "capitals in the lines around",
    "numbers_within": "numbers in the lines around",
    "clocks_within": "dates and times in the lines around",
    "legal_within": "words of fine print around",
    "menu_within": "words of menus around",
    "lines_since_prose": "lines since a sentence",
    "lines_until_prose": "lines until a sentence",
    "lines_since_long_prose": "lines since a long paragraph",
    "lines_until_long_prose": "lines until a long paragraph",
    "size_of_last_prose": "length of the last sentence line",
    "size_of_next_prose": "length of the next sentence line",
    "size_of_last_long_prose": "length of the last long paragraph",
    "size_of_next_long_prose": "length of the next long paragraph",
    "topic_words": "longer words shared with the main run",
    "topic_share": "share of its longer words found in the main run",
    "topic_share_within_3": "the same for the lines around",
    "only_here_share": "share of its longer words found nowhere else",
    "phrases_to_run": "boilerplate phrases between it and the main run",
    "breaks_to_run": "openers of boilerplate between it and the main run",
    "copies_to_run": "repeated lines between it and the main run",
    "rhythm": "how much lengths and endings change from line to line",
    "document_lines": "lines of the document",
    "document_words": "words of the document",
    "document_prose_share": "share of sentences in the document",
    "document_mean_words": "words a line in the document",
    "document_stop_share": "share of function words in the document",
    "document_phrases": "share of boilerplate phrases in the document",
    "document_longest": "longest line of the document",
}
TREE = {
    "link_share": "share of its text in links",
    "bold_share": "share of its text in bold",
    "tag": "tag (12 paragraph to -2 navigation)",
    "depth": "depth in the page's tree",
    "in": "levels up to the nearest enclosing element of that tag",
    "named": "levels up to an element named like that",
    "comment_words_share": "share of the page in elements named like comments",
    "thread_words_share": "share of the page in elements named like a thread",
    "climb_half": "levels to climb from the element with half of the sentences",
    "climb_most": "levels to climb from the element with most of the sentences",
    "below_half": "levels below the branch that leads to half of the sentences",
    "below_most": "levels below the branch that leads to most of the sentences",
    "depth_half": "depth of the element with half of the sentences",
    "depth_most": "depth of the element with most of the sentences",
    "outside_half": "blocks before (-) or after the element with half of the sentences",
    "outside_most": "blocks before (-) or after the element with most of the sentences",
    "score_parent": "sentences in the enclosing element, against the best of the page",
    "score_grandparent": "sentences in the element two levels up, against the best",
    "score_highest": "sentences in the best element around it, against the best of the page",
    "score_best": "sentences in the page's best element",
    "since_title": "blocks since a first-level heading",
    "until_title": "blocks until a first-level heading",
    "since_heading": "blocks since a heading",
    "until_heading": "blocks until a heading",
    "same_parent": "the neighbour sits in the same element",
}
VOTE = {
    "vote": "share of it that trafilatura kept",
    "vote_within": "how much trafilatura kept of the blocks around",
    "vote_run": "nearness to the run of blocks that trafilatura kept",
    "vote_share": "share of the page that trafilatura kept",
    "vote_words": "words that trafilatura kept of the page",
    "vote_before": "share of what trafilatura kept that comes before",
}
KNOWN = LINE | CONTEXT | TREE | VOTE
UP = re.compile(r"up(\d)_(words|prose_share|link_share|blocks|of_prose)")
SAME = re.compile(r"same_(path|parent|name)(_words|_prose|_links|_of_prose)?")
MEASURES = {
    "words": "words", "prose_share": "share of sentences", "link_share": "share of links",
    "blocks": "blocks", "of_prose": "share of the page's sentences",
    "_words": "words a block", "_prose": "share of sentences", "_links": "share of links",
    "_of_prose": "share of the page's sentences",
}  # fmt: skip
GROUPS = {"path": "at the same path", "parent": "under like parents", "name": "of the same name"}


def describe(feature: str) -> str:
    """Return what a feature sees, in words.

    >>> describe("words+1"), describe("in_nav"), describe("up2_link_share")
    ('number of words, of the next line', 'levels up to <nav>', 'share of links 2 levels up')
    """
    if feature in KNOWN:
        return KNOWN[feature]
    if found := UP.fullmatch(feature):
        return f"{MEASURES[found[2]]} {found[1]} levels up"
    if found := SAME.fullmatch(feature):
        return f"{MEASURES[found[2]] if found[2] else 'number'} of the blocks {GROUPS[found[1]]}"
    if feature.startswith("in_"):
        return f"levels up to <{feature[3:]}>"
    if feature.startswith("named_"):
        return f"levels up to an element named like {feature[6:].replace('_', ' ')}"
    return _describe_neighbour(feature)


def _describe_neighbour(feature: str) -> str:
    """Describe a feature of the line before or behind, or of the lines within some reach."""
    if found := re.fullmatch(r"(.+)([+-])1", feature):
        return f"{KNOWN[found[1]]}, of the {'next' if found[2] == '+' else 'last'} line"
    base, reach = feature.rsplit("_", 1)
    return f"{KNOWN[base]} ({reach})"
