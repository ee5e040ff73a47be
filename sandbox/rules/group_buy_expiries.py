"""What falls due of a group-buy: teams not full in time (G-08), orders past their effective time (P-07)."""

from functools import partial

from sqlalchemy import func, select

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventTeam
from sandbox.rules.dues import Due, meet
from sandbox.rules.group_buy_bodies import ABSOLUTE_DATE, RELATIVE_DATE
from sandbox.rules.group_buy_orders import GROUP_BUY_ORDERS
from sandbox.rules.order_life import end
from sandbox.rules.order_states import OrderAction, OrderStatus
from sandbox.rules.team_life import HOUR, fail_team, lock_team
from sandbox.rules.team_states import OPEN_TEAM, TeamAction, team_may


def unfilled_team(tx: Transaction) -> Due | None:
    """G-08: also one that waits for its leader's payment."""
    team = GroupBuyEventTeam
    due = select(team.expire_time, team.id).where(team.status.in_(OPEN_TEAM), team.expire_time <= tx.now)
    for at, team_id in tx.execute(due.order_by(team.expire_time, team.id).limit(1)):
        return Due(at or 0, partial(_fail, tx, team_id))
    return None


def ended_group_buy_order(tx: Transaction) -> Due | None:
    """P-07: by the effective time that its group-buy has now."""
    group_buy, order = GroupBuyEvent, GroupBuyEventOrder
    effect = (group_buy.effective_type, group_buy.effective_hours, group_buy.effective_end_time)
    oldest = (
        select(group_buy.id, func.min(order.created_time), *effect)
        .join(order, order.group_buy_event_id == group_buy.id)
        .where(
            order.status == OrderStatus.UNUSED, group_buy.effective_type.in_((RELATIVE_DATE, ABSOLUTE_DATE))
        )
        .group_by(group_buy.id, *effect)
        .order_by(group_buy.id)
    )
    ends = [
        ((made or 0) + (hours or 0) * HOUR if type_ == RELATIVE_DATE else end_time or 0, group_buy_id)
        for group_buy_id, made, type_, hours, end_time in tx.execute(oldest)
    ]
    at, group_buy_id = min(ends, default=(tx.now + 1, 0))
    return Due(at, partial(_end_oldest, tx, group_buy_id)) if at <= tx.now else None


def _fail(tx: Transaction, team_id: int) -> None:
    """A call may have moved the team between finding and locking it."""
    team = lock_team(tx, team_id)
    if team is not None and team_may(team, TeamAction.FAIL):
        fail_team(tx, team)


def _end_oldest(tx: Transaction, group_buy_id: int) -> None:
    order = GroupBuyEventOrder
    unused = select(order.id).where(
        order.group_buy_event_id == group_buy_id, order.status == OrderStatus.UNUSED
    )
    for order_id in tx.scalars(unused.order_by(order.created_time, order.id).limit(1)).all():
        meet(tx, GROUP_BUY_ORDERS, order_id, OrderAction.EFFECT_ENDS, end)
