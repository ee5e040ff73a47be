"""Copies of rows (E-05)."""

from typing import Any, Final, TypeVar

from sqlalchemy import inspect

from sandbox.db import Base

SUFFIX: Final = "_副本"
STAMPS: Final = ("created_time", "updated_time")

R = TypeVar("R", bound=Base)


def copied_name(name: str, limit: int) -> str:
    """The name with its suffix, cut before it so that the whole fits."""
    return name[: limit - len(SUFFIX)] + SUFFIX


def duplicate(row: R, **changes: Any) -> R:
    """A new row with the same columns but for the changes; it is made now."""
    columns = [column.key for column in inspect(row).mapper.columns if column.key not in STAMPS]
    return type(row)(**{column: getattr(row, column) for column in columns} | changes)
