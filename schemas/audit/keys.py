"""How a table is read in order: by its primary key, a unique key or SQLite's rowid; without, as it comes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from harness.database import Database

INTEGERS: Final = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint"})
_TEXTS: Final = frozenset({"char", "varchar", "binary", "varbinary"})
_OTHERS: Final = frozenset({"decimal", "date", "datetime", "timestamp"})
ORDERED: Final = INTEGERS | _TEXTS | _OTHERS
"""Types whose values compare as they sort: an ENUM sorts by number, a FLOAT is not what it is shown as."""
_INDEXES_OF_SERVER: Final = (
    "SELECT s.table_name, s.index_name, s.column_name, c.data_type, "
    "s.non_unique = 0 AND s.nullable = '' AND s.sub_part IS NULL "
    "FROM information_schema.statistics s JOIN information_schema.columns c "
    "USING (table_schema, table_name, column_name) WHERE s.table_schema = DATABASE() "
    "ORDER BY s.table_name, s.index_name <> 'PRIMARY', s.index_name, s.seq_in_index"
)
_KEYS_OF_FILE: Final = (
    "SELECT t.name, t.wr, p.name FROM pragma_table_list t LEFT JOIN pragma_table_info(t.name) p ON p.pk > 0 "
    "WHERE t.schema = 'main' ORDER BY t.name, p.pk"
)
_ROWID: Final = ("rowid", "_rowid_", "oid")


@dataclass(frozen=True)
class Key:
    """`names` are the columns that name a row, `order` what sorts the rows, quoted; none for one long read.

    `extra` is selected behind the columns: a rowid, which is no column.
    """

    names: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    extra: str | None = None
    is_number: bool = False

    @property
    def position_names(self) -> tuple[str, ...]:
        """What the values are called by which the reading goes on."""
        return (self.extra,) if self.extra else self.names

    def of(self, row: Sequence[Any], columns: Sequence[str], number: int) -> dict[str, Any]:
        """What tells the row from others: its key, its rowid, or which one it was of those read."""
        if self.names:
            return {name: row[columns.index(name)] for name in self.names}
        return {self.extra: row[-1]} if self.extra else {"row": number}


def find_keys(database: Database, tables: Iterable[str]) -> dict[str, Key]:
    """The best key of each table."""
    found = _of_file(database) if database.is_sqlite else _of_server(database)
    return {name: found.get(name, Key()) for name in tables}


def _of_server(database: Database) -> dict[str, Key]:
    indexes: dict[tuple[str, str], list[tuple[str, str, bool]]] = {}
    for table, index, column, kind, usable in _read(database, _INDEXES_OF_SERVER):
        indexes.setdefault((table, index), []).append((column, kind.lower(), bool(usable)))
    keys: dict[str, Key] = {}
    for (table, _), parts in indexes.items():
        if all(usable and kind in ORDERED for _, kind, usable in parts):
            names = tuple(column for column, _, _ in parts)
            order = tuple(map(database.quoted, names))
            keys.setdefault(table, Key(names, order, is_number=parts[0][1] in INTEGERS))
    return keys


def _of_file(database: Database) -> dict[str, Key]:
    """A table WITHOUT ROWID has a primary key without nulls; any other has its rowid."""
    names: dict[str, list[str]] = {}
    without_rowid = set()
    for table, wr, column in _read(database, _KEYS_OF_FILE):
        names.setdefault(table, []).extend([column] if column else [])
        if wr:
            without_rowid.add(table)
    return {
        table: Key(tuple(key), tuple(map(database.quoted, key)))
        if table in without_rowid
        else _by_rowid(key, database.columns.get(table, ()))
        for table, key in names.items()
    }


def _by_rowid(names: Sequence[str], columns: Sequence[str]) -> Key:
    hidden = {name.lower() for name in columns}
    rowid = next((name for name in _ROWID if name not in hidden), None)
    return Key(tuple(names), (rowid,), rowid, is_number=True) if rowid else Key(tuple(names))


def _read(database: Database, statement: str) -> list[tuple[Any, ...]]:
    return [row for part in database.stream(statement) for row in part]
