"""Referral chains of the seed: each member was brought by the one before, the first is staff."""

from collections.abc import Iterable, Sequence

from sandbox.models import Event, Member, MemberChildInfo, Order, ResourceUseInfo, ShareTracking
from sandbox.rules.activity_kinds import A, ActivityKind
from sandbox.seed.seedbed import Seedbed


def sow_shares(bed: Seedbed, event: Event, members: tuple[Member, ...]) -> None:
    """The first shares; each further member reaches, and but for the last shares on."""
    shares: list[ShareTracking] = []
    for place, member in enumerate(members):
        if place > 0:
            _share(bed, event, member, "REACH", shares)
            _child(bed, event, members, place)
        if place < len(members) - 1:
            shares.insert(0, _share(bed, event, member, "SHARE", shares))


def sow_counts(
    bed: Seedbed, kind: ActivityKind[A], activity: A, order: Order, members: Sequence[Member], *, paid: bool
) -> None:
    """F-01 to F-04 for an order of the last of the members, whom the others brought."""
    counted = 0 if order.status in ("CANCELED", "TEAM_FAIL") else 1
    chain = [*members[-2:], *(member for member in members[-3:-2] if member.worker)]
    for type_ in ("CREATE_ORDER", "PAID_ORDER") if paid else ("CREATE_ORDER",):
        for member in chain:
            bed.add(
                ResourceUseInfo(
                    id=bed.new_id(),
                    resource_type=kind.resource_type,
                    resource_id=activity.resource_id,
                    event_id=activity.id,
                    order_id=order.id,
                    from_id=order.member_id,
                    member_id=member.id,
                    type=type_,
                    counted=counted,
                )
            )


def _share(
    bed: Seedbed, event: Event, member: Member, type_: str, before: list[ShareTracking]
) -> ShareTracking:
    """`before` are the shares it came by, the nearest first."""
    share = ShareTracking(
        id=bed.new_id(),
        organization_id=event.organization_id,
        member_id=member.id,
        resource_type="EVENT",
        resource_id=event.resource_id,
        type=type_,
        channel=member.channel,
        from_member_ids=_joined(one.member_id for one in before),
        depth=len(before) + 1,
        from_ids=_joined(one.id for one in before),
        from_id=before[0].id if before else None,
    )
    share.root_id = before[-1].id if before else share.id
    bed.add(share)
    if type_ == "REACH":
        share.browse_time = before[0].browse_time = share.created_time
    return share


def _child(bed: Seedbed, event: Event, members: tuple[Member, ...], place: int) -> None:
    last = place == len(members) - 1
    bed.add(
        MemberChildInfo(
            id=bed.new_id(),
            child_member_id=members[place].id,
            member_id=members[place - 1].id,
            resource_id=event.resource_id,
            root_member_id=members[0].id,
            from_member_ids=_joined(member.id for member in reversed(members[:place])),
            child_member_share_count=0 if last else 1,
            child_member_open_count=1,
            child_member_count=0 if last else 1,
            child_member_save_info_count=0,
        )
    )


def _joined(ids: Iterable[int | None]) -> str | None:
    return ",".join(map(str, ids)) or None
