"""T-02: a row says the same as the answer that shows it, and as what was sent to make it.

Which parts of an answer are rows of which table, the answer's schema says: what refers to `wire/TABLE.json`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from harness.answer_schemas import SCHEMAS
from harness.database import Row
from harness.documents import read_json
from harness.row_values import on_the_wire, same_on_the_wire
from harness.rows.effects import Names, ShownAt
from harness.rows.places import EACH, found_at, is_id

Place = tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A row as an answer shows it."""

    table: str
    key: int
    told: Mapping[str, Any]


def shown_rows(call: str, answer: Any, others: Iterable[ShownAt] = ()) -> list[Shown]:
    """The rows in the answer of a call that tell their keys; `others` are places that no schema names."""
    places = [*(ShownAt(place, table) for place, table in row_places(call)), *others]
    return [
        Shown(at.table, int(part[at.key]), part)
        for at in places
        for part in found_at(answer, at.place)
        if isinstance(part, dict) and is_id(part.get(at.key))
    ]


def differences(
    table: str, row: Row, told: Mapping[str, Any], *, but: Iterable[str] = (), only: Names | None = None
) -> list[str]:
    """The columns of `row` whose value is another than `told` has under their wire names."""
    lines = []
    skipped = set(but)
    for name, schema in wire_columns(table).items():
        column = schema["x-column"]
        comparable = name in told and column in row and column not in skipped
        if comparable and (only is None or only.has(name)):
            lines += _difference(column, row[column], name, told[name], schema)
    return lines


def _difference(column: str, value: Any, name: str, told: Any, schema: Mapping[str, Any]) -> list[str]:
    if isinstance(told, list | dict):
        return []  # kept in a varchar in one way or another
    try:
        wire = on_the_wire(value, schema)
    except ValueError as error:
        return [f"{column}：{error}"]
    return [] if same_on_the_wire(wire, told) else [f"{column} 是 {value!r}，{name} 却是 {told!r}"]


@cache
def wire_columns(table: str) -> Mapping[str, Mapping[str, Any]]:
    """The wire schemas of a table's columns, by wire name."""
    path = SCHEMAS / "wire" / f"{table}.json"
    if not path.is_file():
        return {}
    properties = read_json(path)["properties"]
    return {name: schema for name, schema in properties.items() if "x-column" in schema}


@cache
def row_places(call: str) -> tuple[tuple[Place, str], ...]:
    """Where rows of tables stand in the answer of a call."""
    path = f"answers/{call}.json"
    if not (SCHEMAS / path).is_file():
        return ()
    return tuple(dict.fromkeys(_rows_below(path, read_json(SCHEMAS / path), ())))


def _rows_below(path: str, schema: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    if "$ref" in schema:
        target = _resolved(path, schema["$ref"])
        if target.startswith("wire/"):
            yield place, PurePosixPath(target).stem
        elif target != path:
            yield from _rows_below(target, read_json(SCHEMAS / target), place)
    for word in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(word, ()):
            yield from _rows_below(path, part, place)
    for name, part in schema.get("properties", {}).items():
        if isinstance(part, dict):
            yield from _rows_below(path, part, (*place, name))
    if isinstance(schema.get("items"), dict):
        yield from _rows_below(path, schema["items"], (*place, EACH))


def _resolved(path: str, reference: str) -> str:
    """A reference between the schemas' files, as a path below schemas/."""
    parts = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(reference.partition("#")[0]).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
