"""The compiled validator and jsonschema are of one mind, over every documented column and drawn rows."""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from harness.database import opened_database
from harness.explaining import Explaining
from schemas.audit.plan import NAME_ONLY, TABLES
from schemas.audit.row_check import RowCheck
from tests.harness.audited import Audited, right_row, schema_of

LONGEST = 2**16
PATTERNED = [
    "8.99",
    "-8.99",
    "8.",
    "2026-01-31",
    "2026-01-31 10:00:00",
    "2026-01-31 10:00:00.5",
    "２026-01-31",
]
EDGES = [
    *(None, True, False, 0, 1, -1, 2, 2**31, 2**63, 2**64, -(2**63) - 1, 10**30),
    *(0.0, -0.0, 1.0, 1.5, 2.0**63, 1e300, math.inf, -math.inf, math.nan),
    *("", "x", "1", "张三", "é", "e\u0301", "👨‍👩‍👧", "\0", "\n", "\u2028", "\ufeff"),
    *PATTERNED,
    *(f"{text}{end}" for text in PATTERNED for end in ("\n", "\r", "\n\n", " ", "\u2028", "\0")),
]


@cache
def documented() -> list[str]:
    """Tables whose columns the documents know."""
    names = sorted(path.stem for path in TABLES.glob("*.json"))
    return [name for name in names if schema_of(name)["x-knowledge"] != NAME_ONLY]


def bounds(schema: Mapping[str, Any]) -> Iterator[Any]:
    """Values at and beyond the bounds of a column's own."""
    for bound in (schema[word] for word in ("minimum", "maximum") if word in schema):
        yield from (bound - 1, bound, bound + 1, float(bound))
    for one in schema.get("enum", ()):
        yield from (one, str(one), f"{one}\n", f" {one}", float(one) if isinstance(one, int) else one)
    longest = schema.get("maxLength", LONGEST)
    if longest < LONGEST:
        yield from (
            letter * length for letter in ("x", "动", "🎉", "e\u0301") for length in (longest, longest + 1)
        )


def told(check: RowCheck, row: tuple[Any, ...]) -> list[tuple[str, str]]:
    return [(fault.column, fault.reason) for fault in check.faults(row)]


def wanted(schema: Mapping[str, Any], row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What jsonschema alone says of the values of a row."""
    errors = [(name, error) for name in row for error in _errors(schema["properties"][name], row[name])]
    return [(name, error.message.replace(repr(error.instance), "", 1).strip()) for name, error in errors]


def _errors(schema: Mapping[str, Any], value: Any) -> list[Any]:
    return list(Explaining(schema).iter_errors(value))


@pytest.mark.parametrize("table", documented())
def test_corpus_is_judged_alike(table: str) -> None:
    schema, right = schema_of(table), right_row(table)
    check = RowCheck(schema, list(right))
    corpus = [(name, value) for name in right for value in [*EDGES, *bounds(schema["properties"][name])]]

    differing = []
    for name, value in corpus:
        row = tuple((right | {name: value}).values())
        expected = wanted(schema, {name: value})
        if told(check, row) != expected or check.is_good(row) != (not expected):
            differing.append((name, value, expected, told(check, row)))

    assert differing == []


def test_corpus_breaks_each_keyword() -> None:
    broken = {
        error.validator
        for table in documented()
        for schema in schema_of(table)["properties"].values()
        for value in [*EDGES, *bounds(schema)]
        for error in Draft202012Validator(schema).iter_errors(value)
    }

    assert broken == {"type", "enum", "maxLength", "pattern", "minimum", "maximum"}


@given(st.data())
def test_drawn_rows_are_judged_alike(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(documented()))
    schema, right = schema_of(table), right_row(table)
    changed = data.draw(st.lists(st.sampled_from(sorted(right)), max_size=3, unique=True))
    texts = st.text("0123456789-:. \n\r\u2028é张🎉", max_size=60)
    values = st.sampled_from(EDGES) | texts | st.integers() | st.floats() | st.booleans() | st.none()
    row = right | {name: data.draw(values) for name in changed}
    check = RowCheck(schema, list(right))

    assert told(check, tuple(row.values())) == wanted(schema, row)
    assert check.is_good(tuple(row.values())) == Explaining(schema).is_valid(row)


@pytest.mark.parametrize("table", documented())
def test_columns_lacking_and_beyond_are_jsonschemas(table: str) -> None:
    schema = schema_of(table)
    columns = [*list(schema["properties"])[2:], "beyond"]

    reasons = [fault.reason for fault in RowCheck(schema, columns).faults_of_table()]

    assert sorted(reasons) == sorted(
        error.message
        for error in Draft202012Validator(schema).iter_errors(dict.fromkeys(columns))
        if error.validator in {"required", "additionalProperties"}
    )


def test_dollar_is_the_end_for_both() -> None:
    """In Python's own reading it also matches before a last line break."""
    schema = schema_of("event")["properties"]["begin_time"]
    value = "2026-01-31 10:00:00\n"

    assert Draft202012Validator(schema).is_valid(value)
    assert not jsonschema_rs.Draft202012Validator(schema).is_valid(value)
    assert not Explaining(schema).is_valid(value)


def test_what_the_compiled_one_alone_refuses_is_told() -> None:
    schema = {"properties": {"a": {"pattern": "^[0-9]+$"}}, "required": [], "additionalProperties": False}
    check = RowCheck(schema, ["a"])
    check.__dict__["_explaining"] = [Draft202012Validator(True)]

    assert told(check, ("x",)) == [("a", "is refused by pattern, but not by jsonschema")]


def test_patterns_say_the_same_in_both_languages() -> None:
    """No class that takes other digits in one of them, nothing that looks around, `$` at the end alone."""
    patterns = {
        schema["pattern"]
        for table in documented()
        for schema in schema_of(table)["properties"].values()
        if "pattern" in schema
    }

    assert [one for one in patterns if not one.startswith("^") or one.index("$") != len(one) - 1] == []
    assert [one for one in patterns for word in (r"\d", r"\w", r"\s", r"\b", "(?", ".*") if word in one] == []


def test_texts_of_the_server_are_the_values_of_the_schemas(audited: Audited) -> None:
    """Read as texts, which is faster, values are what every other reader gets."""
    audited.execute(
        "CREATE TABLE kinds (id BIGINT PRIMARY KEY, big BIGINT, price DECIMAL(20,6), at DATETIME, day DATE, "
        "flag BOOLEAN, name VARCHAR(50), content BLOB)"
    )
    row = (1, -(2**63), "-8.990000", "2026-01-31 10:00:00", "2026-01-31", 1, "🎉张三", b"\xff\x00")
    audited.execute("INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row, (2, *[None] * 7))

    with opened_database(audited.url, as_texts=True) as database:
        texts = database.read("SELECT * FROM kinds ORDER BY id")
        ((streamed, _),) = database.stream("SELECT at, day, price FROM kinds ORDER BY id")
    with opened_database(audited.url) as database:
        values = database.read("SELECT * FROM kinds ORDER BY id")

    assert texts == values
    assert streamed[:2] == ("2026-01-31 10:00:00", "2026-01-31")
    assert type(streamed[2]) is (float if audited.is_sqlite else str)
