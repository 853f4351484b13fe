"""Name the site that a capture is from: by its address, what its page says, or where it lies."""

from functools import lru_cache

from tld import get_fld

from transforms.language.web_address import host_of

NAMED, FOLDER = "name:", "folder:"


@lru_cache(maxsize=1_000)
def registrable_domain(url: str | None) -> str | None:
    """Return the registrable domain of a URL, or its host if the suffix is not public.

    >>> registrable_domain("https://news.post.co.uk/a"), registrable_domain("http://127.0.0.1/a")
    ('post.co.uk', '127.0.0.1')
    >>> registrable_domain("https://xn--bcher-kva.example/")
    'bücher.example'
    """
    domain = (get_fld(url, fail_silently=True) or host_of(url)) if url else None
    return _in_unicode(domain) if domain and "xn--" in domain else domain


def _in_unicode(domain: str) -> str:
    """Return an internationalised domain in its own letters, unchanged if it is not valid."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def find_site(
    url: str | None, site_name: str | None = None, source_uri: str | None = None
) -> str | None:
    """Return the key of the site that a capture is from, None if nothing tells it.

    It is the domain of the address (of the capture, or the canonical one of its page), or else the name
    that the page gives its site (og:site_name), or else the folder or archive that the capture lies in.

    >>> find_site("https://post.example/a"), find_site(None, "The Harbour  Post")
    ('post.example', 'name:the harbour post')
    >>> find_site(None, None, "dumps/post/a.txt"), find_site(None, None, "a.txt")
    ('folder:dumps/post', None)
    """
    if domain := registrable_domain(url):
        return domain
    if name := " ".join((site_name or "").casefold().split()):
        return NAMED + name
    folder = find_folder(source_uri or "")
    return FOLDER + folder if folder else None


def find_folder(source_uri: str) -> str | None:
    """Return the folder, or the archive or table, that a capture was read from; None if it has none.

    >>> [find_folder(uri) for uri in ("in/feed.jsonl#line=3", "in/a.zip#post/b.html", "in/post/a.txt")]
    ['in/feed.jsonl', 'in/a.zip#post', 'in/post']
    """
    file, mark, member = source_uri.rpartition("#")
    if mark and "/" not in member:
        return file
    return source_uri.rpartition("/")[0] or None
