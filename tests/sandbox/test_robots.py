"""Robots take seats at their time, and count for nobody (G-14, F-06)."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, JsonObject, member, tenant
from tests.sandbox.bodies import DAY, HOUR, SECOND, START
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import read_group_buy, robot_rule, team_rule
from tests.sandbox.orders import MINUTE
from tests.sandbox.team_orders import (
    FREE,
    free_group_buy,
    join,
    launch,
    open_group_buy,
    pay,
    robot_orders,
    team_of,
)

LIMITED: JsonObject = {"teamLastTimeType": "LIMITED", "teamLastTimeHours": 1}
ORDERS = "SELECT * FROM group_buy_event_order WHERE group_buy_event_team_id = ? ORDER BY id"


def robot(**changes: Any) -> JsonObject:
    """One that is sure to come, a minute after the opening."""
    return robot_rule(**{"probability": 100, "offsetTime": MINUTE, **changes})


def with_robots(admin: Actor, *robots: JsonObject, size: int = 2, **changes: Any) -> str:
    return free_group_buy(admin, size, **{**LIMITED, "robotRules": list(robots), **changes})


def test_robot_takes_a_seat_at_its_time(admin: Actor, control: Actor, plain: Actor, rows: Rows) -> None:
    group_buy_id = with_robots(admin, robot())
    _, team_id = join(plain, group_buy_id)
    control.put("/clock", {"now": START + MINUTE - SECOND})
    assert robot_orders(admin, group_buy_id, team_id) == []
    control.put("/clock", {"now": START + MINUTE})
    assert team_of(admin, group_buy_id, team_id)["status"] == "SUCCESS"
    order = rows(ORDERS, int(team_id))[1]
    assert order == {
        **order,
        "robot": 1,
        "team_leader": 0,
        "member_id": None,
        "member_mobile": None,
        "charged_amount": 0,
        "status": "UNUSED",
        "pament_status": "NONE",
        "time_expire": None,
        "payment_order_id": None,
        "size": 2,
    }


@pytest.mark.parametrize(("offset", "found"), [(1500, [0, 1]), (2000, [0, 1]), (999, [1, 1])])
def test_offset_is_of_milliseconds(
    admin: Actor, control: Actor, plain: Actor, offset: int, found: list[int]
) -> None:
    group_buy_id = with_robots(admin, robot(offsetTime=offset))
    _, team_id = join(plain, group_buy_id)
    seen = []
    for now in (SECOND, 2 * SECOND):
        control.put("/clock", {"now": START + now})
        seen.append(len(robot_orders(admin, group_buy_id, team_id)))
    assert seen == found


def test_tick_alone_brings_a_robot_that_is_due(admin: Actor, control: Actor, plain: Actor) -> None:
    group_buy_id = with_robots(admin, robot(offsetTime=0))
    _, team_id = join(plain, group_buy_id)
    assert robot_orders(admin, group_buy_id, team_id) == []
    control.post("/tick")
    assert len(robot_orders(admin, group_buy_id, team_id)) == 1


@pytest.mark.parametrize(("last", "ends"), [(LIMITED, HOUR), ({"teamLastTimeType": "LIMITLESS"}, 10 * DAY)])
def test_robot_comes_before_the_end(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, last: JsonObject, ends: int
) -> None:
    group_buy_id = with_robots(admin, robot(type="END"), **last)
    _, team_id = join(plain, group_buy_id)
    found = []
    for now in (ends - MINUTE - SECOND, ends - MINUTE, ends):
        control.put("/clock", {"now": START + now})
        found.append(team_of(tenant(app, "admin"), group_buy_id, team_id)["status"])
    assert found == ["PENDING", "SUCCESS", "SUCCESS"]


@pytest.mark.parametrize("rule", [{"type": "END", "offsetTime": 0}, {"offsetTime": HOUR}])
def test_robot_of_the_teams_last_moment_is_too_late(
    admin: Actor, control: Actor, plain: Actor, rule: JsonObject
) -> None:
    group_buy_id = with_robots(admin, robot(**rule))
    _, team_id = join(plain, group_buy_id)
    control.put("/clock", {"now": START + HOUR})
    assert team_of(admin, group_buy_id, team_id)["status"] == "FAILED"
    assert robot_orders(admin, group_buy_id, team_id) == []


def test_robot_due_before_the_end_saves_the_team_at_one_move(
    admin: Actor, control: Actor, plain: Actor
) -> None:
    group_buy_id = with_robots(admin, robot(type="END", offsetTime=1))
    _, team_id = join(plain, group_buy_id)
    control.put("/clock", {"now": START + HOUR})
    assert team_of(admin, group_buy_id, team_id)["status"] == "SUCCESS"


def test_robot_comes_to_the_team_whose_time_it_is(app: Sandbox, admin: Actor, control: Actor) -> None:
    """Also where the clock was set back, so that the older team is the one made later."""
    group_buy_id = with_robots(admin, robot())
    teams = []
    for number, now in enumerate((START + HOUR // 2, START)):
        control.put("/clock", {"now": now})
        teams.append(join(member(app, f"team-{number}"), group_buy_id)[1])
    control.put("/clock", {"now": START + MINUTE})
    assert [len(robot_orders(admin, group_buy_id, team_id)) for team_id in teams] == [0, 1]


def test_each_rule_acts_once_for_a_team(admin: Actor, control: Actor, plain: Actor, rows: Rows) -> None:
    group_buy_id = with_robots(admin, robot(), robot(offsetTime=2 * MINUTE), size=5)
    teams = [join(who, group_buy_id, size=5)[1] for who in (plain, member(admin.app, "second"))]
    found = []
    for now in (1, 2, 3):
        control.put("/clock", {"now": START + now * MINUTE})
        found.append([len(robot_orders(admin, group_buy_id, team_id)) for team_id in teams])
    assert found == [[1, 1], [2, 2], [2, 2]]
    records = rows(
        "SELECT * FROM group_buy_event_robot_record WHERE group_buy_event_id = ?", int(group_buy_id)
    )
    assert len(records) == len({row["group_buy_event_order_id"] for row in records}) == 4


@pytest.mark.parametrize(("probability", "expected"), [(0, {0}), (50, {0, 1}), (100, {1})])
def test_robot_comes_by_chance(
    app: Sandbox, admin: Actor, control: Actor, probability: int, expected: set[int]
) -> None:
    group_buy_id = with_robots(admin, robot(probability=probability))
    teams = [join(member(app, f"team-{number}"), group_buy_id)[1] for number in range(12)]
    control.put("/clock", {"now": START + MINUTE})
    assert {len(robot_orders(admin, group_buy_id, team_id)) for team_id in teams} == expected


def test_chance_is_the_same_after_a_reset(app: Sandbox, control: Actor) -> None:
    def lucky() -> list[int]:
        control.post("/reset")
        admin = tenant(app, "admin")
        group_buy_id = with_robots(admin, robot(probability=50))
        teams = [join(member(app, f"team-{number}"), group_buy_id)[1] for number in range(12)]
        control.put("/clock", {"now": START + MINUTE})
        return [len(robot_orders(admin, group_buy_id, team_id)) for team_id in teams]

    assert lucky() == lucky()


def test_robot_comes_not_to_an_unpaid_team_nor_later(admin: Actor, control: Actor, plain: Actor) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=2), robotRules=[robot()], **LIMITED)
    order_id, team_id = join(plain, group_buy_id)
    control.put("/clock", {"now": START + MINUTE})
    pay(plain, order_id)
    control.put("/clock", {"now": START + 2 * MINUTE})
    assert team_of(admin, group_buy_id, team_id)["status"] == "PENDING"
    assert robot_orders(admin, group_buy_id, team_id) == []


def test_robot_takes_no_seat_that_is_held(app: Sandbox, admin: Actor, control: Actor, plain: Actor) -> None:
    rule = team_rule(size=2, leaderPrice=0)
    group_buy_id = open_group_buy(admin, rule, robotRules=[robot()], **LIMITED)
    _, team_id = join(plain, group_buy_id)
    join(member(app, "second"), group_buy_id, team_id)
    control.put("/clock", {"now": START + MINUTE})
    assert robot_orders(admin, group_buy_id, team_id) == []


def test_robot_completes_no_team_whose_members_have_not_paid(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor
) -> None:
    rule = team_rule(size=3, leaderPrice=0)
    group_buy_id = open_group_buy(admin, rule, robotRules=[robot()], **LIMITED)
    _, team_id = join(plain, group_buy_id, size=3)
    second = member(app, "second")
    order_id, _ = join(second, group_buy_id, team_id)
    control.put("/clock", {"now": START + MINUTE})
    team = team_of(admin, group_buy_id, team_id)
    assert (team["status"], len(team["members"])) == ("PENDING", 3)
    pay(second, order_id)
    assert team_of(admin, group_buy_id, team_id)["status"] == "SUCCESS"


def test_robot_is_bound_by_max_number(admin: Actor, control: Actor, plain: Actor) -> None:
    rule = team_rule(size=2, maxNumber=2, **FREE)
    group_buy_id = open_group_buy(admin, rule, robotRules=[robot()], **LIMITED)
    teams = [join(plain, group_buy_id)[1], join(member(admin.app, "second"), group_buy_id)[1]]
    control.put("/clock", {"now": START + MINUTE})
    assert [robot_orders(admin, group_buy_id, team_id) for team_id in teams] == [[], []]


@pytest.mark.parametrize("how", ["disabled", "deleted", "rule gone", "robot gone", "closed"])
def test_robot_comes_only_where_a_member_could(
    admin: Actor, control: Actor, plain: Actor, rows: Rows, how: str
) -> None:
    group_buy_id = with_robots(admin, robot())
    _, team_id = join(plain, group_buy_id)
    body = read_group_buy(admin, group_buy_id)
    match how:
        case "disabled":
            admin.put_form(f"/group_buy_event/{group_buy_id}/enable", enable="false")
        case "deleted":
            admin.delete(f"/group_buy_event/{group_buy_id}")
        case "rule gone":
            body["groupBuyEventTeamRules"] = [team_rule(size=3)]
        case "robot gone":
            body["robotRules"] = []
        case "closed":
            body["endTime"] = START + 30 * SECOND
    if how.endswith("gone") or how == "closed":
        assert admin.put(f"/group_buy_event/{group_buy_id}", body).code == "0"
    control.put("/clock", {"now": START + MINUTE})
    assert len(rows(ORDERS, int(team_id))) == 1


def test_robot_judges_the_group_buy_at_its_own_time(
    admin: Actor, control: Actor, plain: Actor, rows: Rows
) -> None:
    """The clock moves past both the robot's time and the group-buy's end."""
    group_buy_id = with_robots(admin, robot(), endTime=START + HOUR, teamLastTimeHours=50)
    _, team_id = join(plain, group_buy_id)
    control.put("/clock", {"now": START + 49 * HOUR})
    assert [row["robot"] for row in rows(ORDERS, int(team_id))] == [0, 1]


def test_robot_counts_in_numbers_but_in_no_report(admin: Actor, control: Actor, plain: Actor) -> None:
    group_buy_id = with_robots(admin, robot())
    join(plain, group_buy_id)
    control.put("/clock", {"now": START + MINUTE})
    numbers = admin.get("/group_buy_event_order/event_rule/numbers", groupBuyEventId=group_buy_id).data
    report = admin.post("/group_buy_event_order/group_buy_order_infos", {"eventIds": [group_buy_id]}).data
    assert numbers == [{"size": 2, "number": 7}]
    assert [(row["memberId"], row["signUpCount"]) for row in report] == [
        (plain.get("/members").data["id"], 1)
    ]


def test_robot_fails_with_its_team(admin: Actor, control: Actor, plain: Actor, rows: Rows) -> None:
    group_buy_id = with_robots(admin, robot(), size=3)
    launch(admin, group_buy_id)
    order_id, team_id = join(plain, group_buy_id, size=3)
    control.put("/clock", {"now": START + MINUTE})
    plain.put(f"/group_buy_event/orders/{order_id}")
    assert [row["status"] for row in rows(ORDERS, int(team_id))] == ["CANCELED", "TEAM_FAIL"]
