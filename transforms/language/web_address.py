"""Parse the URLs of captures, including invalid ones."""

from urllib.parse import urlsplit


def host_of(url: str) -> str | None:
    """Return the host of a URL in lower case, or None if it has none or cannot be parsed.

    >>> host_of("https://Harbour.example:80/a"), host_of("http://["), host_of("a.txt")
    ('harbour.example', None, None)
    """
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
