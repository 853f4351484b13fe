"""Spans that are taken."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.language.span import Span, TakenSpans


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6)), max_size=40))
def test_taken_spans_tell_overlaps_as_comparing_with_each_does(pairs):
    taken, added = TakenSpans(), []
    for start, length in pairs:
        span = Span(start, start + length)
        overlaps = any(map(span.overlaps, added))
        assert taken.overlap(span) == overlaps
        if not overlaps:
            taken.add(span)
            added.append(span)
