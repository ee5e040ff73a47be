"""Where an order and its payment may go: the contract's state machines, and the only code that moves them.

E-08 to E-10, E-13, G-08, P-01 to P-07. What has no line here is refused (40901) and changes nothing.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from sandbox.models import Order, PaymentOrder, RefundOrder
from sandbox.rules.refusals import Code, Refusal


class OrderStatus(StrEnum):
    UNPAID = "UNPAID"
    PAY_PROCESSING = "PAY_PROCESSING"
    RESERVATION_REVIEW_PENDING = "RESERVATION_REVIEW_PENDING"
    UNUSED = "UNUSED"
    USED = "USED"
    CANCEL_REVIEW_PENDING = "CANCEL_REVIEW_PENDING"
    CANCELED = "CANCELED"
    TIME_OUT = "TIME_OUT"
    TEAM_FAIL = "TEAM_FAIL"


class PaymentStatus(StrEnum):
    NONE = "NONE"
    UNPAID = "UNPAID"
    PAY_PROCESSING = "PAY_PROCESSING"
    PAY_SUCCESS = "PAY_SUCCESS"
    PAY_FAILED = "PAY_FAILED"
    REFUNDING = "REFUNDING"
    REFUNDED = "REFUNDED"
    REFUND_FAILED = "REFUND_FAILED"


class OrderAction(StrEnum):
    START_PAYING = "START_PAYING"
    PAID = "PAID"
    PAID_BEFORE_REVIEW = "PAID_BEFORE_REVIEW"
    NOT_PAID = "NOT_PAID"
    PAYMENT_TIME_OUT = "PAYMENT_TIME_OUT"
    APPROVE = "APPROVE"
    REFUSE = "REFUSE"
    ASK_TO_CANCEL = "ASK_TO_CANCEL"
    CANCEL = "CANCEL"
    CHECK_IN = "CHECK_IN"
    EFFECT_ENDS = "EFFECT_ENDS"
    TEAM_FAILS = "TEAM_FAILS"


class PaymentAction(StrEnum):
    START_PAYING = "START_PAYING"
    PAID = "PAID"
    NOT_PAID = "NOT_PAID"
    PAID_TOO_LATE = "PAID_TOO_LATE"
    NOT_PAID_TOO_LATE = "NOT_PAID_TOO_LATE"
    REFUND = "REFUND"
    REFUND_DONE = "REFUND_DONE"
    REFUND_NOT_DONE = "REFUND_NOT_DONE"


S = OrderStatus
P = PaymentStatus

DEAD: Final = (S.CANCELED, S.TIME_OUT, S.TEAM_FAIL)

ORDER_TRANSITIONS: Final[Mapping[OrderAction, Mapping[OrderStatus, OrderStatus]]] = {
    # P-02
    OrderAction.START_PAYING: {S.UNPAID: S.PAY_PROCESSING},
    OrderAction.PAID: {S.PAY_PROCESSING: S.UNUSED},
    OrderAction.NOT_PAID: {S.PAY_PROCESSING: S.UNPAID},
    # E-08: payment comes before review
    OrderAction.PAID_BEFORE_REVIEW: {S.PAY_PROCESSING: S.RESERVATION_REVIEW_PENDING},
    # P-04
    OrderAction.PAYMENT_TIME_OUT: {S.UNPAID: S.TIME_OUT, S.PAY_PROCESSING: S.TIME_OUT},
    # E-09 and E-10
    OrderAction.APPROVE: {S.RESERVATION_REVIEW_PENDING: S.UNUSED, S.CANCEL_REVIEW_PENDING: S.CANCELED},
    OrderAction.REFUSE: {S.RESERVATION_REVIEW_PENDING: S.CANCELED, S.CANCEL_REVIEW_PENDING: S.UNUSED},
    OrderAction.ASK_TO_CANCEL: {S.UNUSED: S.CANCEL_REVIEW_PENDING},
    # P-05
    OrderAction.CANCEL: {
        S.UNPAID: S.CANCELED,
        S.PAY_PROCESSING: S.CANCELED,
        S.RESERVATION_REVIEW_PENDING: S.CANCELED,
        S.UNUSED: S.CANCELED,
        S.CANCEL_REVIEW_PENDING: S.CANCELED,
    },
    # E-13
    OrderAction.CHECK_IN: {S.UNUSED: S.USED},
    # P-07
    OrderAction.EFFECT_ENDS: {S.UNUSED: S.TIME_OUT},
    # G-08: every live order; none of a team that can still fail is used
    OrderAction.TEAM_FAILS: {
        S.UNPAID: S.TEAM_FAIL,
        S.PAY_PROCESSING: S.TEAM_FAIL,
        S.RESERVATION_REVIEW_PENDING: S.TEAM_FAIL,
        S.UNUSED: S.TEAM_FAIL,
        S.CANCEL_REVIEW_PENDING: S.TEAM_FAIL,
    },
}

PAYMENT_TRANSITIONS: Final[Mapping[PaymentAction, Mapping[PaymentStatus, PaymentStatus]]] = {
    # P-02: a failed payment may be tried again
    PaymentAction.START_PAYING: {P.UNPAID: P.PAY_PROCESSING, P.PAY_FAILED: P.PAY_PROCESSING},
    PaymentAction.PAID: {P.PAY_PROCESSING: P.PAY_SUCCESS},
    PaymentAction.NOT_PAID: {P.PAY_PROCESSING: P.PAY_FAILED},
    # P-04: of an order that died unpaid
    PaymentAction.PAID_TOO_LATE: {
        P.UNPAID: P.REFUNDING,
        P.PAY_PROCESSING: P.REFUNDING,
        P.PAY_FAILED: P.REFUNDING,
    },
    PaymentAction.NOT_PAID_TOO_LATE: {
        P.UNPAID: P.PAY_FAILED,
        P.PAY_PROCESSING: P.PAY_FAILED,
        P.PAY_FAILED: P.PAY_FAILED,
    },
    # P-06
    PaymentAction.REFUND: {P.PAY_SUCCESS: P.REFUNDING},
    PaymentAction.REFUND_DONE: {P.REFUNDING: P.REFUNDED},
    PaymentAction.REFUND_NOT_DONE: {P.REFUNDING: P.REFUND_FAILED},
}

Status = TypeVar("Status", bound=StrEnum)


def start(order: Order, *, reviewed: bool) -> None:
    """The states that an order is made in (E-08, E-09, P-01)."""
    if order.amount > 0:
        order.status, order.pament_status = S.UNPAID, P.UNPAID
    else:
        order.status = S.RESERVATION_REVIEW_PENDING if reviewed else S.UNUSED
        order.pament_status = P.NONE


def may(order: Order, action: OrderAction) -> bool:
    return order.status in ORDER_TRANSITIONS[action]


def move(order: Order, action: OrderAction) -> None:
    order.status = next_state(ORDER_TRANSITIONS[action], OrderStatus(order.status or ""))


def check_payment(order: Order, action: PaymentAction) -> None:
    """Refuses what `move_payment` would refuse."""
    next_state(PAYMENT_TRANSITIONS[action], PaymentStatus(order.pament_status or ""))


def move_payment(order: Order, action: PaymentAction, *rows: PaymentOrder | RefundOrder) -> None:
    """The order's payment state, and with it that of the rows that keep the payment and the refund."""
    state = next_state(PAYMENT_TRANSITIONS[action], PaymentStatus(order.pament_status or ""))
    order.pament_status = state
    for row in rows:
        row.status = state


def next_state(transitions: Mapping[Status, Status], state: Status) -> Status:
    if state not in transitions:
        raise Refusal(Code.STATE, f"状态 {state} 不允许此操作")
    return transitions[state]
