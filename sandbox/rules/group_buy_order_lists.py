"""Lists of orders of group-buys, for the console (G-15), the check-in desk and their own members."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventTeam, Member
from sandbox.rules.bodies import optional
from sandbox.rules.kinds import Digits, Moment, Text, Word
from sandbox.rules.listing import Page, Paging, in_order, matching, page_of
from sandbox.rules.order_lists import found_by
from sandbox.rules.order_states import OrderStatus, PaymentStatus
from sandbox.rules.team_states import TeamStatus
from sandbox.rules.wire import wire


@dataclass(frozen=True, kw_only=True)
class OrderListQuery:
    """`status` is the team's."""

    status: str | None = optional(Word(tuple(TeamStatus)))
    order_status: str | None = optional(Word(tuple(OrderStatus)))
    pament_status: str | None = optional(Word(tuple(PaymentStatus)))


@dataclass(frozen=True, kw_only=True)
class MyOrdersQuery:
    """`type` is an order status; times enclose the order's making, the later one excluded."""

    type: str | None = optional(Word(tuple(OrderStatus)))
    begin_time: int | None = optional(Digits(Moment()))
    end_time: int | None = optional(Digits(Moment()))
    min_amount: int | None = optional(Digits())
    max_amount: int | None = optional(Digits())
    key_word: str | None = optional(Text())

    def conditions(self) -> list[ColumnElement[bool]]:
        order = GroupBuyEventOrder
        conditions: list[ColumnElement[bool]] = []
        if self.type is not None:
            conditions.append(order.status == self.type)
        if self.begin_time is not None:
            conditions.append(order.created_time >= self.begin_time)
        if self.end_time is not None:
            conditions.append(order.created_time < self.end_time)
        if self.min_amount is not None:
            conditions.append(order.charged_amount >= self.min_amount)
        if self.max_amount is not None:
            conditions.append(order.charged_amount <= self.max_amount)
        if self.key_word is not None:
            titled = matching(order.group_buy_event_name, self.key_word)
            conditions.append(or_(titled, order.code == self.key_word))
        return conditions


def list_orders(
    tx: Transaction,
    organization_id: int,
    group_buy_id: int | None,
    key_word: str | None,
    query: OrderListQuery,
    paging: Paging,
) -> Page[GroupBuyEventOrder]:
    selection = _orders(organization_id, group_buy_id, key_word)
    for column, value in (
        (GroupBuyEventTeam.status, query.status),
        (GroupBuyEventOrder.status, query.order_status),
        (GroupBuyEventOrder.pament_status, query.pament_status),
    ):
        if value is not None:
            selection = selection.where(column == value)
    return page_of(tx, selection, paging)


def search_orders(
    tx: Transaction,
    organization_id: int,
    group_buy_id: int | None,
    key_word: str | None,
    statuses: tuple[OrderStatus, ...],
    paging: Paging,
) -> Page[GroupBuyEventOrder]:
    found = _orders(organization_id, group_buy_id, key_word)
    return page_of(tx, found.where(GroupBuyEventOrder.status.in_(statuses)), paging)


def list_orders_of_member(
    tx: Transaction, member: Member, query: MyOrdersQuery, paging: Paging
) -> Page[GroupBuyEventOrder]:
    """Also those of a group-buy that is deleted."""
    mine = select(GroupBuyEventOrder).where(GroupBuyEventOrder.member_id == member.id, *query.conditions())
    return page_of(tx, mine.order_by(*in_order(GroupBuyEventOrder)), paging)


def order_views(tx: Transaction, orders: Sequence[GroupBuyEventOrder]) -> list[dict[str, Any]]:
    ids = [order.group_buy_event_team_id for order in orders]
    found = tx.scalars(select(GroupBuyEventTeam).where(GroupBuyEventTeam.id.in_(ids)))
    teams: dict[int | None, str | None] = {team.id: team.status for team in found}
    return [{**wire(order), "teamStatus": teams.get(order.group_buy_event_team_id)} for order in orders]


def _orders(
    organization_id: int, group_buy_id: int | None, key_word: str | None
) -> Select[GroupBuyEventOrder]:
    """One that never was, or is another organization's, has none (C-15); a deleted one keeps its own."""
    order, group_buy, team = GroupBuyEventOrder, GroupBuyEvent, GroupBuyEventTeam
    return (
        select(order)
        .join(group_buy, group_buy.id == order.group_buy_event_id)
        .outerjoin(team, team.id == order.group_buy_event_team_id)
        .where(group_buy.organization_id == organization_id)
        .where(order.group_buy_event_id == (group_buy_id or 0))
        .where(*found_by(order, key_word))
        .order_by(*in_order(order))
    )
