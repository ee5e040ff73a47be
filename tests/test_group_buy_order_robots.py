"""Robots in teams of group-buys (G-14): when they come, where they do not, and what their orders are like."""

from typing import Final

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.clock import HOUR, SandboxClock
from harness.kinds.group_buy_orders import RULE
from harness.teams import Teams

pytestmark = pytest.mark.order

TEAMS = Area("管理后台", "拼课团团队")
AFTER_AN_HOUR: Final = {
    "robotRules": [{"type": "BEGIN", "offsetTime": HOUR, "probability": 100, "begintNumber": 0}]
}
PRICED: Final = {f"{RULE}.leaderPrice": 9900, f"{RULE}.memberPrice": 9900}


@cases("robot")
def test_robot(case: Case, teams: Teams) -> None:
    team = teams.told(case)

    assert team.seen() == (case.expect["team"], dict(case.expect["kept"]))
    assert team.number() == case.expect["rows"]


@case(
    "robot-order",
    "G-14",
    "机器人的订单：robot 为真，没有会员，不必付款，金额为零",
    area=TEAMS,
    story="机器人",
    severity="blocker",
)
def test_robot_s_order(teams: Teams, movable_clock: SandboxClock) -> None:
    team = teams.open(teams.bookings.activity({**AFTER_AN_HOUR, **PRICED}))

    movable_clock.advance(HOUR)

    (robot,) = [order for order in teams.bookings.listed(team.group_buy["id"]) if order["robot"]]
    assert robot["id"] != team.orders["leader"]
    assert (robot["groupBuyEventTeamId"], robot["size"]) == (team.id, 2)
    assert (robot["status"], robot["pamentStatus"], robot["chargedAmount"]) == ("UNUSED", "NONE", 0)
    assert (robot["memberId"], robot["teamLeader"]) == (None, False)
    assert (robot["timeExpire"], robot["paymentOrderId"], robot["refundOrderId"]) == (None, None, None)
    assert robot["createdTime"] == movable_clock.now()


@case(
    "robot-in-list-of-teams",
    "G-14",
    "团队列表里机器人有标记，排在团长之后",
    area=TEAMS,
    story="机器人",
    severity="critical",
)
def test_robot_in_the_list_of_teams(teams: Teams, movable_clock: SandboxClock) -> None:
    team = teams.open(teams.bookings.activity(AFTER_AN_HOUR))

    movable_clock.advance(HOUR)

    members = team.row()["members"]
    assert [(member["teamLeader"], member["robot"]) for member in members] == [(True, False), (False, True)]
    assert members[1]["memberId"] is None


@case(
    "robot-not-in-reports",
    "G-14",
    "机器人不进推荐报表，会员照计",
    area=TEAMS,
    story="机器人",
    severity="critical",
)
def test_robot_counts_in_no_report(admin: AdminClient, teams: Teams, movable_clock: SandboxClock) -> None:
    team = teams.open(teams.bookings.activity(AFTER_AN_HOUR))

    movable_clock.advance(HOUR)

    assert team.seen()[1]["robots"] == "UNUSED/NONE"
    rows = admin.reports.group_buys({"eventIds": [team.group_buy["id"]]}).require_data()
    counted = [(row["memberId"], row["signUpCount"], row["payCount"]) for row in rows]
    assert counted == [(teams.people("leader").id, 1, 0)]


@case(
    "robot-takes-of-the-largest-number",
    "G-07",
    "两个团只剩一个名额，机器人只来一个，不超过上限",
    area=TEAMS,
    story="机器人",
)
def test_robot_never_exceeds_the_largest_number(teams: Teams, movable_clock: SandboxClock) -> None:
    """Two teams of two hold three of three places: one place is left for the robots of both."""
    group_buy = teams.bookings.activity({**AFTER_AN_HOUR, f"{RULE}.maxNumber": 3})
    team = teams.open(group_buy)
    teams.bookings.book(group_buy, teams.people("other"))

    movable_clock.advance(HOUR)

    robots = [order for order in teams.bookings.listed(group_buy["id"]) if order["robot"]]
    assert (len(robots), team.number()) == (1, 3)


@case(
    "robot-not-while-disabled",
    "G-05",
    "拼课团下架时到时的机器人不来",
    area=TEAMS,
    story="机器人",
)
def test_robot_comes_only_while_enabled(
    admin: AdminClient, teams: Teams, movable_clock: SandboxClock
) -> None:
    team = teams.open(teams.bookings.activity(AFTER_AN_HOUR))
    admin.group_buys.enable(team.group_buy["id"], enable=False).require_ok()

    movable_clock.advance(HOUR)

    assert team.seen() == ("PENDING", {"leader": "UNUSED/NONE"})


@case("robot-of-each-team", "G-14", "每个团各来一个机器人", area=TEAMS, story="机器人")
def test_each_team_has_its_robot(teams: Teams, movable_clock: SandboxClock) -> None:
    group_buy = teams.bookings.activity(AFTER_AN_HOUR)
    team = teams.open(group_buy)
    other = teams.bookings.book(group_buy, teams.people("other"))["groupBuyEventTeamId"]

    movable_clock.advance(HOUR)

    robots = [order for order in teams.bookings.listed(group_buy["id"]) if order["robot"]]
    assert {robot["groupBuyEventTeamId"] for robot in robots} == {team.id, other}
    assert len(robots) == 2
