"""The schema of a table's row as it travels in JSON: names by rule C-09, values by C-06, C-07 and C-08.

Other keys are left open, and no key but `id` is required, so that the schema of an answer may combine this
one with its own keys, or refer to a single property, as in `../wire/event.json#/properties/name`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.row_schema import INTEGER_RANGES, enumerated, table_head, text_schema, typed

if TYPE_CHECKING:
    from schemas.columns import Column, Json, Table

ID_PATTERN = "^[0-9]{1,19}$"


def wire_schema(table: Table) -> dict[str, Json]:
    """The schema of one row on the wire; each property names its column."""
    schema = table_head(table, "wire")
    schema["properties"] = {wire_name(column.name): _property(column) for column in table.columns}
    schema["required"] = [column.name for column in table.columns if column.name == "id"]
    return schema


def wire_name(column: str) -> str:
    """C-09: the column in camelCase, misspellings kept."""
    first, *others = column.split("_")
    return first + "".join(word.capitalize() for word in others)


def _property(column: Column) -> dict[str, Json]:
    schema: dict[str, Json] = {"description": column.note} if column.note else {}
    schema |= typed(column, _value(column))
    schema |= enumerated(column)
    return schema | {"x-column": column.name, "x-source": column.source}


def _value(column: Column) -> dict[str, Json]:
    kind = column.type.name
    if column.role == "id":
        return {"type": "string", "pattern": ID_PATTERN}  # C-06
    if kind in {"datetime", "timestamp"}:
        return {"type": "integer", "multipleOf": 1000}  # C-07: milliseconds of whole seconds
    if kind == "tinyint" and column.role == "plain":
        return {"type": "boolean"}  # C-08
    if kind in INTEGER_RANGES:
        low, high = INTEGER_RANGES[kind]
        return {"type": "integer", "minimum": low, "maximum": high}
    if kind == "decimal":
        precision, scale = column.type.arguments
        return {
            "type": "string",
            "pattern": rf"^-?[0-9]{{1,{precision - scale}}}\.[0-9]{{2,{scale}}}$",
        }  # C-08
    return text_schema(column)
