"""Opening a team of a group-buy, and joining one (G-05 to G-07, G-09 to G-11, G-16)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventRule, GroupBuyEventTeam, Member
from sandbox.rules.activities import find_activity
from sandbox.rules.activity_kinds import ActivityStatus
from sandbox.rules.bodies import Nested, optional, required
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.group_buy_orders import GROUP_BUY_ORDERS, new_order
from sandbox.rules.group_buy_parts import details_of, team_rule_of
from sandbox.rules.kinds import Id, ListOf, OrEmpty, Text, Whole
from sandbox.rules.order_forms import AnswerBody, read_answers
from sandbox.rules.order_making import booking_view, place
from sandbox.rules.order_states import DEAD
from sandbox.rules.refusals import Code, Refusal, absent, invalid
from sandbox.rules.team_life import open_team
from sandbox.rules.team_seats import rule_has_seat, team_has_seat
from sandbox.rules.team_states import TeamStatus
from sandbox.rules.wire import wire_id


@dataclass(frozen=True, kw_only=True)
class JoinBody:
    """Without a team's id it opens one."""

    group_buy_event_id: int = required(Id())
    group_buy_event_team_id: int | None = optional(OrEmpty(Id()))
    size: int | None = optional(Whole(1))
    name: str = required(Text(blank=False))
    mobile: str = required(Text(blank=False))
    sku_values: str | None = optional(Text())
    form_data_list: tuple[AnswerBody, ...] | None = optional(ListOf(Nested(AnswerBody)))


def join(tx: Transaction, member: Member, body: JoinBody) -> GroupBuyEventOrder:
    """The group-buy is locked: it bounds the orders of a member and of a rule across its teams."""
    tx.lock(GroupBuyEvent, body.group_buy_event_id)
    group_buy = find_activity(tx, GROUP_BUYS, member.organization_id, body.group_buy_event_id)
    answers = read_answers(tx, group_buy, body.form_data_list or ())
    sku_values = _chosen_specification(tx, group_buy, body.sku_values)
    team = _team_to_join(tx, group_buy, body.group_buy_event_team_id)
    rule = _rule(tx, group_buy, _size(team, body.size))
    _check_open(group_buy, team, tx.now)
    _check_member(tx, group_buy, team, member)
    _check_seat(tx, rule, team)
    order = new_order(
        tx,
        group_buy,
        team or open_team(tx, group_buy, rule.size),
        member_id=member.id,
        member_name=body.name,
        member_mobile=body.mobile,
        sku_values=sku_values,
        charged_amount=rule.member_price if team else rule.leader_price,
        team_leader=team is None,
        robot=False,
    )
    place(tx, GROUP_BUY_ORDERS, group_buy, order, answers)
    return order


def join_view(order: GroupBuyEventOrder) -> dict[str, Any]:
    return {**booking_view(order), "groupBuyEventTeamId": wire_id(order.group_buy_event_team_id)}


def _chosen_specification(tx: Transaction, group_buy: GroupBuyEvent, chosen: str | None) -> str | None:
    """G-11: one on offer; where there are none, none is chosen."""
    details = details_of(tx, [group_buy.id])[group_buy.id]
    if not details:
        return None
    if chosen not in [detail.values for detail in details if detail.enabled]:
        raise invalid("skuValues", "应为可选的规格")
    return chosen


def _team_to_join(tx: Transaction, group_buy: GroupBuyEvent, team_id: int | None) -> GroupBuyEventTeam | None:
    if team_id is None:
        return None
    team = tx.lock(GroupBuyEventTeam, team_id)
    if team is None or team.group_buy_event_id != group_buy.id:
        raise absent("拼课团队")
    return team


def _size(team: GroupBuyEventTeam | None, size: int | None) -> int | None:
    if team is None:
        if size is None:
            raise invalid("size", "不能为空")
        return size
    if size is not None and size != team.size:
        raise invalid("size", "与团队人数不一致")
    return team.size


def _rule(tx: Transaction, group_buy: GroupBuyEvent, size: int | None) -> GroupBuyEventRule:
    """G-06. A team that has outlived its rule has no price for anyone who joins."""
    rule = team_rule_of(tx, group_buy.id, size)
    if rule is None:
        raise invalid("size", "不是可选的成团人数")
    return rule


def _check_open(group_buy: GroupBuyEvent, team: GroupBuyEventTeam | None, now: int) -> None:
    """G-05, G-06. A team whose time has come fails at the next tick, and takes nobody until then."""
    if not group_buy.enable:
        raise Refusal(Code.STATE, "拼课团已停用")
    if team is not None:
        expired = team.status == TeamStatus.PENDING and now >= (team.expire_time or 0)
        if expired or team.status in (TeamStatus.UNPAID, TeamStatus.FAILED):
            raise Refusal(Code.STATE, "拼课团队不能加入")
    if GROUP_BUYS.status_of(group_buy, now) is not ActivityStatus.OPEN:
        raise Refusal(Code.NOT_IN_TIME, "拼课团不在活动时间内")


def _check_member(
    tx: Transaction, group_buy: GroupBuyEvent, team: GroupBuyEventTeam | None, member: Member
) -> None:
    """G-10, G-09: what is not said forbids nothing; in one team nobody is twice."""
    if group_buy.student_can_join is False and member.student:
        raise Refusal(Code.NOT_ELIGIBLE, "学员不能参加该拼课团")
    order = GroupBuyEventOrder
    mine = select(order.id).where(order.group_buy_event_id == group_buy.id, order.member_id == member.id)
    if group_buy.repeat_join is not False:
        mine = mine.where(order.group_buy_event_team_id == (team.id if team else 0))
    if tx.scalars(mine.where(order.status.not_in(DEAD))).first() is not None:
        raise Refusal(Code.ALREADY_JOINED, "已参加该拼课团")


def _check_seat(tx: Transaction, rule: GroupBuyEventRule, team: GroupBuyEventTeam | None) -> None:
    """G-07. A team that succeeded is not filled again."""
    if team is not None and (team.status == TeamStatus.SUCCESS or not team_has_seat(tx, team)):
        raise Refusal(Code.SOLD_OUT, "拼课团队已满")
    if not rule_has_seat(tx, rule):
        raise Refusal(Code.SOLD_OUT, "名额已满")
