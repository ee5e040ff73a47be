"""Two snapshots tell what a call has done; what a reviewer reads of it shows no personal data."""

from typing import Any

import pytest

from clients import Redactor
from harness.database import Row
from harness.rows.changes import LONGEST, Change, changes, told
from harness.rows.snapshots import Raw, Snapshot


def row(_table: str, raw: Raw) -> Row:
    return dict(zip(("id", "name", "n"), raw, strict=True))


def snapshot(*rows: Raw, cut: tuple[str, ...] = (), table: str = "worker") -> Snapshot:
    return Snapshot({table: {raw[0]: raw for raw in rows}}, set(cut))


def test_made_gone_and_changed_rows_are_told_apart() -> None:
    before = snapshot((1, "a", 1), (2, "b", 1), (3, "c", 1))
    after = snapshot((4, "d", 1), (2, "b", 1), (3, "x", 2))

    found = changes(before, after, row)

    assert [(one.key, one.before is None, one.after is None, one.columns) for one in found] == [
        (1, False, True, ()),
        (3, False, False, ("name", "n")),
        (4, True, False, ()),
    ]
    assert found[1].before == {"id": 3, "name": "c", "n": 1}
    assert found[0].place == "worker 行 1"


def test_changes_are_in_the_order_of_tables() -> None:
    before, after = Snapshot(), snapshot((2, "a", 1), (1, "a", 1))
    after.add("event", {9: (9, "e", 1)})

    assert [(one.table, one.key) for one in changes(before, after, row)] == [
        ("event", 9),
        ("worker", 1),
        ("worker", 2),
    ]


@pytest.mark.parametrize("cut", [(("worker",), ()), ((), ("worker",))])
def test_nothing_is_said_of_a_table_that_was_cut(cut: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    before, after = snapshot((1, "a", 1), cut=cut[0]), snapshot((2, "a", 1), cut=cut[1])

    assert changes(before, after, row) == []


def test_snapshot_is_added_to_by_key() -> None:
    made = snapshot((1, "a", 1))

    made.add("worker", {1: (1, "b", 1), 2: (2, "c", 1)})

    assert (made.keys("worker"), made.keys("none")) == ({1, 2}, set())
    assert made.tables["worker"][1] == (1, "b", 1)


def test_nothing_changed_is_said_so() -> None:
    assert told([], Redactor()) == "没有行被改变"


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (None, {"id": 1, "n": 2, "x": None}, ["＋ t 行 1（新增）", "    id: — → 1", "    n: — → 2"]),
        ({"id": 1, "x": None}, None, ["－ t 行 1（不见了）", "    id: 1 → —", "    x: NULL → —"]),
        ({"id": 1, "n": None}, {"id": 1, "n": "a"}, ["～ t 行 1（改变）", "    n: NULL → 'a'"]),
    ],
)
def test_change_is_told_column_by_column(before: Any, after: Any, lines: list[str]) -> None:
    assert told([Change("t", 1, before, after)], Redactor()).splitlines() == lines


def test_changes_are_told_apart_by_an_empty_line() -> None:
    one = Change("t", 1, {"a": 1}, {"a": 2})

    assert told([one, one], Redactor()).count("\n\n～") == 1


@pytest.mark.parametrize("column", ["mobile", "member_mobile", "tel", "id_card", "email"])
def test_personal_column_is_masked_whatever_it_holds(column: str) -> None:
    shown = told([Change("t", 1, {column: "某某"}, {column: "他人"})], Redactor())

    assert shown.splitlines()[1] == f"    {column}: '***' → '***'"


def test_long_value_is_cut() -> None:
    (line,) = told([Change("t", 1, {"a": "x" * 999}, {"a": "y"})], Redactor()).splitlines()[1:]

    assert line == f"    a: {repr('x' * 999)[:LONGEST]}… → 'y'"
