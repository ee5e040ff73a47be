"""Corrections of whole tables: renamed, given twice, merged. Afterwards each name stands once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.problems import SourceProblem

if TYPE_CHECKING:
    from schemas.columns import Column, Table
    from schemas.corrections import Corrections, Entry, MergedTable, RenamedTable, RepeatedTable


def mend_tables(tables: list[Table], corrections: Corrections) -> list[Table]:
    """The tables, each name once, in the documents' order."""
    for renamed in corrections.renamed_tables:
        tables = _rename(tables, renamed)
    for repeated in corrections.repeated_tables:
        tables = _drop_repeated(tables, repeated)
    for merged in corrections.merged_tables:
        tables = _merge(tables, merged)
    _refuse_duplicates(tables)
    return tables


def _rename(tables: list[Table], entry: RenamedTable) -> list[Table]:
    found = _titled(tables, entry, entry.table, entry.title)
    return [replace(table, name=entry.becomes) if table is found else table for table in tables]


def _titled(tables: list[Table], entry: Entry, name: str, title: str) -> Table:
    for table in tables:
        if (table.name, table.title) == (name, title):
            return table
    raise entry.unmatched(f"no table '{name}' with the title '{title}'")


def _drop_repeated(tables: list[Table], entry: RepeatedTable) -> list[Table]:
    same = [table for table in tables if table.name == entry.table]
    if len(same) < 2:
        raise entry.unmatched(f"the table '{entry.table}' does not stand twice")
    first, *others = same
    for other in others:
        if _content(other) != _content(first):
            raise SourceProblem(
                entry.place,
                f"'{entry.table}' at {other.place} differs from the one at {first.place}",
                "rename or merge it instead",
            )
    return [table for table in tables if not any(table is other for other in others)]


def _content(table: Table) -> tuple[object, ...]:
    """A table without its places."""
    return table.title, *((column.name, column.type, column.note) for column in table.columns)


def _merge(tables: list[Table], entry: MergedTable) -> list[Table]:
    source = _titled(tables, entry, entry.table, entry.title)
    target = next((table for table in tables if table.name == entry.into), None)
    if target is None:
        raise entry.unmatched(f"no table '{entry.into}' to merge into")
    _refuse_other_columns(source, target, entry)
    columns = tuple(_merged(old, new, entry) for old, new in zip(target.columns, source.columns, strict=True))
    merged = replace(target, columns=columns)
    return [merged if table is target else table for table in tables if table is not source]


def _refuse_other_columns(source: Table, target: Table, entry: MergedTable) -> None:
    differing = {column.name for column in source.columns} ^ {column.name for column in target.columns}
    in_order = [column.name for column in source.columns] == [column.name for column in target.columns]
    if not in_order:
        raise SourceProblem(
            entry.place,
            f"'{entry.table}' at {source.place} and '{entry.into}' at {target.place} have different columns:"
            f" {', '.join(sorted(differing)) or 'the order'}",
            "mend the rows first, or do not merge",
        )
    same = [
        new.name
        for old, new in zip(target.columns, source.columns, strict=True)
        if old.type.name == new.type.name
    ]
    for name in entry.mends:
        if name in same or name not in {column.name for column in source.columns}:
            raise entry.unmatched(f"the type of {entry.into}.{name} is not another one there")


def _merged(old: Column, new: Column, entry: MergedTable) -> Column:
    if old.type.name != new.type.name and old.name not in entry.mends:
        raise SourceProblem(
            new.place,
            f"{entry.into}.{old.name} is {new.type} here and {old.type} at {old.place}",
            f"make the two agree, or list it under mends at {entry.place}",
        )
    return replace(old, type=new.type, note=old.note or new.note)


def _refuse_duplicates(tables: list[Table]) -> None:
    seen: dict[str, Table] = {}
    for table in tables:
        first = seen.setdefault(table.name, table)
        if first is not table:
            raise SourceProblem(
                table.place,
                f"the table '{table.name}' stands at {first.place} already",
                "correct one under renamed_tables, repeated_tables or merged_tables",
            )
