"""Documented tables of a scratch MariaDB, filled with as many rows as are wanted."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import create_engine

from benchmarks.runs import PROJECT

TIMES = "IF(seq % 7 = 0, NULL, '2020-01-01 00:00:00' + INTERVAL seq SECOND)"
TEXTS = "IF(seq % 5 = 0, NULL, CONCAT('会员', seq, IF(seq % 3 = 0, '🎉', '张三')))"
NUMBERS = "IF(seq % 11 = 0, NULL, seq % 1000)"
FIRST_ID, STEP = 8_000_000_000, 3
GIVEN = {
    "id": f"{FIRST_ID} + seq * {STEP}",
    "organization_id": "9000000000000000 + seq % 100",
    "mobile": "CONCAT('138', LPAD(seq % 100000000, 8, '0'))",
    "source": "ELT(seq % 2 + 1, 'SELF', 'THIRD')",
}


def fill(url: str, table: str, rows: int) -> None:
    """MariaDB's sequence tables make the rows where they are stored."""
    schemas = schema(table)["properties"]
    types = {name: str(schema["x-column-type"]) for name, schema in schemas.items()}
    columns = ", ".join(f"`{name}` {kind}" for name, kind in types.items())
    values = ", ".join(GIVEN.get(name) or _made(kind) for name, kind in types.items())
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE {table} ({columns}, PRIMARY KEY (id))")
        filled = f"INSERT INTO {table} SELECT {values} FROM seq_1_to_{rows}"  # noqa: S608 - no value from outside
        connection.exec_driver_sql(filled.replace("%", "%%"))
    engine.dispose()


def id_of(row: int) -> int:
    """The id of a row, counted from 1."""
    return FIRST_ID + row * STEP


def schema(table: str) -> Mapping[str, Any]:
    """That of the table's rows."""
    read: dict[str, Any] = json.loads((PROJECT / "schemas" / "tables" / f"{table}.json").read_bytes())
    return read


def _made(kind: str) -> str:
    if kind.startswith("varchar"):
        return TEXTS
    return {"datetime": TIMES, "tinyint(1)": "seq % 2"}.get(kind, NUMBERS)
