"""Tables and columns as the documents know them, whatever the notation they were written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlglot import exp
from sqlglot.errors import SqlglotError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.problems import Place

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
Source = Literal["doc", "ddl", "seen", "set", "learned"]
Knowledge = Literal["documented", "ddl", "partial", "named", "learned"]
Role = Literal["plain", "id", "number"]

NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)

TYPE_WORDS = {
    exp.DType.BIGINT: "bigint",
    exp.DType.INT: "int",
    exp.DType.TINYINT: "tinyint",
    exp.DType.VARCHAR: "varchar",
    exp.DType.TEXT: "text",
    exp.DType.MEDIUMTEXT: "mediumtext",
    exp.DType.DATETIME: "datetime",
    exp.DType.TIMESTAMPTZ: "timestamp",  # sqlglot's name for MySQL's TIMESTAMP
    exp.DType.DATE: "date",
    exp.DType.DECIMAL: "decimal",
}
INTEGER_TYPES = frozenset({"bigint", "int", "tinyint"})
TEXT_TYPES = frozenset({"varchar", "text", "mediumtext"})
ARGUMENT_COUNTS = {"bigint": (0, 1), "int": (0, 1), "tinyint": (0, 1), "varchar": (0, 1), "decimal": (2,)}


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A MySQL type: `varchar(100)` is the name varchar with the argument 100."""

    name: str
    arguments: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.name + (f"({','.join(map(str, self.arguments))})" if self.arguments else "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `annotations` are what its DDL gives (`default`, `x-on-update`, `x-charset`)."""

    name: str
    type: ColumnType
    note: str
    source: Source
    place: Place
    nullable: bool = True
    role: Role = "plain"
    values: tuple[int | str, ...] = ()
    values_source: Source | None = None
    annotations: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; an empty title is one that the document does not give."""

    name: str
    title: str
    place: Place
    knowledge: Knowledge
    columns: tuple[Column, ...] = ()


def read_type(text: str) -> ColumnType:
    """Read a type as a document writes it; ValueError for one that has no schema here."""
    try:
        parsed = exp.DataType.build(text, dialect="mysql")
    except SqlglotError:
        raise ValueError(text) from None
    read = type_of(parsed)
    # sqlglot reads `int not null` as int; a cell says a type and nothing else
    if "".join(text.lower().split()) != str(read):
        raise ValueError(text)
    return read


def type_of(parsed: exp.DataType) -> ColumnType:
    """The type that sqlglot parsed; ValueError for one that has no schema here."""
    written = parsed.sql(dialect="mysql").lower()
    name = TYPE_WORDS.get(parsed.this)
    arguments = [argument.this.name for argument in parsed.expressions]
    if name is None or len(arguments) not in ARGUMENT_COUNTS.get(name, (0,)):
        raise ValueError(written)
    if not all(argument.isdecimal() and int(argument) > 0 for argument in arguments):
        raise ValueError(written)
    read = ColumnType(name, tuple(map(int, arguments)))
    if name == "decimal" and read.arguments[0] <= read.arguments[1]:
        raise ValueError(written)
    return read


def known_types() -> str:
    """The type names, for a message."""
    return ", ".join(TYPE_WORDS.values())
