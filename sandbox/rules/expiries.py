"""What falls due by time alone: run by a tick, and so whenever the clock is moved."""

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import EventOrder
from sandbox.rules.group_buys import keep_statuses


def run_expiries(tx: Transaction) -> None:
    keep_statuses(tx)
    time_out_unpaid_event_orders(tx)
    time_out_unused_event_orders(tx)


def time_out_unpaid_event_orders(tx: Transaction) -> None:
    """P-04: an unpaid order past its timeExpire frees its seat."""
    due = select(EventOrder).where(
        EventOrder.status.in_(("UNPAID", "PAY_PROCESSING")), EventOrder.time_expire <= tx.now
    )
    for order in tx.scalars(due):
        order.status = "TIME_OUT"


def time_out_unused_event_orders(tx: Transaction) -> None:
    """P-07: an event order ends with its session."""
    due = select(EventOrder).where(EventOrder.status == "UNUSED", EventOrder.session_end_time <= tx.now)
    for order in tx.scalars(due):
        order.status = "TIME_OUT"
