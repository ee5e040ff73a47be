"""Orders of the seeded events, with what was paid, given back and counted for each."""

from typing import Final

from sandbox.models import (
    Event,
    EventOrder,
    EventSession,
    Member,
    Order,
    PaymentOrder,
    PayNotifyLog,
    RefundOrder,
)
from sandbox.rules.event_kind import EVENTS
from sandbox.seed.referrals import sow_counts
from sandbox.seed.seedbed import Seedbed
from sandbox.settings import CLOCK_START

TIME_TO_PAY: Final = 10 * 60 * 1000  # what the clock's start leaves of it


def sow_order(
    bed: Seedbed, event: Event, session: EventSession, members: tuple[Member, ...], number: int, status: str
) -> None:
    """An order of the member of that number. One that has a price was paid, unless it is UNPAID."""
    member, unpaid = members[number], status == "UNPAID"
    order = bed.add(
        EventOrder(
            id=bed.new_id(),
            member_id=member.id,
            event_id=event.id,
            event_tile=event.name,
            name=member.name,
            mobile=member.mobile,
            channel=member.channel,
            code=f"{bed.fake.random_int(0, 99999999):08}",
            pament_status="UNPAID" if unpaid else "NONE",
            status=status,
            session_id=session.id,
            session_start_time=session.start_time,
            session_end_time=session.end_time,
            session_address=session.address,
            charged_mount=event.charged_amount,
            time_expire=CLOCK_START + TIME_TO_PAY if unpaid else None,
        )
    )
    paid = order.amount > 0 and not unpaid
    sow_counts(bed, EVENTS, event, order, members[: number + 1], paid=paid)
    if paid:
        sow_payment(bed, order, refunded=status == "CANCELED")


def sow_payment(bed: Seedbed, order: Order, *, refunded: bool) -> None:
    status = "REFUNDED" if refunded else "PAY_SUCCESS"
    payment = bed.add(
        PaymentOrder(
            id=bed.new_id(),
            order_id=order.id,
            transaction_id=f"seed-{bed.new_id()}",
            amount=order.amount,
            status=status,
        )
    )
    _log(bed, "PAY", order, payment)
    order.payment_order_id, order.pament_status = payment.id, status
    if refunded:
        refund = bed.add(
            RefundOrder(
                id=bed.new_id(),
                payment_order_id=payment.id,
                order_id=order.id,
                transaction_id=f"seed-{bed.new_id()}",
                amount=order.amount,
                status=status,
            )
        )
        _log(bed, "REFUND", order, refund)
        order.refund_order_id = refund.id


def _log(bed: Seedbed, type_: str, order: Order, row: PaymentOrder | RefundOrder) -> None:
    bed.add(
        PayNotifyLog(
            id=bed.new_id(),
            type=type_,
            order_id=order.id,
            transaction_id=row.transaction_id,
            amount=row.amount,
            result="SUCCESS",
            taken_transaction_id=row.transaction_id,
        )
    )
