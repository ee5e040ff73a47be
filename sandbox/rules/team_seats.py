"""The seats of a team, and of all teams under one rule: every live order holds one, a robot's too (G-07)."""

from sqlalchemy import Select, func, select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEventOrder, GroupBuyEventRule, GroupBuyEventTeam
from sandbox.rules.order_states import DEAD, PaymentStatus

SECURED = (PaymentStatus.NONE, PaymentStatus.PAY_SUCCESS)


def live_orders_of(team: GroupBuyEventTeam) -> Select[GroupBuyEventOrder]:
    model = GroupBuyEventOrder
    live = select(model).where(model.group_buy_event_team_id == team.id, model.status.not_in(DEAD))
    return live.order_by(model.id)


def live_by_size(tx: Transaction, group_buy_id: int | None) -> dict[int | None, int]:
    """How many live orders each rule of a group-buy has; one without any is not named."""
    counts = (
        select(GroupBuyEventOrder.size, func.count())
        .where(GroupBuyEventOrder.group_buy_event_id == group_buy_id)
        .where(GroupBuyEventOrder.status.not_in(DEAD))
        .group_by(GroupBuyEventOrder.size)
    )
    return {size: count for size, count in tx.execute(counts)}  # noqa: C416 - rows are no pairs to mypy


def rule_has_seat(tx: Transaction, rule: GroupBuyEventRule) -> bool:
    return live_by_size(tx, rule.group_buy_event_id).get(rule.size, 0) < (rule.max_number or 0)


def team_has_seat(tx: Transaction, team: GroupBuyEventTeam) -> bool:
    return len(tx.scalars(live_orders_of(team)).all()) < (team.size or 0)


def is_filled(tx: Transaction, team: GroupBuyEventTeam) -> bool:
    """By orders that are free or paid."""
    secured = live_orders_of(team).where(GroupBuyEventOrder.pament_status.in_(SECURED))
    return len(tx.scalars(secured).all()) >= (team.size or 0)
