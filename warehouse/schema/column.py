"""The data types for declaring tables: columns, and checks on rows."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, fields
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Column:
    """The constraints of a column beyond its Python type, and its description.

    `pattern` is matched against the whole value; `at_least` and `at_most` are inclusive.
    """

    about: str
    _: KW_ONLY
    example: Any
    key: bool = False
    pattern: str | None = None
    min_length: int | None = None
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on a whole row, in SQL, and why it must hold."""

    name: str
    condition: str
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a declared table, with its type and its constraints."""

    name: str
    type: type
    nullable: bool
    allowed: tuple[str, ...]
    rule: Column


@cache
def fields_of(table: type) -> tuple[Field, ...]:
    """Return the columns of a table in declared order."""
    return tuple(_read_fields(table))


def _read_fields(table: type) -> Iterator[Field]:
    hints = get_type_hints(table, include_extras=True)
    for field in fields(table):
        declared, rule = get_args(hints[field.name])
        options = _options(declared)
        nullable = NoneType in options
        (inner,) = [option for option in options if option is not NoneType]
        if get_origin(inner) is Literal:
            yield Field(field.name, str, nullable, get_args(inner), rule)
        else:
            yield Field(field.name, inner, nullable, (), rule)


def keys_of(table: type) -> list[str]:
    """Return the names of the columns that identify a row."""
    return [field.name for field in fields_of(table) if field.rule.key]


def checks_of(table: type) -> tuple[Check, ...]:
    """Return the conditions declared on whole rows of a table."""
    return getattr(table, "CHECKS", ())


def _options(declared: Any) -> tuple[Any, ...]:
    if get_origin(declared) in (Literal, list) or isinstance(declared, type):
        return (declared,)
    return get_args(declared)
