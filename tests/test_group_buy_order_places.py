"""Places under a rule, and a member's one live order: held by live orders, given back by those that die."""

from typing import Final

import pytest

from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_refused
from harness.kinds.group_buy_orders import RULE, GroupBuyBookings
from harness.order_states import OrderStates
from harness.people import People, Person
from harness.teams import Teams

pytestmark = pytest.mark.order

JOINING = Area("小程序", "拼课团订单")
ONCE: Final = {"repeatJoin": False}


@cases("group_buy_order_live")
def test_live_order_holds_its_place(
    case: Case, group_buy_order_states: OrderStates, teams: Teams, customer: Person
) -> None:
    once = {**ONCE, f"{RULE}.maxNumber": 1, f"{RULE}.begintNumber": 7}
    before = case.before or {}
    placed = group_buy_order_states.bring(before["status"], before["payment"], once)
    bookings, group_buy = teams.bookings, placed.activity
    numbers = bookings.admin.group_buy_orders.numbers(group_buy["id"]).require_data()

    again = bookings.send(customer, bookings.body(group_buy))
    other = bookings.send(teams.people("other"), bookings.body(group_buy))

    assert numbers == [{"size": 1, "number": 7 + case.expect["rows"]}]
    check_outcome(again, case)
    check_refused(other, "40902")
    assert len(bookings.listed(group_buy["id"])) == 2 - case.expect["rows"]


@case(
    "group-buy-order-once-other-team",
    "G-09",
    "不可重复参加时，参了一个团就不能再参别的团，也不能开团",
    area=JOINING,
    story="名额与重复参加",
    severity="blocker",
)
def test_member_is_once_in_the_group_buy(teams: Teams, people: People) -> None:
    group_buy = teams.bookings.activity({**ONCE, f"{RULE}.size": 3})
    team = teams.open(group_buy)
    teams.join(team, "first")
    other = teams.bookings.book(group_buy, people("other"))["groupBuyEventTeamId"]

    for into in (other, team.id, ""):
        body = teams.bookings.body(group_buy, {"groupBuyEventTeamId": into})
        check_refused(teams.bookings.send(people("first"), body), "40903")

    assert len(teams.bookings.listed(group_buy["id"])) == 3


@case(
    "group-buy-order-once-other-group-buy",
    "G-09",
    "不可重复参加只管这一个拼课团",
    area=JOINING,
    story="名额与重复参加",
    severity="critical",
)
def test_other_group_buy_can_be_joined_too(teams: Teams, customer: Person) -> None:
    first, second = teams.bookings.activity(ONCE), teams.bookings.activity(ONCE)

    answers = [teams.bookings.send(customer, teams.bookings.body(one)) for one in (first, second)]

    assert [answer.ok for answer in answers] == [True, True]


@case(
    "group-buy-order-repeat",
    "G-09",
    "可重复参加时，可以再开团，也可以参别的团",
    area=JOINING,
    story="名额与重复参加",
    severity="critical",
)
def test_member_may_come_again(teams: Teams, people: People) -> None:
    group_buy = teams.bookings.activity({"repeatJoin": True})
    team = teams.open(group_buy)

    opened, joined = (
        teams.bookings.send(people("other"), teams.bookings.body(group_buy, {"groupBuyEventTeamId": into}))
        for into in ("", team.id)
    )

    assert opened.require_data()["groupBuyEventTeamId"] != team.id
    assert joined.require_data()["groupBuyEventTeamId"] == team.id


@case(
    "group-buy-order-once-after-team-fail",
    "G-09",
    "团失败后可以再参加",
    area=JOINING,
    story="名额与重复参加",
    severity="critical",
)
def test_member_of_a_failed_team_may_come_again(
    group_buy_order_states: OrderStates, group_buy_bookings: GroupBuyBookings, customer: Person
) -> None:
    placed = group_buy_order_states.bring("TEAM_FAIL", "NONE", {**ONCE, f"{RULE}.maxNumber": 2})

    assert group_buy_bookings.send(customer, group_buy_bookings.body(placed.activity)).ok


@case(
    "group-buy-order-largest-number",
    "G-07",
    "上限管规则下所有的团，也管参团；另一条规则另算，起始人数不占名额",
    area=JOINING,
    story="名额与重复参加",
    severity="blocker",
)
def test_largest_number_is_over_all_teams(teams: Teams, people: People) -> None:
    other_rule = {"size": 1, "leaderPrice": 0, "memberPrice": 0, "maxNumber": 1, "begintNumber": 5}
    group_buy = teams.bookings.activity({f"{RULE}.maxNumber": 2, "groupBuyEventTeamRules.1": other_rule})
    team = teams.open(group_buy)
    teams.bookings.book(group_buy, people("other"))

    for into in (team.id, ""):
        body = teams.bookings.body(group_buy, {"groupBuyEventTeamId": into})
        check_refused(teams.bookings.send(people("late"), body), "40902")

    assert teams.bookings.send(people("late"), teams.bookings.body(group_buy, {"size": 1})).ok
    numbers = teams.bookings.admin.group_buy_orders.numbers(group_buy["id"]).require_data()
    assert numbers == [{"size": 2, "number": 2}, {"size": 1, "number": 6}]
