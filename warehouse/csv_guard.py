"""Guard CSV against spreadsheets, which take a cell that begins like a formula for one and run it.

A text that begins with one of the signs below gets an apostrophe in front, and so does one that begins
with an apostrophe. To have the values back, take one apostrophe from each text that begins with one.
The signs are those of OWASP's page on CSV injection, with their full-width forms.
"""

from warehouse.schema.ddl import literal

MARK = "'"
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


def guard(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula; numbers and dates are as they were.

    >>> guard("=cmd|' /C calc'!A0"), guard("'tis"), guard(-1), guard("a = b")
    ("'=cmd|' /C calc'!A0", "''tis", -1, 'a = b')
    """
    is_risky = isinstance(value, str) and value[:1] in {*FORMULA_SIGNS, MARK}
    return f"{MARK}{value}" if is_risky else value


def guarded_sql(column: str) -> str:
    """Return the SQL of a text column as `guard` gives its values."""
    signs = literal(FORMULA_SIGNS + MARK)
    is_risky = f"length({column}) > 0 AND contains({signs}, left({column}, 1))"
    return f"CASE WHEN {is_risky} THEN {literal(MARK)} || {column} ELSE {column} END AS {column}"
