"""Values in the data that no document names, looked for in a bounded part of each table.

A table may have a hundred million rows, and the database may be a replica that others use: no statement reads
more than the newest rows by primary key, along the key itself (an index on the column would be sorted whole).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from clients import Redactor
from harness.database import Database
from harness.showing import quoted
from schemas.drift.columns import ColumnFacts, TableFacts
from schemas.drift.differences import Difference
from schemas.drift.ratings import Kind

ROWS: Final = 10_000
VALUES: Final = 100
SHOWN: Final = 10
Value = int | str


@dataclass(frozen=True, slots=True)
class Sample:
    """What was looked at of a table: its differences, and a line on what was left out."""

    differences: tuple[Difference, ...]
    cut: str = ""


def sample_values(
    database: Database, documented: TableFacts, live: TableFacts, *, rows: int = ROWS
) -> Sample:
    """The undocumented values of a table's enumerations; raises `DatabaseProblem`."""
    columns = [
        column for name, column in documented.columns.items() if column.values and name in live.columns
    ]
    if not columns:
        return Sample(())
    found = tuple(_differences(database, columns, live, rows))
    if not _has_more(database, live, rows):
        return Sample(found)
    which = "the newest" if live.key else "some"
    return Sample(found, f"values: {which} {rows:,} rows of {live.name} were looked at, not all")


def _differences(
    database: Database, columns: list[ColumnFacts], live: TableFacts, rows: int
) -> Iterator[Difference]:
    for column in columns:
        found = _distinct(database, column, live, rows)
        # 1 and "1" and True differ, as they do for JSON Schema
        known = {(type(value), value) for value in column.values}
        unknown = [value for value in found if value is not None and (type(value), value) not in known]
        if unknown:
            said = ", ".join(map(_shown, column.values))
            yield Difference(Kind.VALUE, live.name, column.name, said, _listed(unknown, len(found)))


def _distinct(database: Database, column: ColumnFacts, live: TableFacts, rows: int) -> list[Any]:
    name = database.quoted(column.name)
    statement = (
        f"SELECT DISTINCT {_exact(database, column, name)} AS value "  # noqa: S608 - quoted names
        f"FROM ({_newest(database, live, name, rows)}) newest LIMIT {VALUES}"
    )
    return [row["value"] for row in database.read(statement)]


def _newest(database: Database, live: TableFacts, selected: str, rows: int) -> str:
    table = database.quoted(live.name)
    if not live.key:
        return f"SELECT {selected} FROM {table} LIMIT {rows}"  # noqa: S608 - quoted names
    order = ", ".join(f"{database.quoted(name)} DESC" for name in live.key)
    along = "" if database.is_sqlite else " FORCE INDEX (PRIMARY)"
    return f"SELECT {selected} FROM {table}{along} ORDER BY {order} LIMIT {rows}"  # noqa: S608 - quoted names


def _exact(database: Database, column: ColumnFacts, name: str) -> str:
    """The value byte for byte: most collations take `unused` and `UNUSED `, with its blank, for the same."""
    if isinstance(column.values[0], int):
        return name
    if database.is_sqlite:
        return f"CAST({name} AS BLOB)"
    return f"CAST(CONVERT({name} USING utf8mb4) AS BINARY)"


def _has_more(database: Database, live: TableFacts, rows: int) -> bool:
    selected = f"SELECT 1 FROM {database.quoted(live.name)} LIMIT 1 OFFSET {rows}"  # noqa: S608 - quoted names
    return bool(database.read(selected))


def _listed(unknown: list[Value], distinct: int) -> str:
    listed = ", ".join(map(_shown, unknown[:SHOWN]))
    if len(unknown) <= SHOWN:
        return listed
    more = f"{len(unknown) - SHOWN} more" + (" at least" if distinct == VALUES else "")
    return f"{listed} and {more}"


def _shown(value: Value) -> str:
    return quoted(Redactor().text(value)) if isinstance(value, str) else str(value)
