"""Defects in what is stored of payments, refunds and notifies."""

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.faults.hook import when_changed, when_made
from sandbox.faults.writes import keep
from sandbox.models import PaymentOrder, PayNotifyLog, RefundOrder
from sandbox.rules.pay_notifies import PAY
from sandbox.rules.payments import FAILED, SUCCESS


@when_changed(PaymentOrder, "P-02", "T-02")
def payment_row_stays_in_processing(_tx: Transaction, payment: PaymentOrder) -> None:
    """A payment's own row keeps its first status, while the order's payment status goes on."""
    keep(payment, "status")


@when_made(RefundOrder, "P-06", "T-02")
def refund_of_nothing(_tx: Transaction, refund: RefundOrder) -> None:
    """A refund is stored with the amount 0."""
    refund.amount = 0


@when_changed(RefundOrder, "P-06", "T-02")
def refund_row_stays_in_refunding(_tx: Transaction, refund: RefundOrder) -> None:
    """A refund's own row keeps its first status, while the order's payment status goes on."""
    keep(refund, "status")


@when_made(PayNotifyLog, "P-03")
def only_taken_notifies_kept(tx: Transaction, log: PayNotifyLog) -> None:
    """A notify that is refused, or comes again, is not kept in the log."""
    if log.taken_transaction_id is None:
        tx.expunge(log)


@when_made(PayNotifyLog, "P-03", "T-02")
def failed_notify_kept_as_success(_tx: Transaction, log: PayNotifyLog) -> None:
    """A notify of a failure is kept in the log as one of a success."""
    if log.result == FAILED:
        log.result = SUCCESS


@when_made(PayNotifyLog, "T-04", "P-03")
def refused_notify_changes_payment(tx: Transaction, log: PayNotifyLog) -> None:
    """A notify that is refused leaves its transaction id in the payment that waits for one."""
    if log.type == PAY and log.taken_transaction_id is None:
        waiting = select(PaymentOrder).where(PaymentOrder.order_id == log.order_id)
        for payment in tx.scalars(waiting.where(PaymentOrder.transaction_id.is_(None))):
            payment.transaction_id = log.transaction_id
