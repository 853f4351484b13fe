"""Draw a bar chart as SVG: one bar a row, with its name and its figure."""

from collections.abc import Container, Mapping
from html import escape

NAMES, BARS, ROW, PAD = 300, 360, 26, 12  # pixels


def draw_bars(title: str, values: Mapping[str, float], grey: Container[str]) -> str:
    """Return a chart of positive values; those named in `grey` are grey.

    >>> chart = draw_bars("Seconds", {"ours": 2.0, "theirs": 4.0}, grey=["theirs"])
    >>> chart.count("<rect"), "4.0" in chart
    (3, True)
    """
    longest = max(values.values())
    rows = (
        _row(number, name, value, value / longest, name in grey)
        for number, (name, value) in enumerate(values.items(), start=1)
    )
    width, height = NAMES + BARS + 80, ROW * (len(values) + 1) + 2 * PAD
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
            f' height="{height}" font-family="sans-serif" font-size="13" fill="#1f2933" role="img">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<text x="{PAD}" y="{PAD + 14}" font-weight="bold">{escape(title)}</text>',
            *rows,
            "</svg>\n",
        ]
    )


def _row(number: int, name: str, value: float, share: float, is_grey: bool) -> str:
    top, colour = PAD + number * ROW, "#9aa5b1" if is_grey else "#2b6cb0"
    length = max(1, round(share * BARS))
    return (
        f'<text x="{NAMES - 8}" y="{top + 14}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{NAMES}" y="{top}" width="{length}" height="18" fill="{colour}"/>'
        f'<text x="{NAMES + length + 6}" y="{top + 14}">{value:.1f}</text>'
    )
