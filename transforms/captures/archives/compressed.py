"""Read files compressed with gzip, Zstandard, bzip2 or xz."""

from collections.abc import Callable, Iterator

from transforms.captures.archives.inflate import Inflated, find_codec
from transforms.captures.capture import CannotRead, Outcome, Unread
from transforms.captures.source import Source

ReadSource = Callable[[Source], Iterator[Outcome]]


def is_compressed(source: Source) -> bool:
    """Return True if the bytes are compressed in a known format."""
    return find_codec(source.peek()) is not None


def read_compressed(source: Source, read_inner: ReadSource) -> Iterator[Outcome]:
    """Yield the content of a compressed stream; content before any damage is kept.

    Bytes behind a page that are not packed are ignored, as gzip does; in an archive they are refused.
    """
    codec = find_codec(source.peek())
    if codec is None:
        raise CannotRead("unsupported_type", "unknown compression format")
    inflated, is_page = Inflated(source.stream, codec, source.allowance), False
    for outcome in read_inner(source.inside(inflated)):
        is_page = is_page or outcome.source_uri == source.uri
        if not (inflated.damage and outcome.source_uri == source.uri):
            yield outcome
    if inflated.damage:
        yield Unread(source.uri, "truncated", f"the compressed data is truncated: {inflated.damage}")
    elif inflated.trailing and not is_page:
        detail = f"{inflated.trailing:,} bytes between or after compressed parts are not {codec.name}"
        yield Unread(f"{source.uri}#unpacked", "bad_record", detail)
