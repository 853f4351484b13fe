"""Protect CSV from formula injection: spreadsheets run cells that begin like a formula.

A text that begins with one of the signs below, or with an apostrophe, gets an apostrophe in front. To
restore the values, remove one apostrophe from each text that begins with one. The signs are those of
OWASP's page on CSV injection, with their full-width forms.
"""

from warehouse.schema.ddl import literal

MARK = "'"
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


def guard(value: object) -> object:
    """Return a value that no spreadsheet reads as a formula; numbers and dates are not changed.

    >>> guard("=cmd|' /C calc'!A0"), guard("'tis"), guard(-1), guard("a = b")
    ("'=cmd|' /C calc'!A0", "''tis", -1, 'a = b')
    """
    is_risky = isinstance(value, str) and value[:1] in {*FORMULA_SIGNS, MARK}
    return f"{MARK}{value}" if is_risky else value


def guarded_sql(column: str) -> str:
    """Return the SQL expression that guards a text column as `guard` does."""
    signs = literal(FORMULA_SIGNS + MARK)
    is_risky = f"length({column}) > 0 AND contains({signs}, left({column}, 1))"
    return f"CASE WHEN {is_risky} THEN {literal(MARK)} || {column} ELSE {column} END AS {column}"
