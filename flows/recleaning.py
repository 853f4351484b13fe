"""Look again at what was refused: its bytes are in the raw store."""

from flows.versions import cleaner_version
from transforms.assemble import tile_segments
from transforms.clean import CaptureToClean, Reading, read_capture
from warehouse.layout import Layout
from warehouse.raw_store import find_capture
from warehouse.schema import Segment


def read_refused(layout: Layout, document_id: str) -> tuple[str, list[Segment]]:
    """Return the text of a refused document and the segments it would have; none if it has no text."""
    stored, content = find_capture(layout.raw_store, document_id)
    capture = CaptureToClean(
        document_id=document_id,
        content=content,
        source_uri=stored.source_uri,
        url=stored.url,
        title=stored.title,
        captured_at=stored.captured_at,
        content_type=stored.content_type,
        first_run_id="",
        cleaner_version=cleaner_version(),
    )
    reading = read_capture(capture)
    if not isinstance(reading, Reading):
        return "", []
    return reading.text, tile_segments(document_id, reading.text, reading.judged)
