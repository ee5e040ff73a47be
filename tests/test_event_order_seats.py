"""Seats of a session, and the one live order of a member: never oversold, given back by orders that die."""

from collections.abc import Mapping
from typing import Any

import pytest

from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_refused, check_same
from harness.kinds.event_orders import EventBookings
from harness.order_states import OrderStates
from harness.people import People, Person
from tests.orders import states

pytestmark = pytest.mark.order

BOOKING = Area("小程序", "活动订单")
SECOND_SESSION = {"eventSessionList.1": {"$session": {"placeType": "ADDRESS"}}}


@case(
    "event-order-twice",
    "E-03",
    "同一会员同一场次的第二次预约被拒绝，原订单不变",
    area=BOOKING,
    story="重复预约",
    severity="blocker",
)
def test_second_booking_of_a_session_is_refused(event_bookings: EventBookings, customer: Person) -> None:
    event = event_bookings.activity()
    first = event_bookings.booked(event, customer)

    check_refused(event_bookings.send(customer, event_bookings.body(event)), "40903")

    (only,) = event_bookings.listed(event["id"])
    check_same(first, only)


@cases("event_order_live")
def test_live_order_holds_its_seat(
    case: Case, event_order_states: OrderStates, event_bookings: EventBookings, customer: Person
) -> None:
    """The session has one seat; `rows` is how many are left when the member books it once more."""
    placed = states.brought(case, event_order_states)
    seats_left = _seats_left(event_bookings, placed.activity)

    answer = event_bookings.send(customer, event_bookings.body(placed.activity))

    check_outcome(answer, case)
    assert seats_left == case.expect["rows"]
    assert _seats_left(event_bookings, placed.activity) == 0


@case(
    "event-order-other-session",
    "E-03",
    "同一会员可以再预约另一场次",
    area=BOOKING,
    story="重复预约",
    severity="critical",
)
def test_other_session_can_be_booked_too(event_bookings: EventBookings, customer: Person) -> None:
    event = event_bookings.activity(SECOND_SESSION)

    answers = [event_bookings.book_session(event, customer, one) for one in event["eventSessionList"]]

    assert [answer.ok for answer in answers] == [True, True]
    sessions = {order["sessionId"] for order in event_bookings.listed(event["id"])}
    assert sessions == {one["id"] for one in event["eventSessionList"]}


@case(
    "event-order-last-seat",
    "E-07",
    "最后一个名额只给一人，第二人以 40902 拒绝，剩余名额一步步减少",
    area=BOOKING,
    story="名额",
    severity="blocker",
)
def test_last_seat_goes_to_one(event_bookings: EventBookings, people: People) -> None:
    event = event_bookings.activity({"eventSessionList.0.quota": 2})
    body, left = event_bookings.body(event), [_seats_left(event_bookings, event)]
    for name in "ab":
        event_bookings.send(people(name), body).require_ok()
        left.append(_seats_left(event_bookings, event))

    check_refused(event_bookings.send(people("c"), body), "40902")

    assert [*left, _seats_left(event_bookings, event)] == [2, 1, 0, 0]
    assert len(event_bookings.listed(event["id"])) == 2


@case("event-order-seats-on-page", "E-07", "小程序上的剩余名额与后台相同", area=BOOKING, story="名额")
def test_page_shows_the_seats_left(event_bookings: EventBookings, customer: Person) -> None:
    event = event_bookings.activity({"eventSessionList.0.quota": 3})
    event_bookings.book(event, customer)

    (session,) = customer.calls.events.get(event["id"]).require_data()["eventSessionList"]

    assert session["seatsLeft"] == _seats_left(event_bookings, event) == 2


@case("event-order-seats-unlimited", "E-07", "名额不限，剩余名额始终为 null", area=BOOKING, story="名额")
def test_unlimited_session_has_no_seats_left(event_bookings: EventBookings, customer: Person) -> None:
    event = event_bookings.activity({"eventSessionList.0.quota": None})

    seats = [_seats_left(event_bookings, event)]
    event_bookings.book(event, customer)
    seats.append(_seats_left(event_bookings, event))

    assert seats == [None, None]


@case("event-order-seats-of-each-session", "E-07", "各场次的名额各算各的", area=BOOKING, story="名额")
def test_sessions_have_seats_of_their_own(event_bookings: EventBookings, customer: Person) -> None:
    quotas = {"eventSessionList.0.quota": 2, "eventSessionList.1.quota": 5}
    event = event_bookings.activity({**SECOND_SESSION, **quotas})

    event_bookings.book_session(event, customer, event["eventSessionList"][1]).require_ok()

    after = event_bookings.admin.events.get(event["id"]).require_data()["eventSessionList"]
    assert {one["id"]: one["seatsLeft"] for one in after} == {
        event["eventSessionList"][0]["id"]: 2,
        event["eventSessionList"][1]["id"]: 4,
    }


def _seats_left(bookings: EventBookings, event: Mapping[str, Any]) -> Any:
    """Of its first session, as the console has it."""
    return bookings.admin.events.get(event["id"]).require_data()["eventSessionList"][0]["seatsLeft"]
