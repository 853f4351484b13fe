"""What sites send in place of a page: that it is gone, or that they ask for something first."""

from transforms.language.reference import read_column
from transforms.language.words import count_words

MOST_WORDS = 80  # of such a capture's text; an article about missing pages is longer
BEGINNING = 200  # characters in which it says so
WHY = {
    "not_found": "the page says that it was not found",
    "blocked": "the site did not give the page: it asks for a check, consent or leave",
}


def why_no_page(title: str | None, text: str) -> str | None:
    """Return in words why a short text is not a page but what was sent in its place, or None.

    >>> why_no_page("404: Page not found", "We are sorry. Try our search, or go to the front page.")
    'the page says that it was not found'
    >>> why_no_page("Just a moment...", "Verifying you are human. This may take a few seconds.")
    'the site did not give the page: it asks for a check, consent or leave'
    >>> why_no_page("Missing plane not found", "The search for the plane that vanished goes on.") is None
    True
    """
    if count_words(text) > MOST_WORDS:
        return None
    beginning = f"{title or ''}\n{text[:BEGINNING]}".casefold()
    found = (
        why for kind, why in WHY.items() if any(form in beginning for form in read_column(kind, "form"))
    )
    return next(found, None)
