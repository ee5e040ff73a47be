"""Notifies of the payment provider: each is kept, and each transaction is taken once (P-03)."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import PayNotifyLog, RefundOrder
from sandbox.rules.bodies import read_body
from sandbox.rules.kinds import INT_LIMIT, Id, Kind, Text, Whole, Word
from sandbox.rules.order_registry import Found, lock_any_order
from sandbox.rules.payments import (
    FAILED,
    SUCCESS,
    PayNotifyBody,
    RefundNotifyBody,
    settle_payment,
    settle_refund,
)
from sandbox.rules.refusals import Refusal

PAY: Final = "PAY"
REFUND: Final = "REFUND"

T = TypeVar("T")


def take_pay_notify(tx: Transaction, given: Mapping[str, Any]) -> Refusal | None:
    """What it is refused with, if it is: the log's row is to be committed all the same (T-04)."""

    def settle() -> bool:
        body = read_body(PayNotifyBody, given)
        found = lock_any_order(tx, body.order_id)
        return _once(tx, PAY, body.transaction_id, lambda: settle_payment(tx, found, body))

    return _logged(tx, settle, PAY, given, _readable(Id(), given.get("orderId")))


def take_refund_notify(tx: Transaction, given: Mapping[str, Any]) -> Refusal | None:
    """As `take_pay_notify`. A refund's transaction ids are apart from those of payments."""

    def settle() -> bool:
        body = read_body(RefundNotifyBody, given)
        found = _lock_refunded_order(tx, body.refund_order_id)
        return _once(tx, REFUND, body.transaction_id, lambda: settle_refund(tx, found, body))

    refund = tx.get(RefundOrder, _readable(Id(), given.get("refundOrderId")) or 0)
    told = {**given, "amount": refund.amount if refund else None}
    return _logged(tx, settle, REFUND, told, refund.order_id if refund else None)


def _lock_refunded_order(tx: Transaction, refund_order_id: int) -> Found | None:
    refund = tx.get(RefundOrder, refund_order_id)
    return lock_any_order(tx, refund.order_id) if refund else None


def _once(tx: Transaction, type_: str, transaction_id: str, settle: Callable[[], None]) -> bool:
    """Whether it was taken now. Looked up when the order is locked; the unique key sees to other orders."""
    taken = select(PayNotifyLog.id).where(
        PayNotifyLog.type == type_, PayNotifyLog.taken_transaction_id == transaction_id
    )
    if tx.scalars(taken).first() is not None:
        return False
    settle()
    return True


def _logged(
    tx: Transaction,
    settle: Callable[[], bool],
    type_: str,
    told: Mapping[str, Any],
    order_id: int | None,
) -> Refusal | None:
    refusal: Refusal | None = None
    taken = False
    try:
        taken = settle()
    except Refusal as error:
        tx.rollback()
        refusal = error
    transaction_id = _readable(Text(), told.get("transactionId"))
    log = PayNotifyLog(
        id=tx.new_id(),
        type=type_,
        order_id=order_id,
        transaction_id=transaction_id,
        amount=_readable(Whole(-INT_LIMIT, INT_LIMIT), told.get("amount")),
        result=_readable(Word((SUCCESS, FAILED)), told.get("result")),
        taken_transaction_id=transaction_id if taken else None,
    )
    tx.add(log)
    return refusal


def _readable(kind: Kind[T], value: object) -> T | None:
    """The value where it is of its kind: also a notify with a body that does not fit is kept."""
    try:
        return None if value is None else kind.read(value, "")
    except Refusal:
        return None
