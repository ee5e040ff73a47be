"""Which rows a call names, by its path, its body and its answer, and which rows an answer shows."""

from typing import Any

import pytest

from clients import Call
from harness.rows.effects import About, Names, ShownAt
from harness.rows.places import found_at, is_id, values_of
from harness.rows.shown import Shown, differences, row_places, shown_rows, wire_columns
from tests.harness.audited import right_row
from tests.harness.watched import NOW, TIME

SENT = {"eventId": "5", "orders": [{"goodsId": "G1"}, {"goodsId": "G2"}, {"goodsId": 3}, {}], "n": 5}


def call(path: str = "events/7/x", sent: Any = None) -> Call:
    return Call("admin.x.y", "admin", "PUT", path, sent=SENT if sent is None else sent)


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        (("path.1",), {7}),
        (("path.5",), set()),
        (("path.0",), set()),
        (("body.eventId",), {5}),
        (("body.n",), set()),
        (("body.none.deeper",), set()),
        (("data",), {9}),
        (("path.1", "body.eventId", "data"), {5, 7, 9}),
    ],
)
def test_ids_stand_where_the_call_has_them(places: tuple[str, ...], wanted: set[int]) -> None:
    assert values_of(About("event", "id", places), call(), {"data": "9"}) == wanted


def test_texts_of_a_list_are_each_a_value() -> None:
    about = About("event", "resource_id", ("body.orders.*.goodsId",))

    assert values_of(about, call(), None) == {"G1", "G2"}


@pytest.mark.parametrize("sent", ["text", [1], 0, {"eventId": None}, {"eventId": ["5"]}])
def test_body_of_another_shape_names_nothing(sent: Any) -> None:
    assert values_of(About("event", "id", ("body.eventId",)), call(sent=sent), {}) == set()


@pytest.mark.parametrize("text", ["x", "", "-1", "1.5", "٣", "²", " 7", "1" * 20])
def test_path_that_is_no_id_names_nothing(text: str) -> None:
    assert values_of(About("event", "id", ("path.1",)), call(f"events/{text}"), None) == set()


@pytest.mark.parametrize(("value", "wanted"), [("7", True), ("9" * 19, True), (7, False), (None, False)])
def test_id_is_a_text_of_digits(value: Any, wanted: bool) -> None:
    assert is_id(value) is wanted


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ((), [{"a": [{"b": 1}, {"c": 2}, 3], "d": {"e": None}}]),
        (("a", "*", "b"), [1]),
        (("a", "b"), []),
        (("d", "*"), []),
        (("d", "e"), [None]),
        (("d", "e", "f"), []),
    ],
)
def test_found_is_what_stands_at_a_place(place: tuple[str, ...], wanted: list[Any]) -> None:
    assert found_at({"a": [{"b": 1}, {"c": 2}, 3], "d": {"e": None}}, place) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "admin.events.get",
            {"data": "event", "data.storeVo": "store", "data.eventSessionList.*": "event_session"},
        ),
        ("admin.workers.list", {"data.*": "worker"}),
        ("admin.workers.create", {}),
        ("no.such.call", {}),
    ],
)
def test_rows_of_an_answer_stand_where_its_schema_says(name: str, wanted: dict[str, str]) -> None:
    assert {".".join(place): table for place, table in row_places(name)} == wanted


def test_group_buy_shows_its_rules_and_robots() -> None:
    tables = {table for _, table in row_places("admin.group_buys.get")}

    assert {"group_buy_event", "group_buy_event_rule", "group_buy_event_robot"} <= tables


def test_shown_rows_are_those_with_an_id() -> None:
    data = {"id": "7", "eventSessionList": [{"id": "8"}, {"id": None}, {"id": 9}, {}], "storeVo": None}

    shown = shown_rows("admin.events.get", {"data": data})

    assert [(one.table, one.key) for one in shown] == [("event", 7), ("event_session", 8)]


def test_part_that_no_schema_names_is_shown_by_its_own_key() -> None:
    part = {"orderId": "5", "id": "6"}

    shown = shown_rows("no.such.call", {"data": [part]}, [ShownAt(("data", "*"), "event_order", "orderId")])

    assert shown == [Shown("event_order", 5, part)]


def test_columns_of_a_table_are_by_their_wire_names() -> None:
    assert wire_columns("worker")["onWork"]["x-column"] == "on_work"
    assert wire_columns("no_such_table") == {}


ROW = right_row("worker") | {"name": "张三", "on_work": 1, "created_time": TIME, "mobile": None}


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ({"name": "张三", "onWork": True, "createdTime": NOW, "mobile": None, "id": "1"}, []),
        ({"name": "李四"}, ["name 是 '张三'，name 却是 '李四'"]),
        ({"onWork": 1}, ["on_work 是 1，onWork 却是 1"]),
        ({"createdTime": NOW + 1000}, [f"created_time 是 '{TIME}'，createdTime 却是 {NOW + 1000}"]),
        ({"id": 1}, ["id 是 1，id 却是 1"]),
        ({"mobile": ""}, ["mobile 是 None，mobile 却是 ''"]),
        ({"name": None}, ["name 是 '张三'，name 却是 None"]),
        ({"name": ["张三"], "other": 1}, []),
    ],
)
def test_differences_are_told_by_column_and_field(told: dict[str, Any], lines: list[str]) -> None:
    assert differences("worker", ROW, told) == lines


def test_row_that_cannot_be_said_is_a_difference() -> None:
    assert differences("worker", ROW | {"on_work": 2}, {"onWork": True}) == ["on_work：2 is neither 0 nor 1"]


def test_differences_leave_out_what_is_computed_or_not_asked_for() -> None:
    told = {"name": "李四", "onWork": False, "workerNo": "x"}

    lines = differences("worker", ROW, told, but=["name"], only=Names(frozenset({"workerNo"}), all_but=True))

    assert lines == ["on_work 是 1，onWork 却是 False"]


def test_column_that_the_database_lacks_is_not_compared() -> None:
    assert differences("worker", {"id": 1}, {"id": "1", "name": "李四"}) == []
