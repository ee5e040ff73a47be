"""What sets orders of group-buys apart from other orders (G-07, G-08, E-13)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventTeam, ResourceChannel
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.order_kinds import OrderKind
from sandbox.rules.refusals import Code, Refusal
from sandbox.rules.team_life import advance_team, leave_team, lock_team
from sandbox.rules.team_states import TeamStatus


class GroupBuyOrderKind(OrderKind[GroupBuyEventOrder, GroupBuyEvent]):
    model = GroupBuyEventOrder
    activities = GROUP_BUYS
    checked_in_at_a_store = True

    def activity_of(self, tx: Transaction, order: GroupBuyEventOrder) -> GroupBuyEvent:
        return tx.get_one(GroupBuyEvent, order.group_buy_event_id)

    def stores_of(self, tx: Transaction, order: GroupBuyEventOrder) -> Sequence[int]:
        launched = select(ResourceChannel.store_org_id).distinct()
        found = tx.scalars(launched.where(ResourceChannel.group_buy_event_id == order.group_buy_event_id))
        return [store_org_id for store_org_id in found if store_org_id is not None]

    def lock_parents(self, tx: Transaction, order: GroupBuyEventOrder) -> None:
        lock_team(tx, order.group_buy_event_team_id)

    def check_usable(self, tx: Transaction, order: GroupBuyEventOrder) -> None:
        if _team_of(tx, order).status != TeamStatus.SUCCESS:
            raise Refusal(Code.STATE, "拼课团队尚未成团")

    def secured(self, tx: Transaction, order: GroupBuyEventOrder) -> None:
        advance_team(tx, _team_of(tx, order))

    def died(self, tx: Transaction, order: GroupBuyEventOrder) -> None:
        leave_team(tx, _team_of(tx, order), order)


GROUP_BUY_ORDERS = GroupBuyOrderKind()


def new_order(
    tx: Transaction, group_buy: GroupBuyEvent, team: GroupBuyEventTeam, **own: Any
) -> GroupBuyEventOrder:
    """`own` is what a leader's, a member's and a robot's order do not have in common."""
    return GroupBuyEventOrder(
        id=tx.new_id(),
        group_buy_event_id=group_buy.id,
        group_buy_event_name=group_buy.titile,
        group_buy_event_team_id=team.id,
        size=team.size,
        **own,
    )


def _team_of(tx: Transaction, order: GroupBuyEventOrder) -> GroupBuyEventTeam:
    return tx.get_one(GroupBuyEventTeam, order.group_buy_event_team_id)
