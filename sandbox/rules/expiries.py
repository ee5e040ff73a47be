"""What falls due by time alone: run by a tick and whenever the clock is moved, in the order of its time."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from sandbox.db import Transaction
from sandbox.models import EventOrder, SandboxMark
from sandbox.rules.event_orders import EVENT_ORDERS
from sandbox.rules.group_buys import keep_statuses
from sandbox.rules.order_kinds import OrderKind, lock_order
from sandbox.rules.order_life import end, time_out_unpaid
from sandbox.rules.order_registry import ORDER_KINDS
from sandbox.rules.order_states import OrderAction, OrderStatus, may


class Due(NamedTuple):
    """Something whose time has come. After `run` it is not due any more, whatever that decided."""

    at: int
    run: Callable[[], None]


# the earliest that is due of one sort of thing; it reads, and locks nothing
Source = Callable[[Transaction], Due | None]
# what happens to a due order, which is locked
Fate = Callable[[Transaction, OrderKind[Any, Any], Any], None]


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
    return _due_order(tx, kind, kind.model.time_expire, waits, *fate)


def _ended_event_order(tx: Transaction) -> Due | None:
    """P-07: an event order ends with its session."""
    unused = EventOrder.status == OrderStatus.UNUSED
    return _due_order(tx, EVENT_ORDERS, EventOrder.session_end_time, unused, OrderAction.EFFECT_ENDS, end)


def _due_order(
    tx: Transaction,
    kind: OrderKind[Any, Any],
    at: InstrumentedAttribute[int | None],
    waits: ColumnElement[bool],
    action: OrderAction,
    fate: Fate,
) -> Due | None:
    order_id: InstrumentedAttribute[int] = kind.model.id
    due = select(at, order_id).where(waits, at <= tx.now).order_by(at, order_id).limit(1)
    for time, found in tx.execute(due):
        return Due(time or 0, partial(_meet, tx, kind, found, action, fate))
    return None


def _meet(tx: Transaction, kind: OrderKind[Any, Any], order_id: int, action: OrderAction, fate: Fate) -> None:
    """A call may have moved the order between finding and locking it."""
    order = lock_order(tx, kind, order_id)
    if order is not None and may(order, action):
        fate(tx, kind, order)


SOURCES: Final[tuple[Source, ...]] = (
    *(partial(_unpaid, kind) for kind in ORDER_KINDS),
    _ended_event_order,
)
