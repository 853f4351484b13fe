"""Describe the features of the model in words, for `winnow explain`."""

import re

LINE = {
    "words": "number of words",
    "word_length": "mean length of its words",
    "stop_share": "share of function words",
    "title_share": "share of words with a capital",
    "capitals_share": "share of words in capitals",
    "number_share": "share of words with digits",
    "legal_words": "share of words of legal text and offers",
    "menu_words": "share of words of menus and share bars",
    "ending": "ends like a sentence",
    "beginning": "first character (0 small letter, 1 capital, 3 digit, 4 list mark)",
    "inner_stops": "sentence ends inside the line",
    "commas": "number of commas",
    "bars": "number of bars, bullets, arrows and slashes",
    "has_clock": "contains a date or time",
    "copies": "copies of the line in the document",
    "earlier_copies": "earlier copies of the line",
    "same_first_word": "lines that begin with the same word",
    "same_last_word": "lines that end with the same word",
    "phrase": "boilerplate phrase",
    "since_opener": "lines since a phrase that begins boilerplate",
}
CONTEXT = {
    "run_words": "close to the densest words",
    "run_long": "close to the long lines",
    "run_prose": "close to the main run of sentences",
    "run_loose": "close to the longest run of sentences",
    "run_topic": "close to the main run of sentences on its topic",
    "run_bounded": "close to the main text",
    "run_near": "close to the main text without gaps",
    "run_plain": "close to the main text without links",
    "run_offset": "lines before (-) or after the main text",
    "run_share": "share of the document that is main text",
    "line_place": "position in the document, by lines",
    "lines_before": "lines before it",
    "lines_after": "lines after it",
    "word_place": "position in the document, by words",
    "words_before": "words before it",
    "words_after": "words after it",
    "stop_within": "function words in nearby lines",
    "words_within": "words per line in nearby lines",
    "prose_within": "sentences in nearby lines",
    "phrases_within": "near boilerplate phrases",
    "copies_within": "near repeated lines",
    "titles_within": "capitals in nearby lines",
    "numbers_within": "numbers in nearby lines",
    "clocks_within": "dates and times in nearby lines",
    "legal_within": "near legal text",
    "menu_within": "near menus",
    "lines_since_prose": "lines since a sentence",
    "lines_until_prose": "lines until a sentence",
    "lines_since_long_prose": "lines since a long paragraph",
    "lines_until_long_prose": "lines until a long paragraph",
    "size_of_last_prose": "length of the last sentence line",
    "size_of_next_prose": "length of the next sentence line",
    "size_of_last_long_prose": "length of the last long paragraph",
    "size_of_next_long_prose": "length of the next long paragraph",
    "topic_words": "longer words shared with the main text",
    "topic_share": "share of its longer words in the main text",
    "topic_share_within_3": "share of longer words of nearby lines in the main text",
    "only_here_share": "share of its longer words in no other line",
    "phrases_to_run": "boilerplate phrases between it and the main text",
    "breaks_to_run": "beginnings of boilerplate between it and the main text",
    "copies_to_run": "repeated lines between it and the main text",
    "rhythm": "irregular lengths and endings of lines",
    "document_lines": "lines of the document",
    "document_words": "words of the document",
    "document_prose_share": "share of sentences in the document",
    "document_mean_words": "words per line in the document",
    "document_stop_share": "share of function words in the document",
    "document_phrases": "share of boilerplate phrases in the document",
    "document_longest": "longest line of the document",
}
TREE = {
    "link_share": "share of its text in links",
    "bold_share": "share of its text in bold",
    "tag": "tag (12 paragraph to -2 navigation)",
    "depth": "depth in the page's tree",
    "in": "levels up to the nearest element with that tag",
    "named": "levels up to an element with such a name",
    "comment_words_share": "share of the page in elements named like comments",
    "thread_words_share": "share of the page in elements named like a thread",
    "climb_half": "levels up from the element with half of the sentences",
    "climb_most": "levels up from the element with most of the sentences",
    "below_half": "levels below the branch that leads to half of the sentences",
    "below_most": "levels below the branch that leads to most of the sentences",
    "depth_half": "depth of the element with half of the sentences",
    "depth_most": "depth of the element with most of the sentences",
    "outside_half": "blocks before (-) or after the element with half of the sentences",
    "outside_most": "blocks before (-) or after the element with most of the sentences",
    "score_parent": "sentences in its parent element, relative to the page's best element",
    "score_grandparent": "sentences two levels up, relative to the page's best element",
    "score_highest": "sentences in its best ancestor, relative to the page's best element",
    "score_best": "sentences in the page's best element",
    "since_title": "blocks since a first-level heading",
    "until_title": "blocks until a first-level heading",
    "since_heading": "blocks since a heading",
    "until_heading": "blocks until a heading",
    "same_parent": "same element as its neighbour",
}
VOTE = {
    "vote": "share of the block in trafilatura's text",
    "vote_within": "share of nearby blocks in trafilatura's text",
    "vote_run": "close to the blocks in trafilatura's text",
    "vote_share": "share of the page in trafilatura's text",
    "vote_words": "words in trafilatura's text",
    "vote_before": "share of trafilatura's text before the block",
}
KNOWN = LINE | CONTEXT | TREE | VOTE
UP = re.compile(r"up(\d)_(words|prose_share|link_share|blocks|of_prose)")
SAME = re.compile(r"same_(path|parent|name)(_words|_prose|_links|_of_prose)?")
MEASURES = {
    "words": "words", "prose_share": "share of sentences", "link_share": "share of links",
    "blocks": "blocks", "of_prose": "share of the page's sentences",
    "_words": "words per block", "_prose": "share of sentences", "_links": "share of links",
    "_of_prose": "share of the page's sentences",
}  # fmt: skip
GROUPS = {"path": "at the same path", "parent": "with similar parents", "name": "with the same name"}


def describe(feature: str) -> str:
    """Return a description of a feature.

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
        return f"levels up to an element named {feature[6:].replace('_', ' ')}"
    return _describe_neighbour(feature)


def _describe_neighbour(feature: str) -> str:
    """Return a description of a feature of the previous or next line, or of the nearby lines."""
    if found := re.fullmatch(r"(.+)([+-])1", feature):
        return f"{KNOWN[found[1]]}, of the {'next' if found[2] == '+' else 'previous'} line"
    base, reach = feature.rsplit("_", 1)
    return f"{KNOWN[base]} ({reach})"
