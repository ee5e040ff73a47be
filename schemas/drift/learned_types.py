"""What a row holds of a type that the documents never use, as `harness.row_values` hands it out."""

from typing import Final

from schemas.columns import Json
from schemas.drift.column_types import BYTES
from schemas.drift.columns import ColumnFacts
from schemas.row_schema import INTEGER_RANGES

WIDTHS: Final = {"tinyint": 8, "smallint": 16, "mediumint": 24, "int": 32, "integer": 64, "bigint": 64}
UNSIGNED: Final = " unsigned"
TEXT: Final[dict[str, Json]] = {"type": "string"}
NUMBER: Final[dict[str, Json]] = {"type": "number"}
BINARY: Final[dict[str, Json]] = {"type": ["string", "integer"]}  # a text, hex, or the number of a single bit
FOREIGN: Final[dict[str, dict[str, Json]]] = {
    "float": NUMBER,
    "double": NUMBER,
    "real": NUMBER,
    "json": TEXT | {"contentMediaType": "application/json"},
    "enum": TEXT,
    "set": TEXT,
    "time": TEXT,  # from -838:59:59 to 838:59:59, days told apart
    "year": {"type": "integer", "minimum": 0, "maximum": 2155},
    "boolean": {"type": "integer", "minimum": 0, "maximum": 1},
    **dict.fromkeys(("uuid", "inet4", "inet6", "clob"), TEXT),
}
ANYTHING: Final[dict[str, Json]] = {"type": ["string", "number"]}


def is_flag(column: ColumnFacts) -> bool:
    """A tinyint(1) is 0 or 1, as it is throughout the documents; one of another width is a number."""
    return "".join(column.written.lower().split()) == "tinyint(1)"


def foreign_schema(column: ColumnFacts) -> dict[str, Json]:
    """The keywords of a value of such a type; a type that is not known here takes any text or number."""
    name, arguments = column.type.name, column.type.arguments
    if name.removesuffix(UNSIGNED) in WIDTHS:
        return _integer(name)
    if name in BYTES or name in {"char", "varchar"}:
        limit = BYTES.get(name) or next(iter(arguments), None)
        return TEXT | {"maxLength": limit} if limit else TEXT
    if name == "bit":
        return {"type": "integer", "minimum": 0, "maximum": 1} if arguments in {(), (1,)} else BINARY
    if name.endswith(("blob", "binary")):
        return BINARY
    if name == f"decimal{UNSIGNED}":
        return {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}
    return FOREIGN.get(name.removesuffix(UNSIGNED), ANYTHING)


def told_as(schema: dict[str, Json]) -> str:
    """What the values of a column are taken for, in a few words."""
    types = schema["type"]
    kinds = [str(kind) for kind in types] if isinstance(types, list) else [str(types)]
    return " or ".join(kinds)


def _integer(name: str) -> dict[str, Json]:
    bits = WIDTHS[name.removesuffix(UNSIGNED)]
    if name.endswith(UNSIGNED):
        return {"type": "integer", "minimum": 0, "maximum": 2**bits - 1}
    low, high = INTEGER_RANGES.get(name, (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1))
    return {"type": "integer", "minimum": low, "maximum": high}
