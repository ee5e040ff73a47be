"""Teams of a group-buy with their members, and the sizes on offer with their counts (G-15, G-16)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventTeam
from sandbox.rules.bodies import optional
from sandbox.rules.group_buy_parts import team_rules_of
from sandbox.rules.kinds import Digits, Word
from sandbox.rules.listing import Page, Paging, in_order, page_of
from sandbox.rules.order_states import OrderStatus
from sandbox.rules.sheets import sheet
from sandbox.rules.team_seats import live_by_size
from sandbox.rules.team_states import TeamStatus
from sandbox.rules.wire import wire_id, wire_part

LEFT: Final = (OrderStatus.CANCELED, OrderStatus.TIME_OUT)
HEADINGS: Final = ("团队", "人数", "状态", "成员", "手机号")
TEAM: Final = ("id", "groupBuyEventId", "size", "status", "expireTime", "createdTime")
MEMBER: Final = ("memberId", "memberName", "memberMobile", "memberHeadUrl", "teamLeader", "robot", "status")


@dataclass(frozen=True, kw_only=True)
class TeamSearch:
    status: str | None = optional(Word(tuple(TeamStatus)))
    team_size: int | None = optional(Digits())


def list_teams(
    tx: Transaction, organization_id: int, group_buy_id: int | None, search: TeamSearch, paging: Paging
) -> Page[GroupBuyEventTeam]:
    return page_of(tx, _teams(organization_id, group_buy_id, search), paging)


def team_views(tx: Transaction, teams: Sequence[GroupBuyEventTeam]) -> list[dict[str, Any]]:
    orders = _orders_of(tx, [team.id for team in teams])
    return [
        {**wire_part(team, *TEAM), "members": [_member_view(order) for order in orders[team.id]]}
        for team in teams
    ]


def team_sheet(tx: Transaction, organization_id: int, group_buy_id: int | None, search: TeamSearch) -> bytes:
    """The rows of the list, unpaged, as an .xlsx."""
    views = team_views(tx, tx.scalars(_teams(organization_id, group_buy_id, search)).all())
    return sheet(HEADINGS, (_sheet_row(view) for view in views))


def team_numbers(tx: Transaction, organization_id: int, group_buy_id: int | None) -> list[dict[str, int]]:
    """For each rule begintNumber and its live orders, a robot's among them: it holds a seat too (G-14)."""
    group_buy = tx.get(GroupBuyEvent, group_buy_id or 0)
    if group_buy is None or group_buy.organization_id != organization_id:
        return []
    live = live_by_size(tx, group_buy.id)
    return [
        {"size": rule.size or 0, "number": (rule.begint_number or 0) + live.get(rule.size, 0)}
        for rule in team_rules_of(tx, [group_buy.id])[group_buy.id]
    ]


def _teams(organization_id: int, group_buy_id: int | None, search: TeamSearch) -> Select[GroupBuyEventTeam]:
    """One that never was, or is another organization's, has none (C-15); a deleted one keeps its own."""
    selection = (
        select(GroupBuyEventTeam)
        .join(GroupBuyEvent, GroupBuyEvent.id == GroupBuyEventTeam.group_buy_event_id)
        .where(GroupBuyEvent.organization_id == organization_id)
        .where(GroupBuyEventTeam.group_buy_event_id == (group_buy_id or 0))
    )
    if search.status is not None:
        selection = selection.where(GroupBuyEventTeam.status == search.status)
    if search.team_size is not None:
        selection = selection.where(GroupBuyEventTeam.size == search.team_size)
    return selection.order_by(*in_order(GroupBuyEventTeam))


def _orders_of(tx: Transaction, team_ids: Iterable[int]) -> dict[int | None, list[GroupBuyEventOrder]]:
    """The live and the failed ones, the leader's first."""
    model = GroupBuyEventOrder
    stayed = select(model).where(model.group_buy_event_team_id.in_(team_ids), model.status.not_in(LEFT))
    orders: dict[int | None, list[GroupBuyEventOrder]] = defaultdict(list)
    for order in tx.scalars(stayed.order_by(model.team_leader.desc(), model.id)):
        orders[order.group_buy_event_team_id].append(order)
    return orders


def _member_view(order: GroupBuyEventOrder) -> dict[str, Any]:
    return {"orderId": wire_id(order.id), **wire_part(order, *MEMBER)}


def _sheet_row(view: dict[str, Any]) -> tuple[str | int | None, ...]:
    names, mobiles = (
        "、".join(member[name] or "" for member in view["members"]) for name in ("memberName", "memberMobile")
    )
    return view["id"], view["size"], view["status"], names, mobiles
