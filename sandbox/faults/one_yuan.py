"""Defects in what is stored of the one-yuan purchase."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import select, update

from sandbox.db import Transaction
from sandbox.faults.hook import replaces, when_made, when_removed
from sandbox.faults.writes import spare_id, twin, write
from sandbox.models import MemberBenefits, OneYuanGroup, OneYuanGroupDetail
from sandbox.rules.one_yuan_pull import make_old

NOBODY: Final = 0
SEAT: Final = ("user_id", "nick_name", "platform_order_id", "order_sn", "order_amount", "ctime", "mtime")


@when_made(OneYuanGroup, "Y-05")
def leader_kept_among_members(tx: Transaction, group: OneYuanGroup) -> None:
    """A group's leader is kept in its details too, which are for members only."""
    seat = OneYuanGroupDetail(id=spare_id(tx, OneYuanGroupDetail), one_yuan_shopping_group_id=group.id)
    write(seat, {column: getattr(group, column) for column in SEAT})
    tx.add(seat)


@when_removed(OneYuanGroupDetail, "Y-05")
def freed_seat_left_behind(tx: Transaction, seat: OneYuanGroupDetail) -> None:
    """The seat that a refund frees leaves a row of nobody behind."""
    twin(tx, seat, user_id=NOBODY)


@replaces(make_old, "T-03", "Y-05")
def no_more_new_not_stamped(
    rule: Callable[[Transaction, int | None], bool], tx: Transaction, member_id: int | None
) -> bool:
    """A member who is new no more by a pulled order keeps the updated_time of what they may claim."""
    theirs = MemberBenefits.member_id == member_id
    before = tx.scalar(select(MemberBenefits.updated_time).where(theirs))
    changed = rule(tx, member_id)
    back = update(MemberBenefits).where(theirs).values(updated_time=before)
    tx.execute(back, execution_options={"synchronize_session": False})
    return changed
