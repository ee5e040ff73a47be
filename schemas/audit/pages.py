"""The rows of a table by short reads, each beyond the last key of the one before: nothing is held."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from harness.database import PARAMETER, Database
from harness.row_values import row_value
from schemas.audit.plan import Table

PART: Final = 200
HEAVY_PART: Final = 10
HEAVY: Final = 2**15
"""Characters of a text from which few rows are held at a time: a mediumtext may have 16 million."""
POINTS: Final = 100
Position = tuple[Any, ...]
_ROWS_OF_SERVER: Final = (
    "SELECT table_rows FROM information_schema.tables "  # noqa: S608 - there is no value in it
    f"WHERE table_schema = DATABASE() AND table_name = {PARAMETER}"
)
PLAIN: Final = frozenset({int, str, float, type(None)})


@dataclass(frozen=True)
class Part:
    """Some rows, each of the table's columns (and a rowid), and the key values of each."""

    rows: list[tuple[Any, ...]]
    positions: list[Position]


class Pages:
    """Reads one table; `batch` is the most rows of a statement, `PART` or `HEAVY_PART` of those in memory."""

    def __init__(self, database: Database, table: Table, batch: int) -> None:
        self._database = database
        self._table = table
        self._batch = batch
        texts = [schema.get("maxLength", 0) for schema in table.schema["properties"].values()]
        self._part = min(HEAVY_PART if max(texts, default=0) > HEAVY else PART, batch)
        key, columns = table.key, table.columns
        selected = [*map(database.quoted, columns), *([key.extra] if key.extra else [])]
        self._select = f"SELECT {', '.join(selected)} FROM {database.table(table.name)}"  # noqa: S608 - quoted
        self._order = f" ORDER BY {', '.join(key.order)}" if key.order else ""
        self._places = [len(columns)] if key.extra else [columns.index(name) for name in key.names]

    def whole(self, after: Position | None = None) -> Generator[Part]:
        """All rows beyond a key. A table without a key is one unbuffered read, always from its beginning."""
        if not self._table.key.order:
            yield from self._read(self._select, (), None)
            return
        read = self._batch
        while read == self._batch:
            read = 0
            for part in self._next(after, self._batch):
                read += len(part.rows)
                after = part.positions[-1]
                yield part

    def sample(self, rows: int, seed: int) -> Generator[Part]:
        """So many rows, the same for the same seed: runs that begin at chance points of the range of keys.

        What the runs lack, where keys are scarce, comes from the gaps between them. Without a key that is a
        number they are the first rows.
        """
        if not self._table.key.is_number:
            yield from _first(self.whole(), rows) if self._table.key.order else self._next(None, rows)
            return
        runs: list[tuple[Position, Position]] = []
        for point, share in self._points(rows, seed):
            for part in self._run(point, share, runs[-1][1] if runs else None):
                rows -= len(part.rows)
                runs.append((part.positions[0], part.positions[-1]))
                yield part
        yield from _first(self._gaps(runs), rows)

    def about(self) -> int | None:
        """About how many rows there are, from what the database knows without counting."""
        name, extra = self._table.name, self._table.key.extra
        if not self._database.is_sqlite:
            return self._one(_ROWS_OF_SERVER, (name,))
        return self._one(f"SELECT MAX({extra}) FROM {self._database.table(name)}") if extra else None  # noqa: S608 - quoted

    def _one(self, statement: str, values: Sequence[Any] = ()) -> int | None:
        (((value,),),) = self._database.stream(statement, values)
        return None if value is None else int(value)

    def _points(self, rows: int, seed: int) -> Iterator[tuple[int, int]]:
        """Where runs begin, and how long each is."""
        lead, source = self._table.key.order[0], self._database.table(self._table.name)
        ends = f"SELECT (SELECT MIN({lead}) FROM {source}), (SELECT MAX({lead}) FROM {source})"  # noqa: S608 - quoted
        ((low, high),) = next(self._database.stream(ends))
        if low is None:
            return
        chance = random.Random(f"{seed} {self._table.name}")  # noqa: S311 - repeatable, not secret
        points = min(rows, POINTS)
        for number in range(points):
            begin, end = (low + (high + 1 - low) * n // points for n in (number, number + 1))
            yield chance.randrange(begin, max(end, begin + 1)), (rows + number) // points

    def _run(self, point: int, share: int, last: Position | None) -> Generator[Part]:
        if last is not None and last[0] >= point:
            return self._next(last, share)
        return self._read(f"{self._select} WHERE {self._table.key.order[0]} >= {PARAMETER}", (point,), share)

    def _gaps(self, runs: Sequence[tuple[Position, Position]]) -> Generator[Part]:
        ends = [None, *(last for _, last in runs)]
        begins = [*(first for first, _ in runs), None]
        for after, before in zip(ends, begins, strict=True):
            for part in self.whole(after):
                if before in part.positions:
                    yield _cut(part, part.positions.index(before))
                    break
                yield part

    def _next(self, after: Position | None, limit: int) -> Generator[Part]:
        if after is None:
            return self._read(self._select, (), limit)
        condition, values = _beyond(self._table.key.order, after)
        return self._read(f"{self._select} WHERE {condition}", values, limit)

    def _read(self, statement: str, values: Sequence[Any], limit: int | None) -> Generator[Part]:
        if limit is not None:
            statement += f"{self._order} LIMIT {int(limit)}"
        for rows in self._database.stream(statement, values, batch=self._part, is_endless=limit is None):
            positions = [tuple(row[place] for place in self._places) for row in rows]
            yield Part(list(map(_plain, rows)), positions)


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Most rows hold plain values alone, which row_value leaves as they are."""
    return row if PLAIN.issuperset(map(type, row)) else tuple(map(row_value, row))


def _beyond(order: Sequence[str], after: Position) -> tuple[str, list[Any]]:
    """`a >= ? AND (a > ? OR (a = ? AND …))`: MariaDB's index serves this, but not `(a, …) > (?, …)`."""
    lead, *others = order
    if not others:
        return f"{lead} > {PARAMETER}", [after[0]]
    inner, values = _beyond(others, after[1:])
    condition = f"{lead} >= {PARAMETER} AND ({lead} > {PARAMETER} OR ({lead} = {PARAMETER} AND ({inner})))"
    return condition, [after[0]] * 3 + values


def _first(parts: Iterator[Part], rows: int) -> Generator[Part]:
    while rows > 0 and (part := next(parts, None)) is not None:
        yield (cut := _cut(part, rows))
        rows -= len(cut.rows)


def _cut(part: Part, rows: int) -> Part:
    return Part(part.rows[:rows], part.positions[:rows])
