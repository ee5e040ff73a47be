"""What defects do to rows."""

from typing import Any, Final, TypeVar

from sqlalchemy import func, inspect, select

from sandbox.db import Base, Transaction

SPARE: Final = 2**50  # far below every id that a clock makes

R = TypeVar("R", bound=Base)


def stored(row: Base, column: str) -> Any:
    """What the database still has there."""
    history = inspect(row).attrs[column].history
    return history.deleted[0] if history.deleted else getattr(row, column)


def changed_columns(row: Base) -> set[str]:
    """Those that the next flush writes."""
    return {attribute.key for attribute in inspect(row).attrs if attribute.history.has_changes()}


def keep(row: Base, column: str) -> None:
    """Undoes the change of a column, where it had a value."""
    before = stored(row, column)
    if before is not None:
        setattr(row, column, before)


def twin(tx: Transaction, row: R, **changes: Any) -> None:
    """Adds a second row that says the same but for the changes."""
    second = type(row)(id=spare_id(tx, type(row)))
    columns = [column.key for column in inspect(row).mapper.columns if column.key != "id"]
    write(second, {column: getattr(row, column) for column in columns} | changes)
    tx.add(second)


def write(row: Base, values: dict[str, Any]) -> None:
    for column, value in values.items():
        setattr(row, column, value)


def spare_id(tx: Transaction, model: type[Base]) -> int:
    """An id of none of the sandbox's own, which go on as if it had never been taken."""
    key = model.__table__.c.id
    return 1 + (tx.scalar(select(func.max(key)).where(key < SPARE)) or 0)
