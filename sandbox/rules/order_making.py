"""Making an order of any kind: its states, its check-in code, its time to pay, its answers, its count."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Order
from sandbox.rules.order_forms import FormAnswer, keep_answers
from sandbox.rules.order_kinds import A, O, OrderKind
from sandbox.rules.order_states import DEAD, start
from sandbox.rules.referral_counts import CREATE_ORDER, count
from sandbox.rules.wire import wire_id
from sandbox.settings import PAYMENT_LASTS

CODES: Final = 10**8
SCATTER: Final = (
    56_780_123  # shares no factor with CODES, so that codes in a row differ and look unlike each other
)


def place(
    tx: Transaction, kind: OrderKind[O, A], activity: A, order: O, answers: Sequence[FormAnswer]
) -> None:
    """Takes in a new order, of which the caller has set what only its kind has, and locked what bounds it."""
    start(order, reviewed=kind.reviews_reservations(activity))
    order.code = _new_code(tx)
    if order.amount > 0:
        order.time_expire = tx.second + PAYMENT_LASTS // timedelta(milliseconds=1)
    tx.add(order)
    keep_answers(tx, order, answers)
    count(tx, kind.activities, activity, order, CREATE_ORDER)
    if order.amount == 0:
        kind.secured(tx, order)


def booking_view(order: Order) -> dict[str, Any]:
    return {
        "orderId": wire_id(order.id),
        "status": order.status,
        "pamentStatus": order.pament_status,
        "timeExpire": order.time_expire,
    }


def _new_code(tx: Transaction) -> str:
    """No live order has it. Two calls at once never draw the same, since ids are unique."""
    while True:
        code = f"{tx.new_id() * SCATTER % CODES:08}"
        if not any(_is_taken(tx, model, code) for model in Order.__subclasses__()):
            return code


def _is_taken(tx: Transaction, model: type[Order], code: str) -> bool:
    taken = select(model.id).where(model.code == code, model.status.not_in(DEAD))
    return tx.scalars(taken).first() is not None
