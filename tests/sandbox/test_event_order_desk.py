"""Event orders on the console: lists, the check-in desk, cancel and review (A-03, C-14, C-15, E-13)."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.bodies import HOUR, START, store_ids
from tests.sandbox.conftest import Rows
from tests.sandbox.orders import (
    PRICED,
    book,
    my_order,
    open_event,
    order_in,
    pay,
    states,
    store_session,
)

CALLS: list[tuple[str, str, str, Any]] = [
    ("EVENT_ORDER", "POST", "/event_orders/get_order_list?eventId={event}", {}),
    ("EVENT_CHECKIN", "GET", "/event_orders/search?event_id={event}", None),
    ("EVENT_ORDER", "PUT", "/event_orders/{order}/review", {"approved": True}),
    ("EVENT_CHECKIN", "PUT", "/event_orders/{order}/checkin", {"code": "{code}"}),
    ("EVENT_ORDER", "PUT", "/event_orders/{order}/canceled", None),
]


@pytest.mark.parametrize(("privilege", "method", "path", "body"), CALLS)
def test_call_needs_its_privilege_alone(
    app: Sandbox, admin: Actor, plain: Actor, privilege: str, method: str, path: str, body: Any
) -> None:
    event_id, order_id = order_in("RESERVATION_REVIEW_PENDING", admin, plain)
    where = path.format(event=event_id, order=order_id)
    options = {} if body is None else {"json": body}
    for held in ("EVENT_ORDER", "EVENT_CHECKIN", "EVENT_VIEW"):
        answer = tenant(app, f"without_{held.lower()}").call(method, where, **options)
        assert (answer.status == 403) == (held == privilege)
    assert Actor(app, "/dab").call(method, where, **options).status == 401


@pytest.mark.parametrize(("method", "path", "body"), [call[1:] for call in CALLS[2:]])
def test_order_of_another_organization_is_40401(
    admin: Actor, other: Actor, plain: Actor, method: str, path: str, body: Any
) -> None:
    event_id, order_id = order_in("UNUSED", admin, plain)
    answer = other.call(method, path.format(event=event_id, order=order_id), json=body)
    assert (answer.code, states(plain, order_id)[0]) == ("40401", "UNUSED")


def found(admin: Actor, event_id: str, **body: Any) -> set[str]:
    answer = admin.post("/event_orders/get_order_list", body, eventId=event_id)
    assert answer.code == "0", answer.message
    return {order["id"] for order in answer.data}


@pytest.mark.parametrize("event_id", ["1", "abc", "9" * 30])
def test_absent_event_has_no_orders(admin: Actor, event_id: str) -> None:
    listed = admin.post("/event_orders/get_order_list", {}, eventId=event_id)
    searched = admin.get("/event_orders/search", event_id=event_id)
    assert [(answer.code, answer.data, answer.envelope["total"]) for answer in (listed, searched)] == [
        ("0", [], 0)
    ] * 2


def test_event_of_another_organization_has_no_orders(admin: Actor, other: Actor, plain: Actor) -> None:
    event_id, order_id = order_in("UNUSED", admin, plain)
    assert found(other, event_id) == set()
    assert other.get("/event_orders/search", event_id=event_id, keyWord=order_id).data == []


def test_event_is_required(admin: Actor) -> None:
    assert admin.post("/event_orders/get_order_list", {}).code == "40001"
    assert admin.get("/event_orders/search").code == "40001"


@pytest.mark.parametrize("empty", [None, "", []])
def test_empty_filters_filter_nothing(admin: Actor, plain: Actor, empty: Any) -> None:
    event_id, order_id = order_in("UNUSED", admin, plain)
    names = ["storeOrgIds"] if empty == [] else ["channel", "orderStatus", "pamentStatus", "keyWord"]
    assert found(admin, event_id, **dict.fromkeys(names, empty)) == {order_id}


def test_filters_narrow_the_list(app: Sandbox, admin: Actor, plain: Actor) -> None:
    first, second, *_ = store_ids(admin)
    event_id = open_event(admin, **PRICED, eventSessionList=[store_session(f"{first},{second}")])
    one = book(admin, plain, event_id, sessionStoreId=first, channel="a", mobile="1")
    two = book(admin, member(app, "second"), event_id, sessionStoreId=second, channel="b", mobile="2")
    pay(plain, one)
    code = my_order(plain, one)["code"]
    for filters in (
        {"channel": "a"},
        {"orderStatus": "UNUSED"},
        {"pamentStatus": "PAY_SUCCESS"},
        {"storeOrgIds": [first]},
        {"keyWord": code},
        {"keyWord": one},
        {"keyWord": "1"},
    ):
        assert found(admin, event_id, **filters) == {one}
    assert found(admin, event_id, storeOrgIds=[first, second]) == {one, two}
    assert found(admin, event_id, orderStatus="UNUSED", channel="b") == set()
    assert found(admin, event_id, keyWord=code[:-1]) == set()


@pytest.mark.parametrize("change", [{"orderStatus": "x"}, {"pamentStatus": 1}, {"storeOrgIds": "1"}])
def test_filter_of_another_kind_is_40001(admin: Actor, change: Any) -> None:
    assert admin.post("/event_orders/get_order_list", change, eventId="1").code == "40001"


def test_list_is_paged_and_newest_first(app: Sandbox, admin: Actor, plain: Actor, control: Actor) -> None:
    event_id = open_event(admin)
    earlier = book(admin, plain, event_id)
    control.put("/clock", {"advanceMs": HOUR})
    later = book(admin, member(app, "second"), event_id)
    pages = [
        admin.post("/event_orders/get_order_list", {}, eventId=event_id, page=page, size=1) for page in (1, 2)
    ]
    assert [page.data[0]["id"] for page in pages] == [later, earlier]
    assert {page.envelope["total"] for page in pages} == {2}
    assert admin.post("/event_orders/get_order_list", {}, eventId=event_id, size=0).status == 400


@pytest.mark.parametrize(("status", "expected"), [(None, 2), ("", 2), ("UNUSED", 1), ("USED", 1)])
def test_desk_finds_what_can_be_or_is_checked_in(
    app: Sandbox, admin: Actor, plain: Actor, status: str | None, expected: int
) -> None:
    event_id = open_event(admin)
    used, cancelled = book(admin, plain, event_id), book(admin, member(app, "second"), event_id)
    book(admin, member(app, "third"), event_id)
    admin.put(f"/event_orders/{used}/checkin", {"code": my_order(plain, used)["code"]})
    admin.put(f"/event_orders/{cancelled}/canceled")
    query = {"event_id": event_id} | ({} if status is None else {"status": status})
    assert len(admin.get("/event_orders/search", **query).data) == expected


def test_desk_searches_code_order_and_mobile(app: Sandbox, admin: Actor, plain: Actor) -> None:
    event_id = open_event(admin)
    order_id = book(admin, plain, event_id)
    book(admin, member(app, "second"), event_id, mobile="2")
    for word in (my_order(plain, order_id)["code"], order_id, "19900001234"):
        answer = admin.get("/event_orders/search", event_id=event_id, keyWord=word)
        assert [order["id"] for order in answer.data] == [order_id]
    assert admin.get("/event_orders/search", event_id=event_id, status="CANCELED").code == "40001"
    assert admin.get("/event_orders/search", event_id=event_id, keyWord="\x00").data == []


def checkin(admin: Actor, order_id: str, **body: Any) -> str:
    return admin.put(f"/event_orders/{order_id}/checkin", body).code


def test_check_in_keeps_the_store(admin: Actor, plain: Actor) -> None:
    first, second, third, *_ = store_ids(admin)
    event_id = open_event(admin, eventSessionList=[store_session(f"{first},{second}")])
    order_id = book(admin, plain, event_id, sessionStoreId=first)
    code = my_order(plain, order_id)["code"]
    assert checkin(admin, order_id, code="x", storeOrgId=third) == "40001"
    assert checkin(admin, order_id, code=code) == "40001"
    assert checkin(admin, order_id, code=code, storeOrgId=third) == "40905"
    assert my_order(plain, order_id)["status"] == "UNUSED"
    assert checkin(admin, order_id, code=code, storeOrgId=second) == "0"
    order = my_order(plain, order_id)
    assert (order["status"], order["checkinStoreOrgId"]) == ("USED", second)
    assert checkin(admin, order_id, code="x", storeOrgId=third) == "40901"


def test_check_in_at_an_address_takes_no_store(admin: Actor, plain: Actor) -> None:
    _, order_id = order_in("UNUSED", admin, plain)
    code = my_order(plain, order_id)["code"]
    assert checkin(admin, order_id, code=code, storeOrgId=store_ids(admin)[0]) == "40905"
    assert checkin(admin, order_id, code=code) == "0"


@pytest.mark.parametrize("body", [{}, {"code": None}, {"code": 1}, {"code": "1", "storeOrgId": 1}])
def test_check_in_body_that_does_not_fit_is_40001(admin: Actor, plain: Actor, body: Any) -> None:
    _, order_id = order_in("USED", admin, plain)
    assert checkin(admin, order_id, **body) == "40001"


@pytest.mark.parametrize("body", [{}, {"approved": None}, {"approved": "true"}])
def test_review_without_a_decision_is_40001(admin: Actor, plain: Actor, body: Any) -> None:
    _, order_id = order_in("USED", admin, plain)
    assert admin.put(f"/event_orders/{order_id}/review", body).code == "40001"


def test_change_moves_updated_time_alone(admin: Actor, plain: Actor, control: Actor) -> None:
    _, order_id = order_in("UNUSED", admin, plain)
    control.put("/clock", {"advanceMs": HOUR})
    admin.put(f"/event_orders/{order_id}/canceled")
    order = my_order(plain, order_id)
    assert (order["createdTime"], order["updatedTime"]) == (START, START + HOUR)


def test_seeded_orders_hold_together(rows: Rows) -> None:
    """Each paid order names its payment, each refunded one its refund."""
    paid = rows(
        "SELECT o.id FROM event_order o LEFT JOIN payment_order p"
        " ON p.id = o.payment_order_id AND p.order_id = o.id"
        " WHERE o.pament_status IN ('PAY_SUCCESS', 'REFUNDED') AND p.status IS NOT o.pament_status"
    )
    refunded = rows(
        "SELECT o.id FROM event_order o LEFT JOIN refund_order r ON r.id = o.refund_order_id"
        " WHERE o.pament_status = 'REFUNDED' AND r.status IS NOT 'REFUNDED'"
    )
    assert (paid, refunded) == ([], [])
    assert {row["pament_status"] for row in rows("SELECT DISTINCT pament_status FROM event_order")} == {
        "NONE",
        "UNPAID",
        "PAY_SUCCESS",
        "REFUNDED",
    }
