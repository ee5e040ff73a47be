"""Referral counts: what an order adds along the chain of referrers, and its reversal (F-01 to F-04)."""

from typing import Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Member, MemberChildInfo, Order, ResourceUseInfo
from sandbox.rules.activity_kinds import A, ActivityKind

CREATE_ORDER: Final = "CREATE_ORDER"
PAID_ORDER: Final = "PAID_ORDER"


def count(tx: Transaction, kind: ActivityKind[A], activity: A, order: Order, type_: str) -> None:
    """+1 for each member of the chain, kept with the order, so that exactly this can be taken back.

    A robot's order has no member, and counts for nobody (F-06).
    """
    for member_id in _chain(tx, order.member_id, activity.resource_id):
        tx.add(
            ResourceUseInfo(
                id=tx.new_id(),
                resource_type=kind.resource_type,
                resource_id=activity.resource_id,
                event_id=activity.id,
                order_id=order.id,
                from_id=order.member_id,
                member_id=member_id,
                type=type_,
                counted=1,
            )
        )


def take_back(tx: Transaction, order: Order, *types: str) -> None:
    """F-04: −1 where this order had added one; what it never added is not there to be taken."""
    kept = select(ResourceUseInfo).where(ResourceUseInfo.order_id == order.id)
    for row in tx.scalars(kept.where(ResourceUseInfo.type.in_(types), ResourceUseInfo.counted == 1)):
        row.counted = 0


def referrer_of(tx: Transaction, member_id: int | None, resource_id: str | None) -> MemberChildInfo | None:
    """Who brought a member to a resource."""
    known = select(MemberChildInfo).where(
        MemberChildInfo.child_member_id == member_id, MemberChildInfo.resource_id == resource_id
    )
    return tx.scalars(known).first()


def _chain(tx: Transaction, member_id: int | None, resource_id: str | None) -> list[int]:
    """F-01, F-02: the member, their referrer, and the referrer's referrer if that is staff."""
    if member_id is None:
        return []
    first = _referrer_id(tx, member_id, resource_id)
    if first is None:
        return [member_id]
    second = tx.get(Member, _referrer_id(tx, first, resource_id) or 0)
    return [member_id, first, *([second.id] if second is not None and second.worker else [])]


def _referrer_id(tx: Transaction, member_id: int, resource_id: str | None) -> int | None:
    brought = referrer_of(tx, member_id, resource_id)
    return brought.member_id if brought else None
