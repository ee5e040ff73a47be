"""Y-05 to Y-07, Y-09, Y-12: pulled orders open groups, take seats, and give them back."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.bodies import DAY, HOUR, SECOND, START
from tests.sandbox.conftest import Rows
from tests.sandbox.one_yuan import (
    CASHBACK,
    GOODS,
    NORMAL,
    REFUNDED,
    ZERO,
    change_product,
    group_of,
    id_of,
    joining,
    line_of,
    make_product,
    opening,
    parameter,
    pull,
    refund,
    set_member,
    state_of,
    take_in,
)

FULL = (0, 1)
OPEN = (0, 0)
INVALID = (2, 0)
FIELDS = (
    "orderSn",
    "platformOrderId",
    "paramId",
    "userId",
    "goodsId",
    "orderAmount",
    "orderStatus",
    "payTime",
)
IDS = ("platformOrderId", "paramId", "userId", "goodsId", "groupId")
NO_IDS = (1, "", "x", "0", str(2**63))


@pytest.fixture
def first(app: Sandbox) -> Actor:
    """A new member, as is the second."""
    return member(app, "first")


@pytest.fixture
def second(app: Sandbox) -> Actor:
    return member(app, "second")


def is_new(control: Actor, who: Actor) -> bool:
    return bool(control.put(f"/members/{id_of(who)}", {}).data["isNew"])


def test_leaders_order_opens_a_group(admin: Actor, plain: Actor, product_id: str, rows: Rows) -> None:
    line, group_id = opening(admin, plain, product_id)
    group = group_of(admin, group_id)
    assert (group["status"], group["isEnough"], group["needNum"], group["seatsLeft"]) == (0, 0, 2, 2)
    assert (group["ctime"], group["mtime"], group["expireTime"]) == (START, START, START + DAY)
    assert (group["reappearance"], group["subsidyAmount"]) == (CASHBACK, "5.00")
    assert (group["oneYuanProductsId"], group["goodsId"], group["goodsName"]) == (
        product_id,
        GOODS,
        "儿童牙刷",
    )
    assert group["goodsThumbnailUrl"] == "https://cdn.example.test/brush.png"
    assert {name: group[name] for name in ("orderSn", "platformOrderId", "userId", "orderAmount")} == {
        name: line[name] for name in ("orderSn", "platformOrderId", "userId", "orderAmount")
    }
    (row,) = rows("SELECT * FROM one_yuan_shopping_group WHERE id = ?", int(group_id))
    assert (row["avatar"], row["reappearance"], row["end_time"]) == ("", "3.900000", None)


def test_group_keeps_what_the_product_said_when_it_opened(
    admin: Actor, plain: Actor, product_id: str
) -> None:
    carried = parameter(plain, product_id)
    taken_down = {"isShow": 0, "pddTakenDown": 1, "endTime": START}
    prices = {"disPrice": "10.00", "reappearance": "4.00"}
    change_product(admin, product_id, needNum=3, productName="新名", productImg=None, **taken_down, **prices)
    code, group_id = take_in(admin, line_of(plain, carried))
    assert code == "0"
    change_product(admin, product_id, needNum=1, productName="又改", reappearance="3.00", disPrice="9.00")
    group = group_of(admin, group_id or "")
    assert (group["needNum"], group["goodsName"], group["reappearance"]) == (3, "新名", "4.00")
    assert (group["goodsThumbnailUrl"], group["status"]) == ("", 0)


@pytest.mark.parametrize(("length", "kept"), [(255, 255), (256, 0)])
def test_picture_that_does_not_fit_is_left_out(admin: Actor, plain: Actor, length: int, kept: int) -> None:
    _, group_id = opening(admin, plain, make_product(admin, productImg="x" * length))
    assert len(group_of(admin, group_id)["goodsThumbnailUrl"]) == kept


def test_member_takes_a_seat(admin: Actor, plain: Actor, first: Actor, product_id: str) -> None:
    _, group_id = opening(admin, plain, product_id)
    line = joining(admin, first, product_id, group_id)
    group = group_of(admin, group_id)
    (seat,) = group["members"]
    assert {name: seat[name] for name in ("orderSn", "platformOrderId", "userId", "orderAmount")} == {
        name: line[name] for name in ("orderSn", "platformOrderId", "userId", "orderAmount")
    }
    assert (seat["reappearance"], seat["subsidyAmount"], seat["cashbackDue"]) == (CASHBACK, "5.00", CASHBACK)
    assert (seat["nickName"], seat["oneYuanShoppingGroupId"]) == ("微信用户", group_id)
    assert (group["seatsLeft"], group["isEnough"], group["endTime"], group["mtime"]) == (1, 0, None, START)


def test_last_member_fills_the_group(
    admin: Actor, control: Actor, plain: Actor, first: Actor, second: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    joining(admin, first, product_id, group_id)
    control.put("/clock", {"advanceMs": HOUR})
    joining(admin, second, product_id, group_id)
    group = group_of(admin, group_id)
    assert (group["status"], group["isEnough"], group["seatsLeft"]) == (0, 1, 0)
    assert (group["endTime"], group["mtime"], group["ctime"]) == (START + HOUR, START + HOUR, START)
    assert (group["cashbackDue"], [one["userId"] for one in group["members"]]) == (
        CASHBACK,
        [id_of(first), id_of(second)],
    )


def test_full_group_gives_no_seat(
    admin: Actor, plain: Actor, first: Actor, second: Actor, control: Actor
) -> None:
    product_id = make_product(admin, needNum=1)
    _, group_id = opening(admin, plain, product_id)
    late = line_of(second, parameter(second, product_id, group_id))
    joining(admin, first, product_id, group_id)
    assert take_in(admin, late) == ("0", None)
    assert len(group_of(admin, group_id)["members"]) == 1
    assert is_new(control, second) is False


def test_member_who_is_not_new_takes_no_seat(
    admin: Actor, control: Actor, plain: Actor, first: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    line = line_of(first, parameter(first, product_id, group_id))
    set_member(control, first, isNew=False)
    assert take_in(admin, line) == ("0", None)
    assert group_of(admin, group_id)["members"] == []


def test_one_parameter_may_come_twice_and_seats_once(
    admin: Actor, control: Actor, plain: Actor, first: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    carried = parameter(first, product_id, group_id)
    assert take_in(admin, line_of(first, carried)) == ("0", group_id)
    set_member(control, first, isNew=True)
    assert take_in(admin, line_of(first, carried)) == ("0", None)
    assert group_of(admin, group_id)["seatsLeft"] == 1


@pytest.mark.parametrize("read", [False, True])
def test_only_a_read_expires_a_group_for_the_pull(
    admin: Actor, control: Actor, plain: Actor, first: Actor, product_id: str, read: bool
) -> None:
    _, group_id = opening(admin, plain, product_id)
    line = line_of(first, parameter(first, product_id, group_id))
    control.put("/clock", {"advanceMs": DAY})
    control.post("/tick")
    if read:
        assert member(first.app, "plain").get(f"/one_yuan/groups/{group_id}").data["status"] == 1
    assert take_in(tenant(first.app, "admin"), line) == ("0", None if read else group_id)


def test_normal_order_ends_being_new(
    admin: Actor, control: Actor, first: Actor, second: Actor, product_id: str
) -> None:
    assert (is_new(control, first), is_new(control, second)) == (True, True)
    _, group_id = opening(admin, first, product_id)
    line = joining(admin, second, product_id, group_id)
    refund(admin, line)
    assert (is_new(control, first), is_new(control, second)) == (False, False)


def test_leaders_refund_ends_an_open_group(
    admin: Actor, control: Actor, plain: Actor, product_id: str
) -> None:
    line, group_id = opening(admin, plain, product_id)
    control.put("/clock", {"advanceMs": HOUR})
    assert refund(admin, line) == ("0", group_id)
    group = group_of(admin, group_id)
    assert (group["status"], group["isEnough"], group["invalidTime"]) == (2, 0, START + HOUR)
    assert (group["mtime"], group["endTime"]) == (START + HOUR, None)


def test_leaders_refund_leaves_a_full_group(admin: Actor, plain: Actor, first: Actor) -> None:
    product_id = make_product(admin, needNum=1)
    line, group_id = opening(admin, plain, product_id)
    joining(admin, first, product_id, group_id)
    assert group_of(admin, group_id)["cashbackDue"] == CASHBACK
    assert refund(admin, line) == ("0", group_id)
    group = group_of(admin, group_id)
    assert (group["status"], group["isEnough"], group["invalidTime"]) == (0, 1, None)
    assert (group["cashbackDue"], group["members"][0]["cashbackDue"]) == (ZERO, CASHBACK)


def test_leaders_refund_leaves_an_expired_group(
    admin: Actor, control: Actor, plain: Actor, product_id: str
) -> None:
    line, group_id = opening(admin, plain, product_id)
    control.put("/clock", {"advanceMs": DAY})
    member(plain.app, "plain").get(f"/one_yuan/groups/{group_id}")
    refund(tenant(plain.app, "admin"), line)
    group = group_of(tenant(plain.app, "admin"), group_id)
    assert (group["status"], group["invalidTime"]) == (1, None)


@pytest.mark.parametrize("end", [OPEN, INVALID])
def test_members_refund_before_full_frees_the_seat(
    admin: Actor, plain: Actor, first: Actor, second: Actor, product_id: str, end: tuple[int, int]
) -> None:
    leaders, group_id = opening(admin, plain, product_id)
    line = joining(admin, first, product_id, group_id)
    joining_later = line_of(second, parameter(second, product_id, group_id))
    if end == INVALID:
        refund(admin, leaders)
    assert refund(admin, line) == ("0", group_id)
    group = group_of(admin, group_id)
    assert (group["members"], group["seatsLeft"], state_of(admin, group_id)) == ([], 2, end)
    assert refund(admin, line) == ("0", group_id)
    assert state_of(admin, group_id) == end
    assert take_in(admin, joining_later) == ("0", group_id if end == OPEN else None)
    assert state_of(admin, group_id) == end
    assert take_in(admin, line) == ("0", group_id)


def test_members_refund_after_full_keeps_the_seat(admin: Actor, plain: Actor, first: Actor) -> None:
    product_id = make_product(admin, needNum=1)
    _, group_id = opening(admin, plain, product_id)
    line = joining(admin, first, product_id, group_id)
    assert refund(admin, line) == ("0", group_id)
    group = group_of(admin, group_id)
    assert (group["isEnough"], group["seatsLeft"], group["cashbackDue"]) == (1, 0, CASHBACK)
    assert [one["cashbackDue"] for one in group["members"]] == [ZERO]


@pytest.mark.parametrize("refunded", [False, True])
def test_same_order_again_changes_nothing(
    admin: Actor, control: Actor, plain: Actor, product_id: str, rows: Rows, refunded: bool
) -> None:
    line, group_id = opening(admin, plain, product_id)
    if refunded:
        refund(admin, line)
    tables = ("one_yuan_shopping_group", "platform_order", "member_benefits", "message_outbox")
    before = [rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - our own names
    control.put("/clock", {"advanceMs": HOUR})
    other = {"paramId": "1", "userId": "2", "goodsId": "3", "groupId": "4", "orderAmount": 1}
    for again in (line, {**line, **other}):
        assert take_in(admin, again) == ("0", group_id)
    if refunded:
        assert refund(admin, line) == ("0", group_id)
    assert [rows(f"SELECT * FROM {table}") for table in tables] == before  # noqa: S608 - our own names


def test_refund_of_another_shape_is_still_that_orders(admin: Actor, plain: Actor, product_id: str) -> None:
    line, group_id = opening(admin, plain, product_id)
    assert refund(admin, {**line, "paramId": "1", "userId": "2"}) == ("0", group_id)
    assert state_of(admin, group_id) == INVALID


def test_order_first_seen_refunded_changes_nothing(
    admin: Actor, control: Actor, first: Actor, product_id: str
) -> None:
    line = line_of(first, parameter(first, product_id))
    assert refund(admin, line) == ("0", None)
    assert take_in(admin, line) == ("0", None)
    assert is_new(control, first) is True
    assert first.get("/one_yuan/groups").data == []


def test_same_order_twice_in_a_batch(admin: Actor, plain: Actor, product_id: str) -> None:
    line = line_of(plain, parameter(plain, product_id))
    results = pull(admin, line, line, {**line, "orderStatus": REFUNDED}, line)
    (group_id,) = {result["groupId"] for result in results}
    assert [result["code"] for result in results] == ["0"] * 4
    assert state_of(admin, group_id) == INVALID


def test_bad_line_stops_no_other(admin: Actor, plain: Actor, first: Actor, product_id: str) -> None:
    good, late = (line_of(who, parameter(who, product_id)) for who in (plain, first))
    bad = {**good, "orderSn": "sn-bad", "paramId": "1"}
    results = pull(admin, bad, good, None, {**good, "orderSn": ""}, {"orderSn": "sn-short"}, late)
    assert [result["code"] for result in results] == ["40401", "0", "40001", "40001", "40001", "0"]
    assert [result["orderSn"] for result in results] == [
        "sn-bad",
        good["orderSn"],
        None,
        None,
        "sn-short",
        late["orderSn"],
    ]
    assert [result["groupId"] is None for result in results] == [True, False, True, True, True, False]
    assert {tuple(result) for result in results} == {("orderSn", "code", "message", "groupId")}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[(name, None) for name in FIELDS],
        *[("orderSn", value) for value in (1, "", " ", "x" * 31, "\0")],
        *[(name, value) for name in IDS for value in NO_IDS],
        *[("orderAmount", value) for value in (-1, 1.0, "990", True)],
        *[("orderStatus", value) for value in ("", "PAID", 1)],
        *[("payTime", value) for value in ("2026-06-01", 1.5)],
    ],
)
def test_wrong_field_is_the_lines_40001(
    admin: Actor, plain: Actor, product_id: str, rows: Rows, field: str, value: Any
) -> None:
    line = line_of(plain, parameter(plain, product_id))
    before = rows("SELECT count(*) AS n FROM platform_order")
    (result,) = pull(admin, {**line, field: value})
    assert (result["code"], field in result["message"], result["groupId"]) == ("40001", True, None)
    assert result["orderSn"] == (None if field == "orderSn" else line["orderSn"])
    assert rows("SELECT count(*) AS n FROM platform_order") == before


@pytest.mark.parametrize(("field", "value"), [("orderSn", "订" * 30), ("orderAmount", 0), ("payTime", 0)])
def test_line_at_its_bounds_is_taken_in(
    admin: Actor, plain: Actor, product_id: str, field: str, value: Any
) -> None:
    code, group_id = take_in(admin, line_of(plain, parameter(plain, product_id), **{field: value}))
    assert (code, group_id is None) == ("0", False)


@pytest.mark.parametrize("field", ["paramId", "userId", "goodsId"])
def test_line_of_something_absent_is_40401(admin: Actor, plain: Actor, product_id: str, field: str) -> None:
    line = line_of(plain, parameter(plain, product_id))
    (result,) = pull(admin, {**line, field: "1"})
    assert (result["code"], field in result["message"], result["groupId"]) == ("40401", True, None)
    assert take_in(admin, line)[0] == "0"


def test_line_that_differs_from_its_parameter_is_40001(
    admin: Actor, plain: Actor, first: Actor, second: Actor, product_id: str
) -> None:
    make_product(admin, productId="77002")
    opened, another = (opening(admin, who, product_id)[1] for who in (plain, second))
    line = line_of(first, parameter(first, product_id, opened))
    for field, value in (("userId", id_of(plain)), ("goodsId", "77002"), ("groupId", another)):
        (result,) = pull(admin, {**line, field: value})
        assert (result["code"], field in result["message"]) == ("40001", True)
    alone = line_of(first, parameter(first, product_id))
    assert take_in(admin, {**alone, "groupId": opened}) == ("40001", None)
    assert take_in(admin, {**line, "groupId": None}) == ("0", opened)


@pytest.mark.parametrize("body", [{}, {"orders": None}, {"orders": {}}, {"orders": "x"}])
def test_pull_without_a_list_is_40001(admin: Actor, body: Any) -> None:
    answer = admin.post("/one_yuan_orders/pull", body)
    assert (answer.code, "orders" in answer.message, answer.data) == ("40001", True, None)


def test_pull_of_nothing_is_no_error(admin: Actor) -> None:
    assert pull(admin) == []


def test_cashback_is_due_to_a_new_member_without_the_red_packet(
    admin: Actor, control: Actor, plain: Actor, first: Actor
) -> None:
    product_id = make_product(admin, needNum=1)
    _, group_id = opening(admin, plain, product_id)
    line = line_of(first, parameter(first, product_id, group_id))
    set_member(control, first, redPacketTaken=True)
    assert take_in(admin, line) == ("0", group_id)
    set_member(control, plain, redPacketTaken=True)
    group = group_of(admin, group_id)
    assert (group["cashbackDue"], group["members"][0]["cashbackDue"]) == (CASHBACK, ZERO)
    set_member(control, first, redPacketTaken=False)
    assert group_of(admin, group_id)["members"][0]["cashbackDue"] == CASHBACK


def test_new_leader_has_the_cashback_or_the_red_packet(
    admin: Actor, control: Actor, first: Actor, second: Actor
) -> None:
    product_id = make_product(admin, needNum=1)
    _, group_id = opening(admin, first, product_id)
    assert group_of(admin, group_id)["cashbackDue"] == ZERO
    joining(admin, second, product_id, group_id)
    assert group_of(admin, group_id)["cashbackDue"] == CASHBACK
    set_member(control, first, redPacketTaken=True)
    assert group_of(admin, group_id)["cashbackDue"] == ZERO


def test_seats_cashback_outlives_expiry(
    admin: Actor, control: Actor, plain: Actor, first: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    joining(admin, first, product_id, group_id)
    control.put("/clock", {"advanceMs": DAY + SECOND})
    group = member(plain.app, "plain").get(f"/one_yuan/groups/{group_id}").data
    assert (group["status"], group["cashbackDue"]) == (1, ZERO)
    assert [one["cashbackDue"] for one in group["members"]] == [CASHBACK]


def test_pulled_order_is_kept_as_it_came(admin: Actor, plain: Actor, product_id: str, rows: Rows) -> None:
    line, group_id = opening(admin, plain, product_id)
    (row,) = rows("SELECT * FROM platform_order WHERE order_sn = ?", line["orderSn"])
    assert (row["user_id"], row["param_id"], row["goods_id"]) == (
        int(line["userId"]),
        int(line["paramId"]),
        int(GOODS),
    )
    assert (row["order_status"], row["order_amount"], row["group_id"]) == (NORMAL, 990, int(group_id))
    assert (row["pay_time"], row["platform_order_id"]) == (
        "2026-06-01 10:00:00",
        int(line["platformOrderId"]),
    )
