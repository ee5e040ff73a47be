"""Robots: each rule of a group-buy may fill one seat of each of its teams, at its time (G-14)."""

from functools import partial
from random import Random

from sqlalchemy import ColumnElement, func, select

from sandbox.db import Transaction
from sandbox.models import (
    GroupBuyEvent,
    GroupBuyEventOrder,
    GroupBuyEventRobot,
    GroupBuyEventRobotRecord,
    GroupBuyEventTeam,
)
from sandbox.rules.activity_kinds import ActivityStatus
from sandbox.rules.dues import Due
from sandbox.rules.group_buy_bodies import BEGIN
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.group_buy_orders import GROUP_BUY_ORDERS, new_order
from sandbox.rules.group_buy_parts import team_rule_of
from sandbox.rules.order_making import place
from sandbox.rules.team_life import lock_team
from sandbox.rules.team_seats import rule_has_seat, team_has_seat
from sandbox.rules.team_states import OPEN_TEAM, TeamStatus
from sandbox.settings import ROBOT_NAME, ROBOT_SEED


def robot_turn(tx: Transaction) -> Due | None:
    """The earliest rule × team whose time has come and that has not acted. A tick runs it, one at a time."""
    team, robot = GroupBuyEventTeam, GroupBuyEventRobot
    rules = (
        select(
            robot.id, robot.type, robot.offset_time, func.min(team.created_time), func.min(team.expire_time)
        )
        .join(team, team.group_buy_event_id == robot.group_buy_event_id)
        .where(*_waits())
        .group_by(robot.id, robot.type, robot.offset_time)
        .order_by(robot.id)
    )
    turns = [
        ((opened or 0) + (offset or 0) if type_ == BEGIN else (expires or 0) - (offset or 0), robot_id)
        for robot_id, type_, offset, opened, expires in tx.execute(rules)
    ]
    at, robot_id = min(turns, default=(tx.now + 1, 0))
    return Due(at, partial(_take_turn, tx, robot_id, at)) if at <= tx.now else None


def _waits() -> list[ColumnElement[bool]]:
    """Rule and team that may still fail or succeed, and have no record of each other."""
    team, robot, record = GroupBuyEventTeam, GroupBuyEventRobot, GroupBuyEventRobotRecord
    met = select(record.id).where(
        record.group_buy_event_team_id == team.id, record.group_buy_event_robot_id == robot.id
    )
    return [team.status.in_(OPEN_TEAM), robot.deleted.is_(False), ~met.exists()]


def _take_turn(tx: Transaction, robot_id: int, at: int) -> None:
    """It acts once, whether or not that fills a seat."""
    robot = tx.get_one(GroupBuyEventRobot, robot_id)
    team = lock_team(tx, _first_team_id(tx, robot))
    if team is None:
        return
    order = _fill(tx, team, at) if _acts(robot, team) else None
    tx.add(
        GroupBuyEventRobotRecord(
            id=tx.new_id(),
            group_buy_event_id=team.group_buy_event_id,
            group_buy_event_team_id=team.id,
            group_buy_event_robot_id=robot.id,
            group_buy_event_order_id=order.id if order else None,
        )
    )


def _first_team_id(tx: Transaction, robot: GroupBuyEventRobot) -> int | None:
    team = GroupBuyEventTeam
    time = team.created_time if robot.type == BEGIN else team.expire_time
    found = (
        select(team.id)
        .join(GroupBuyEventRobot, GroupBuyEventRobot.group_buy_event_id == team.group_buy_event_id)
        .where(GroupBuyEventRobot.id == robot.id, *_waits())
    )
    return tx.scalars(found.order_by(time, team.id).limit(1)).first()


def _acts(robot: GroupBuyEventRobot, team: GroupBuyEventTeam) -> bool:
    """The same in each run, and when a call is tried again: drawn for this rule and team alone."""
    drawn = Random(f"{ROBOT_SEED}/{robot.id}/{team.id}").randrange(100)  # noqa: S311 - no secret
    return drawn < (robot.probability or 0)


def _fill(tx: Transaction, team: GroupBuyEventTeam, at: int) -> GroupBuyEventOrder | None:
    """Takes a seat as a member would have to (G-05, G-07), at the time when the turn came."""
    group_buy = tx.get_one(GroupBuyEvent, team.group_buy_event_id)
    is_open = GROUP_BUYS.status_of(group_buy, at) is ActivityStatus.OPEN
    if group_buy.deleted or not group_buy.enable or not is_open or team.status != TeamStatus.PENDING:
        return None
    rule = team_rule_of(tx, group_buy.id, team.size)
    if rule is None or not team_has_seat(tx, team) or not rule_has_seat(tx, rule):
        return None
    order = new_order(
        tx, group_buy, team, member_name=ROBOT_NAME, charged_amount=0, team_leader=False, robot=True
    )
    place(tx, GROUP_BUY_ORDERS, group_buy, order, ())
    return order
