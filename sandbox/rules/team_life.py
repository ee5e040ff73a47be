"""What becomes of a team (G-06 to G-08): opened, filled, failed. It comes here locked, or new."""

from typing import Final

from sandbox.db import Transaction
from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventTeam
from sandbox.rules.group_buy_bodies import LIMITED
from sandbox.rules.kinds import LATEST
from sandbox.rules.order_life import fail_with_team
from sandbox.rules.team_seats import is_filled, live_orders_of
from sandbox.rules.team_states import TeamAction, move_team, start_team, team_may

HOUR: Final = 3600 * 1000


def lock_team(tx: Transaction, team_id: int | None) -> GroupBuyEventTeam | None:
    """The team and, before it, its group-buy: who joins counts across its teams."""
    seen = tx.get(GroupBuyEventTeam, team_id or 0)
    if seen is None:
        return None
    tx.lock(GroupBuyEvent, seen.group_buy_event_id)
    return tx.lock(GroupBuyEventTeam, seen.id)


def open_team(tx: Transaction, group_buy: GroupBuyEvent, size: int | None) -> GroupBuyEventTeam:
    """It keeps the time that it was opened with."""
    team = GroupBuyEventTeam(
        id=tx.new_id(),
        group_buy_event_id=group_buy.id,
        size=size,
        expire_time=expires(group_buy, tx.second),
    )
    start_team(team)
    tx.add(team)
    return team


def expires(group_buy: GroupBuyEvent, opened: int) -> int | None:
    """G-08. No later than a DATETIME can say."""
    if group_buy.team_last_time_type != LIMITED:
        return group_buy.end_time
    return min(opened + (group_buy.team_last_time_hours or 0) * HOUR, LATEST)


def advance_team(tx: Transaction, team: GroupBuyEventTeam) -> None:
    """G-07: one of its orders is free or paid now. While it is UNPAID it has none but its leader's."""
    if team_may(team, TeamAction.LEADER_SECURED):
        move_team(team, TeamAction.LEADER_SECURED)
    if team_may(team, TeamAction.FILL) and is_filled(tx, team):
        move_team(team, TeamAction.FILL)


def leave_team(tx: Transaction, team: GroupBuyEventTeam, order: GroupBuyEventOrder) -> None:
    """G-07, G-08: a team does not outlive its leader's order, unless it has succeeded."""
    if order.team_leader and team_may(team, TeamAction.FAIL):
        fail_team(tx, team)


def fail_team(tx: Transaction, team: GroupBuyEventTeam) -> None:
    """G-08."""
    move_team(team, TeamAction.FAIL)
    for order in tx.scalars(live_orders_of(team)).all():
        locked = tx.lock(GroupBuyEventOrder, order.id)
        if locked is not None:
            fail_with_team(tx, locked)
