"""How a live database differs from the documents; data in, data out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from schemas.drift.column_types import Match, match_of
from schemas.drift.columns import NO_DEFAULT, UTF8, ColumnFacts, TableFacts, Tables
from schemas.drift.ratings import Kind

KINDS: Final = {
    Match.OTHER: Kind.TYPE,
    Match.WIDER: Kind.WIDER_TYPE,
    Match.SHORTER: Kind.SHORTER,
    Match.LONGER: Kind.LONGER,
    Match.RESCALED: Kind.SCALE,
}
CHARSETS: Final = {"utf8": {"utf8", "utf8mb3"}}  # two names of one: which, is the server's choice


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `column` is None where it is of the whole table, a side where it has nothing of it."""

    kind: Kind
    table: str
    column: str | None
    documented: str | None
    found: str | None


def compare(
    documented: Tables, live: Tables, names: Iterable[str], *, is_sqlite: bool
) -> Iterator[Difference]:
    """The differences of the tables of these names, those of a table together."""
    for name in names:
        if name not in live:
            yield Difference(Kind.MISSING_TABLE, name, None, _shape(documented[name]), None)
        elif name not in documented:
            yield Difference(Kind.EXTRA_TABLE, name, None, None, _shape(live[name]))
        else:
            yield from _of_table(documented[name], live[name], is_sqlite=is_sqlite)


def _shape(table: TableFacts) -> str:
    if not table.columns:
        return "by name only"
    return f"with {len(table.columns)} column{'s' if len(table.columns) > 1 else ''}"


def _of_table(documented: TableFacts, live: TableFacts, *, is_sqlite: bool) -> Iterator[Difference]:
    for name, column in documented.columns.items():
        if found := live.columns.get(name):
            for kind, said, seen in _of_column(column, found, is_sqlite=is_sqlite):
                yield Difference(kind, live.name, name, said, seen)
        else:
            yield Difference(Kind.MISSING_COLUMN, live.name, name, column.written, None)
    if documented.is_complete:
        yield from _extra_columns(documented, live)


def _extra_columns(documented: TableFacts, live: TableFacts) -> Iterator[Difference]:
    for name, column in live.columns.items():
        if name not in documented.columns:
            kind = Kind.REQUIRED_EXTRA_COLUMN if column.must_be_given else Kind.EXTRA_COLUMN
            null = "" if column.nullable else " NOT NULL"
            yield Difference(kind, live.name, name, None, f"{column.written}{null}")


def _of_column(
    column: ColumnFacts, found: ColumnFacts, *, is_sqlite: bool
) -> Iterator[tuple[Kind, str, str]]:
    match = match_of(column.type, found.type, is_sqlite=is_sqlite)
    if match in KINDS:
        yield KINDS[match], column.written, found.written
    if column.nullable is not None and column.nullable != found.nullable:
        kind = Kind.NULLABLE if found.nullable else Kind.NOT_NULL
        yield kind, _nullability(column), _nullability(found)
    if column.default is not None and not _same_default(column, found):
        kind = Kind.ADDED_DEFAULT if column.default == NO_DEFAULT else Kind.DEFAULT
        yield kind, _default(column), _default(found)
    if not is_sqlite and column.on_update is not None and column.on_update != found.on_update:
        yield Kind.ON_UPDATE, f"ON UPDATE {column.on_update}", f"ON UPDATE {found.on_update}"
    if found.charset not in {None, UTF8} and found.charset not in CHARSETS.get(column.charset or UTF8, ()):
        yield Kind.CHARSET, column.charset or UTF8, f"{found.charset} ({found.collation})"


def without_emoji(documented: Tables, live: Tables, names: Iterable[str]) -> list[str]:
    """The columns, as table.column, whose character set has no emoji, just as the documents say."""
    return [
        f"{name}.{column.name}"
        for name in names
        if name in live and name in documented
        for column in documented[name].columns.values()
        if column.charset not in {None, UTF8} and column.name in live[name].columns
        if live[name].columns[column.name].charset not in {None, UTF8}
    ]


def _nullability(column: ColumnFacts) -> str:
    return "NULL" if column.nullable else "NOT NULL"


def _default(column: ColumnFacts) -> str:
    return "no default" if column.default == NO_DEFAULT else f"DEFAULT {column.default}"


def _same_default(column: ColumnFacts, found: ColumnFacts) -> bool:
    """No default and DEFAULT NULL are one: which of them stands there follows from NOT NULL, told apart."""
    nothing = {NO_DEFAULT, "NULL"}
    return column.default == found.default or {column.default, found.default} <= nothing
