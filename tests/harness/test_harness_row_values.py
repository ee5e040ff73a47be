"""A database's values, as the row schemas speak of them and as they travel (C-06 to C-08)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from harness.row_values import epoch_ms, on_the_wire, row_value, same_on_the_wire
from tests.harness.watched import NOW, TIME

BOOLEAN = {"type": ["boolean", "null"]}
INTEGER = {"type": ["integer", "null"]}
STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (None, None),
        (7, 7),
        ("张三🎉", "张三🎉"),
        (8.5, 8.5),
        (True, 1),
        (False, 0),
        (datetime(2026, 1, 31, 10, 0, 5), "2026-01-31 10:00:05"),  # noqa: DTZ001 - a driver's are naive
        (datetime(2026, 1, 31, 10, 0, 5, 20), "2026-01-31 10:00:05.000020"),  # noqa: DTZ001 - likewise
        (date(2026, 1, 31), "2026-01-31"),
        (Decimal("8.90"), "8.90"),
        (Decimal("1E+2"), "100"),
        (Decimal("0E-8"), "0.00000000"),
        (b"\x00", 0),
        (b"\x01", 1),
        (b"\x02", "\x02"),
        (b"1", "1"),
        (b"\x01\x00", "\x01\x00"),
        ("字".encode(), "字"),
        (bytearray(b"\x01"), 1),
        pytest.param(memoryview(b"ab"), "ab", id="memoryview"),  # its repr is another in each worker
        (b"\xff\x00", "0xff00"),
        (timedelta(hours=9), "9:00:00"),
    ],
    ids=repr,
)
def test_row_value_is_what_schemas_speak_of(given: Any, wanted: Any) -> None:
    value = row_value(given)

    assert (value, type(value)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("value", "schema", "wanted"),
    [
        (None, BOOLEAN, None),
        (1, BOOLEAN, True),
        (0, {"type": "boolean"}, False),
        (9007199254740993, STRING, "9007199254740993"),
        ("8.50", STRING, "8.50"),
        (5, INTEGER, 5),
        (TIME, INTEGER, NOW),
        ("x", {}, "x"),
    ],
)
def test_value_on_the_wire_is_the_contract_s(value: Any, schema: dict[str, Any], wanted: Any) -> None:
    wire = on_the_wire(value, schema)

    assert (wire, type(wire)) == (wanted, type(wanted))


@pytest.mark.parametrize(
    ("value", "schema"),
    [(2, BOOLEAN), ("yes", BOOLEAN), (-1, BOOLEAN), ("many", INTEGER), ("2026-02-30 00:00:00", INTEGER)],
)
def test_value_that_cannot_travel_is_refused(value: Any, schema: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"neither 0 nor 1|isoformat|day"):
        on_the_wire(value, schema)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (TIME, NOW),
        ("2026-01-01 00:00:00.999999", NOW),
        ("1970-01-01 08:00:01", 1000),
        ("1970-01-01", -28800000),
    ],
)
def test_epoch_is_of_utc8_and_whole_seconds(text: str, wanted: int) -> None:
    assert epoch_ms(text) == wanted


@pytest.mark.parametrize(
    ("row", "answer"),
    [("3.5", "3.500000"), ("3", "3.0"), ("-0.10", "-0.1"), ("x", "x"), (1, 1), (True, True), ("a.b", "a.b")],
)
def test_equal_values_are_the_same(row: Any, answer: Any) -> None:
    assert same_on_the_wire(row, answer)


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("3.5", "3.51"),
        ("3.5", 3.5),
        (1, True),
        (1, "1"),
        (8.0, 8),
        ("007", "7"),
        ("a.b", "a.c"),
        ("", "."),
        ("9007199254740993.0", "9007199254740992.0"),
    ],
)
def test_other_values_are_not_the_same(row: Any, answer: Any) -> None:
    assert not same_on_the_wire(row, answer)
