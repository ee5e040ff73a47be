"""Every kind of order there is. A payment, and the clock, may meet any of them."""

from typing import Any, Final, NamedTuple

from sandbox.db import Transaction
from sandbox.models import Order
from sandbox.rules.event_orders import EVENT_ORDERS
from sandbox.rules.group_buy_orders import GROUP_BUY_ORDERS
from sandbox.rules.order_kinds import OrderKind, lock_order

ORDER_KINDS: Final[tuple[OrderKind[Any, Any], ...]] = (EVENT_ORDERS, GROUP_BUY_ORDERS)


class Found(NamedTuple):
    kind: OrderKind[Any, Any]
    order: Order


def lock_any_order(tx: Transaction, order_id: int | None) -> Found | None:
    """Ids are unique across the tables of orders."""
    for kind in ORDER_KINDS:
        order = lock_order(tx, kind, order_id)
        if order is not None:
            return Found(kind, order)
    return None
