"""Make Excel workbooks for tests, with as little in them as readers ask for."""

from tests.archives import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DAY = 1  # the style of a day


def workbook(*sheets):
    """Return a workbook of sheets S1, S2 and so on: lists of rows, in which a number is a day."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    parts = {f"r{n}": ("worksheet", f"worksheets/{n}.xml") for n in numbers}
    members = {
        "_rels/.rels": _relations({"r0": ("officeDocument", "xl/workbook.xml")}),
        "xl/_rels/workbook.xml.rels": _relations(parts | {"styles": ("styles", "styles.xml")}),
        "xl/workbook.xml": _part("workbook", f"<sheets>{listed}</sheets>"),
        "xl/styles.xml": _part("styleSheet", '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'),
    }
    for number, rows in zip(numbers, sheets, strict=True):
        filled = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
        members[f"xl/worksheets/{number}.xml"] = _part("worksheet", f"<sheetData>{filled}</sheetData>")
    return zipped({name: content.encode() for name, content in members.items()})


def _part(name, content):
    return f'<{name} xmlns="{MAIN}" xmlns:r="{OFFICE}">{content}</{name}>'


def _relations(targets):
    links = (
        f'<Relationship Id="{n}" Type="{OFFICE}/{t}" Target="{f}"/>' for n, (t, f) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(links)}</Relationships>'


def _cell(value):
    if isinstance(value, int):
        return f'<c s="{DAY}"><v>{value}</v></c>'
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if value else "<c/>"
