"""Payments of orders of whatever kind, their refunds, and what the payment provider said."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from sandbox.db import Base
from sandbox.models.columns import key, number, reference, text, time

TRANSACTION_ID = 255


class PaymentOrder(Base):
    """One attempt to pay an order; the order names its latest."""

    __tablename__ = "payment_order"

    id: Mapped[int] = key()
    order_id: Mapped[int | None] = reference()
    transaction_id: Mapped[str | None] = text(TRANSACTION_ID)
    amount: Mapped[int | None] = number()
    status: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()


class RefundOrder(Base):
    __tablename__ = "refund_order"

    id: Mapped[int] = key()
    payment_order_id: Mapped[int | None] = reference()
    order_id: Mapped[int | None] = reference()
    transaction_id: Mapped[str | None] = text(TRANSACTION_ID)
    amount: Mapped[int | None] = number()
    status: Mapped[str | None] = text()
    created_time: Mapped[int | None] = time()
    updated_time: Mapped[int | None] = time()


class PayNotifyLog(Base):
    """Each rightly signed notify. The one that was taken (P-03) holds its transaction id alone."""

    __tablename__ = "pay_notify_log"

    id: Mapped[int] = key()
    type: Mapped[str | None] = text(20)
    order_id: Mapped[int | None] = reference()
    transaction_id: Mapped[str | None] = text(TRANSACTION_ID)
    amount: Mapped[int | None] = number()
    result: Mapped[str | None] = text()
    taken_transaction_id: Mapped[str | None] = text(TRANSACTION_ID)
    created_time: Mapped[int | None] = time()


Index("pay_notify_log_taken_once", PayNotifyLog.type, PayNotifyLog.taken_transaction_id, unique=True)
