"""Defects in what is stored of group-buys, their rules, teams and orders."""

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.faults.hook import when_changed
from sandbox.faults.writes import changed_columns, keep, stored
from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventRule, GroupBuyEventTeam, Store
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.order_states import OrderStatus


@when_changed(GroupBuyEvent, "T-02", "G-05")
def group_buy_status_stale(tx: Transaction, group_buy: GroupBuyEvent) -> None:
    """The status column of a group-buy stays as it was made, whatever its times have become."""
    if "status" not in changed_columns(group_buy):
        return
    keep(group_buy, "status")
    if changed_columns(group_buy) == {"updated_time"}:
        # a tick finds the column stale each time; answers show the time of the first one
        then = GROUP_BUYS.status_of(group_buy, stored(group_buy, "updated_time"))
        if then is GROUP_BUYS.status_of(group_buy, tx.now):
            keep(group_buy, "updated_time")


@when_changed(GroupBuyEventRule, "T-03")
def team_rule_change_rewrites_created_time(tx: Transaction, rule: GroupBuyEventRule) -> None:
    """Changing a team rule sets its created_time to the time of the change."""
    rule.created_time = tx.now


@when_changed(GroupBuyEventTeam, "T-03", "G-07")
def team_change_not_stamped(_tx: Transaction, team: GroupBuyEventTeam) -> None:
    """A team that moves to another status keeps its updated_time."""
    keep(team, "updated_time")


@when_changed(GroupBuyEventOrder, "T-03", "E-13")
def checkin_stamps_store(tx: Transaction, order: GroupBuyEventOrder) -> None:
    """Checking in an order of a group-buy moves the updated_time of the store, which has not changed."""
    if order.status == OrderStatus.USED:
        for store in tx.scalars(select(Store).where(Store.organization_id == order.checkin_store_org_id)):
            store.updated_time = tx.now
