"""The schema of a table's row, as a database hands it out.

A datetime's pattern knows the ranges of its parts, not the calendar: 2026-02-30 passes, which no DATETIME
column can hold, so that the days of each month are not worth a longer pattern. `maxLength` counts characters;
for a text or mediumtext, whose limit is in bytes, it is that number: never too strict, and exact for ASCII.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.columns import Column, Json, Knowledge, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://schemas.example.test"

INTEGER_RANGES = {
    "tinyint": (-(2**7), 2**7 - 1),
    "int": (-(2**31), 2**31 - 1),
    "bigint": (-(2**63), 2**63 - 1),
}
FLAG = (0, 1)
TEXT_BYTES = {"text": 2**16 - 1, "mediumtext": 2**24 - 1}
DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
TIME_PATTERNS = {"date": f"^{DATE}$", "datetime": f"^{DATE} {TIME}$", "timestamp": f"^{DATE} {TIME}$"}

DESCRIPTIONS: dict[Knowledge, str] = {
    "documented": "列名、类型和备注出自 {file}。",
    "ddl": "建表语句出自 {file}。",
    "partial": "{file} 只列出表名。所列各列由接口用法推知，其余各列未知，一概接受。",
    "named": "{file} 只列出表名，各列未知，接受任何行。",
    "learned": "文档只列出表名，各列取自一个在用的数据库，尚待审阅。",
}


def row_schema(table: Table) -> dict[str, Json]:
    """The schema of one row; a table that the documents list in full refuses other columns."""
    complete = table.knowledge in {"documented", "ddl"}
    schema = table_head(table, "tables")
    schema["properties"] = {column.name: column_schema(column) for column in table.columns}
    schema["required"] = [column.name for column in table.columns if complete]
    schema["additionalProperties"] = not complete
    return schema


def table_head(table: Table, folder: str) -> dict[str, Json]:
    """What the schemas of a row and of the same row on the wire begin with."""
    file = table.place.file.removeprefix("sources/")
    return {
        "$schema": DIALECT,
        "$id": f"{BASE}/{folder}/{table.name}.json",
        "title": table.title or table.name,
        "description": DESCRIPTIONS[table.knowledge].format(file=file),
        "x-knowledge": table.knowledge,
        "type": "object",
    }


def column_schema(column: Column) -> dict[str, Json]:
    """The schema of a column's value; a note that the document leaves empty is left out."""
    schema: dict[str, Json] = {"description": column.note} if column.note else {}
    schema |= typed(column, _bounded(column))
    schema |= enumerated(column)
    schema |= column.annotations
    return schema | {"x-column-type": str(column.type), "x-source": column.source}


def typed(column: Column, bounded: dict[str, Json]) -> dict[str, Json]:
    """The keywords of a value, admitting null where the column does."""
    if is_nullable(column):
        kinds = bounded["type"]
        return bounded | {"type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}
    return bounded


def enumerated(column: Column) -> dict[str, Json]:
    """The enumeration of a column, with where its values are known from; a nullable one admits null."""
    if not column.values:
        return {}
    null: list[Json] = [None] if is_nullable(column) else []
    return {"enum": [*column.values, *null], "x-enum-source": column.values_source}


def is_nullable(column: Column) -> bool:
    """Nullable unless the DDL says NOT NULL, or it is the id."""
    return column.nullable and column.name != "id"


def _bounded(column: Column) -> dict[str, Json]:
    kind = column.type.name
    if kind in INTEGER_RANGES:
        low, high = FLAG if kind == "tinyint" and column.role == "plain" else INTEGER_RANGES[kind]
        return {"type": "integer", "minimum": low, "maximum": high}
    if kind == "decimal":
        precision, scale = column.type.arguments
        return {"type": "string", "pattern": rf"^-?[0-9]{{1,{precision - scale}}}(\.[0-9]{{1,{scale}}})?$"}
    return text_schema(column)


def text_schema(column: Column) -> dict[str, Json]:
    """A value that is a string in a row and on the wire: a text of limited length, or a time."""
    kind = column.type.name
    if kind in TIME_PATTERNS:
        return {"type": "string", "pattern": TIME_PATTERNS[kind]}
    limit = TEXT_BYTES.get(kind) or next(iter(column.type.arguments), None)
    return {"type": "string", "maxLength": limit} if limit else {"type": "string"}
