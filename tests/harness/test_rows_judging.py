"""T-01, T-03 and T-04 of the rows that a call has left: each wrong thing is one line."""

from typing import Any

import pytest

from harness.rows.changes import Change
from harness.rows.effects import Effects, Names
from harness.rows.judging import Window, accepted, column_type, refused, schema_errors, unseen
from harness.rows.snapshots import Extent
from tests.harness.audited import right_row
from tests.harness.watched import LATER, NOW, TIME

WINDOW = Window(NOW + 400, NOW + 900)
ROW = right_row("worker") | {"id": 7, "created_time": TIME, "updated_time": TIME}
ANY = Effects(makes={"worker": None}, changes={"worker": Names(all_but=True)})


def made(**values: Any) -> Change:
    return Change("worker", 7, None, ROW | values)


def changed(**values: Any) -> Change:
    return Change("worker", 7, ROW, ROW | values)


GONE = Change("worker", 7, ROW, None)


@pytest.mark.parametrize("change", [made(), changed(name="李四"), changed(updated_time=LATER)])
def test_what_a_call_may_do_is_right(change: Change) -> None:
    assert accepted([change], ANY, WINDOW) == []


@pytest.mark.parametrize("change", [made(on_work=2), changed(on_work=2)])
def test_row_that_breaks_its_schema_is_told(change: Change) -> None:
    assert accepted([change], ANY, WINDOW) == [
        "T-01 worker 行 7：on_work: 2 is greater than the maximum of 1"
    ]


def test_every_error_of_a_row_is_told() -> None:
    assert len(accepted([made(on_work=2, deleted="x", name="x" * 256)], ANY, WINDOW)) == 3


@pytest.mark.parametrize(
    ("table", "row"), [("worker", ROW), ("no_such_table", {"a": 1}), ("pay_notify_log", {})]
)
def test_good_row_and_row_of_an_unknown_table_have_no_errors(table: str, row: dict[str, Any]) -> None:
    assert schema_errors(table, row) == []


def test_time_with_a_line_break_behind_it_is_no_time() -> None:
    (error,) = schema_errors("worker", {**ROW, "created_time": "2026-01-01 00:00:00\n"})

    assert error.startswith("created_time: ")


def test_missing_column_is_an_error_of_the_row() -> None:
    (error,) = schema_errors("worker", {name: value for name, value in ROW.items() if name != "position"})

    assert error == "行: 'position' is a required property"


def test_row_of_an_unexpected_table_is_told() -> None:
    assert accepted([made()], Effects(), WINDOW) == ["worker 行 7是新增的，这个调用不应新增 worker"]


def test_change_of_an_unexpected_table_is_told_with_its_columns() -> None:
    (line,) = accepted([changed(name="李四", updated_time=LATER)], Effects(), WINDOW)

    assert line == "worker 行 7：这个调用不应改变 worker（name, updated_time）"


def test_each_unexpected_column_is_told_with_its_values() -> None:
    effects = Effects(changes={"worker": Names(frozenset({"name"}))})

    lines = accepted([changed(name="李四", deleted=0, position="x")], effects, WINDOW)

    assert lines == [
        "worker 行 7：这个调用不应改变 position（'张三' → 'x'）",
        "worker 行 7：这个调用不应改变 deleted（1 → 0）",
    ]


@pytest.mark.parametrize(("wanted", "told"), [(1, 2), (3, 2), (0, 2)])
def test_number_of_made_rows_is_exact(wanted: int, told: int) -> None:
    two = [made(), Change("worker", 8, None, ROW | {"id": 8})]

    assert accepted(two, Effects(makes={"worker": wanted}), WINDOW) == [
        f"worker：应新增 {wanted} 行，实为 {told} 行"
    ]


def test_row_that_was_not_made_is_told() -> None:
    assert accepted([], Effects(makes={"worker": 1, "form": None}), None) == [
        "worker：应新增 1 行，实为 0 行"
    ]


def test_row_that_is_gone_is_told_but_where_rows_may_go() -> None:
    assert accepted([GONE], ANY, WINDOW) == ["worker 行 7不见了（C-10：删除只是标记）"]
    assert accepted([GONE], Effects(removes=frozenset({"worker"})), WINDOW) == []


@pytest.mark.parametrize(
    ("time", "is_right"),
    [
        (TIME, True),
        ("2025-12-31 23:59:59", False),
        (LATER, False),
        (None, True),
    ],
)
def test_row_is_made_while_the_call_lasts(time: str | None, is_right: bool) -> None:
    lines = accepted([made(created_time=time)], ANY, WINDOW)

    assert lines == ([] if is_right else [f"T-03 worker 行 7：created_time 是 {time}，不是这次调用的时间"])


@pytest.mark.parametrize(("start", "end"), [(0, 0), (999, 999), (0, 5000)])
def test_window_is_of_whole_seconds(start: int, end: int) -> None:
    assert Window(NOW + start, NOW + end).holds(TIME)
    assert not Window(NOW + 1000, NOW + 5000).holds(TIME)


def test_time_of_making_is_never_changed() -> None:
    assert accepted([changed(created_time=LATER)], ANY, None) == [
        f"T-03 worker 行 7：created_time 被改写（{TIME} → {LATER}）"
    ]


def test_time_of_the_last_change_moves_with_it() -> None:
    old = {"updated_time": "2025-12-31 23:59:59"}
    change = Change("worker", 7, ROW | old, ROW | old | {"name": "李四"})

    assert accepted([change], ANY, WINDOW) == [
        "T-03 worker 行 7：行有改变，updated_time 仍是 2025-12-31 23:59:59"
    ]


def test_times_of_one_yuan_have_names_of_their_own() -> None:
    before = right_row("one_yuan_products") | {"ctime": TIME, "mtime": "2025-12-31 23:59:59"}
    effects = Effects(changes={"one_yuan_products": Names(all_but=True)})

    lines = accepted(
        [Change("one_yuan_products", 1, before, before | {"ctime": LATER, "sort": 9})], effects, WINDOW
    )

    assert [line.partition("：")[2].partition(" ")[0] for line in lines if line.startswith("T-03")] == [
        "ctime",
        "行有改变，mtime",
    ]


def test_times_are_not_judged_where_no_clock_is_known() -> None:
    old = "2020-01-01 00:00:00"

    assert accepted([made(created_time=old), changed(name="李四", updated_time=old)], ANY, None) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (made(), "T-04 被拒绝的调用新增了行：worker 行 7"),
        (GONE, "T-04 被拒绝的调用删去了行：worker 行 7"),
        (changed(name="李四"), "T-04 被拒绝的调用改变了 name：worker 行 7"),
    ],
)
def test_refused_call_changes_nothing(change: Change, told: str) -> None:
    assert refused([change]) == [told]


def test_refused_notify_is_kept_and_never_changed() -> None:
    row = {"id": 1, "result": "SUCCESS"}

    assert refused([Change("pay_notify_log", 1, None, row)]) == []
    assert len(refused([Change("pay_notify_log", 1, row, None)])) == 1
    assert len(refused([Change("pay_notify_log", 1, row, row | {"result": "FAILED"})])) == 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [(12, ["worker：另有 +2 行，与这个调用无关"]), (9, ["worker：另有 -1 行，与这个调用无关"]), (10, [])],
)
def test_rows_that_no_change_accounts_for_are_told(rows: int, told: list[str]) -> None:
    before = {"worker": Extent(10, 10), "event": Extent(0, 0)}

    lines = unseen([made(), GONE], before, {"worker": Extent(12, rows), "event": Extent(0, 0)})

    assert lines == told


@pytest.mark.parametrize(
    ("table", "column", "wanted"),
    [
        ("worker", "mobile", "varchar"),
        ("event_order", "member_id", "bigint"),
        ("pay_notify_log", "order_id", "bigint"),
        ("unknown", "some_id", "bigint"),
        ("unknown", "id", "bigint"),
        ("unknown", "name", "varchar"),
        ("event", "resource_id", "varchar"),
        ("event", "id", "bigint"),
    ],
)
def test_column_s_type_is_the_documents_or_that_of_its_name(table: str, column: str, wanted: str) -> None:
    assert column_type(table, column) == wanted
