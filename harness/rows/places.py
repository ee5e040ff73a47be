"""Where a call names rows: in its path, in what it sent, in what it was answered."""

from collections.abc import Iterable
from typing import Any, Final, TypeGuard

from clients import Call
from harness.rows.effects import About
from harness.rows.judging import column_type

EACH: Final = "*"
DIGITS: Final = 19  # of a bigint


def values_of(about: About, call: Call, answer: Any) -> set[Any]:
    """What a call tells of the rows that it is about; an id that is none finds nothing."""
    texts = {text for place in about.places for text in _texts(place, call, answer)}
    if column_type(about.table, about.column) == "bigint":
        return {int(text) for text in texts if is_id(text)}
    return texts


def found_at(document: Any, place: Iterable[str]) -> list[Any]:
    """What stands at a place; `*` is each of a list. Nothing where the place is not there."""
    found = [document]
    for part in place:
        if part == EACH:
            found = [item for one in found if isinstance(one, list) for item in one]
        else:
            found = [one[part] for one in found if isinstance(one, dict) and part in one]
    return found


def is_id(value: Any) -> TypeGuard[str]:
    """Whether this is a bigint as it travels (C-06)."""
    return isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= DIGITS


def _texts(place: str, call: Call, answer: Any) -> list[str]:
    start, *rest = place.split(".")
    if start == "path":
        return call.path.split("/")[int(rest[0]) :][:1]
    document = call.sent if start == "body" else (answer or {}).get("data")
    return [value for value in found_at(document, rest) if isinstance(value, str)]
