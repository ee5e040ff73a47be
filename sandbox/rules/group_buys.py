"""The life of a group-buy on the console (G-01 to G-05, G-12)."""

from dataclasses import replace

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent
from sandbox.rules.activities import copy_activity
from sandbox.rules.copying import duplicate
from sandbox.rules.group_buy_bodies import GroupBuyBody
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.group_buy_parts import details_of, levels_of, robots_of, team_rules_of
from sandbox.rules.group_buy_writing import write_group_buy


def create_group_buy(tx: Transaction, organization_id: int, body: GroupBuyBody) -> GroupBuyEvent:
    """All its robots are new, whatever ids they come with."""
    robots = tuple(replace(robot, id=None) for robot in body.robot_rules)
    group_buy = GroupBuyEvent(id=tx.new_id(), organization_id=organization_id, order_no=0)
    write_group_buy(tx, organization_id, group_buy, replace(body, robot_rules=robots))
    return group_buy


def update_group_buy(
    tx: Transaction, organization_id: int, group_buy: GroupBuyEvent, body: GroupBuyBody
) -> None:
    """Keeps the specifications, which have a call of their own."""
    write_group_buy(tx, organization_id, group_buy, body)
    group_buy.updated_time = tx.now  # T-03, also when only a rule, a robot or the form has changed


def copy_group_buy(tx: Transaction, group_buy: GroupBuyEvent) -> GroupBuyEvent:
    """G-12: rules, robots and specifications are kept; orders, teams and launches are not."""
    copy = copy_activity(tx, GROUP_BUYS, group_buy)
    for parts_of in (team_rules_of, robots_of, levels_of, details_of):
        for part in parts_of(tx, [group_buy.id])[group_buy.id]:
            tx.add(duplicate(part, id=tx.new_id(), group_buy_event_id=copy.id))
    return copy


def keep_statuses(tx: Transaction) -> None:
    """G-05: the column says what the clock says."""
    live = select(GroupBuyEvent).where(GroupBuyEvent.deleted.is_(False))
    for group_buy in tx.scalars(live):
        group_buy.status = GROUP_BUYS.status_of(group_buy, tx.now)
