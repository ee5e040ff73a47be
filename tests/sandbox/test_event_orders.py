"""Booking a session, and one's own bookings (E-03, E-06 to E-09, E-12, P-01, A-04, C-14)."""

import json
from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.bodies import DAY, HOUR, START, read_event, session_body, store_ids, without
from tests.sandbox.conftest import Rows
from tests.sandbox.orders import (
    MINUTE,
    PRICE,
    PRICED,
    book,
    booking,
    my_order,
    open_event,
    order_of,
    states,
    store_session,
)

FORM = [
    {"key": "姓名", "type": "text", "options": [], "isRequire": True},
    {"key": "年级", "type": "radio", "options": ["一年级", "二年级"], "isRequire": True},
    {"key": "照片", "type": "image", "options": [], "isRequire": False},
]
ANSWERS = [{"key": "姓名", "value": "小明 🎈"}, {"key": "年级", "value": "二年级"}]


@pytest.mark.parametrize(
    ("changes", "status", "payment", "expires"),
    [
        ({}, "UNUSED", "NONE", None),
        ({"chargeToggle": True, "chargedAmount": 0}, "UNUSED", "NONE", None),
        ({"chargeToggle": False, "chargedAmount": PRICE}, "UNUSED", "NONE", None),
        (PRICED, "UNPAID", "UNPAID", START + 15 * MINUTE),
        ({"reservationReviewToggle": True}, "RESERVATION_REVIEW_PENDING", "NONE", None),
        ({**PRICED, "reservationReviewToggle": True}, "UNPAID", "UNPAID", START + 15 * MINUTE),
    ],
)
def test_booking_answers_the_state_it_starts_in(
    admin: Actor, plain: Actor, changes: Any, status: str, payment: str, expires: int | None
) -> None:
    answer = plain.post("/event_orders", booking(admin, open_event(admin, **changes)))
    assert {**answer.data, "orderId": None} == {
        "orderId": None,
        "status": status,
        "pamentStatus": payment,
        "timeExpire": expires,
    }


def test_time_to_pay_is_of_whole_seconds(admin: Actor, plain: Actor, control: Actor) -> None:
    event_id = open_event(admin, **PRICED)
    control.put("/clock", {"advanceMs": 1999})
    answer = plain.post("/event_orders", booking(admin, event_id))
    assert answer.data["timeExpire"] == START + 1000 + 15 * MINUTE
    assert my_order(plain, answer.data["orderId"])["timeExpire"] == answer.data["timeExpire"]


def test_order_keeps_what_was_booked(admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin, **PRICED)
    order_id = book(admin, plain, event_id, channel="线上-微信")
    order, session = order_of(admin, event_id, order_id), read_event(admin, event_id)["eventSessionList"][0]
    assert order == my_order(plain, order_id)
    assert order == {
        **order,
        "eventId": event_id,
        "eventTile": "夏日体验课",
        "memberId": plain.get("/members").data["id"],
        "name": "王小明 🎈",
        "mobile": "19900001234",
        "channel": "线上-微信",
        "sessionId": session["id"],
        "sessionStartTime": session["startTime"],
        "sessionEndTime": session["endTime"],
        "sessionAddress": session["address"],
        "sessionStoreId": None,
        "chargedMount": PRICE,
        "formDataIds": None,
        "createdTime": START,
    }
    assert (len(order["code"]), order["code"].isdecimal()) == (8, True)


def test_price_is_that_of_the_booking(admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin, **PRICED)
    order_id = book(admin, plain, event_id)
    admin.put(f"/event/{event_id}", {**read_event(admin, event_id), "chargedAmount": 1})
    assert order_of(admin, event_id, order_id)["chargedMount"] == PRICE


@pytest.mark.parametrize("field", ["eventId", "sessionId", "name", "mobile"])
@pytest.mark.parametrize("how", ["left out", "null", "number", "blank"])
def test_body_that_does_not_fit_is_40001(admin: Actor, plain: Actor, field: str, how: str) -> None:
    body = booking(admin, open_event(admin))
    body = without(body, field) if how == "left out" else body
    if how != "left out":
        body[field] = {"null": None, "number": 1, "blank": " "}[how]
    answer = plain.post("/event_orders", body)
    assert (answer.code, field in answer.message) == ("40001", True)


@pytest.mark.parametrize("field", ["eventId", "sessionId"])
def test_absent_row_is_40401(admin: Actor, plain: Actor, field: str) -> None:
    assert plain.post("/event_orders", booking(admin, open_event(admin), **{field: "1"})).code == "40401"


def test_session_of_another_event_is_40401(admin: Actor, plain: Actor) -> None:
    body = booking(admin, open_event(admin))
    body["eventId"] = open_event(admin, resourceId="hd_2")
    assert plain.post("/event_orders", body).code == "40401"


def test_dropped_session_is_40401(admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin)
    body = booking(admin, event_id)
    admin.put(f"/event/{event_id}", {**read_event(admin, event_id), "eventSessionList": [session_body()]})
    assert plain.post("/event_orders", body).code == "40401"


def test_event_of_another_organization_is_40401(other: Actor, plain: Actor) -> None:
    assert plain.post("/event_orders", booking(other, open_event(other))).code == "40401"


def test_deleted_event_is_40401_and_withdrawn_40904(admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin)
    body = booking(admin, event_id)
    admin.put_form(f"/event/{event_id}/publish", publish="false")
    assert plain.post("/event_orders", body).code == "40904"
    admin.delete(f"/event/{event_id}")
    assert plain.post("/event_orders", body).code == "40401"


@pytest.mark.parametrize(
    ("now", "code"),
    [(-HOUR - 1000, "40904"), (-HOUR, "0"), (2 * DAY - 1000, "0"), (2 * DAY, "40904"), (10 * DAY, "40904")],
)
def test_booking_needs_an_open_event_and_a_session_not_begun(
    app: Sandbox, admin: Actor, control: Actor, now: int, code: str
) -> None:
    body = booking(admin, open_event(admin))
    control.put("/clock", {"now": START + now})
    assert member(app, "plain").post("/event_orders", body).code == code


def test_live_booking_forbids_another_until_it_is_cancelled(admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin)
    body = booking(admin, event_id)
    order_id = book(admin, plain, event_id)
    assert plain.post("/event_orders", body).code == "40903"
    plain.put(f"/event_orders/{order_id}")
    assert plain.post("/event_orders", body).code == "0"


def test_other_session_of_the_event_may_be_booked_too(admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin, eventSessionList=[session_body(), session_body()])
    sessions = read_event(admin, event_id)["eventSessionList"]
    made = [
        plain.post("/event_orders", booking(admin, event_id, sessionId=session["id"])).code
        for session in sessions
    ]
    assert made == ["0", "0"]


def test_full_session_is_40902_until_a_seat_is_free(app: Sandbox, admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin, eventSessionList=[session_body(quota=1)])
    order_id = book(admin, plain, event_id)
    body, second = booking(admin, event_id), member(app, "second")
    assert plain.post("/event_orders", body).code == "40903"
    assert second.post("/event_orders", body).code == "40902"
    plain.put(f"/event_orders/{order_id}")
    assert second.post("/event_orders", body).code == "0"


@pytest.mark.parametrize(("quota", "codes"), [(0, ["40902"] * 2), (None, ["0"] * 2)])
def test_quota_of_none_is_unlimited_and_of_zero_full(
    app: Sandbox, admin: Actor, quota: int | None, codes: list[str]
) -> None:
    body = booking(admin, open_event(admin, eventSessionList=[session_body(quota=quota)]))
    assert [member(app, who).post("/event_orders", body).code for who in ("plain", "student")] == codes


def test_session_in_stores_takes_one_of_them(admin: Actor, plain: Actor, rows: Rows) -> None:
    first, second, third, *_ = store_ids(admin)
    event_id = open_event(admin, eventSessionList=[store_session(f"{first},{second}")])
    for wrong in (None, third, "1"):
        body = booking(admin, event_id, sessionStoreId=wrong)
        assert plain.post("/event_orders", body).code == "40001"
    order = my_order(plain, book(admin, plain, event_id, sessionStoreId=second))
    (store,) = rows("SELECT address FROM store WHERE organization_id = ?", int(second))
    assert (order["sessionStoreId"], order["sessionAddress"]) == (second, store["address"])


def test_store_is_ignored_where_a_session_has_an_address(admin: Actor, plain: Actor) -> None:
    order_id = book(admin, plain, open_event(admin), sessionStoreId=store_ids(admin)[0])
    assert my_order(plain, order_id)["sessionStoreId"] is None


def form_event(admin: Actor) -> str:
    return open_event(admin, form=json.dumps(FORM, ensure_ascii=False))


def test_answers_are_kept_and_named(admin: Actor, plain: Actor, rows: Rows) -> None:
    given = [*ANSWERS, {"key": "不认识", "value": "x"}, {"key": "照片", "value": None}]
    order_id = book(admin, plain, form_event(admin), formDataList=given)
    kept = rows("SELECT * FROM form_data WHERE event_order_id = ? ORDER BY id", int(order_id))
    assert [(row["key"], row["type"], row["value"]) for row in kept] == [
        ("姓名", "text", "小明 🎈"),
        ("年级", "radio", "二年级"),
    ]
    assert my_order(plain, order_id)["formDataIds"] == ",".join(str(row["id"]) for row in kept)


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        ANSWERS[:1],
        [ANSWERS[0], {"key": "年级", "value": "三年级"}],
        [ANSWERS[0], {"key": "年级", "value": ""}],
        [ANSWERS[1], {"key": "姓名", "value": " "}],
        [ANSWERS[1], {"key": "姓名"}],
        [ANSWERS[1], {"key": "姓名", "value": 1}],
        "text",
    ],
)
def test_form_that_is_not_filled_is_40001(admin: Actor, plain: Actor, rows: Rows, given: Any) -> None:
    before = rows("SELECT count(*) FROM form_data"), rows("SELECT count(*) FROM event_order")
    answer = plain.post("/event_orders", booking(admin, form_event(admin), formDataList=given))
    assert (answer.code, "formDataList" in answer.message) == ("40001", True)
    assert (rows("SELECT count(*) FROM form_data"), rows("SELECT count(*) FROM event_order")) == before


def test_form_is_judged_before_the_time(admin: Actor, plain: Actor) -> None:
    event_id = form_event(admin)
    admin.put_form(f"/event/{event_id}/publish", publish="false")
    assert plain.post("/event_orders", booking(admin, event_id)).code == "40001"


def test_my_orders_are_mine_and_newest_first(
    app: Sandbox, admin: Actor, plain: Actor, control: Actor
) -> None:
    earlier = book(admin, plain, open_event(admin))
    control.put("/clock", {"advanceMs": HOUR})
    later = book(admin, plain, open_event(admin, resourceId="hd_2"))
    book(admin, member(app, "second"), open_event(admin, resourceId="hd_3"))
    answer = plain.get("/event_orders", size=2)
    assert [order["id"] for order in answer.data] == [later, earlier]
    mine = {order["memberId"] for order in plain.get("/event_orders", size=1000).data}
    assert mine == {plain.get("/members").data["id"]}


@pytest.mark.parametrize("order_id", ["1", "abc", "9" * 30])
def test_absent_order_is_40401(admin: Actor, plain: Actor, order_id: str) -> None:
    assert plain.put(f"/event_orders/{order_id}").code == "40401"
    assert plain.post(f"/payments/{order_id}").code == "40401"
    assert admin.put(f"/event_orders/{order_id}/canceled").code == "40401"


def test_order_of_another_member_is_40401(app: Sandbox, admin: Actor, plain: Actor) -> None:
    order_id = book(admin, plain, open_event(admin, **PRICED))
    second = member(app, "second")
    assert second.put(f"/event_orders/{order_id}").code == "40401"
    assert second.post(f"/payments/{order_id}").code == "40401"
    assert states(plain, order_id) == ("UNPAID", "UNPAID")


def test_order_needs_a_member(app: Sandbox) -> None:
    stranger = Actor(app, "/clt")
    console = Actor(app, "/clt", tenant(app, "admin").headers)
    for who in (stranger, console):
        assert who.post("/event_orders", {}).status == 401
        assert who.get("/event_orders").status == 401
        assert who.put("/event_orders/1").status == 401
        assert who.post("/payments/1").status == 401
        assert who.post("/shares", {}).status == 401


@pytest.mark.parametrize("gone", ["withdrawn", "deleted"])
def test_orders_of_an_activity_that_is_gone_live_on(
    app: Sandbox, admin: Actor, plain: Actor, gone: str
) -> None:
    event_id = open_event(admin, reservationReviewToggle=True)
    second = member(app, "second")
    cancelled, used = book(admin, plain, event_id), book(admin, second, event_id)
    if gone == "withdrawn":
        admin.put_form(f"/event/{event_id}/publish", publish="false")
    else:
        admin.delete(f"/event/{event_id}")
    assert plain.put(f"/event_orders/{cancelled}").code == "0"
    assert admin.put(f"/event_orders/{used}/review", {"approved": True}).code == "0"
    code = my_order(second, used)["code"]
    assert admin.put(f"/event_orders/{used}/checkin", {"code": code}).code == "0"
