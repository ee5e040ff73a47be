"""Calls at the same moment leave one winner, on each kind of database (E-07, E-13, P-03 to P-06, F-05)."""

from collections import Counter
from functools import partial

from tests.sandbox.actors import JsonObject, member
from tests.sandbox.bodies import HOUR, SECOND, START, event_body, read_event, session_body
from tests.sandbox.crowds import CALLERS, Caller, at_once
from tests.sandbox.orders import (
    MINUTE,
    PRICE,
    PRICED,
    book,
    booking,
    my_order,
    open_event,
    order_in,
    states,
)
from tests.sandbox.served import Served, codes


def paid_body(order_id: str, transaction_id: str = "t-1") -> JsonObject:
    return {"orderId": order_id, "transactionId": transaction_id, "amount": PRICE, "result": "SUCCESS"}


def test_emoji_survive(served: Served) -> None:
    plain = member(served.app, "plain")
    _, order_id = order_in("PAY_PROCESSING", served.admin, plain)
    served.notify(paid_body(order_id, "💰"))
    assert my_order(plain, order_id)["name"] == "王小明 🎈"
    kept = f"SELECT transaction_id FROM pay_notify_log WHERE order_id = {order_id}"  # noqa: S608
    assert served.rows(kept) == [{"transaction_id": "💰"}]


def test_last_places_are_not_oversold(served: Served) -> None:
    event_id = open_event(served.admin, eventSessionList=[session_body(quota=5)])
    body = booking(served.admin, event_id)
    callers = [served.caller(actor) for actor in served.members()]
    answers = served.crowd(
        [partial(caller.call, "POST", "/event_orders", body) for caller in callers],
        before="INSERT INTO event_order ",
    )
    assert codes(answers) == {"0": 5, "40902": CALLERS - 5}
    assert read_event(served.admin, event_id)["eventSessionList"][0]["seatsLeft"] == 0


def test_one_member_books_a_session_once(served: Served) -> None:
    event_id = open_event(served.admin)
    body, caller = booking(served.admin, event_id), served.caller(member(served.app, "plain"))
    answers = served.crowd(
        [partial(caller.call, "POST", "/event_orders", body)] * CALLERS, before="INSERT INTO event_order "
    )
    assert codes(answers) == {"0": 1, "40903": CALLERS - 1}


def test_check_in_codes_of_one_moment_differ(served: Served) -> None:
    event_id = open_event(served.admin)
    body, members = booking(served.admin, event_id), served.members()
    served.crowd(
        [partial(served.caller(actor).call, "POST", "/event_orders", body) for actor in members],
        before="INSERT INTO event_order ",
    )
    assert len({actor.get("/event_orders").data[0]["code"] for actor in members}) == CALLERS


def test_payment_is_started_once(served: Served) -> None:
    plain = member(served.app, "plain")
    _, order_id = order_in("UNPAID", served.admin, plain)
    answers = served.crowd(
        [partial(served.caller(plain).call, "POST", f"/payments/{order_id}")] * CALLERS,
        before="INSERT INTO payment_order ",
    )
    assert codes(answers) == {"0": 1, "40901": CALLERS - 1}
    assert len(served.rows(f"SELECT id FROM payment_order WHERE order_id = {order_id}")) == 1  # noqa: S608


def test_same_notify_is_taken_once(served: Served) -> None:
    plain = member(served.app, "plain")
    _, order_id = order_in("PAY_PROCESSING", served.admin, plain)
    answers = served.crowd(
        [partial(served.notify, paid_body(order_id))] * CALLERS, before="UPDATE event_order "
    )
    assert codes(answers) == {"0": CALLERS}
    assert states(plain, order_id) == ("UNUSED", "PAY_SUCCESS")
    log = f"SELECT taken_transaction_id AS taken FROM pay_notify_log WHERE order_id = {order_id}"  # noqa: S608
    assert Counter(row["taken"] for row in served.rows(log)) == {"t-1": 1, None: CALLERS - 1}
    counted = f"SELECT id FROM resource_use_info WHERE type = 'PAID_ORDER' AND order_id = {order_id}"  # noqa: S608
    assert len(served.rows(counted)) == 1


def test_one_transaction_pays_one_order(served: Served) -> None:
    members = served.members()
    event_id = open_event(served.admin, **PRICED)
    orders = [book(served.admin, actor, event_id) for actor in members]
    for actor, order_id in zip(members, orders, strict=True):
        actor.post(f"/payments/{order_id}")
    answers = served.crowd(
        [partial(served.notify, paid_body(order_id)) for order_id in orders],
        before="INSERT INTO pay_notify_log ",
    )
    assert codes(answers) == {"0": CALLERS}
    found = Counter(states(actor, order_id) for actor, order_id in zip(members, orders, strict=True))
    assert found == {("UNUSED", "PAY_SUCCESS"): 1, ("PAY_PROCESSING", "PAY_PROCESSING"): CALLERS - 1}


def test_cancel_against_notify_ends_refunded_once(served: Served) -> None:
    plain = member(served.app, "plain")
    _, order_id = order_in("PAY_PROCESSING", served.admin, plain)
    console, mine = served.caller(served.admin), served.caller(plain)
    served.crowd(
        [
            *[partial(console.call, "PUT", f"/event_orders/{order_id}/canceled")] * 4,
            *[partial(mine.call, "PUT", f"/event_orders/{order_id}")] * 4,
            *[partial(served.notify, paid_body(order_id))] * 8,
        ],
        before="UPDATE event_order ",
    )
    assert states(plain, order_id) == ("CANCELED", "REFUNDING")
    refunds = served.rows(f"SELECT id FROM refund_order WHERE order_id = {order_id}")  # noqa: S608
    assert [str(row["id"]) for row in refunds] == [my_order(plain, order_id)["refundOrderId"]]
    counted = f"SELECT SUM(counted) AS n FROM resource_use_info WHERE order_id = {order_id}"  # noqa: S608
    assert int(served.rows(counted)[0]["n"]) == 0


def test_order_is_cancelled_once(served: Served) -> None:
    plain = member(served.app, "plain")
    _, order_id = order_in("UNUSED", served.admin, plain, priced=True)
    console = served.caller(served.admin)
    answers = served.crowd(
        [partial(console.call, "PUT", f"/event_orders/{order_id}/canceled")] * CALLERS,
        before="UPDATE event_order ",
    )
    assert codes(answers) == {"0": 1, "40901": CALLERS - 1}
    assert len(served.rows(f"SELECT id FROM refund_order WHERE order_id = {order_id}")) == 1  # noqa: S608


def test_code_is_checked_in_once(served: Served) -> None:
    plain = member(served.app, "plain")
    _, order_id = order_in("UNUSED", served.admin, plain)
    body, console = {"code": my_order(plain, order_id)["code"]}, served.caller(served.admin)
    answers = served.crowd(
        [partial(console.call, "PUT", f"/event_orders/{order_id}/checkin", body)] * CALLERS,
        before="UPDATE event_order ",
    )
    assert codes(answers) == {"0": 1, "40901": CALLERS - 1}


def test_time_out_against_notify_refunds_or_pays(served: Served) -> None:
    plain = member(served.app, "plain")
    _, order_id = order_in("PAY_PROCESSING", served.admin, plain)
    control = Caller(f"{served.url}/_sandbox", {})
    served.crowd(
        [
            *[partial(control.call, "PUT", "/clock", {"advanceMs": 15 * MINUTE})] * 2,
            *[partial(served.notify, paid_body(order_id))] * 6,
        ],
        before="UPDATE event_order ",
    )
    refunds = served.rows(f"SELECT id FROM refund_order WHERE order_id = {order_id}")  # noqa: S608
    assert (states(plain, order_id), len(refunds)) in [
        (("UNUSED", "PAY_SUCCESS"), 0),
        (("TIME_OUT", "REFUNDING"), 1),
    ]


def test_clock_moves_by_each_step(served: Served) -> None:
    control = Caller(f"{served.url}/_sandbox", {})
    at_once([partial(control.call, "PUT", "/clock", {"advanceMs": SECOND})] * CALLERS)
    assert control.call("GET", "/clock")["data"] == {"now": START + CALLERS * SECOND}


def test_ticks_of_one_moment_expire_each_order_once(served: Served) -> None:
    event_id = open_event(served.admin, **PRICED)
    for actor in served.members():
        book(served.admin, actor, event_id)
    control = Caller(f"{served.url}/_sandbox", {})
    answers = served.crowd(
        [
            partial(control.call, "PUT", "/clock", {"now": START + HOUR}),
            *[partial(control.call, "POST", "/tick")] * 7,
        ],
        before="UPDATE event_order ",
    )
    assert codes(answers) == {"0": 8}
    left = f"SELECT DISTINCT status, updated_time FROM event_order WHERE event_id = {event_id}"  # noqa: S608
    assert [row["status"] for row in served.rows(left)] == ["TIME_OUT"]


def test_two_who_bring_each_other_make_no_circle(served: Served) -> None:
    resource_id = read_event(served.admin, open_event(served.admin))["resourceId"]
    one, two = member(served.app, "one"), member(served.app, "two")
    first, second = one.get("/members").data["id"], two.get("/members").data["id"]
    reach = {"resourceId": resource_id, "type": "REACH"}
    served.crowd(
        [
            *[partial(served.caller(one).call, "POST", "/shares", {**reach, "fromMemberId": second})] * 8,
            *[partial(served.caller(two).call, "POST", "/shares", {**reach, "fromMemberId": first})] * 8,
        ],
        before="INSERT INTO member_child_info ",
    )
    brought = f"SELECT id FROM member_child_info WHERE resource_id = '{resource_id}'"  # noqa: S608
    assert len(served.rows(brought)) == 1


def test_creators_of_one_resource_id_make_one_event(served: Served) -> None:
    console = served.caller(served.admin)
    answers = at_once([partial(console.call, "POST", "/event", event_body())] * CALLERS)
    assert codes(answers) == {"0": 1, "40001": CALLERS - 1}


def test_first_sign_ins_of_one_code_make_one_member(served: Served) -> None:
    stranger = Caller(f"{served.url}/clt", {"X-Wx-Appid": "wx-sandbox-main"})
    answers = at_once([partial(stranger.call, "GET", "/wechat/login?code=same")] * CALLERS)
    assert codes(answers) == {"0": CALLERS}
    assert len(served.rows("SELECT id FROM member_third_info WHERE open_id = 'same'")) == 1
