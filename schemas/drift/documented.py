"""What the row schemas in tables/ say of each table and column, and no more than that."""

import json
from pathlib import Path
from typing import Any, Final

from clients import DataError
from schemas.columns import ColumnType, read_type
from schemas.drift.columns import NO_CHANGE, NO_DEFAULT, NULL, ColumnFacts, TableFacts, Tables
from schemas.drift.defaults import expression, literal

TABLES: Final = Path(__file__).parents[1] / "tables"
COMPLETE: Final = frozenset({"documented", "ddl"})


def read_documented(folder: Path = TABLES) -> Tables:
    """Every documented table by its name; raises `DataError` for a folder that holds none."""
    try:
        tables = [_table(path) for path in sorted(folder.glob("*.json"))]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{folder}: not the schemas of tables: {type(error).__name__}: {error}") from None
    if not tables:
        raise DataError(f"{folder}: holds no schemas of tables; python -m schemas.generate writes them")
    return {table.name: table for table in tables}


def _table(path: Path) -> TableFacts:
    schema = json.loads(path.read_text(encoding="utf-8"))
    columns = {name: _column(name, column) for name, column in schema["properties"].items()}
    knowledge = schema["x-knowledge"]
    return TableFacts(
        path.stem, columns, title=schema["title"], knowledge=knowledge, is_complete=knowledge in COMPLETE
    )


def _column(name: str, schema: dict[str, Any]) -> ColumnFacts:
    """Only DDL speaks of NULL, defaults and ON UPDATE; elsewhere it is only known that an id is not null."""
    is_ddl = schema["x-source"] == "ddl"
    is_nullable = "null" in schema["type"]
    column_type = read_type(schema["x-column-type"])
    return ColumnFacts(
        name,
        column_type,
        schema["x-column-type"],
        nullable=is_nullable if is_ddl or not is_nullable else None,
        default=_default(schema, column_type, is_nullable=is_nullable) if is_ddl else None,
        on_update=expression(schema.get("x-on-update", NO_CHANGE)) if is_ddl else None,
        charset=schema.get("x-charset"),
        values=tuple(value for value in schema.get("enum", ()) if value is not None),
        schema=schema,
    )


def _default(schema: dict[str, Any], column_type: ColumnType, *, is_nullable: bool) -> str:
    if "x-default" in schema:
        return expression(schema["x-default"])
    if "default" in schema:
        return literal(schema["default"], column_type.name)
    return NULL if is_nullable else NO_DEFAULT
