"""Booking sessions of events: bodies, times, and the states of an order."""

from collections.abc import Callable

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused
from harness.clock import SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.order_states import OrderStates
from harness.people import People, Person
from tests.orders import booking, states

pytestmark = pytest.mark.order

BOOKING = Area("小程序", "活动订单")
SECOND_SESSION = {"eventSessionList.1": {"$session": {"placeType": "ADDRESS"}}}


@cases("event_order_state")
def test_state(case: Case, event_order_states: OrderStates) -> None:
    states.transition(case, event_order_states)


@cases("event_order_time")
def test_end_of_the_session(case: Case, event_order_states: OrderStates) -> None:
    states.transition(case, event_order_states)


@cases("event_order_book")
def test_book(
    case: Case, event_bookings: EventBookings, customer: Person, clock_when_needed: Callable[[], SandboxClock]
) -> None:
    booking.book(case, event_bookings, customer, clock_when_needed)


@case(
    "event-order-has-the-event",
    "E-03",
    "订单记下活动名称、场次时间，核销码为八位数字",
    area=BOOKING,
    story="预约活动",
    severity="critical",
)
def test_order_tells_of_its_event(event_bookings: EventBookings, customer: Person) -> None:
    event = event_bookings.activity()
    session = event["eventSessionList"][0]

    order = event_bookings.booked(event, customer)

    assert order["eventTile"] == event["name"]
    assert (order["sessionStartTime"], order["sessionEndTime"]) == (session["startTime"], session["endTime"])
    assert len(order["code"]) == 8
    assert order["code"].isdecimal()
    assert (order["timeExpire"], order["paymentOrderId"], order["checkinStoreOrgId"]) == (None, None, None)


@case("event-order-codes-differ", "E-13", "两个订单的核销码不同", area=BOOKING, story="预约活动")
def test_codes_differ(event_bookings: EventBookings, people: People) -> None:
    event = event_bookings.activity()

    codes = {event_bookings.booked(event, people(name))["code"] for name in "ab"}

    assert len(codes) == 2


@case(
    "event-order-session-of-other-event",
    "C-03",
    "场次属于另一个活动，以 40401 拒绝",
    area=BOOKING,
    story="预约活动",
    severity="critical",
)
def test_session_of_another_event_is_refused(event_bookings: EventBookings, customer: Person) -> None:
    event, other = event_bookings.activity(), event_bookings.activity()
    body = event_bookings.body(event, {"sessionId": other["eventSessionList"][0]["id"]})

    check_refused(event_bookings.send(customer, body), "40401")

    assert event_bookings.listed(event["id"]) == event_bookings.listed(other["id"]) == []


@case(
    "event-order-session-dropped",
    "C-03",
    "活动修改时去掉的场次，以 40401 拒绝，留下的还能预约",
    area=BOOKING,
    story="预约活动",
)
def test_dropped_session_is_refused(
    admin: AdminClient, events: EventWorkshop, event_bookings: EventBookings, customer: Person
) -> None:
    event = event_bookings.activity(SECOND_SESSION)
    kept, dropped = event["eventSessionList"]
    body = events.changed(
        events.writable(events.read({"id": event["id"]})), {"eventSessionList.1": "$left_out"}
    )
    admin.events.update(event["id"], body).require_ok()

    check_refused(event_bookings.book_session(event, customer, dropped), "40401")

    assert event_bookings.book_session(event, customer, kept).ok


@case(
    "event-order-withdrawn",
    "E-03",
    "撤下的活动不能预约，再发布又可以",
    area=BOOKING,
    story="预约活动",
    severity="critical",
)
def test_withdrawn_event_takes_no_booking(
    admin: AdminClient, event_bookings: EventBookings, customer: Person
) -> None:
    event = event_bookings.activity()
    body = event_bookings.body(event)
    admin.events.publish(event["id"], publish=False).require_ok()

    check_refused(event_bookings.send(customer, body), "40904")

    admin.events.publish(event["id"], publish=True).require_ok()
    assert event_bookings.send(customer, body).ok


@case(
    "event-order-deleted-event", "C-10", "已删除的活动不能预约，以 40401 拒绝", area=BOOKING, story="预约活动"
)
def test_deleted_event_takes_no_booking(
    admin: AdminClient, event_bookings: EventBookings, customer: Person
) -> None:
    event = event_bookings.activity()
    admin.events.delete(event["id"]).require_ok()

    check_refused(event_bookings.send(customer, event_bookings.body(event)), "40401")
