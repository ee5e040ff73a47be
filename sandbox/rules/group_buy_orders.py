"""Orders of a group-buy as the console reads them: the list, and the check-in desk's search (G-15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventTeam
from sandbox.rules.bodies import optional
from sandbox.rules.group_buy_teams import TeamStatus
from sandbox.rules.kinds import Word
from sandbox.rules.listing import Page, Paging, in_order, page_of
from sandbox.rules.order_lists import found_by
from sandbox.rules.order_states import OrderStatus, PaymentStatus
from sandbox.rules.wire import wire


@dataclass(frozen=True, kw_only=True)
class OrderListQuery:
    """`status` is the team's."""

    status: str | None = optional(Word(tuple(TeamStatus)))
    order_status: str | None = optional(Word(tuple(OrderStatus)))
    pament_status: str | None = optional(Word(tuple(PaymentStatus)))


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


def order_views(tx: Transaction, orders: Sequence[GroupBuyEventOrder]) -> list[dict[str, Any]]:
    ids = [order.group_buy_event_team_id for order in orders]
    found = tx.scalars(select(GroupBuyEventTeam).where(GroupBuyEventTeam.id.in_(ids)))
    teams: dict[int | None, str | None] = {team.id: team.status for team in found}
    return [{**wire(order), "teamStatus": teams.get(order.group_buy_event_team_id)} for order in orders]


def _orders(
    organization_id: int, group_buy_id: int | None, key_word: str | None
) -> Select[GroupBuyEventOrder]:
    """An absent group-buy has none (C-15)."""
    order, group_buy, team = GroupBuyEventOrder, GroupBuyEvent, GroupBuyEventTeam
    return (
        select(order)
        .join(group_buy, group_buy.id == order.group_buy_event_id)
        .outerjoin(team, team.id == order.group_buy_event_team_id)
        .where(group_buy.organization_id == organization_id, group_buy.deleted.is_(False))
        .where(order.group_buy_event_id == (group_buy_id or 0))
        .where(*found_by(order, key_word))
        .order_by(*in_order(order))
    )
