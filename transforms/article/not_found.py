"""Pages that say that there is no page: sites often send them as if they were the page itself."""

from transforms.language.reference import read_column
from transforms.language.words import count_words

MOST_WORDS = 80  # of such a page's text; an article about missing pages is longer
BEGINNING = 200  # characters in which it says so


def says_not_found(title: str | None, text: str) -> bool:
    """Return True if a short text says that its page does not exist or is gone.

    >>> says_not_found("404: Page not found", "We are sorry. Try our search, or go to the front page.")
    True
    >>> says_not_found("Missing plane not found", "The search for the plane that vanished goes on.")
    False
    """
    if count_words(text) > MOST_WORDS:
        return False
    beginning = f"{title or ''}\n{text[:BEGINNING]}".casefold()
    return any(form in beginning for form in read_column("not_found", "form"))
