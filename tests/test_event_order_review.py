"""Reviews of reservations and of cancels, one after the other."""

from typing import Any

import pytest

from clients import AdminClient, Answer
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused, check_same
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.order_states import OrderStates, Placed
from tests.orders import desk

pytestmark = pytest.mark.order

CONSOLE = Area("管理后台", "活动订单")


@cases("event_order_review")
def test_review(case: Case, event_bookings: EventBookings, event_order_states: OrderStates) -> None:
    desk.review(case, event_bookings, event_order_states, "RESERVATION_REVIEW_PENDING")


@case(
    "event-order-review-twice",
    "E-09",
    "已通过的预约不能再审核，无论通过还是拒绝",
    area=CONSOLE,
    story="审核的请求",
    severity="critical",
)
def test_reservation_is_reviewed_once(event_order_states: OrderStates) -> None:
    placed = event_order_states.bring("RESERVATION_REVIEW_PENDING", "NONE")
    placed = _done(event_order_states, placed, "approve")

    for action in ("approve", "refuse"):
        check_refused(_answer(event_order_states, placed, action), "40901")

    check_same(placed.order, event_order_states.read(placed).order)


@case(
    "event-order-cancel-refused-then-again",
    "E-10",
    "取消被拒绝的订单回到待使用，可以核销",
    area=CONSOLE,
    story="审核的请求",
    severity="critical",
)
def test_order_whose_cancel_was_refused_can_be_used(event_order_states: OrderStates) -> None:
    placed = event_order_states.bring("CANCEL_REVIEW_PENDING", "NONE")

    placed = _done(event_order_states, placed, "refuse", "check_in")

    assert placed.state == ("USED", "NONE")


@case(
    "event-order-cancel-refused-asked-again",
    "E-10",
    "取消被拒绝后可以再申请，通过后取消",
    area=CONSOLE,
    story="审核的请求",
)
def test_cancel_can_be_asked_for_again(event_order_states: OrderStates) -> None:
    placed = event_order_states.bring("CANCEL_REVIEW_PENDING", "PAY_SUCCESS")

    waiting = _done(event_order_states, placed, "refuse", "cancel_by_member")
    ended = _done(event_order_states, waiting, "approve")

    assert (waiting.state, ended.state) == (
        ("CANCEL_REVIEW_PENDING", "PAY_SUCCESS"),
        ("CANCELED", "REFUNDING"),
    )


@case(
    "event-order-reservation-approved-then-cancel-reviewed",
    "E-10",
    "预约和取消都须审核：通过后取消仍须审核",
    area=CONSOLE,
    story="审核的请求",
)
def test_both_reviews_of_one_order(event_order_states: OrderStates) -> None:
    placed = event_order_states.bring("RESERVATION_REVIEW_PENDING", "NONE", {"cancelReviewToggle": True})

    placed = _done(event_order_states, placed, "approve", "cancel_by_member")

    assert placed.state == ("CANCEL_REVIEW_PENDING", "NONE")


@case(
    "event-order-cancel-toggle-later",
    "E-10",
    "下单后才打开取消审核，取消时须审核",
    area=CONSOLE,
    story="审核的请求",
)
def test_cancel_toggle_counts_when_the_call_comes(
    admin: AdminClient, events: EventWorkshop, event_order_states: OrderStates
) -> None:
    placed = event_order_states.bring("UNUSED", "NONE")
    body = {**events.writable(events.read({"id": placed.activity["id"]})), "cancelReviewToggle": True}
    admin.events.update(placed.activity["id"], body).require_ok()

    placed = _done(event_order_states, placed, "cancel_by_member")

    assert placed.state == ("CANCEL_REVIEW_PENDING", "NONE")


def _done(states: OrderStates, placed: Placed, *actions: str) -> Placed:
    """The order after these actions, each of which has to go through."""
    for action in actions:
        _answer(states, placed, action).require_ok()
    return states.read(placed)


def _answer(states: OrderStates, placed: Placed, action: str) -> Answer[Any]:
    answer = states.act(placed, action)
    assert answer is not None
    return answer
