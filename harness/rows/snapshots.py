"""Rows as they are at one moment, by key: the families of what a call is about, and the newest of tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from harness.answer_schemas import SCHEMAS
from harness.database import PARAMETER, Database, Row
from harness.rows.effects import Family, Link, RowRules

KEY: Final = "id"
FAMILY_LIMIT: Final = 500
"""Rows of one table that are read at most; where there are more, nothing is said of that table."""
NEWEST: Final = 20

Keyed = dict[Any, Row]


@dataclass
class Snapshot:
    """By table and key. `cut` are tables of which there was more than was read."""

    tables: dict[str, Keyed] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)

    def add(self, table: str, rows: Iterable[Row]) -> None:
        self.tables.setdefault(table, {}).update((row[KEY], row) for row in rows)

    def keys(self, table: str) -> set[Any]:
        return set(self.tables.get(table, ()))


class RowReader:
    """Reads by key alone, so that a table of millions costs no more than a small one."""

    def __init__(self, database: Database, rules: RowRules) -> None:
        self._database = database
        self._rules = rules
        documented = {path.stem for path in (SCHEMAS / "tables").glob("*.json")}
        self._watchable = sorted(
            table for table in database.columns.keys() & documented if self._has(table, KEY)
        )
        self._last_keys = self._statement_of_last_keys()

    @property
    def unknown(self) -> list[str]:
        """Tables and columns of the families that this database lacks: what cannot be watched."""
        named = {(family.root, KEY) for family in self._rules.families}
        named |= {(link.table, link.column) for family in self._rules.families for link in family.links}
        return sorted(f"{table}.{column}" for table, column in named if not self._has(table, column))

    def families(self, table: str, column: str, values: Iterable[Any], into: Snapshot) -> None:
        """The whole families of the rows of `table` whose column has one of the values."""
        start = self._read(table, column, values, into)
        for family in self._rules.families_of(table):
            roots = self._roots(family, table, start)
            self._descend(family, roots, into)

    def by_key(self, table: str, keys: Iterable[Any]) -> Keyed:
        if not self._has(table, KEY):
            return {}
        return {row[KEY]: row for row in self._database.rows(table, KEY, keys, limit=FAMILY_LIMIT)}

    def newest(self, tables: Iterable[str]) -> Snapshot:
        """The last rows of each table: a wrong hand reaches for them first."""
        found = Snapshot()
        for table in tables:
            if self._has(table, KEY):
                found.add(table, self._last_of(table, NEWEST))
        return found

    def again(self, before: Snapshot, into: Snapshot) -> None:
        """The rows of a snapshot as they are now."""
        for table, rows in before.tables.items():
            into.add(table, self.by_key(table, rows.keys() - into.keys(table)).values())

    def last_keys(self) -> dict[str, int]:
        """The greatest key of every table of the documents, by one statement; 0 of an empty one."""
        if not self._watchable:
            return {}
        (row,) = self._database.read(self._last_keys)
        return {table: row[table] or 0 for table in self._watchable}

    def made_since(self, last: Mapping[str, int], into: Snapshot) -> None:
        """What has come to any table after these keys."""
        for table, key in self.last_keys().items():
            if key > last[table]:
                into.add(table, self._last_of(table, FAMILY_LIMIT, after=last[table]))

    def _last_of(self, table: str, limit: int, after: int = 0) -> list[Row]:
        quoted, key = self._database.table(table), self._database.column(table, KEY)
        where = f"WHERE {key} > {PARAMETER} ORDER BY {key} DESC LIMIT {limit}"
        return self._database.read(f"SELECT * FROM {quoted} {where}", (after,))  # noqa: S608 - quoted

    def _statement_of_last_keys(self) -> str:
        return f"SELECT {', '.join(map(self._last_key_of, self._watchable))}"

    def _last_key_of(self, table: str) -> str:
        quoted, key = self._database.table(table), self._database.column(table, KEY)
        return f"(SELECT MAX({key}) FROM {quoted}) AS {quoted}"  # noqa: S608 - quoted

    def _roots(self, family: Family, table: str, rows: list[Row]) -> list[Row]:
        """Up the links from the rows to the family's root."""
        while (link := family.link_of(table)) is not None:
            if not self._has(link.parent, link.parent_column):
                return []
            values = {row[link.column] for row in rows if row.get(link.column) is not None}
            rows = self._database.rows(link.parent, link.parent_column, values, limit=FAMILY_LIMIT)
            table = link.parent
        return rows

    def _descend(self, family: Family, roots: list[Row], into: Snapshot) -> None:
        rows = {family.root: roots}
        into.add(family.root, roots)
        for link in family.links:
            parents = rows.get(link.parent, [])
            values = {row[link.parent_column] for row in parents if row.get(link.parent_column) is not None}
            rows[link.table] = self._read_link(link, values, into)

    def _read_link(self, link: Link, values: set[Any], into: Snapshot) -> list[Row]:
        return self._read(link.table, link.column, values, into) if values else []

    def _read(self, table: str, column: str, values: Iterable[Any], into: Snapshot) -> list[Row]:
        if not self._has(table, column) or not self._has(table, KEY):
            return []
        rows = self._database.rows(table, column, values, limit=FAMILY_LIMIT + 1)
        if len(rows) > FAMILY_LIMIT:
            into.cut.add(table)
        into.add(table, rows)
        return rows

    def _has(self, table: str, column: str) -> bool:
        return column in self._database.columns.get(table, ())
