"""Teams of group-buys, with orders that fit their states and members who are nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sandbox.models import GroupBuyEvent, GroupBuyEventOrder, GroupBuyEventTeam, Member
from sandbox.seed.members import sow_member
from sandbox.seed.organizations import Place
from sandbox.seed.seedbed import DAY, Seedbed
from sandbox.settings import CLOCK_START

MINUTE: Final = 60 * 1000
HOUR: Final = 60 * MINUTE
PAID_STATES: Final = {"UNPAID": "UNPAID", "CANCELED": "REFUNDED", "TEAM_FAIL": "REFUNDED"}


@dataclass(frozen=True)
class TeamSample:
    """A team by the states of its orders, the leader's first."""

    status: str
    size: int
    orders: tuple[str, ...]
    robots: int = 0


def sow_teams(
    bed: Seedbed, group_buy: GroupBuyEvent, samples: Sequence[TeamSample], price: int, place: Place
) -> None:
    for sample in samples:
        began = _began(sample, group_buy)
        team = bed.add(
            GroupBuyEventTeam(
                id=bed.new_id(),
                group_buy_event_id=group_buy.id,
                size=sample.size,
                status=sample.status,
                expire_time=_expires(began, group_buy),
            )
        )
        orders = [_order(bed, group_buy, team, status, price) for status in sample.orders]
        for order in orders:
            _of_member(order, sow_member(bed, place, f"pt-{order.id}"))
            if order.status == "USED":
                order.checkin_store_org_id = place.store_org_ids[0]
        orders[0].team_leader = True
        robots = [_order(bed, group_buy, team, "UNUSED", 0) for _ in range(sample.robots)]
        for robot in robots:
            robot.robot, robot.member_name = True, bed.fake.name()
        rows: tuple[GroupBuyEventTeam | GroupBuyEventOrder, ...] = (team, *orders, *robots)
        for row in rows:
            row.created_time = row.updated_time = began


def _began(sample: TeamSample, group_buy: GroupBuyEvent) -> int:
    """Late enough that a team which may still fill has not expired."""
    if sample.status == "UNPAID":
        return CLOCK_START - 5 * MINUTE
    if sample.status == "PENDING":
        return CLOCK_START - 12 * HOUR
    return min(group_buy.end_time or CLOCK_START, CLOCK_START) - 2 * DAY


def _expires(began: int, group_buy: GroupBuyEvent) -> int | None:
    """G-08."""
    hours = group_buy.team_last_time_hours
    return group_buy.end_time if hours is None else began + hours * HOUR


def _order(
    bed: Seedbed, group_buy: GroupBuyEvent, team: GroupBuyEventTeam, status: str, price: int
) -> GroupBuyEventOrder:
    return bed.add(
        GroupBuyEventOrder(
            id=bed.new_id(),
            group_buy_event_id=group_buy.id,
            group_buy_event_name=group_buy.titile,
            group_buy_event_team_id=team.id,
            size=team.size,
            status=status,
            pament_status=PAID_STATES.get(status, "PAY_SUCCESS") if price else "NONE",
            code=f"{bed.fake.random_int(0, 99999999):08}",
            charged_amount=price,
            time_expire=CLOCK_START + 10 * MINUTE if status == "UNPAID" else None,
            robot=False,
            team_leader=False,
        )
    )


def _of_member(order: GroupBuyEventOrder, member: Member) -> None:
    order.member_id = member.id
    order.member_name = member.name
    order.member_mobile = member.mobile
    order.member_head_url = f"https://cdn.example.test/heads/{member.id}.png"
    order.channel = member.channel
