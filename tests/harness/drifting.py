"""Databases made of the row schemas, as they are or with a change, and what the command says of them."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from schemas.drift.__main__ import main
from tests.harness.projects import PROJECT

TABLES = PROJECT / "schemas" / "tables"
LENGTH = 100  # of a varchar whose length the documents do not give
Changes = Mapping[str, str | None]


def schema_of(table: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((TABLES / f"{table}.json").read_text(encoding="utf-8"))
    return found


def all_tables() -> list[str]:
    return sorted(path.stem for path in TABLES.glob("*.json"))


def ddl_of(table: str, changes: Changes | None = None, *, is_sqlite: bool = False) -> str:
    """CREATE TABLE as the schema has it; `changes` gives a column another definition, None leaves it out."""
    schemas = schema_of(table)["properties"]
    columns: dict[str, str | None] = {
        name: definition(name, schema, is_sqlite=is_sqlite) for name, schema in schemas.items()
    }
    columns = {"id": "bigint NOT NULL PRIMARY KEY"} | columns | dict(changes or {})
    if "id" not in schemas and schemas and schema_of(table)["x-knowledge"] == "documented":
        del columns["id"]
    quote = '"' if is_sqlite else "`"
    parts = [f"{quoted(name, quote)} {given}" for name, given in columns.items() if given is not None]
    return f"CREATE TABLE {quoted(table, quote)} ({', '.join(parts)})"


def quoted(name: str, quote: str) -> str:
    return quote + name.replace(quote, quote * 2) + quote


def definition(name: str, schema: Mapping[str, Any], *, is_sqlite: bool = False) -> str:
    """A column as its schema has it."""
    written = schema["x-column-type"]
    parts = [f"varchar({LENGTH})" if written == "varchar" else written]
    if "x-charset" in schema and not is_sqlite:
        parts.append(f"CHARACTER SET {schema['x-charset']}")
    parts.append("NULL" if "null" in schema["type"] else "NOT NULL")
    if "default" in schema:
        parts.append(f"DEFAULT {_literal(schema['default'])}")
    if "x-default" in schema:
        parts.append(f"DEFAULT {_now(schema['x-default'], is_sqlite=is_sqlite)}")
    if "x-on-update" in schema and not is_sqlite:
        parts.append(f"ON UPDATE {schema['x-on-update']}")
    return " ".join([*parts, "PRIMARY KEY"] if name == "id" else parts)


def _literal(value: int | str | None) -> str:
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def _now(expression: str, *, is_sqlite: bool) -> str:
    return expression.replace("()", "") if is_sqlite else expression


@dataclass(frozen=True)
class Scratch:
    """A database to be filled, by its URL."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def execute(self, *statements: str) -> None:
        engine = create_engine(self.url)
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT 1")  # SQLite makes its file with the first statement
            for statement in statements:
                connection.exec_driver_sql(statement if self.is_sqlite else statement.replace("%", "%%"))
        engine.dispose()

    def insert(self, table: str, column: str, values: Sequence[Any]) -> None:
        """Rows with ids from 1 and one value each."""
        mark = "?" if self.is_sqlite else "%s"
        statement = f"INSERT INTO {table} (id, {column}) VALUES ({mark}, {mark})"  # noqa: S608 - our own names
        engine = create_engine(self.url)
        with engine.begin() as connection:
            connection.exec_driver_sql(statement, list(enumerate(values, start=1)))
        engine.dispose()

    def make(self, table: str, changes: Changes | None = None) -> None:
        self.execute(ddl_of(table, changes, is_sqlite=self.is_sqlite))

    def make_all(self) -> None:
        """Every table, as the schemas have it."""
        self.execute(*(ddl_of(table, is_sqlite=self.is_sqlite) for table in all_tables()))


@dataclass(frozen=True)
class Said:
    """The exit code, and what stood on stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def differences(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.report["differences"]
        return found


@dataclass(frozen=True)
class Drift:
    """The command, run in this process."""

    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> Said:
        self.capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:  # argparse's way to refuse
            code = int(stopped.code or 0)
        said = self.capsys.readouterr()
        return Said(code, said.out, said.err)

    def json(self, *arguments: str | Path) -> Said:
        return self(*arguments, "--format", "json")


COMMAND = [sys.executable, "-m", "schemas.drift"]
