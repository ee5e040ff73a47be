"""One conversion of a database's values, for every reader: to what row schemas speak of, and to the wire."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from harness.zone import UTC8

SECONDS: Final = "%Y-%m-%d %H:%M:%S"


def row_value(value: Any) -> Any:
    """A driver's value as the row schemas have it: times and decimals are texts, a tinyint is 0 or 1.

    MariaDB hands out `datetime`, `Decimal` and `bytes` where SQLite hands out text and numbers.
    """
    if value is None or type(value) in (int, str, float):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.strftime(SECONDS) + (f".{value.microsecond:06d}" if value.microsecond else "")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes | bytearray | memoryview):
        return _text_of(bytes(value))
    return str(value)


def _text_of(content: bytes) -> str | int:
    """A BIT(1), which drivers hand out as one byte, is a number; other bytes are text, or shown in hex."""
    if len(content) == 1 and content[0] < 2:
        return content[0]
    try:
        return content.decode()
    except UnicodeDecodeError:
        return f"0x{content.hex()}"


def on_the_wire(value: Any, schema: Mapping[str, Any]) -> Any:
    """A row's value as the wire schema of its column has it (C-06 to C-08).

    Raises `ValueError` for a value that cannot be said so: a time that is none, a text in place of a number.
    """
    if value is None:
        return None
    types = schema.get("type", ())
    kinds = {types} if isinstance(types, str) else set(types)
    if "boolean" in kinds:
        if value not in (0, 1):
            raise ValueError(f"{value!r} is neither 0 nor 1")
        return bool(value)
    if "integer" in kinds:
        return epoch_ms(value) if isinstance(value, str) else value
    return str(value) if isinstance(value, int) else value


def epoch_ms(text: str) -> int:
    """A row's time in UTC+8 as epoch milliseconds of whole seconds (C-07)."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC8, microsecond=0).timestamp()) * 1000


def same_on_the_wire(row: Any, answer: Any) -> bool:
    """Equal as values: `3.5` and `3.500000` are one amount, where both are texts of decimals (C-08)."""
    if row == answer and type(row) is type(answer):
        return True
    if not isinstance(row, str) or not isinstance(answer, str) or "." not in row + answer:
        return False
    try:
        return Decimal(row) == Decimal(answer)
    except InvalidOperation:
        return False
