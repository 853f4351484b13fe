"""Make workbooks for tests, with as little in them as readers ask for."""

import base64
import zlib
from html import escape

from tests.archives import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
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


# A workbook of Excel 97, as xlwt wrote it: a sheet "Notes", and "Hits" with a header in its second row.
OLD_WORKBOOK = zlib.decompress(base64.b85decode(
    'c-rk)O-L0{6#niw&-WC6-t#BWKn5Wz(;(VJU@t?{%@g~9eh6&zjl75UM&?bREy}XDD+pQ@Z3J7iv0C&;Eo#>yFlrG5'
    'f!4BBP|-r2&OI|@Y6U*12g-cIJ@?#m&$;*9d+yK7yq<~8PTsGd!z%1U5f+^i6fctrN+o_F3aWP;$@+POk`rKEp(H|q'
    'EDqsm`Kz#up^Wz&6x>r^5CuL`I)xGRm>EMWAP%q(x{yA!36<8Kf?Jd-P{)2%F&$u9&GatoK4ZF{C0CiYk?yQGiJ5p$'
    '^B!*<A6FW=u7aq*Ber?Zl3l39OSz6OTobNt2<=u{A6{n_4Qd&tKq2iiGKM9~mAH*k-~^#Hk!bDcm_-eRdkWti4fyKs'
    '>*rb^FRWaE<Udx*!+()SD2S`&*A*2QhjUuU#hgPq`czpHqD^ZX*&NF7AS4AUy3=-c9)?^OoGO7MhHed{_G&5J>Nn3?'
    'B<UO-F)iCjYUzxY(8s8)4&65BaPKzs<ZwD;kmRT_YEuL4+8Hxrr>aSiGBk5=Fg;*sSv{T9vgXcGd0p`F5?yh;l=G%5'
    'Bbp=!Bp>6g7p2k7-}&+;(cc^IW63yQDelFyMUD~<E=mhBu2`yZX){~wV0wvL-OPMF(;Au$%A0y?J?7v9>s;pAChBK5'
    '<86HFGJYHJxzC3lH{?FWw-Z0zHFvIN`dxeyjdT$v$zDDaXb~;q<_(D_aX%N{5%qy--EYTLM2UL7JKpVDi3Pbq2{HEy'
    'R;ut&s?u@x3x$}~q9wYqW>t6^f=9PfL$HQy!!61AD_SZkR8l=_WtH`LrPRBUzF$#T-<|!CXRWYxu^&<VDWU-a1PBly'
    'K!5-RgM95#yq7(dKN{TE$*}idXMxgU@S9}A;xJ5lZ2F|^M22z;V|lHgO$Z6UEwM%$|9_#xG3wpI5c=7Vp}f~GeGZ7_'
    '<5{y|^xtiveEVO_$It)V|4*wF7RU'
))  # fmt: skip


def spreadsheet(*rows):
    """Return an OpenDocument spreadsheet of one sheet, S1."""
    cells = "".join(
        f"<table:table-row>{''.join(_text_cell(value) for value in row)}</table:table-row>"
        for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" '
        f'xmlns:text="{ODF}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="S1">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": mimetype,
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )


def _text_cell(value):
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(value)}</text:p></table:table-cell>"
    )
