"""What falls due by time alone: run by a tick and whenever the clock is moved, in the order of its time."""

from functools import partial
from typing import Any, Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import EventOrder, SandboxMark
from sandbox.rules.dues import Due, Source, due_order
from sandbox.rules.event_orders import EVENT_ORDERS
from sandbox.rules.group_buy_expiries import ended_group_buy_order, unfilled_team
from sandbox.rules.group_buys import keep_statuses
from sandbox.rules.order_kinds import OrderKind
from sandbox.rules.order_life import end, time_out_unpaid
from sandbox.rules.order_registry import ORDER_KINDS
from sandbox.rules.order_states import OrderAction, OrderStatus
from sandbox.rules.robots import robot_turn


def run_expiries(tx: Transaction) -> None:
    """One thing at a time, since what it does may bring other things forth, or settle them."""
    lock_clock(tx)
    while (due := _earliest(tx)) is not None:
        due.run()
        tx.flush()
    keep_statuses(tx)


def lock_clock(tx: Transaction) -> None:
    """Who moves the clock, or runs what is due, at the same time waits here."""
    tx.execute(select(SandboxMark.id).with_for_update())


def _earliest(tx: Transaction) -> Due | None:
    """Of the same time, the sort that is named first."""
    found = [due for source in SOURCES if (due := source(tx)) is not None]
    return min(found, key=lambda due: due.at, default=None)


def _unpaid(kind: OrderKind[Any, Any], tx: Transaction) -> Due | None:
    """P-04: an unpaid order past its timeExpire frees its seat."""
    waits = kind.model.status.in_((OrderStatus.UNPAID, OrderStatus.PAY_PROCESSING))
    fate = (OrderAction.PAYMENT_TIME_OUT, time_out_unpaid)
    return due_order(tx, kind, kind.model.time_expire, waits, *fate)


def _ended_event_order(tx: Transaction) -> Due | None:
    """P-07: an event order ends with its session."""
    unused = EventOrder.status == OrderStatus.UNUSED
    return due_order(tx, EVENT_ORDERS, EventOrder.session_end_time, unused, OrderAction.EFFECT_ENDS, end)


SOURCES: Final[tuple[Source, ...]] = (
    *(partial(_unpaid, kind) for kind in ORDER_KINDS),
    _ended_event_order,
    unfilled_team,  # before robots: a limit falls at its time, so that a robot of that time is too late
    ended_group_buy_order,
    robot_turn,
)
