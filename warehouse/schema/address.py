"""The address of a document, by which versions of one page count once."""


def without_fragment(url: str) -> str:
    """Return SQL for a URL without its fragment.

    >>> without_fragment("d.url")
    "regexp_replace(d.url, '#.*$', '')"
    """
    return f"regexp_replace({url}, '#.*$', '')"


# Of a row d of documents, as SQL; one without an address stands alone.
ADDRESS = f"coalesce({without_fragment('d.url')}, d.document_id)"
