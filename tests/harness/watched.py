"""Small databases of the schemas' tables, calls that were made by hand, and the row witness over them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine

from clients import Attempt, Call, Exchange, Unreachable
from harness.database import opened_database
from harness.rows.effects import RowRules, load_row_rules
from harness.rows.row_reader import RowReader
from harness.rows.witness import RowVerdict, RowWitness
from tests.harness.audited import right_row
from tests.harness.drifting import ddl_of
from tests.harness.projects import PROJECT

FRONT: Final = "http://platform.test/dab"
NOW: Final = 1767196800000
TIME: Final = "2026-01-01 00:00:00"
"""`NOW` in UTC+8."""
LATER: Final = "2026-01-01 00:00:01"


@cache
def row_rules() -> RowRules:
    return load_row_rules(PROJECT / "data")


@dataclass(frozen=True)
class Rows:
    """A database of a test's own, to be written as the platform would."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def execute(self, statement: str, *values: Any) -> None:
        engine = create_engine(self.url)
        with engine.begin() as connection:
            marked = statement.replace("?", "?" if self.is_sqlite else "%s")
            connection.exec_driver_sql(marked, values or None)
        engine.dispose()

    def make(self, *tables: str) -> None:
        for table in tables:
            self.execute(ddl_of(table, is_sqlite=self.is_sqlite))

    def put(self, table: str, key: int, **values: Any) -> None:
        """A row that its schema admits, with what differs."""
        row = {"id": key} | right_row(table) | {"id": key} | values
        marks = ", ".join("?" * len(row))
        self.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())  # noqa: S608 - ours

    def set(self, table: str, key: int, **values: Any) -> None:
        pairs = ", ".join(f"{name} = ?" for name in values)
        self.execute(f"UPDATE {table} SET {pairs} WHERE id = ?", *values.values(), key)  # noqa: S608 - ours

    def remove(self, table: str, key: int) -> None:
        self.execute(f"DELETE FROM {table} WHERE id = ?", key)  # noqa: S608 - ours


def rows_file(folder: Path, *tables: str) -> Rows:
    """A SQLite file with empty tables."""
    path = folder / "rows.sqlite"
    path.touch()
    made = Rows(f"sqlite:///{path.as_posix()}")
    made.make(*tables)
    return made


UPDATE: Final = Call("admin.workers.update", "admin", "PUT", "workers/7", sent={"name": "李四"})
CREATE: Final = Call("admin.workers.create", "admin", "POST", "workers", sent={"name": "张三"})
LIST: Final = Call("admin.workers.list", "admin", "GET", "workers")


def answered(
    call: Call, data: Any = None, *, code: str = "0", status: int = 200, front: str = FRONT
) -> Exchange:
    return Exchange(
        call=call.name,
        actor=call.actor,
        method=call.method,
        url=f"{front}/{call.path}",
        request_headers={},
        request_body="",
        status=status,
        response_headers={},
        response_body=json.dumps({"code": code, "message": "ok", "data": data}),
        attempts=(Attempt(1, str(status), 1.0),),
    )


def unanswered(call: Call) -> Unreachable:
    return Unreachable(method=call.method, url=f"{FRONT}/{call.path}", reason="refused")


@dataclass(frozen=True)
class Watched:
    """A witness, the database that it looks at, and what cannot be watched of that."""

    rows: Rows
    witness: RowWitness
    unknown: list[str]

    def judged(
        self, call: Call, deed: Callable[[], object] = lambda: None, data: Any = None, **answer: Any
    ) -> RowVerdict | None:
        """The verdict on a call that did this and was answered so."""
        self.witness.before(call)
        deed()
        return self.witness.after(call, answered(call, data, **answer))

    def errors(self, *arguments: Any, **answer: Any) -> tuple[str, ...]:
        verdict = self.judged(*arguments, **answer)
        return () if verdict is None else verdict.errors


@contextmanager
def watching(
    rows: Rows, *, alone: bool = True, now: Callable[[], int | None] | None = lambda: NOW, **rules: Any
) -> Iterator[Watched]:
    with opened_database(rows.url) as database:
        known = replace(row_rules(), **rules)
        witness = RowWitness(database, known, fronts=(FRONT,), now=now, alone=alone)
        yield Watched(rows, witness, RowReader(database, known, alone=alone).unknown)
