"""T-01, T-03 and T-04, and that nothing else was touched: one line for each thing that is wrong."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import jsonschema_rs
from jsonschema import Draft202012Validator

from harness.answer_schemas import SCHEMAS
from harness.database import Row
from harness.documents import read_json
from harness.explaining import Explaining
from harness.row_values import epoch_ms
from harness.rows.changes import MADE, MOVED, Change
from harness.rows.effects import Effects
from harness.rows.snapshots import Extent

KEPT_OF_REFUSED: Final = frozenset({"pay_notify_log"})
"""T-04: a notify that is refused for its content is kept all the same (P-03)."""
TIMES: Final = frozenset((*MADE, *MOVED))


@dataclass(frozen=True)
class Window:
    """Between which moments of the platform's clock a call was answered, in epoch milliseconds."""

    start: int
    end: int

    def holds(self, time: str) -> bool:
        return self.start // 1000 * 1000 <= epoch_ms(time) <= self.end


def refused(found: Iterable[Change]) -> list[str]:
    """What a refused call has changed (T-04)."""
    return [
        f"T-04 被拒绝的调用{_done(change)}：{change.place}"
        for change in found
        if change.before is not None or change.table not in KEPT_OF_REFUSED
    ]


def accepted(found: Iterable[Change], effects: Effects, window: Window | None) -> list[str]:
    """What an accepted call has done beyond its effects, or done wrongly."""
    every = list(found)
    lines = [line for change in every for line in _judged(change, effects, window)]
    made = Counter(change.table for change in every if change.before is None)
    for table, wanted in effects.makes.items():
        if wanted is not None and made[table] != wanted:
            lines.append(f"{table}：应新增 {wanted} 行，实为 {made[table]} 行")
    return lines


def strangers(found: Iterable[Change], effects: Effects, own: Mapping[str, Collection[int]]) -> list[str]:
    """Changed rows beside those that the call is about, in the tables of their families.

    Nothing where it is about no rows that are known: a share may be of a resource without a family.
    """
    if not any(own.values()):
        return []
    return [
        f"{change.place}：是别的行，这个调用不应改变它（{', '.join(change.columns)}）"
        for change in found
        if change.columns and change.table in effects.changes and change.table in own
        if change.key not in own[change.table]
    ]


def unseen(found: Iterable[Change], before: Mapping[str, Extent], now: Mapping[str, Extent]) -> list[str]:
    """Tables with more or fewer rows than the changes that were found account for."""
    every = list(found)
    made = Counter(change.table for change in every if change.before is None)
    gone = Counter(change.table for change in every if change.after is None)
    return [
        f"{table}：另有 {extent.rows - rows:+} 行，与这个调用无关"
        for table, extent in now.items()
        if (rows := before[table].rows + made[table] - gone[table]) != extent.rows
    ]


def schema_errors(table: str, row: Row) -> list[str]:
    """Where a row breaks the schema of its table (T-01); nothing of a table without a schema."""
    quick = _quick(table)
    if quick is None or quick.is_valid(row):
        return []
    return [
        f"{'.'.join(map(str, error.absolute_path)) or '行'}: {error.message}"
        for error in _validator(table).iter_errors(row)
    ]


def column_type(table: str, column: str) -> str:
    """A column's type, without its length, by the documents; else that of its name: ids are bigints."""
    known = (_schema(table) or {}).get("properties", {}).get(column, {}).get("x-column-type")
    by_name = "bigint" if column == "id" or column.endswith("_id") else "varchar"
    return str(known or by_name).partition("(")[0]


def _judged(change: Change, effects: Effects, window: Window | None) -> Iterator[str]:
    if change.after is None:
        if change.table not in effects.removes:
            yield f"{change.place}不见了（C-10：删除只是标记）"
        return
    yield from (f"T-01 {change.place}：{error}" for error in schema_errors(change.table, change.after))
    if change.before is None:
        if change.table not in effects.makes:
            yield f"{change.place}是新增的，这个调用不应新增 {change.table}"
        yield from _made_at(change, change.after, window)
    else:
        yield from _changed(change, change.before, change.after, effects, window)


def _made_at(change: Change, row: Row, window: Window | None) -> Iterator[str]:
    for column in MADE:
        if window is not None and isinstance(row.get(column), str) and not window.holds(row[column]):
            yield f"T-03 {change.place}：{column} 是 {row[column]}，不是这次调用的时间"


def _changed(
    change: Change, before: Row, after: Row, effects: Effects, window: Window | None
) -> Iterator[str]:
    names = effects.changes.get(change.table)
    content = [column for column in change.columns if column not in TIMES]
    if names is None:
        yield f"{change.place}：这个调用不应改变 {change.table}（{', '.join(change.columns)}）"
        return
    for column in content:
        if not names.has(column):
            yield f"{change.place}：这个调用不应改变 {column}（{before[column]!r} → {after[column]!r}）"
    for column in MADE:
        if before.get(column) != after.get(column):
            yield f"T-03 {change.place}：{column} 被改写（{before[column]} → {after[column]}）"
    if content and window is not None:
        yield from _moved_at(change, after, window)


def _moved_at(change: Change, row: Row, window: Window) -> Iterator[str]:
    for column in MOVED:
        if isinstance(row.get(column), str) and not window.holds(row[column]):
            yield f"T-03 {change.place}：行有改变，{column} 仍是 {row[column]}"


def _done(change: Change) -> str:
    if change.before is None:
        return "新增了行"
    return "删去了行" if change.after is None else f"改变了 {', '.join(change.columns)}"


@cache
def _schema(table: str) -> dict[str, Any] | None:
    path = SCHEMAS / "tables" / f"{table}.json"
    schema: dict[str, Any] | None = read_json(path) if path.is_file() else None
    return schema


@cache
def _quick(table: str) -> jsonschema_rs.Draft202012Validator | None:
    """Passes good rows at once; wherever it objects, the other has the last word."""
    schema = _schema(table)
    return None if schema is None else jsonschema_rs.Draft202012Validator(schema)


@cache
def _validator(table: str) -> Draft202012Validator:
    return Explaining(_schema(table) or {})
