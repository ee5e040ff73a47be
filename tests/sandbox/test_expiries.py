"""What falls due at one move of the clock happens in the order of its time (P-04, P-07)."""

from collections.abc import Callable
from functools import partial

import pytest

from sandbox.db import Transaction
from sandbox.rules import expiries
from sandbox.rules.dues import Due, Source
from tests.sandbox.actors import Actor, member
from tests.sandbox.bodies import DAY, HOUR, START, session_body
from tests.sandbox.conftest import Rows
from tests.sandbox.orders import MINUTE, PRICED, book, open_event, pay, states


def source(times: list[int], run: Callable[[int], None]) -> Source:
    """A sort of thing that is due at these times, each once."""

    def due(_: Transaction) -> Due | None:
        return Due(min(times), partial(_run, min(times))) if times else None

    def _run(time: int) -> None:
        times.remove(time)
        run(time)

    return due


def test_earliest_comes_first_whatever_sort_it_is(control: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[tuple[str, int]] = []
    later: list[int] = []

    def first(time: int) -> None:
        happened.append(("a", time))
        if time == 1:
            later.append(2)  # what happens may bring forth something that is due before the rest

    sources = (
        source([1, 4], first),
        source([3, 4], lambda time: happened.append(("b", time))),
        source(later, lambda time: happened.append(("c", time))),
    )
    monkeypatch.setattr(expiries, "SOURCES", sources)
    assert control.post("/tick").code == "0"
    assert happened == [("a", 1), ("c", 2), ("b", 3), ("a", 4), ("b", 4)]


def test_both_sorts_of_orders_fall_due_at_one_move(admin: Actor, plain: Actor, control: Actor) -> None:
    session = session_body(startTime=START + HOUR, endTime=START + 2 * HOUR)
    unpaid_event = open_event(admin, **PRICED, eventSessionList=[session])
    other_event = open_event(admin, resourceId="hd_2", **PRICED, eventSessionList=[session])
    unpaid, paid = book(admin, plain, unpaid_event), book(admin, plain, other_event)
    pay(plain, paid)
    control.put("/clock", {"now": START + DAY})
    control.put("/clock", {"now": START})
    assert states(plain, unpaid) == ("TIME_OUT", "UNPAID")
    assert states(plain, paid) == ("TIME_OUT", "PAY_SUCCESS")


def test_unused_order_ends_with_its_session_to_the_second(
    admin: Actor, plain: Actor, control: Actor, rows: Rows
) -> None:
    session = session_body(startTime=START + MINUTE, endTime=START + HOUR)
    order_id = book(admin, plain, open_event(admin, eventSessionList=[session]))
    seen = []
    for now in (HOUR - 1000, HOUR):
        control.put("/clock", {"now": START + now})
        (row,) = rows("SELECT status, updated_time FROM event_order WHERE id = ?", int(order_id))
        seen.append((row["status"], row["updated_time"]))
    assert seen == [("UNUSED", "2026-06-01 10:00:00"), ("TIME_OUT", "2026-06-01 11:00:00")]


def test_order_that_waits_for_a_review_does_not_end(admin: Actor, control: Actor) -> None:
    waiting = member(admin.app, "plain")
    order_id = book(admin, waiting, open_event(admin, reservationReviewToggle=True))
    control.put("/clock", {"now": START + 9 * DAY})
    control.put("/clock", {"now": START})
    assert states(waiting, order_id)[0] == "RESERVATION_REVIEW_PENDING"
