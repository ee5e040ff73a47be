"""Corrections of columns, and what is known of them beyond the documents' tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.columns import INTEGER_TYPES, Column, Table, known_types, read_type
from schemas.problems import SourceProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from schemas.columns import ColumnType, Role
    from schemas.corrections import ChangedColumn, Corrections, Entry, Enumeration, KnownColumns


class ColumnMends:
    """The tables while their columns are corrected, one entry after the other."""

    def __init__(self, tables: Sequence[Table], status_lists: Mapping[str, tuple[str, ...]]) -> None:
        self._tables = {table.name: table for table in tables}
        self._status_lists = status_lists

    def apply(self, corrections: Corrections) -> list[Table]:
        """The tables, each column once in its table and all that is known of it told."""
        for repeated in corrections.repeated_columns:
            self._drop_repeated(repeated, repeated.column)
        self._refuse_duplicates()
        for retyped in corrections.retyped_columns:
            self._retype(retyped)
        for renoted in corrections.renoted_columns:
            self._renote(renoted)
        for known in corrections.known_columns:
            self._add_known(known)
        for kept in corrections.kept_columns:
            self._confirm_type(kept, kept.column, kept.type)
        self._decide_roles(corrections)
        for enumeration in corrections.enumerations:
            self._enumerate(enumeration)
        return list(self._tables.values())

    def _find(self, entry: Entry, path: str) -> Column:
        table, name = path.split(".")
        columns = self._tables[table].columns if table in self._tables else ()
        for column in columns:
            if column.name == name:
                return column
        raise entry.unmatched(f"no column '{path}'")

    def _change(self, path: str, change: Callable[[Column], Column]) -> None:
        table, name = path.split(".")
        old = self._tables[table]
        columns = tuple(change(column) if column.name == name else column for column in old.columns)
        self._tables[table] = replace(old, columns=columns)

    def _drop_repeated(self, entry: Entry, path: str) -> None:
        first = self._find(entry, path)
        table = self._tables[path.split(".")[0]]
        same = [column for column in table.columns if column.name == first.name]
        if len(same) < 2 or any(column.type != first.type for column in same):
            raise entry.unmatched(f"'{path}' does not stand twice with one type")
        kept = replace(first, note=next((column.note for column in same if column.note), ""))
        columns = tuple(
            kept if column is first else column for column in table.columns if column not in same[1:]
        )
        self._tables[table.name] = replace(table, columns=columns)

    def _refuse_duplicates(self) -> None:
        for table in self._tables.values():
            seen: dict[str, Column] = {}
            for column in table.columns:
                first = seen.setdefault(column.name, column)
                if first is not column:
                    raise SourceProblem(
                        column.place,
                        f"the column '{table.name}.{column.name}' stands at {first.place} already",
                        "drop one, or list it under repeated_columns",
                    )

    def _confirm_type(self, entry: Entry, path: str, written: str) -> None:
        found = self._find(entry, path)
        if found.type != _type(entry, path, written):
            raise entry.unmatched(f"the type of '{path}' is {found.type}, not {written}")

    def _retype(self, entry: ChangedColumn) -> None:
        self._confirm_type(entry, entry.column, entry.was)
        mended = _type(entry, entry.column, entry.becomes)
        self._change(entry.column, lambda column: replace(column, type=mended))

    def _renote(self, entry: ChangedColumn) -> None:
        found = self._find(entry, entry.column)
        if found.note != entry.was:
            raise entry.unmatched(f"the note of '{entry.column}' is '{found.note}', not '{entry.was}'")
        self._change(entry.column, lambda column: replace(column, note=entry.becomes))

    def _add_known(self, entry: KnownColumns) -> None:
        table = self._tables.get(entry.table)
        grows = {"named", "partial"} if entry.source == "learned" else {"named"}
        if table is None or table.knowledge not in grows:
            raise entry.unmatched(
                f"no table '{entry.table}' that a document only names, or it is listed twice"
            )
        columns = tuple(
            Column(name, _type(entry, f"{entry.table}.{name}", written), "", entry.source, entry.place)
            for name, written in entry.columns.items()
        )
        for column in table.columns:
            if column.name in entry.columns:
                raise entry.unmatched(f"the column '{entry.table}.{column.name}' is known already")
        self._tables[table.name] = replace(table, knowledge="partial", columns=(*table.columns, *columns))

    def _decide_roles(self, corrections: Corrections) -> None:
        """A bigint is an id or a number, and the name tells or a correction does; nothing is guessed."""
        for table in self._tables.values():
            for column in table.columns:
                if column.type.name == "bigint" and (column.name == "id" or column.name.endswith("_id")):
                    self._change(f"{table.name}.{column.name}", lambda named: replace(named, role="id"))
        for identifier in corrections.identifiers:
            self._set_role(identifier, identifier.column, "id", {"bigint"})
        for number in corrections.numbers:
            self._set_role(number, number.column, "number", {"bigint", "tinyint"})
        self._refuse_undecided()

    def _set_role(self, entry: Entry, path: str, role: Role, types: set[str]) -> None:
        found = self._find(entry, path)
        if found.type.name not in types or found.role != "plain":
            raise entry.unmatched(f"'{path}' is {found.type} and needs no decision")
        self._change(path, lambda column: replace(column, role=role))

    def _refuse_undecided(self) -> None:
        for table in self._tables.values():
            for column in table.columns:
                if column.type.name == "bigint" and column.role == "plain":
                    raise SourceProblem(
                        column.place,
                        f"the bigint '{table.name}.{column.name}' is not named as an id",
                        "list it under identifiers or numbers",
                    )

    def _enumerate(self, entry: Enumeration) -> None:
        values = tuple(entry.values) or self._status_lists.get(entry.status_list, ())
        if not values:
            raise entry.unmatched(f"no status list '{entry.status_list}' under not_tables")
        for path in entry.columns:
            found = self._find(entry, path)
            _refuse_bad_values(entry, path, found, values)
            self._change(path, lambda column: replace(column, values=values, values_source=entry.source))


def _type(entry: Entry, path: str, written: str) -> ColumnType:
    try:
        return read_type(written)
    except ValueError:
        raise SourceProblem(
            entry.place, f"{path}: the type '{written}' is unknown", f"use one of {known_types()}"
        ) from None


def _refuse_bad_values(entry: Enumeration, path: str, column: Column, values: tuple[int | str, ...]) -> None:
    if column.values:
        raise SourceProblem(entry.place, f"'{path}' has an enumeration already", "keep one of the two")
    wanted = int if column.type.name in INTEGER_TYPES else str
    for value in values:
        if type(value) is not wanted:
            raise SourceProblem(
                entry.place,
                f"{path}: the value {value!r} does not fit {column.type}",
                f"give {wanted.__name__}s",
            )
        in_note = entry.status_list or str(value) in column.note
        if entry.source in {"doc", "ddl"} and not in_note:
            raise entry.unmatched(f"the value {value!r} is not in the note of '{path}', '{column.note}'")
