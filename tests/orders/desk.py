"""Who may do what about an order on the console, the same for every kind."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from clients import AdminClient, Answer
from harness.bookings import Bookings
from harness.cases import Case
from harness.checks import check_outcome, check_same
from harness.known_ids import ABSENT
from harness.order_states import OrderStates, Placed
from harness.platform import Platform
from tests.orders.states import brought

DeskCall = Callable[[Bookings, AdminClient, Placed], Answer[Any]]
Calls = Mapping[str, DeskCall]

CALLS: Final[Calls] = {
    "cancel": lambda bookings, caller, placed: bookings.desk(caller).cancel(placed.order["id"]),
    "review": lambda bookings, caller, placed: bookings.desk(caller).review(
        placed.order["id"], {"approved": True}
    ),
    "check_in": lambda bookings, caller, placed: bookings.desk(caller).check_in(
        placed.order["id"], bookings.check_in_body(placed.activity, placed.order)
    ),
}
"""The calls about one order by name; a kind adds its own lists."""


def access(
    case: Case, platform: Platform, bookings: Bookings, states: OrderStates, calls: Calls = CALLS
) -> None:
    """A tenant without a privilege, or of another organization, calls."""
    placed = brought(case, states)
    caller = platform.tenant_without(case.without) if case.without else platform.tenant(case.role or "admin")

    answer = calls[case.call or ""](bookings, caller, placed)

    check_outcome(answer, case)
    if "rows" in case.expect:
        assert len(answer.require_data()) == answer.total == case.expect["rows"]
    if not answer.ok or "rows" in case.expect:
        check_same(placed.order, states.read(placed).order)


def absent(case: Case, bookings: Bookings, calls: Calls = CALLS) -> None:
    """Calls about an activity and an order that are not there."""
    activity = bookings.activity()
    nothing = Placed({**activity, "id": ABSENT}, {"id": ABSENT, "code": "00000000"})

    answer = calls[case.call or ""](bookings, bookings.admin, nothing)

    check_outcome(answer, case)
    if "rows" in case.expect:
        assert len(answer.require_data()) == answer.total == case.expect["rows"]


def check_in(case: Case, bookings: Bookings, states: OrderStates) -> None:
    placed = brought(case, states)
    body = bookings.check_in_body(placed.activity, placed.order, case.change)

    answer = bookings.desk().check_in(placed.order["id"], body)

    check_outcome(answer, case)
    after = states.read(placed).order
    if answer.ok:
        assert (after["status"], after["checkinStoreOrgId"]) == ("USED", body.get("storeOrgId"))
    else:
        check_same(placed.order, after)


def review(case: Case, bookings: Bookings, states: OrderStates, status: str) -> None:
    """`status` is the pending state where the case names none."""
    placed = brought(case, states, status)

    answer = bookings.desk().review(placed.order["id"], bookings.changed({"approved": True}, case.change))

    check_outcome(answer, case)
    if not answer.ok:
        check_same(placed.order, states.read(placed).order)
