"""Teams of group-buys: how they come about, fill and fail, and who gets into one."""

import pytest

from harness.cases import Case, cases
from harness.checks import check_outcome
from harness.teams import Teams

pytestmark = pytest.mark.order


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
