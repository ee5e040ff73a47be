"""The models of the journeys say what the contract says, in plain examples of it."""

import pytest

from harness.clock import DAY, HOUR, MINUTE
from tests.journeys.models import AMOUNT, FULL, JOINED, OK, STATE, TIME, EventModel, GroupBuyModel, Order

PRICE = 9900
WANG, LI, ZHAO = range(3)


def event(price: int = 0, *, cancel_reviewed: bool = False, reserved: bool = False) -> EventModel:
    """Two places, from one day on, for an hour."""
    return EventModel(
        now=0,
        price=price,
        cancel_reviewed=cancel_reviewed,
        reserved=reserved,
        session_starts=DAY,
        session_ends=DAY + HOUR,
    )


def group_buy(price: int = 0, *, repeat: bool = True, largest: int = 4) -> GroupBuyModel:
    """Teams of two that last a day, in a week."""
    return GroupBuyModel(
        now=0, price=price, cancel_reviewed=False, repeat=repeat, largest=largest, ends=7 * DAY
    )


def booked(model: EventModel, person: int = WANG) -> Order:
    assert model.book(person) == OK
    return model.orders[-1]


def joined(model: GroupBuyModel, person: int, team: int | None = None) -> Order:
    assert model.join(person, None if team is None else model.teams[team]) == OK
    return model.orders[-1]


def paid(model: EventModel | GroupBuyModel, order: Order) -> Order:
    assert model.start_paying(order) == OK
    assert model.notify(order, success=True, amount=order.price) == OK
    return order


def state(order: Order) -> tuple[str, str]:
    return order.status, order.payment


def counted(order: Order) -> tuple[int, int]:
    return order.signed_up, order.paid


@pytest.mark.parametrize(
    ("price", "reserved", "expected"),
    [
        (0, False, ("UNUSED", "NONE")),
        (0, True, ("RESERVATION_REVIEW_PENDING", "NONE")),
        (PRICE, True, ("UNPAID", "UNPAID")),
    ],
)
def test_booking_begins_in_its_state(price: int, reserved: bool, expected: tuple[str, str]) -> None:
    order = booked(event(price, reserved=reserved))

    assert (state(order), counted(order)) == (expected, (1, 0))


def test_member_books_a_session_once() -> None:
    model = event()
    order = booked(model)

    again = model.book(WANG)
    model.cancel_by_member(order)

    assert (again, model.book(WANG)) == (JOINED, OK)


def test_session_has_no_more_places_than_its_quota() -> None:
    model = event()
    first, _ = booked(model, WANG), booked(model, LI)

    third = model.book(ZHAO)
    model.cancel_by_console(first)

    assert (third, model.book(ZHAO)) == (FULL, OK)


def test_session_that_has_started_is_not_booked() -> None:
    model = event()
    model.advance(DAY - 1)
    before = model.book(WANG)
    model.advance(1)

    assert (before, model.book(LI)) == (OK, TIME)


def test_withdrawn_event_is_not_booked() -> None:
    model = event()
    model.published = False

    assert model.book(WANG) == TIME


def test_paid_order_is_unused_and_counted() -> None:
    model = event(PRICE)

    order = paid(model, booked(model))

    assert (state(order), counted(order)) == (("UNUSED", "PAY_SUCCESS"), (1, 1))


def test_wrong_amount_is_refused_and_a_failed_payment_tried_again() -> None:
    model = event(PRICE)
    order = booked(model)
    model.start_paying(order)

    wrong = model.notify(order, success=True, amount=PRICE - 1)
    failed = model.notify(order, success=False, amount=PRICE)

    assert (wrong, failed, state(order)) == (AMOUNT, OK, ("UNPAID", "PAY_FAILED"))
    assert state(paid(model, order)) == ("UNUSED", "PAY_SUCCESS")


def test_cancelled_paid_order_is_refunded_and_no_longer_counted() -> None:
    model = event(PRICE)
    order = paid(model, booked(model))

    codes = [model.cancel_by_member(order), model.cancel_by_member(order)]

    assert (codes, state(order), counted(order)) == ([OK, STATE], ("CANCELED", "REFUNDING"), (0, 0))


@pytest.mark.parametrize(("success", "payment"), [(True, "REFUNDED"), (False, "REFUND_FAILED")])
def test_refund_ends_once(success: bool, payment: str) -> None:
    model = event(PRICE)
    order = paid(model, booked(model))
    model.cancel_by_console(order)

    codes = [model.notify_refund(order, success=success), model.notify_refund(order, success=success)]

    assert (codes, order.payment) == ([OK, STATE], payment)


@pytest.mark.parametrize(("approved", "status"), [(True, "CANCELED"), (False, "UNUSED")])
def test_reviewed_cancellation_is_the_console_s_decision(approved: bool, status: str) -> None:
    model = event(cancel_reviewed=True)
    order = booked(model)
    model.cancel_by_member(order)
    waiting = order.status

    code = model.review(order, approved=approved)

    assert (waiting, code, order.status) == ("CANCEL_REVIEW_PENDING", OK, status)


@pytest.mark.parametrize(("approved", "status"), [(True, "UNUSED"), (False, "CANCELED")])
def test_reviewed_reservation_is_the_console_s_decision(approved: bool, status: str) -> None:
    model = event(reserved=True)
    order = booked(model)

    assert (model.review(order, approved=approved), order.status) == (OK, status)


def test_unpaid_order_times_out_after_fifteen_minutes() -> None:
    model = event(PRICE)
    order = booked(model)

    model.advance(15 * MINUTE - 1)
    before = order.status
    model.advance(1)

    assert (before, state(order), counted(order)) == ("UNPAID", ("TIME_OUT", "UNPAID"), (0, 0))


def test_payment_of_an_order_that_timed_out_goes_back() -> None:
    model = event(PRICE)
    order = booked(model)
    model.start_paying(order)
    model.advance(15 * MINUTE)

    code = model.notify(order, success=True, amount=PRICE)

    assert (code, state(order)) == (OK, ("TIME_OUT", "REFUNDING"))


def test_unused_order_times_out_with_its_session_and_stays_counted() -> None:
    model = event(PRICE)
    order = paid(model, booked(model))

    model.advance(DAY + HOUR)

    assert (state(order), counted(order)) == (("TIME_OUT", "PAY_SUCCESS"), (1, 1))


def test_used_order_is_final() -> None:
    model = event()
    order = booked(model)

    codes = [model.check_in(order), model.check_in(order), model.cancel_by_member(order)]
    model.advance(2 * DAY)

    assert (codes, order.status) == ([OK, STATE, STATE], "USED")


def test_team_is_full_when_its_seats_are_settled() -> None:
    model = group_buy()
    leader = joined(model, WANG)
    alone = (model.teams[0].status, model.check_in(leader))

    joined(model, LI, 0)

    assert alone == ("PENDING", STATE)
    assert (model.teams[0].status, model.join(ZHAO, model.teams[0])) == ("SUCCESS", FULL)
    assert model.check_in(leader) == OK


def test_team_waits_for_its_leader_s_and_its_members_money() -> None:
    model = group_buy(PRICE)
    leader = joined(model, WANG)
    team = model.teams[0]
    unpaid = (team.status, model.join(LI, team))

    paid(model, leader)
    other = joined(model, LI, 0)
    taken = (team.status, model.join(ZHAO, team))

    assert (unpaid, taken) == (("UNPAID", STATE), ("PENDING", FULL))
    paid(model, other)
    assert team.status == "SUCCESS"


def test_team_that_is_not_full_in_time_fails_and_pays_back() -> None:
    model = group_buy(PRICE)
    order = paid(model, joined(model, WANG))

    model.advance(DAY)

    assert (model.teams[0].status, model.join(LI, model.teams[0])) == ("FAILED", STATE)
    assert (state(order), counted(order)) == (("TEAM_FAIL", "REFUNDING"), (0, 0))


def test_team_fails_with_its_leader() -> None:
    model = group_buy(PRICE)
    leader = paid(model, joined(model, WANG))
    other = joined(model, LI, 0)

    model.cancel_by_member(leader)

    assert model.teams[0].status == "FAILED"
    assert [state(order) for order in (leader, other)] == [("CANCELED", "REFUNDING"), ("TEAM_FAIL", "UNPAID")]


def test_full_team_outlives_its_leader() -> None:
    model = group_buy()
    leader = joined(model, WANG)
    other = joined(model, LI, 0)

    model.cancel_by_member(leader)

    assert (model.teams[0].status, leader.status, other.status) == ("SUCCESS", "CANCELED", "UNUSED")


@pytest.mark.parametrize(("repeat", "elsewhere"), [(True, OK), (False, JOINED)])
def test_member_is_in_a_team_once_and_in_others_where_that_is_allowed(repeat: bool, elsewhere: str) -> None:
    model = group_buy(repeat=repeat)
    joined(model, WANG)

    assert [model.join(WANG, model.teams[0]), model.join(WANG, None)] == [JOINED, elsewhere]


def test_rule_s_largest_number_counts_live_orders_of_all_teams() -> None:
    model = group_buy(largest=2)
    first, _ = joined(model, WANG), joined(model, LI)

    full = model.join(ZHAO, None)
    model.cancel_by_member(first)

    assert (full, model.join(ZHAO, None)) == (FULL, OK)


def test_group_buy_that_is_over_or_disabled_takes_nobody() -> None:
    over, disabled = group_buy(), group_buy()

    over.advance(7 * DAY)
    disabled.enabled = False

    assert (over.join(WANG, None), disabled.join(WANG, None)) == (TIME, STATE)


@pytest.mark.parametrize(("minutes", "status"), [(16, "TIME_OUT"), (14, "TEAM_FAIL")])
def test_what_falls_due_on_the_way_happens_in_its_order(minutes: int, status: str) -> None:
    model = group_buy(PRICE)
    leader = paid(model, joined(model, WANG))
    model.advance(DAY - minutes * MINUTE)
    other = joined(model, LI, 0)

    model.advance(2 * DAY)

    assert [state(order) for order in (leader, other)] == [("TEAM_FAIL", "REFUNDING"), (status, "UNPAID")]
