"""The address of a page: what its URLs have in common, however it was reached.

Captures of one page have one address, though one came by http, or from a link that says who shared it.
Documents of one address count once in a story, and are versions of one article.
"""

import re

# Parameters that say from where a reader came, never which page: of campaigns, networks and newsletters.
TRACKING = (
    "utm_[a-z]+|mtm_[a-z]+|pk_[a-z]+|at_(?:medium|campaign)|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|"
    "mc_[ce]id|cmpid|cmp|icid|ncid|ocid|smid|xtor|wt[.]mc_id|_ga|spm|isappinstalled|nsukey|share_token"
)
# As both DuckDB and Python take it.
NO_PART = rf"(?i)^https?://(?:www[.])?|#(?:[^!].*)?$|\b(?:{TRACKING})=[^&#]*&?"


def page_address(url: str) -> str:
    """Return the address of a URL: without scheme, "www.", fragment and tracking, and the last slash.

    >>> page_address("http://www.a.example/1/?utm_source=x&id=2#top"), page_address("a.example/1/")
    ('a.example/1/?id=2', 'a.example/1')
    """
    return re.sub(NO_PART, "", url).rstrip("/?&")


def page_address_sql(url: str) -> str:
    """Return SQL for the address of a column of URLs, as page_address gives it."""
    return f"rtrim(regexp_replace({url}, '{NO_PART}', '', 'g'), '/?&')"


# Of a row d of documents, as SQL; one without a URL stands alone.
ADDRESS = f"coalesce({page_address_sql('d.url')}, d.document_id)"
