"""What can happen to an order of any kind after it was made. It comes here locked (`lock_order`)."""

from dataclasses import dataclass

from sandbox.db import Transaction
from sandbox.models import Order
from sandbox.rules.bodies import optional, required
from sandbox.rules.kinds import Flag, Id, Text
from sandbox.rules.order_kinds import A, O, OrderKind
from sandbox.rules.order_states import DEAD, OrderAction, may, move
from sandbox.rules.referral_counts import CREATE_ORDER, PAID_ORDER, count, take_back
from sandbox.rules.refunds import refund_if_paid
from sandbox.rules.refusals import Code, Refusal, invalid


@dataclass(frozen=True, kw_only=True)
class ReviewBody:
    approved: bool = required(Flag())


@dataclass(frozen=True, kw_only=True)
class CheckinBody:
    code: str = required(Text())
    store_org_id: int | None = optional(Id())


def cancel(tx: Transaction, kind: OrderKind[O, A], order: O) -> None:
    """P-05: by the console, at once."""
    _reverse(tx, kind, order, OrderAction.CANCEL)


def cancel_by_member(tx: Transaction, kind: OrderKind[O, A], order: O) -> None:
    """E-10: an unused order may have to wait for a review."""
    reviewed = kind.activity_of(tx, order).cancel_review_toggle
    if reviewed and may(order, OrderAction.ASK_TO_CANCEL):
        move(order, OrderAction.ASK_TO_CANCEL)
    else:
        cancel(tx, kind, order)


def review(tx: Transaction, kind: OrderKind[O, A], order: O, body: ReviewBody) -> None:
    """E-09, E-10: whichever review is pending."""
    _reverse(tx, kind, order, OrderAction.APPROVE if body.approved else OrderAction.REFUSE)


def fail_with_team(tx: Transaction, order: Order) -> None:
    """G-08. Its kind is not told: who fails a team knows."""
    move(order, OrderAction.TEAM_FAILS)
    _give_back(tx, order)


def check_in(tx: Transaction, kind: OrderKind[O, A], order: O, body: CheckinBody) -> None:
    """E-13: first the state, then the code, then the store."""
    if may(order, OrderAction.CHECK_IN):
        kind.check_usable(tx, order)
        _check_code_and_store(tx, kind, order, body)
    move(order, OrderAction.CHECK_IN)
    order.checkin_store_org_id = body.store_org_id


def pay(tx: Transaction, kind: OrderKind[O, A], order: O) -> None:
    """The order's side of a payment that succeeded (E-08, F-03)."""
    activity = kind.activity_of(tx, order)
    reviewed = kind.reviews_reservations(activity)
    move(order, OrderAction.PAID_BEFORE_REVIEW if reviewed else OrderAction.PAID)
    count(tx, kind.activities, activity, order, PAID_ORDER)
    kind.secured(tx, order)


def time_out_unpaid(tx: Transaction, kind: OrderKind[O, A], order: O) -> None:
    """P-04, F-04: from sign-ups alone."""
    move(order, OrderAction.PAYMENT_TIME_OUT)
    take_back(tx, order, CREATE_ORDER)
    kind.died(tx, order)


def end(tx: Transaction, kind: OrderKind[O, A], order: O) -> None:
    """P-07: no refund, and nothing is taken back."""
    move(order, OrderAction.EFFECT_ENDS)
    kind.died(tx, order)


def _reverse(tx: Transaction, kind: OrderKind[O, A], order: O, action: OrderAction) -> None:
    """Moves the order; if that was its end, gives back what it paid and counted."""
    move(order, action)
    if order.status in DEAD:
        _give_back(tx, order)
        kind.died(tx, order)


def _give_back(tx: Transaction, order: Order) -> None:
    refund_if_paid(tx, order)
    take_back(tx, order, CREATE_ORDER, PAID_ORDER)


def _check_code_and_store(tx: Transaction, kind: OrderKind[O, A], order: O, body: CheckinBody) -> None:
    if body.code != order.code:
        raise invalid("code", "核销码错误")
    stores = kind.stores_of(tx, order)
    if body.store_org_id is None and (stores or kind.checked_in_at_a_store):
        raise invalid("storeOrgId", "不能为空")
    if body.store_org_id is not None and body.store_org_id not in stores:
        raise Refusal(Code.NOT_ELIGIBLE, "storeOrgId 不是可核销的门店")
