"""What is audited: the tables whose columns the documents know and the database has, and how each is read."""

import difflib
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clients import HarnessError
from harness.database import Database
from harness.documents import read_json
from harness.run import PROJECT
from schemas.audit.keys import Key, find_keys

TABLES = PROJECT / "schemas" / "tables"
NAME_ONLY = "named"


@dataclass(frozen=True)
class Table:
    """`columns` are the database's, in its order."""

    name: str
    schema: Mapping[str, Any]
    columns: tuple[str, ...]
    key: Key


@dataclass(frozen=True)
class Plan:
    """`unknown` accept any row, `absent` are not in the database, `strange` are in no document.

    `named_and_absent` counts those that the database lacks and the documents know but the name of.
    """

    tables: tuple[Table, ...]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    strange: tuple[str, ...]
    named_and_absent: int = 0
    is_sample: bool = False

    def digest(self) -> str:
        """Another one where a table's columns, key or schema are others."""
        content = [[table.name, table.columns, table.key.order, table.schema] for table in self.tables]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def make_plan(database: Database, asked: Sequence[str] = (), *, is_sample: bool = False) -> Plan:
    """The plan of all tables, or of those asked for; raises `HarnessError` where nothing can be audited."""
    documented: dict[str, dict[str, Any]] = {
        path.stem: read_json(path) for path in sorted(TABLES.glob("*.json"))
    }
    for name in asked:
        _check(name, documented, database)
    wanted = {name: schema for name, schema in documented.items() if not asked or name in asked}
    unknown = {name for name, schema in wanted.items() if schema["x-knowledge"] == NAME_ONLY}
    there = [name for name in wanted if name in database.columns]
    audited = [name for name in there if name not in unknown]
    if not audited:
        raise HarnessError(_nothing(asked))
    keys = find_keys(database, audited)
    return Plan(
        tuple(Table(name, wanted[name], tuple(database.columns[name]), keys[name]) for name in audited),
        unknown=tuple(name for name in there if name in unknown),
        absent=tuple(name for name in wanted if name not in database.columns and name not in unknown),
        named_and_absent=len(unknown - set(database.columns)),
        strange=() if asked else tuple(sorted(set(database.columns) - set(documented))),
        is_sample=is_sample,
    )


def _check(name: str, documented: Collection[str], database: Database) -> None:
    if name not in documented:
        near = difflib.get_close_matches(name, documented, n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise HarnessError(f"no document has a table {name!r}{hint}")
    database.table(name)


def _nothing(asked: Sequence[str]) -> str:
    if asked:
        return f"nothing to audit: the documents know no columns of {', '.join(asked)}"
    return (
        "nothing to audit: the database has no table whose columns the documents know; does the URL name it?"
    )
