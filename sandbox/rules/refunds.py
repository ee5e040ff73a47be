"""Giving a payment back: the whole amount, once (P-06)."""

from sandbox.db import Transaction
from sandbox.models import Order, PaymentOrder, RefundOrder
from sandbox.rules.order_states import PaymentAction, PaymentStatus, move_payment


def refund_if_paid(tx: Transaction, order: Order) -> None:
    """What a dying order does with its payment."""
    if order.pament_status == PaymentStatus.PAY_SUCCESS:
        payment = tx.lock(PaymentOrder, order.payment_order_id)
        if payment is None:
            raise LookupError(f"order {order.id} is paid by a payment that is not there")
        begin_refund(tx, order, payment, PaymentAction.REFUND)


def begin_refund(tx: Transaction, order: Order, payment: PaymentOrder, action: PaymentAction) -> None:
    refund = RefundOrder(
        id=tx.new_id(), payment_order_id=payment.id, order_id=order.id, amount=payment.amount
    )
    move_payment(order, action, payment, refund)
    order.refund_order_id = refund.id
    tx.add(refund)
