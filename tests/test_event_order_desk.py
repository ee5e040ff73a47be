"""Orders of events on the console and at the check-in desk: lists, searches, check-in."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from clients import AdminClient, Answer
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_page, check_refused, check_same, ids_of
from harness.clock import SECOND, SandboxClock
from harness.kinds.event_orders import EventBookings
from harness.order_states import OrderStates
from harness.people import People, Person
from tests.orders import desk

pytestmark = pytest.mark.order

CONSOLE = Area("管理后台", "活动订单")
TWO_STORES = {"eventSessionList.0.applicableStoreIds": {"$ids_of": ["store", "store_second"]}}
SECOND_PLACE: Final = {
    "sessionStoreId": {"$id_of": "store_second"},
    "channel": "线下",
    "mobile": "19900005678",
}
"""What the booking of the other member differs in."""


@cases("event_order_search")
def test_search(
    case: Case,
    admin: AdminClient,
    event_bookings: EventBookings,
    event_order_states: OrderStates,
    people: People,
) -> None:
    before = case.before or {"status": "UNUSED", "payment": "PAY_SUCCESS"}
    placed = event_order_states.bring(before["status"], before["payment"], TWO_STORES)
    event_bookings.book(placed.activity, people("b"), SECOND_PLACE)

    answer = _asked(admin, case, placed.activity["id"], placed.order, event_bookings)

    found = ids_of(answer.require_data())
    assert (placed.order["id"] in found, len(found)) == (case.expect["finds"], case.expect["rows"])
    assert answer.total == len(found)


@cases("event_order_paging")
def test_paging(case: Case, admin: AdminClient, event_bookings: EventBookings, people: People) -> None:
    further = {f"eventSessionList.{number}": {"$session": {"placeType": "ADDRESS"}} for number in (1, 2)}
    event, person = event_bookings.activity(further), people("a")
    for session in event["eventSessionList"] if "rows" in case.expect else ():
        event_bookings.book(event, person, {"sessionId": session["id"]})
    paging = query(case.query, event_bookings.words)
    calls: Mapping[str, Callable[[], Answer[Any]]] = {
        "list": lambda: admin.event_orders.list(event["id"], **paging),
        "search": lambda: admin.event_orders.search(event["id"], **paging),
        "mine": lambda: person.calls.event_orders.list(**paging),
    }

    answer = calls[case.call or ""]()

    check_outcome(answer, case)
    if answer.ok:
        check_page(answer, case, 3)


@case(
    "event-order-list-newest-first",
    "C-12",
    "订单列表和我的预约都是后下的单在前",
    area=CONSOLE,
    story="订单列表与核销搜索",
)
def test_newest_order_comes_first(
    event_bookings: EventBookings, people: People, movable_clock: SandboxClock
) -> None:
    event = event_bookings.activity({"eventSessionList.1": {"$session": {"placeType": "ADDRESS"}}})
    booked = []
    for session in event["eventSessionList"]:
        booked.append(event_bookings.book(event, people("a"), {"sessionId": session["id"]})["orderId"])
        movable_clock.advance(SECOND)

    assert ids_of(event_bookings.listed(event["id"])) == booked[::-1]
    assert ids_of(people("a").calls.event_orders.list().require_data()) == booked[::-1]


@case(
    "event-order-list-of-one-event",
    "C-02",
    "订单列表只有这个活动的订单",
    area=CONSOLE,
    story="订单列表与核销搜索",
    severity="critical",
)
def test_list_is_of_one_event(event_bookings: EventBookings, customer: Person) -> None:
    event, other = event_bookings.activity(), event_bookings.activity()

    booked = [event_bookings.book(one, customer)["orderId"] for one in (event, other)]

    assert [ids_of(event_bookings.listed(one["id"])) for one in (event, other)] == [[one] for one in booked]


@cases("event_order_check_in")
def test_check_in(case: Case, event_bookings: EventBookings, event_order_states: OrderStates) -> None:
    desk.check_in(case, event_bookings, event_order_states)


@case(
    "event-order-check-in-code-of-other",
    "E-13",
    "另一个订单的核销码不能核销这个订单，两个订单都不变",
    area=CONSOLE,
    story="核销",
    severity="blocker",
)
def test_code_of_another_order_is_wrong(event_bookings: EventBookings, people: People) -> None:
    event = event_bookings.activity()
    orders = [
        event_bookings.read(event, event_bookings.book(event, people(name))["orderId"]) for name in "ab"
    ]
    body = event_bookings.check_in_body(event, orders[0], {"code": orders[1]["code"]})

    check_refused(event_bookings.desk().check_in(orders[0]["id"], body), "40001")

    for order in orders:
        check_same(order, event_bookings.read(event, order["id"]))


@case(
    "event-order-kept-when-withdrawn",
    "E-03",
    "活动撤下后订单还在，后台和会员都看得到，还能核销",
    area=CONSOLE,
    story="活动撤下与删除",
    severity="critical",
)
def test_orders_stay_when_the_event_is_withdrawn(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    event = event_bookings.activity()
    order = event_bookings.read(event, event_bookings.book(event, people("a"))["orderId"])

    admin.events.publish(event["id"], publish=False).require_ok()

    check_same(order, event_bookings.read(event, order["id"]))
    assert ids_of(people("a").calls.event_orders.list().require_data()) == [order["id"]]
    assert event_bookings.check_in(event, order).ok
    assert event_bookings.read(event, order["id"])["status"] == "USED"


@case(
    "event-order-kept-when-deleted",
    "E-03",
    "活动删除后订单还在，后台和会员都看得到，也能取消",
    area=CONSOLE,
    story="活动撤下与删除",
)
def test_orders_stay_when_the_event_is_deleted(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    event, mine = event_bookings.activity(), people("a").calls.event_orders
    order_id = event_bookings.book(event, people("a"))["orderId"]

    admin.events.delete(event["id"]).require_ok()

    kept = mine.list().require_data()
    assert [(order["id"], order["status"]) for order in kept] == [(order_id, "UNUSED")]
    assert ids_of(event_bookings.listed(event["id"])) == [order_id]
    assert event_bookings.cancel(people("a"), order_id).ok
    assert [order["status"] for order in mine.list().require_data()] == ["CANCELED"]


def _asked(
    admin: AdminClient, case: Case, event_id: str, order: Mapping[str, Any], bookings: EventBookings
) -> Answer[Any]:
    """The list or search that a case asks for, by a field of the order or a part of it."""
    asked = query(case.query, bookings.words)
    if "by" in asked:
        asked["keyWord"] = order[asked.pop("by")]
    if "part_of" in asked:
        asked["keyWord"] = order[asked.pop("part_of")][:-1]
    if case.call == "list":
        return admin.event_orders.list(event_id, asked)
    return admin.event_orders.search(event_id, key_word=asked.get("keyWord"), status=asked.get("status"))
