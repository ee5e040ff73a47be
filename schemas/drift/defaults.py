"""Defaults as each server writes them, in one spelling: `'text'`, `0`, `NULL`, `current_timestamp()`."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from schemas.drift.columns import NO_DEFAULT, NULL

NUMBERS: Final = frozenset(
    {*("tinyint", "smallint", "mediumint", "int", "integer", "bigint", "boolean", "bit", "year")}
    | {*("decimal", "numeric", "float", "double", "real")}
)
_NOW: Final = re.compile(
    r"(current_timestamp|now|localtimestamp|localtime)\s*(\(\s*[0-6]?\s*\))?", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'", re.DOTALL)
_NUMBER: Final = re.compile(r"[+-]?[0-9.]+")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED: Final = {"0": "\0", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}


def literal(value: int | str | None, kind: str) -> str:
    """A value as SQL, alike for `0`, `'0'` and `0.000` where the column is a number."""
    if value is None:
        return NULL
    if kind.split(" ")[0] in NUMBERS and (number := _number(str(value))):
        return number
    return "'" + str(value).replace("'", "''") + "'"


def expression(text: str) -> str:
    """An expression; all spellings of now are one, whatever its fraction of a second."""
    plain = text.strip()
    return "current_timestamp()" if _NOW.fullmatch(plain) else plain.lower()


def from_sql(text: str | None, kind: str, *, nullable: bool) -> str:
    """A default as MariaDB and SQLite give it: SQL, or nothing where there is none."""
    if text is None or text.upper() == NULL:
        return NULL if nullable else NO_DEFAULT
    if _QUOTED.fullmatch(text):
        return literal(text[1:-1].replace("''", "'"), kind)
    return literal(text, kind) if _NUMBER.fullmatch(text) else expression(text)


def from_text(text: str | None, kind: str, *, nullable: bool, is_generated: bool) -> str:
    """A default as MySQL gives it: the bare text of a value, or SQL where it says that it is generated."""
    if text is None:
        return NULL if nullable else NO_DEFAULT
    is_now = kind.startswith(("datetime", "timestamp")) and _NOW.fullmatch(text) is not None
    return expression(text) if is_generated or is_now else literal(text, kind)


def unescaped(quoted: str) -> str:
    """The text of a string as a server writes it between quotes."""
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), quoted.replace("''", "'"))


def _number(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return ""
    return f"{number.normalize():f}" if number.is_finite() else ""
