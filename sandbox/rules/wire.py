"""A row as the wire has it: names in camelCase (C-09), ids as strings (C-06)."""

import re
from typing import Any

from sqlalchemy import inspect

from sandbox.db import Base
from sandbox.models.columns import Id


def camel(name: str) -> str:
    return re.sub("_([a-z])", lambda match: match[1].upper(), name)


def wire_id(number: int | None) -> str | None:
    return None if number is None else str(number)


def wire_part(row: Base, *names: str) -> dict[str, Any]:
    """Only the values of these wire names."""
    whole = wire(row)
    return {name: whole[name] for name in names}


def wire(row: Base) -> dict[str, Any]:
    """Every column but the mark of deletion; times are milliseconds and flags booleans already."""
    return {
        camel(column.key): wire_id(value) if isinstance(column.type, Id) else value
        for column in inspect(row).mapper.columns
        if column.key != "deleted"
        for value in [getattr(row, column.key)]
    }
