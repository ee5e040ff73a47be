"""Teams of group-buys, with orders that fit their states and members who are nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sandbox.models import (
    GroupBuyEvent,
    GroupBuyEventOrder,
    GroupBuyEventRobot,
    GroupBuyEventRobotRecord,
    GroupBuyEventTeam,
)
from sandbox.rules.group_buy_kind import GROUP_BUYS
from sandbox.rules.team_life import expires
from sandbox.seed.members import sow_member
from sandbox.seed.orders import sow_payment
from sandbox.seed.organizations import Place
from sandbox.seed.referrals import sow_counts
from sandbox.seed.seedbed import DAY, Seedbed
from sandbox.settings import CLOCK_START, ROBOT_NAME

MINUTE: Final = 60 * 1000
HOUR: Final = 60 * MINUTE
TIME_TO_PAY: Final = 15 * MINUTE


@dataclass(frozen=True)
class TeamSample:
    """A team by the states of its orders, the leader's first."""

    status: str
    size: int
    orders: tuple[str, ...]
    robots: int = 0


@dataclass(frozen=True)
class Terms:
    """What the orders of a group-buy have in common."""

    price: int
    sku_values: str | None
    robots: Sequence[GroupBuyEventRobot]


def sow_teams(
    bed: Seedbed, group_buy: GroupBuyEvent, samples: Sequence[TeamSample], terms: Terms, place: Place
) -> None:
    for sample in samples:
        began, sown = _began(sample, group_buy), len(bed.rows)
        team = bed.add(
            GroupBuyEventTeam(
                id=bed.new_id(),
                group_buy_event_id=group_buy.id,
                size=sample.size,
                status=sample.status,
                expire_time=expires(group_buy, began),
            )
        )
        for number, status in enumerate(sample.orders):
            _sow_order(bed, group_buy, team, status, terms, place, leads=number == 0)
        _sow_robots(bed, group_buy, team, sample, terms)
        for row in bed.rows[sown:]:
            _set_times(row, began)


def _began(sample: TeamSample, group_buy: GroupBuyEvent) -> int:
    """Late enough that a team which may still fill has not expired."""
    if sample.status == "UNPAID":
        return CLOCK_START - 5 * MINUTE
    if sample.status == "PENDING":
        return CLOCK_START - 12 * HOUR
    return min(group_buy.end_time or CLOCK_START, CLOCK_START) - 2 * DAY


def _set_times(row: Any, began: int) -> None:
    for column in ("created_time", "updated_time"):
        if hasattr(row, column):
            setattr(row, column, began)
    if isinstance(row, GroupBuyEventOrder) and row.amount > 0:
        row.time_expire = began + TIME_TO_PAY


def _sow_order(
    bed: Seedbed,
    group_buy: GroupBuyEvent,
    team: GroupBuyEventTeam,
    status: str,
    terms: Terms,
    place: Place,
    *,
    leads: bool,
) -> None:
    order = _order(bed, group_buy, team, status, charged_amount=terms.price, team_leader=leads)
    member = sow_member(bed, place, f"pt-{order.id}")
    order.member_id = member.id
    order.member_name, order.member_mobile = member.name, member.mobile
    order.member_head_url = f"https://cdn.example.test/heads/{member.id}.png"
    order.channel, order.sku_values = member.channel, terms.sku_values
    if status == "USED":
        order.checkin_store_org_id = place.store_org_ids[0]
    paid = terms.price > 0 and status != "UNPAID"
    sow_counts(bed, GROUP_BUYS, group_buy, order, [member], paid=paid)
    if paid:
        sow_payment(bed, order, refunded=status in ("CANCELED", "TEAM_FAIL"))


def _sow_robots(
    bed: Seedbed, group_buy: GroupBuyEvent, team: GroupBuyEventTeam, sample: TeamSample, terms: Terms
) -> None:
    """Each rule whose time has come has acted: the first ones have filled a seat, others have not."""
    acted = [rule for rule in terms.robots if rule.type == "BEGIN"]
    for number, rule in enumerate(acted):
        fills = number < sample.robots
        robot = _order(bed, group_buy, team, "UNUSED", charged_amount=0, robot=True) if fills else None
        if robot is not None:
            robot.member_name = ROBOT_NAME
        bed.add(
            GroupBuyEventRobotRecord(
                id=bed.new_id(),
                group_buy_event_id=group_buy.id,
                group_buy_event_team_id=team.id,
                group_buy_event_robot_id=rule.id,
                group_buy_event_order_id=robot.id if robot else None,
            )
        )


def _order(
    bed: Seedbed,
    group_buy: GroupBuyEvent,
    team: GroupBuyEventTeam,
    status: str,
    *,
    charged_amount: int,
    team_leader: bool = False,
    robot: bool = False,
) -> GroupBuyEventOrder:
    return bed.add(
        GroupBuyEventOrder(
            id=bed.new_id(),
            group_buy_event_id=group_buy.id,
            group_buy_event_name=group_buy.titile,
            group_buy_event_team_id=team.id,
            size=team.size,
            status=status,
            pament_status="UNPAID" if charged_amount else "NONE",
            code=f"{bed.fake.random_int(0, 99999999):08}",
            charged_amount=charged_amount,
            robot=robot,
            team_leader=team_leader,
        )
    )
