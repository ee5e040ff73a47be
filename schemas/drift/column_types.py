"""Types as databases write them, and how one stands to the documents' type: equal, wider or another."""

import re
from enum import Enum
from typing import Final

from schemas.columns import ColumnType
from schemas.drift.defaults import unescaped

INTEGERS: Final = ("smallint", "mediumint", "int", "bigint")  # a tinyint is a flag, and travels as one
DISPLAYED: Final = frozenset({*INTEGERS, "tinyint", "year", "integer"})  # their number is a width on a screen
TIMES: Final = frozenset({"datetime", "timestamp", "time"})  # row schemas take any fraction of a second
BYTES: Final = {"tinytext": 2**8 - 1, "text": 2**16 - 1, "mediumtext": 2**24 - 1, "longtext": 2**32 - 1}
BYTES_OF_CHARACTER: Final = 4
SQLITE_NAMES: Final = {
    # what SQLite has in place of a type of the documents: it knows integers of one size, no flags, no times,
    # and no exact decimals, so that a text stands for one
    "tinyint": {"integer", "boolean"},
    "int": {"integer"},
    "bigint": {"integer"},
    "text": {"clob"},
    "mediumtext": {"text", "clob"},
    "timestamp": {"datetime"},
    "decimal": {"varchar", "text", "numeric"},
}
_WRITTEN: Final = re.compile(r"\s*([^(]*?)\s*(?:\(([0-9,\s]*)\)(.*))?", re.DOTALL)
_VALUE: Final = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)


class Match(Enum):
    """How a database's type stands to the documents'."""

    EQUAL = "equal"
    WIDER = "wider"
    OTHER = "other"
    SHORTER = "shorter"
    LONGER = "longer"
    RESCALED = "rescaled"


def parse_type(written: str) -> ColumnType:
    """The type of a column, without what means nothing; a type of any other spelling is its own name."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return ColumnType(written.partition("(")[0].strip().lower())
    name = found[1].lower()
    bare = name.split(" ")[0]
    unsigned = " unsigned" if "unsigned" in f"{name} {found[3] or ''}".lower() else ""
    has_length = bare not in DISPLAYED | TIMES
    numbers = tuple(map(int, re.findall("[0-9]+", found[2] or ""))) if has_length else ()
    return ColumnType(
        (bare if bare in DISPLAYED | {"decimal", "float", "double"} else name) + unsigned, numbers
    )


def values_of(written: str) -> tuple[str, ...]:
    """The values of an ENUM."""
    return tuple(map(unescaped, _VALUE.findall(written))) if written.lower().startswith("enum(") else ()


def match_of(documented: ColumnType, found: ColumnType, *, is_sqlite: bool = False) -> Match:
    """How what was found stands to the documents' type; a length that they do not give is not compared."""
    if is_sqlite and found.name in SQLITE_NAMES.get(documented.name, ()):
        return Match.EQUAL
    if documented.name == found.name:
        return _match_of_lengths(documented, found)
    return Match.WIDER if _holds_more(documented, found) else Match.OTHER


def _match_of_lengths(documented: ColumnType, found: ColumnType) -> Match:
    if documented.name in DISPLAYED or not documented.arguments or documented.arguments == found.arguments:
        return Match.EQUAL
    if documented.arguments[1:] != found.arguments[1:] and found.arguments:
        return Match.RESCALED
    return Match.SHORTER if found.arguments and found.arguments < documented.arguments else Match.LONGER


def _holds_more(documented: ColumnType, found: ColumnType) -> bool:
    if documented.name in INTEGERS and found.name in INTEGERS:
        return INTEGERS.index(found.name) > INTEGERS.index(documented.name)
    if documented.name == "varchar":
        needed = (documented.arguments or (BYTES["tinytext"],))[0] * BYTES_OF_CHARACTER
        return BYTES.get(found.name, 0) >= needed
    return BYTES.get(found.name, 0) > BYTES.get(documented.name, 2**32)
