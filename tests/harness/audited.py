"""Databases with rows as the schemas have them but for what a test changes, and audits of them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pytest
from sqlalchemy import Engine, create_engine, event, make_url

from schemas.audit.__main__ import main
from schemas.audit.plan import TABLES

CANARY: Final = "13912345678"
_TIME: Final = "2026-01-31 10:00:00"
TEXTS: Final = {"datetime": _TIME, "timestamp": _TIME, "date": "2026-01-31", "decimal": "8.99"}


@cache
def schema_of(table: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((TABLES / f"{table}.json").read_bytes())
    return schema


def right_value(schema: Mapping[str, Any]) -> Any:
    """A value that a column's schema admits, and that is not null."""
    if "enum" in schema:
        return schema["enum"][0]
    if "integer" in schema["type"]:
        return 1
    return TEXTS.get(schema["x-column-type"].partition("(")[0], "张三")


def right_row(table: str) -> dict[str, Any]:
    return {name: right_value(schema) for name, schema in schema_of(table)["properties"].items()}


@dataclass(frozen=True)
class Audited:
    """A database of a test's own; its columns hold whatever they are given."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def execute(self, statement: str, *rows: tuple[Any, ...]) -> None:
        engine = create_engine(self.url)
        with engine.begin() as connection:
            mark = "?" if self.is_sqlite else "%s"
            connection.exec_driver_sql(statement.replace("?", mark), list(rows) or None)
        engine.dispose()

    def make(
        self,
        table: str,
        *changes: Mapping[str, Any],
        key: str = "PRIMARY KEY (id)",
        left_out: str | None = None,
        **more: str,
    ) -> None:
        """A table with a right row for each of the changes, made in it, with ids 10, 20, …"""
        schemas = {name: one for name, one in schema_of(table)["properties"].items() if name != left_out}
        types = {
            name: "BIGINT" if "integer" in one["type"] else "VARCHAR(300)" for name, one in schemas.items()
        }
        defined = {"id": "BIGINT NOT NULL"} | types | more
        quoted = {name: self.quoted(name) for name in defined}
        columns = ", ".join(f"{quoted[name]} {kind}" for name, kind in defined.items())
        self.execute(f"CREATE TABLE {table} ({columns}{', ' * bool(key)}{key})")
        made = [right_row(table) | {"id": 10 * n} | dict(change) for n, change in enumerate(changes, 1)]
        rows = [tuple(row.get(name) for name in defined) for row in made]
        marks = ", ".join("?" * len(defined))
        if rows:
            self.execute(f"INSERT INTO {table} ({', '.join(quoted.values())}) VALUES ({marks})", *rows)  # noqa: S608 - ours

    def quoted(self, name: str) -> str:
        mark = '"' if self.is_sqlite else "`"
        return f"{mark}{name.replace(mark, mark * 2).replace('%', '%' if self.is_sqlite else '%%')}{mark}"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    error: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def records(self) -> list[dict[str, Any]]:
        """Of --format jsonl; a summary without its speed."""
        found = [json.loads(line) for line in self.lines]
        for record in found:
            record.get("summary", {}).pop("rows_per_second", None)
        return found

    @property
    def violations(self) -> list[dict[str, Any]]:
        return [record for record in self.records if "summary" not in record]

    def of(self, table: str) -> dict[str, Any]:
        """The table's summary."""
        summaries = [record["summary"] for record in self.records if "summary" in record]
        return next(summary for summary in summaries if summary.get("table") == table)


def audit(capsys: pytest.CaptureFixture[str], database: Audited, *options: str) -> Outcome:
    """What the command says, as JSON lines."""
    return audit_as_text(capsys, database.url, "--format=jsonl", *options)


def audit_as_text(capsys: pytest.CaptureFixture[str], url: str, *options: str) -> Outcome:
    capsys.readouterr()
    try:
        code = main([url, *options])
    except SystemExit as refused:
        code = int(str(refused.code))
    out, error = capsys.readouterr()
    return Outcome(code, out, error)


@contextmanager
def watched_statements(url: str) -> Iterator[list[str]]:
    """The statements that are sent to a database meanwhile."""
    statements: list[str] = []
    database = make_url(url).database

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if str(connection.engine.url.database).removeprefix("file:") == database:
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
