"""Teams of group-buys: how they come about, fill and fail, and who gets into one."""

import pytest

from clients import AdminClient
from harness.bookings import PRICE
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome
from harness.kinds.group_buy_orders import RULE
from harness.teams import Teams
from tests.orders.referral import counts

pytestmark = pytest.mark.order

TEAMS = Area("管理后台", "拼课团团队")


@cases("group_buy_team_life")
def test_team(case: Case, teams: Teams) -> None:
    team = teams.told(case)

    assert team.seen() == (case.expect["team"], dict(case.expect["kept"]))
    assert team.number() == case.expect["rows"]


@cases("group_buy_team_into")
def test_into_a_team(case: Case, teams: Teams) -> None:
    team = teams.told(case)
    before = team.seen()
    body = teams.bookings.body(team.group_buy, {"groupBuyEventTeamId": team.id})

    answer = teams.bookings.send(teams.people(case.query.get("who", "newcomer")), body)

    check_outcome(answer, case)
    if answer.ok:
        booked = answer.require_data()
        assert booked["groupBuyEventTeamId"] == team.id
        assert booked["orderId"] in {member["orderId"] for member in team.row()["members"]}
    else:
        assert team.seen() == before, "被拒绝的参团改变了团"


@case(
    "group-buy-team-counts-taken-back",
    "F-04",
    "团失败后，团长和团员的报名数、支付笔数都收回；没付的只收回报名数",
    area=TEAMS,
    story="团的形成与失败",
    severity="critical",
)
def test_failed_team_counts_for_nobody(admin: AdminClient, teams: Teams) -> None:
    group_buy = teams.bookings.activity({f"{RULE}.size": 4}, price=PRICE)
    team = teams.open(group_buy)
    teams.join(team, "first")
    teams.join(team, "second", "unpaid")
    everyone = {name: teams.people(name) for name in team.orders}
    before = counts(admin.reports.group_buys, group_buy, everyone)

    teams.cancel(team, "leader")

    assert before == {"leader": "1/1", "first": "1/1", "second": "1/0"}
    assert counts(admin.reports.group_buys, group_buy, everyone) == dict.fromkeys(everyone, "0/0")


@case(
    "group-buy-team-fails-alone",
    "G-08",
    "一个团失败，同一拼课团的其他团不变",
    area=TEAMS,
    story="团的形成与失败",
    severity="critical",
)
def test_other_teams_outlive_one_that_fails(teams: Teams) -> None:
    group_buy = teams.bookings.activity({f"{RULE}.size": 3}, price=PRICE)
    team = teams.open(group_buy)
    other = teams.open(group_buy, who="other")
    teams.join(other, "first")

    teams.cancel(team, "leader")

    paid = "UNUSED/PAY_SUCCESS"
    assert team.seen() == ("FAILED", {"leader": "CANCELED/REFUNDING"})
    assert other.seen() == ("PENDING", {"other": paid, "first": paid})
