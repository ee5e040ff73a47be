"""Reads rows by key alone, so that a table of millions costs no more than a small one."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, Final

from harness.answer_schemas import SCHEMAS
from harness.database import PARAMETER, Database, Row
from harness.row_values import row_value
from harness.rows.effects import Family, Link, RowRules
from harness.rows.snapshots import Extent, Raw, Snapshot

KEY: Final = "id"
FAMILY_LIMIT: Final = 500
"""Rows of one table that are read at most; where there are more, nothing is said of that table."""
NEWEST: Final = 5

Keyed = Mapping[int, Raw]


class RowReader:
    """Of one database. A table or column that it lacks has no rows; `unknown` tells which.

    Where others write too, it may be large: a link without an index is not followed there.
    """

    def __init__(self, database: Database, rules: RowRules, *, alone: bool) -> None:
        self._database = database
        self._rules = rules
        self._indexed = None if alone or database.is_sqlite else database.indexed_columns()
        documented = {path.stem for path in (SCHEMAS / "tables").glob("*.json")}
        there = database.columns.keys() & documented
        self._watchable = sorted(table for table in there if self._has(table, KEY))
        self._extents = f"SELECT {', '.join(map(self._extent_of, self._watchable))}"
        self._statement = cache(self._made_statement)
        self._place = cache(self._looked_up)

    @property
    def unknown(self) -> list[str]:
        """Tables and columns of the families that this database lacks, or has no index of: not watched."""
        named = {(family.root, KEY) for family in self._rules.families}
        named |= {(link.table, link.column) for family in self._rules.families for link in family.links}
        return sorted(f"{table}.{column}" for table, column in named if not self._may_ask(table, column))

    def row(self, table: str, raw: Raw) -> Row:
        return dict(zip(self._database.columns[table], map(row_value, raw), strict=True))

    def rows(self, table: str, keys: Collection[int]) -> dict[int, Row]:
        return {key: self.row(table, raw) for key, raw in self._by_key(table, keys).items()}

    def families(self, table: str, column: str, values: Collection[Any], into: Snapshot) -> None:
        """The whole families of the rows of `table` whose column has one of the values."""
        start = self._add(table, column, values, into)
        for family in self._rules.families_of(table):
            self._descend(family, self._roots(family, table, start), into)

    def newest(self, tables: Iterable[str], limit: int = NEWEST) -> Snapshot:
        """The last rows of each table: a wrong hand reaches for them first."""
        found = Snapshot()
        for table in tables:
            if self._has(table, KEY):
                found.add(table, self._after(table, 0, limit))
        return found

    def again(self, before: Snapshot, into: Snapshot) -> None:
        """The rows of a snapshot as they are now."""
        for table, rows in before.tables.items():
            into.add(table, self._by_key(table, rows.keys() - into.keys(table)))

    def extents(self) -> dict[str, Extent]:
        """That of every table of the documents, by one statement; it counts, so it is for small databases."""
        if not self._watchable:
            return {}
        (values,) = self._database.raw(self._extents)
        pairs = zip(values[::2], values[1::2], strict=True)
        extents = (Extent(last or 0, rows) for last, rows in pairs)
        return dict(zip(self._watchable, extents, strict=True))

    def made_since(self, before: Mapping[str, Extent], now: Mapping[str, Extent], into: Snapshot) -> None:
        """What has come to any table after its last key."""
        for table, extent in now.items():
            if extent.last > before[table].last:
                into.add(table, self._after(table, before[table].last, FAMILY_LIMIT))

    def _roots(self, family: Family, table: str, rows: Keyed) -> Keyed:
        """Up the links from the rows to the family's root."""
        while (link := family.link_of(table)) is not None:
            if not self._may_ask(link.parent, link.parent_column):
                return {}
            rows = self._selected(link.parent, link.parent_column, self._values(table, link.column, rows))
            table = link.parent
        return rows

    def _descend(self, family: Family, roots: Keyed, into: Snapshot) -> None:
        into.add(family.root, roots)
        rows = {family.root: roots}
        for link in family.links:
            rows[link.table] = self._below(link, rows.get(link.parent, {}), into)

    def _below(self, link: Link, parents: Keyed, into: Snapshot) -> Keyed:
        values = self._values(link.parent, link.parent_column, parents)
        return self._add(link.table, link.column, values, into) if values else {}

    def _values(self, table: str, column: str, rows: Keyed) -> set[Any]:
        if not rows or not self._has(table, column):
            return set()
        place = self._place(table, column)
        return {row[place] for row in rows.values()} - {None}

    def _add(self, table: str, column: str, values: Collection[Any], into: Snapshot) -> Keyed:
        if not self._may_ask(table, column) or not self._has(table, KEY):
            return {}
        rows = self._selected(table, column, values)
        if len(rows) > FAMILY_LIMIT:
            into.cut.add(table)
        into.add(table, rows)
        return rows

    def _by_key(self, table: str, keys: Collection[int]) -> Keyed:
        return self._selected(table, KEY, keys) if self._has(table, KEY) else {}

    def _selected(self, table: str, column: str, values: Collection[Any]) -> Keyed:
        if not values:
            return {}
        return self._keyed(table, self._database.raw(self._statement(table, column, len(values)), [*values]))

    def _after(self, table: str, key: int, limit: int) -> Keyed:
        """The last rows beyond a key."""
        quoted, column = self._database.table(table), self._database.column(table, KEY)
        where = f"WHERE {column} > {PARAMETER} ORDER BY {column} DESC LIMIT {int(limit)}"
        return self._keyed(table, self._database.raw(f"SELECT * FROM {quoted} {where}", [key]))  # noqa: S608 - quoted

    def _keyed(self, table: str, rows: Iterable[Raw]) -> Keyed:
        place = self._place(table, KEY)
        return {row[place]: row for row in rows}

    def _made_statement(self, table: str, column: str, values: int) -> str:
        quoted, name = self._database.table(table), self._database.column(table, column)
        marks = ", ".join([PARAMETER] * values)
        return f"SELECT * FROM {quoted} WHERE {name} IN ({marks}) LIMIT {FAMILY_LIMIT + 1}"  # noqa: S608 - quoted

    def _looked_up(self, table: str, column: str) -> int:
        return list(self._database.columns[table]).index(column)

    def _extent_of(self, table: str) -> str:
        quoted, key = self._database.table(table), self._database.column(table, KEY)
        return f"(SELECT MAX({key}) FROM {quoted}), (SELECT COUNT(*) FROM {quoted})"  # noqa: S608 - quoted

    def _has(self, table: str, column: str) -> bool:
        return column in self._database.columns.get(table, ())

    def _may_ask(self, table: str, column: str) -> bool:
        return self._has(table, column) and (self._indexed is None or (table, column) in self._indexed)
