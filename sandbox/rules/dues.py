"""Things that fall due by time alone, and how a due order meets its fate."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from sandbox.db import Transaction
from sandbox.rules.order_kinds import OrderKind, lock_order
from sandbox.rules.order_states import OrderAction, may


class Due(NamedTuple):
    """Something whose time has come. After `run` it is not due any more, whatever that decided."""

    at: int
    run: Callable[[], None]


# the earliest that is due of one sort of thing; it reads, and locks nothing
Source = Callable[[Transaction], Due | None]
# what happens to a due order, which is locked
Fate = Callable[[Transaction, OrderKind[Any, Any], Any], None]


def due_order(
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
        return Due(time or 0, partial(meet, tx, kind, found, action, fate))
    return None


def meet(tx: Transaction, kind: OrderKind[Any, Any], order_id: int, action: OrderAction, fate: Fate) -> None:
    """A call may have moved the order between finding and locking it."""
    order = lock_order(tx, kind, order_id)
    if order is not None and may(order, action):
        fate(tx, kind, order)
