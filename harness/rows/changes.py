"""What a call has changed: two snapshots, row by row and column by column."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from clients import Redactor
from harness.database import Row
from harness.rows.snapshots import Raw, Snapshot

MADE: Final = ("created_time", "ctime")
MOVED: Final = ("updated_time", "mtime")
LONGEST: Final = 200
ABSENT: Final = "—"


@dataclass(frozen=True)
class Change:
    """A row that was made (`before` is None), that is gone (`after` is None), or that is not as it was."""

    table: str
    key: Any
    before: Row | None
    after: Row | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of a changed row whose values differ."""
        if self.before is None or self.after is None:
            return ()
        after = self.after
        return tuple(name for name, value in self.before.items() if after.get(name) != value)

    @property
    def place(self) -> str:
        return f"{self.table} 行 {self.key}"


def changes(before: Snapshot, after: Snapshot, row_of: Callable[[str, Raw], Row]) -> list[Change]:
    """In the order of tables and keys; of a table that was cut nothing is said."""

    def row(table: str, raw: Raw | None) -> Row | None:
        return None if raw is None else row_of(table, raw)

    found: list[Change] = []
    cut = before.cut | after.cut
    for table in sorted((before.tables.keys() | after.tables.keys()) - cut):
        old, new = before.tables.get(table, {}), after.tables.get(table, {})
        keys = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
        found += [Change(table, key, row(table, old.get(key)), row(table, new.get(key))) for key in keys]
    return found


def told(found: Iterable[Change], redactor: Redactor) -> str:
    """For a reviewer: each row with its columns, before and after, masked by the columns' names.

    As a text it is masked by whoever tells it, once.
    """
    return "\n\n".join(_told(change, redactor) for change in found) or "没有行被改变"


def _told(change: Change, redactor: Redactor) -> str:
    before, after = _masked(change.before, redactor), _masked(change.after, redactor)
    if change.before is None:
        filled = {name: value for name, value in after.items() if value is not None}
        return "\n".join([f"＋ {change.place}（新增）", *_columns({}, filled, filled)])
    if change.after is None:
        return "\n".join([f"－ {change.place}（不见了）", *_columns(before, {}, before)])
    return "\n".join([f"～ {change.place}（改变）", *_columns(before, after, change.columns)])


def _masked(row: Row | None, redactor: Redactor) -> Row:
    masked: Row = redactor.by_keys(row) if row is not None else {}
    return masked


def _columns(before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [f"    {name}: {_shown(before, name)} → {_shown(after, name)}" for name in names]


def _shown(row: Mapping[str, Any], name: str) -> str:
    if name not in row:
        return ABSENT
    text = repr(row[name]) if row[name] is not None else "NULL"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
