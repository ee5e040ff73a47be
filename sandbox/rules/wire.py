"""A row as the wire has it: names in camelCase (C-09), ids as strings (C-06)."""

import re
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect

from sandbox.db import Base
from sandbox.models.columns import PLACES, Exact, Id


def camel(name: str) -> str:
    return re.sub("_([a-z])", lambda match: match[1].upper(), name)


def wire_id(number: int | None) -> str | None:
    return None if number is None else str(number)


def wire_decimal(value: Decimal | None) -> str | None:
    """As few places as say the same, at least two."""
    if value is None:
        return None
    whole, _, places = f"{value:.{PLACES}f}".partition(".")
    return f"{whole}.{places.rstrip('0'):0<2}"


def wire_part(row: Base, *names: str) -> dict[str, Any]:
    """Only the values of these wire names."""
    whole = wire(row)
    return {name: whole[name] for name in names}


def wire(row: Base) -> dict[str, Any]:
    """Every column but the mark of deletion; times are milliseconds and flags booleans already."""
    return {
        camel(column.key): _value(column.type, getattr(row, column.key))
        for column in inspect(row).mapper.columns
        if column.key != "deleted"
    }


def _value(type_: object, value: Any) -> Any:
    if isinstance(type_, Id):
        return wire_id(value)
    return wire_decimal(value) if isinstance(type_, Exact) else value
