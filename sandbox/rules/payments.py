"""Paying for an order of any kind, and what the payment provider says of it (P-02 to P-04, P-06)."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Final

from sandbox.db import Transaction
from sandbox.models import Member, PaymentOrder, RefundOrder
from sandbox.rules.bodies import required
from sandbox.rules.kinds import INT_LIMIT, Id, Text, Whole, Word
from sandbox.rules.order_kinds import absent_order
from sandbox.rules.order_life import pay
from sandbox.rules.order_registry import Found, lock_any_order
from sandbox.rules.order_states import (
    DEAD,
    OrderAction,
    PaymentAction,
    check_payment,
    move,
    move_payment,
)
from sandbox.rules.refunds import begin_refund
from sandbox.rules.refusals import Code, NotSignedInError, Refusal, absent
from sandbox.rules.wire import wire_id
from sandbox.settings import PAYMENT_SECRET

SUCCESS: Final = "SUCCESS"
FAILED: Final = "FAILED"
# what a notify does to the payment: whether its order is dead, and its result
TOLD: Final = {
    (False, SUCCESS): PaymentAction.PAID,
    (False, FAILED): PaymentAction.NOT_PAID,
    (True, SUCCESS): PaymentAction.PAID_TOO_LATE,
    (True, FAILED): PaymentAction.NOT_PAID_TOO_LATE,
}


@dataclass(frozen=True, kw_only=True)
class PayNotifyBody:
    order_id: int = required(Id())
    transaction_id: str = required(Text(blank=False))
    amount: int = required(Whole(0, INT_LIMIT))
    result: str = required(Word((SUCCESS, FAILED)))


@dataclass(frozen=True, kw_only=True)
class RefundNotifyBody:
    refund_order_id: int = required(Id())
    transaction_id: str = required(Text(blank=False))
    result: str = required(Word((SUCCESS, FAILED)))


def start_paying(tx: Transaction, member: Member, order_id: int | None) -> dict[str, Any]:
    found = lock_any_order(tx, order_id)
    if found is None or found.order.member_id != member.id:
        raise absent_order()
    order = found.order
    move(order, OrderAction.START_PAYING)
    payment = _new_payment(tx, found)
    move_payment(order, PaymentAction.START_PAYING, payment)
    return {
        "paymentOrderId": wire_id(payment.id),
        "amount": payment.amount,
        "timeExpire": order.time_expire,
    }


def check_signature(body: bytes, signature: str | None) -> None:
    """P-03: hex HMAC-SHA256 over the raw body."""
    right = hmac.new(PAYMENT_SECRET.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right.encode(), (signature or "").encode()):
        raise NotSignedInError


def settle_payment(tx: Transaction, found: Found | None, body: PayNotifyBody) -> None:
    """The state first, then the amount (P-03). The order is locked; a dead one stays dead (P-04)."""
    if found is None:
        raise absent_order()
    order = found.order
    action = TOLD[order.status in DEAD, body.result]
    check_payment(order, action)
    _check_amount(found, body)
    payment = tx.lock(PaymentOrder, order.payment_order_id) or _new_payment(tx, found)
    payment.transaction_id = body.transaction_id
    if action is PaymentAction.PAID_TOO_LATE:
        begin_refund(tx, order, payment, action)
        return
    move_payment(order, action, payment)
    if action is PaymentAction.PAID:
        pay(tx, found.kind, order)
    if action is PaymentAction.NOT_PAID:
        move(order, OrderAction.NOT_PAID)


def settle_refund(tx: Transaction, found: Found | None, body: RefundNotifyBody) -> None:
    """P-06. The order is locked."""
    refund = tx.lock(RefundOrder, body.refund_order_id)
    payment = tx.lock(PaymentOrder, refund.payment_order_id) if refund else None
    if found is None or refund is None or payment is None:
        raise absent("退款订单")
    done = body.result == SUCCESS
    action = PaymentAction.REFUND_DONE if done else PaymentAction.REFUND_NOT_DONE
    move_payment(found.order, action, payment, refund)
    refund.transaction_id = body.transaction_id


def _check_amount(found: Found, body: PayNotifyBody) -> None:
    if body.amount != found.order.amount:
        raise Refusal(Code.AMOUNT_MISMATCH, "amount 与订单金额不一致")


def _new_payment(tx: Transaction, found: Found) -> PaymentOrder:
    """Each attempt has its own."""
    payment = PaymentOrder(id=tx.new_id(), order_id=found.order.id, amount=found.order.amount)
    found.order.payment_order_id = payment.id
    tx.add(payment)
    return payment
