"""Shares and reaches of a resource (share_tracking), and who thereby brought whom (F-05)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from sandbox.db import Base, Transaction
from sandbox.models import Activity, Member, MemberChildInfo, ShareTracking
from sandbox.models.referrals import REFERRER_IDS, SHARE_IDS, SHARE_MEMBER_IDS
from sandbox.rules.activities import find_shown_by_resource_id
from sandbox.rules.activity_kinds import ActivityKind
from sandbox.rules.bodies import optional, required
from sandbox.rules.kinds import Id, Text, Word
from sandbox.rules.referral_counts import referrer_of
from sandbox.rules.refusals import absent, invalid
from sandbox.rules.resources import KINDS

SHARE: Final = "SHARE"
REACH: Final = "REACH"


@dataclass(frozen=True, kw_only=True)
class ShareBody:
    resource_id: str = required(Text(blank=False))
    type: str = required(Word((SHARE, REACH)))
    from_id: int | None = optional(Id())
    from_member_id: int | None = optional(Id())
    channel: str | None = optional(Text())


def record_share(tx: Transaction, member: Member, body: ShareBody) -> ShareTracking:
    kind = _lock_resource(tx, member, body.resource_id)
    parent = _parent(tx, member, body)
    referrer_id = parent.member_id if parent else _named_member_id(tx, member, body)
    share = ShareTracking(
        id=tx.new_id(),
        organization_id=member.organization_id,
        member_id=member.id,
        resource_type=kind.resource_type,
        resource_id=body.resource_id,
        type=body.type,
        channel=body.channel,
        browse_time=tx.now if body.type == REACH else None,
    )
    _descend(share, parent, referrer_id)
    tx.add(share)
    if body.type == REACH and referrer_id is not None:
        _bring(tx, body.resource_id, referrer_id, member.id)
    _recount(tx, referrer_of(tx, member.id, body.resource_id))
    return share


def _lock_resource(tx: Transaction, member: Member, resource_id: str) -> ActivityKind[Any]:
    """Shares of one resource come one after the other, so that no circle is made from two sides."""
    for kind in KINDS:
        activity: Activity | None = find_shown_by_resource_id(tx, kind, member.organization_id, resource_id)
        if activity is not None:
            tx.lock(kind.model, activity.id)
            return kind
    raise absent("resourceId 的资源")


def _parent(tx: Transaction, member: Member, body: ShareBody) -> ShareTracking | None:
    if body.from_id is None:
        return None
    parent = tx.get(ShareTracking, body.from_id)
    if parent is None or parent.organization_id != member.organization_id:
        raise absent("fromId 的分享")
    if parent.resource_id != body.resource_id:
        raise invalid("fromId", "应为同一资源的分享")
    if parent.browse_time is None and body.type == REACH:
        parent.browse_time = tx.now
    return parent


def _named_member_id(tx: Transaction, member: Member, body: ShareBody) -> int | None:
    if body.from_member_id is None:
        return None
    named = tx.get(Member, body.from_member_id)
    if named is None or named.deleted or named.organization_id != member.organization_id:
        raise absent("fromMemberId 的会员")
    return named.id


def _descend(share: ShareTracking, parent: ShareTracking | None, from_member_id: int | None) -> None:
    """Its place in the tree of shares; one without a parent is a root, of depth 1."""
    root = parent or ShareTracking(id=0, depth=0, root_id=share.id)
    share.from_id = parent.id if parent else None
    share.root_id = root.root_id
    share.depth = (root.depth or 0) + 1
    share.from_ids = _joined(share.from_id, root.from_ids, SHARE_IDS)
    share.from_member_ids = _joined(from_member_id, root.from_member_ids, SHARE_MEMBER_IDS)


def _bring(tx: Transaction, resource_id: str, referrer_id: int, child_id: int) -> None:
    """The first to bring a member stays the one; never oneself, nor anybody whom one brought, however far."""
    chain = [referrer_id, *_referrers(tx, referrer_id, resource_id)]
    if child_id in chain or referrer_of(tx, child_id, resource_id) is not None:
        return
    tx.add(
        MemberChildInfo(
            id=tx.new_id(),
            child_member_id=child_id,
            member_id=referrer_id,
            resource_id=resource_id,
            root_member_id=chain[-1],
            from_member_ids=_fitting(map(str, chain), REFERRER_IDS),
            child_member_save_info_count=0,
        )
    )
    _recount(tx, referrer_of(tx, referrer_id, resource_id))


def _referrers(tx: Transaction, member_id: int, resource_id: str) -> Iterator[int]:
    """Nearest first."""
    brought = referrer_of(tx, member_id, resource_id)
    while brought is not None and brought.member_id is not None:
        yield brought.member_id
        brought = referrer_of(tx, brought.member_id, resource_id)


def _recount(tx: Transaction, brought: MemberChildInfo | None) -> None:
    if brought is None:
        return
    shares = (
        ShareTracking.member_id == brought.child_member_id,
        ShareTracking.resource_id == brought.resource_id,
    )
    brought.child_member_share_count = _number(tx, ShareTracking, *shares, ShareTracking.type == SHARE)
    brought.child_member_open_count = _number(tx, ShareTracking, *shares, ShareTracking.type == REACH)
    brought.child_member_count = _number(
        tx,
        MemberChildInfo,
        MemberChildInfo.member_id == brought.child_member_id,
        MemberChildInfo.resource_id == brought.resource_id,
    )


def _number(tx: Transaction, model: type[Base], *conditions: ColumnElement[bool]) -> int:
    return tx.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def _joined(nearest: int | None, further: str | None, limit: int) -> str | None:
    if nearest is None:
        return None
    return _fitting([str(nearest), *(further.split(",") if further else ())], limit)


def _fitting(ids: Iterable[str], limit: int) -> str:
    """Comma-separated, as many as the column holds: the furthest are left out."""
    text = ""
    for one in ids:
        longer = f"{text},{one}" if text else one
        if len(longer) > limit:
            break
        text = longer
    return text
