"""What a group-buy's body becomes: its row, its stores, its team rules and its robots."""

import json

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, GroupBuyEventRobot, GroupBuyEventRule
from sandbox.rules.activity_children import keep_in_step
from sandbox.rules.activity_writing import check_activity, write_activity
from sandbox.rules.bodies import fill
from sandbox.rules.group_buy_bodies import GroupBuyBody, RobotRuleBody, TeamRuleBody, check_group_buy
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.group_buy_parts import robots_of, team_rules_of
from sandbox.rules.organizations import check_stores
from sandbox.rules.refusals import absent


def write_group_buy(
    tx: Transaction, organization_id: int, group_buy: GroupBuyEvent, body: GroupBuyBody
) -> None:
    """Refuses a body that does not hold together, before any row is touched."""
    check_group_buy(body)
    _check_robots(tx, group_buy, body)
    check_stores(tx, organization_id, body.store_org_ids or (), "storeOrgIds")
    check_activity(tx, GROUP_BUYS, group_buy, body)
    conf = write_activity(tx, group_buy, body)
    group_buy.status = GROUP_BUYS.status_of(group_buy, tx.now)
    conf.store_org_ids = json.dumps([str(one) for one in dict.fromkeys(body.store_org_ids or ())])
    _write_team_rules(tx, group_buy, body.group_buy_event_team_rules)
    _write_robots(tx, group_buy, body.robot_rules)


def _check_robots(tx: Transaction, group_buy: GroupBuyEvent, body: GroupBuyBody) -> None:
    own = {robot.id for robot in robots_of(tx, [group_buy.id])[group_buy.id]}
    for index, robot in enumerate(body.robot_rules):
        if robot.id is not None and robot.id not in own:
            raise absent(f"robotRules[{index}].id 的机器人规则")


def _write_team_rules(tx: Transaction, group_buy: GroupBuyEvent, bodies: tuple[TeamRuleBody, ...]) -> None:
    """A rule is known by its size."""

    def make() -> GroupBuyEventRule:
        rule = GroupBuyEventRule(id=tx.new_id(), group_buy_event_id=group_buy.id)
        tx.add(rule)
        return rule

    def write(rule: GroupBuyEventRule, body: TeamRuleBody, place: int) -> None:
        fill(rule, body)
        rule.order_no = place

    known = {rule.size: rule for rule in team_rules_of(tx, [group_buy.id])[group_buy.id]}
    keep_in_step(known, bodies, lambda body: body.size, make, write)


def _write_robots(tx: Transaction, group_buy: GroupBuyEvent, bodies: tuple[RobotRuleBody, ...]) -> None:
    def make() -> GroupBuyEventRobot:
        robot = GroupBuyEventRobot(id=tx.new_id(), group_buy_event_id=group_buy.id)
        tx.add(robot)
        return robot

    def write(robot: GroupBuyEventRobot, body: RobotRuleBody, place: int) -> None:
        fill(robot, body, leaving=("id",))
        robot.order_no = place

    known = {robot.id: robot for robot in robots_of(tx, [group_buy.id])[group_buy.id]}
    keep_in_step(known, bodies, lambda body: body.id, make, write)
