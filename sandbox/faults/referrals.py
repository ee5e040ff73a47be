"""Defects in what is stored of shares, referrals and their counts."""

from typing import Final

from sandbox.db import Transaction
from sandbox.faults.hook import when_changed, when_made
from sandbox.faults.writes import keep, twin
from sandbox.models import MemberChildInfo, ResourceUseInfo, ShareTracking

UTC_OFFSET: Final = 8 * 3600 * 1000


@when_made(MemberChildInfo, "F-05")
def referrer_chain_furthest_first(_tx: Transaction, brought: MemberChildInfo) -> None:
    """The chain of a member's referrers is stored with the furthest one first."""
    brought.from_member_ids = ",".join(reversed((brought.from_member_ids or "").split(",")))


@when_made(MemberChildInfo, "F-05")
def referral_kept_twice(tx: Transaction, brought: MemberChildInfo) -> None:
    """Who brought a member is kept in two rows."""
    twin(tx, brought)


@when_made(MemberChildInfo, "F-05")
def referral_root_is_its_referrer(_tx: Transaction, brought: MemberChildInfo) -> None:
    """Who brought a member is stored as the root of the referrers too."""
    brought.root_member_id = brought.member_id


@when_made(ShareTracking, "T-01")
def share_type_undocumented(_tx: Transaction, share: ShareTracking) -> None:
    """The type of a share is stored in small letters."""
    share.type = (share.type or "").lower()


@when_made(ShareTracking, "F-05")
def share_root_is_its_parent(_tx: Transaction, share: ShareTracking) -> None:
    """A share names its parent as its root, however deep it is."""
    if share.from_id is not None:
        share.root_id = share.from_id


@when_made(ShareTracking, "F-05")
def share_depth_never_counted(_tx: Transaction, share: ShareTracking) -> None:
    """Every share is stored with the depth of a root."""
    share.depth = 1


@when_made(ShareTracking, "T-02")
def share_channel_lost(_tx: Transaction, share: ShareTracking) -> None:
    """The channel that a share is sent with is not stored."""
    share.channel = None


@when_made(ShareTracking, "C-07", "T-02")
def reach_time_in_utc(_tx: Transaction, share: ShareTracking) -> None:
    """The time of a reach is stored in UTC, not in UTC+8."""
    if share.browse_time is not None:
        share.browse_time -= UTC_OFFSET


@when_made(ResourceUseInfo, "F-01", "T-02")
def count_comes_from_whom_it_counts_for(_tx: Transaction, use: ResourceUseInfo) -> None:
    """A referral count names as its origin the member it counts for, not the one who ordered."""
    use.from_id = use.member_id


@when_changed(ResourceUseInfo, "T-03", "F-04")
def reversal_not_stamped(_tx: Transaction, use: ResourceUseInfo) -> None:
    """Taking a referral count back leaves the row's updated_time as it was."""
    keep(use, "updated_time")
