"""Booking by one body: what becomes an order of it, the same for every kind."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from harness.bookings import Bookings
from harness.cases import Case
from harness.checks import check_kept, check_outcome
from harness.clock import SandboxClock
from harness.people import Person

FREE: Final = {"status": "UNUSED", "payment": "NONE"}
"""What a booking becomes where the case does not say otherwise."""


def book(case: Case, bookings: Bookings, person: Person, clock: Callable[[], SandboxClock]) -> None:
    """Book, then hold the order (or that there is none) against the case."""
    activity = bookings.activity(case.given)
    body = bookings.body(activity, case.change)
    if case.clock is not None:
        clock().go(case.clock, activity)

    taken(case, bookings, person, activity, body)


def taken(
    case: Case,
    bookings: Bookings,
    person: Person,
    activity: Mapping[str, Any],
    body: Mapping[str, Any],
    there: Collection[str] = (),
) -> None:
    """Send the body; `there` are the orders that the activity has already."""
    answer = bookings.send(person, body)

    check_outcome(answer, case)
    found = [order for order in bookings.listed(activity["id"]) if order["id"] not in there]
    if not answer.ok:
        assert found == [], "被拒绝的预约留下了订单"
        return
    (order,) = found
    booked, expected = answer.require_data(), {**FREE, **case.expect}
    assert (order["status"], order["pamentStatus"]) == (expected["status"], expected["payment"])
    assert (order["id"], order["memberId"]) == (booked["orderId"], person.id)
    answered = {name: booked[name] for name in ("status", "pamentStatus", "timeExpire")}
    assert answered == {name: order[name] for name in answered}, "预约的答复与订单不符"
    stored = {name: value for name, value in bookings.stored(body).items() if name in order}
    check_kept(stored, order, case, bookings.words)
    answers = [one for one in (order["formDataIds"] or "").split(",") if one]
    assert len(set(answers)) == len(answers) == case.expect.get("rows", 0), "存下的表单答案数不符"
