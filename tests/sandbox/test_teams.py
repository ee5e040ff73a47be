"""Opening and joining teams, and how they succeed (G-05 to G-07, G-09 to G-11, G-16, E-12)."""

import json
from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, JsonObject, member
from tests.sandbox.bodies import DAY, HOUR, SECOND, START, without
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import read_group_buy, specify, team_rule
from tests.sandbox.orders import MINUTE, notify
from tests.sandbox.team_orders import (
    FREE,
    LEADER_PRICE,
    MEMBER_PRICE,
    ask_to_join,
    free_group_buy,
    join,
    joining,
    my_order,
    open_group_buy,
    pay,
    states,
    team_of,
)

TEAMS = "/group_buy_event/teams"


@pytest.fixture
def second(app: Sandbox) -> Actor:
    return member(app, "second")


@pytest.fixture
def third(app: Sandbox) -> Actor:
    return member(app, "third")


@pytest.mark.parametrize(
    ("prices", "status", "payment", "expires", "team"),
    [
        (FREE, "UNUSED", "NONE", None, "PENDING"),
        ({"leaderPrice": 0}, "UNUSED", "NONE", None, "PENDING"),
        ({"memberPrice": 0}, "UNPAID", "UNPAID", START + 15 * MINUTE, "UNPAID"),
        ({}, "UNPAID", "UNPAID", START + 15 * MINUTE, "UNPAID"),
    ],
)
def test_opening_answers_the_state_it_starts_in(
    admin: Actor, plain: Actor, prices: Any, status: str, payment: str, expires: int | None, team: str
) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=2, **prices))
    data = ask_to_join(plain, group_buy_id).data
    assert data == {
        "orderId": data["orderId"],
        "groupBuyEventTeamId": data["groupBuyEventTeamId"],
        "status": status,
        "pamentStatus": payment,
        "timeExpire": expires,
    }
    assert team_of(admin, group_buy_id, data["groupBuyEventTeamId"])["status"] == team


def test_order_keeps_what_was_joined(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = open_group_buy(admin)
    order_id, team_id = join(plain, group_buy_id)
    pay(plain, order_id)
    joined, _ = join(second, group_buy_id, team_id, name="李小红")
    leaders, members = my_order(plain, order_id), my_order(second, joined)
    assert leaders == {
        **leaders,
        "groupBuyEventId": group_buy_id,
        "groupBuyEventName": "夏日拼课团",
        "groupBuyEventTeamId": team_id,
        "size": 2,
        "memberId": plain.get("/members").data["id"],
        "memberName": "王小明 🎈",
        "memberMobile": "19900001234",
        "skuValues": None,
        "chargedAmount": LEADER_PRICE,
        "teamLeader": True,
        "robot": False,
        "createdTime": START,
    }
    assert (members["chargedAmount"], members["teamLeader"], members["memberName"]) == (
        MEMBER_PRICE,
        False,
        "李小红",
    )
    (listed,) = admin.get(
        "/group_buy_event_order/orders", groupBuyEventId=group_buy_id, keyWord=order_id
    ).data
    assert listed == leaders


@pytest.mark.parametrize("team_id", ["left out", None, ""])
def test_team_is_opened_without_a_teams_id(admin: Actor, plain: Actor, team_id: str | None) -> None:
    body = joining(free_group_buy(admin), groupBuyEventTeamId=team_id)
    body = without(body, "groupBuyEventTeamId") if team_id == "left out" else body
    assert plain.post(TEAMS, body).data["status"] == "UNUSED"


def test_team_waits_for_its_leaders_payment(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = open_group_buy(admin)
    order_id, team_id = join(plain, group_buy_id)
    assert ask_to_join(second, group_buy_id, team_id).code == "40901"
    plain.post(f"/payments/{order_id}")
    notify(plain, order_id, amount=LEADER_PRICE, result="FAILED")
    assert states(plain, order_id) == ("UNPAID", "UNPAID", "PAY_FAILED")
    plain.post(f"/payments/{order_id}")
    notify(plain, order_id, amount=LEADER_PRICE, transactionId="again")
    assert states(plain, order_id) == ("PENDING", "UNUSED", "PAY_SUCCESS")
    assert ask_to_join(second, group_buy_id, team_id).code == "0"


def test_team_succeeds_when_all_its_seats_are_paid(
    admin: Actor, plain: Actor, second: Actor, third: Actor
) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=3))
    leaders, team_id = join(plain, group_buy_id, size=3)
    pay(plain, leaders)
    one, two = (join(who, group_buy_id, team_id)[0] for who in (second, third))
    found = []
    for who, order_id in ((second, one), (third, two)):
        found.append(states(plain, leaders)[0])
        pay(who, order_id)
    assert [*found, states(plain, leaders)[0]] == ["PENDING", "PENDING", "SUCCESS"]


@pytest.mark.parametrize("prices", [FREE, {}])
def test_team_of_one_succeeds_with_its_leader(admin: Actor, plain: Actor, prices: Any) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=1, **prices))
    order_id, _ = join(plain, group_buy_id, size=1)
    if not prices:
        assert states(plain, order_id)[0] == "UNPAID"
        pay(plain, order_id)
    assert states(plain, order_id)[:2] == ("SUCCESS", "UNUSED")


def test_free_members_fill_a_team_whose_leader_paid(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=2, memberPrice=0))
    order_id, team_id = join(plain, group_buy_id)
    pay(plain, order_id)
    join(second, group_buy_id, team_id)
    assert states(plain, order_id)[0] == "SUCCESS"


def test_unpaid_order_holds_its_seat(
    admin: Actor, control: Actor, plain: Actor, second: Actor, third: Actor
) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=2, leaderPrice=0))
    order_id, team_id = join(plain, group_buy_id)
    join(second, group_buy_id, team_id)
    assert states(plain, order_id)[0] == "PENDING"
    assert ask_to_join(third, group_buy_id, team_id).code == "40902"
    control.put("/clock", {"advanceMs": 15 * MINUTE})
    assert ask_to_join(third, group_buy_id, team_id).code == "0"


def test_full_team_takes_nobody_even_after_a_cancel(
    admin: Actor, plain: Actor, second: Actor, third: Actor
) -> None:
    group_buy_id = free_group_buy(admin)
    order_id, team_id = join(plain, group_buy_id)
    joined, _ = join(second, group_buy_id, team_id)
    assert ask_to_join(third, group_buy_id, team_id).code == "40902"
    assert second.put(f"/group_buy_event/orders/{joined}").code == "0"
    assert states(plain, order_id)[0] == "SUCCESS"
    assert ask_to_join(third, group_buy_id, team_id).code == "40902"


def test_max_number_bounds_the_live_orders_of_its_rule(
    admin: Actor, plain: Actor, second: Actor, third: Actor
) -> None:
    rules = [team_rule(size=2, maxNumber=2, **FREE), team_rule(size=3, **FREE)]
    group_buy_id = open_group_buy(admin, *rules)
    order_id, team_id = join(plain, group_buy_id)
    other_id, _ = join(second, group_buy_id)
    assert ask_to_join(third, group_buy_id).code == "40902"
    assert ask_to_join(third, group_buy_id, team_id).code == "40902"
    assert ask_to_join(third, group_buy_id, size=3).code == "0"
    second.put(f"/group_buy_event/orders/{other_id}")
    assert ask_to_join(third, group_buy_id, team_id).code == "0"
    assert states(plain, order_id)[0] == "SUCCESS"


@pytest.mark.parametrize("field", ["groupBuyEventId", "size", "name", "mobile"])
@pytest.mark.parametrize("how", ["left out", "null", "wrong type", "blank"])
def test_body_that_does_not_fit_is_40001(admin: Actor, plain: Actor, field: str, how: str) -> None:
    body = joining(free_group_buy(admin))
    body[field] = {"null": None, "wrong type": [1], "blank": " "}.get(how)
    answer = plain.post(TEAMS, without(body, field) if how == "left out" else body)
    assert (answer.code, field in answer.message) == ("40001", True)


@pytest.mark.parametrize("size", [0, -1, 3, 2.0, "2", True])
def test_size_is_one_of_the_rules(admin: Actor, plain: Actor, size: Any) -> None:
    answer = ask_to_join(plain, free_group_buy(admin), size=size)
    assert (answer.code, "size" in answer.message) == ("40001", True)


@pytest.mark.parametrize(("size", "code"), [(None, "0"), (2, "0"), (3, "40001"), (0, "40001")])
def test_size_of_a_joiner_is_the_teams(
    admin: Actor, plain: Actor, second: Actor, size: int | None, code: str
) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=2, **FREE), team_rule(size=3, **FREE))
    _, team_id = join(plain, group_buy_id)
    assert ask_to_join(second, group_buy_id, team_id, size=size).code == code


def test_team_whose_rule_is_gone_takes_nobody(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = free_group_buy(admin)
    _, team_id = join(plain, group_buy_id)
    body = {**read_group_buy(admin, group_buy_id), "groupBuyEventTeamRules": [team_rule(size=3)]}
    assert admin.put(f"/group_buy_event/{group_buy_id}", body).code == "0"
    assert ask_to_join(second, group_buy_id, team_id).code == "40001"


def test_absent_group_buy_is_40401(admin: Actor, other: Actor, plain: Actor) -> None:
    deleted = free_group_buy(admin)
    admin.delete(f"/group_buy_event/{deleted}")
    for group_buy_id in ("1", deleted, free_group_buy(other)):
        assert ask_to_join(plain, group_buy_id).code == "40401"


def test_absent_team_is_40401(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = free_group_buy(admin)
    _, elsewhere = join(plain, free_group_buy(admin, resourceId="pt_2"))
    for team_id in ("1", elsewhere):
        assert ask_to_join(second, group_buy_id, team_id).code == "40401"
    assert ask_to_join(second, group_buy_id, "abc").code == "40001"


@pytest.mark.parametrize(
    ("now", "code"), [(-HOUR - SECOND, "40904"), (-HOUR, "0"), (10 * DAY - SECOND, "0"), (10 * DAY, "40904")]
)
def test_teams_open_only_while_the_group_buy_is_open(
    app: Sandbox, admin: Actor, control: Actor, now: int, code: str
) -> None:
    group_buy_id = free_group_buy(admin)
    control.put("/clock", {"now": START + now})
    assert ask_to_join(member(app, "plain"), group_buy_id).code == code


def test_teams_fill_only_while_the_group_buy_is_open(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor
) -> None:
    limited: JsonObject = {"teamLastTimeType": "LIMITED", "teamLastTimeHours": 300}
    group_buy_id = free_group_buy(admin, **limited)
    _, team_id = join(plain, group_buy_id)
    control.put("/clock", {"now": START + 10 * DAY})
    assert ask_to_join(member(app, "second"), group_buy_id, team_id).code == "40904"


def test_disabled_group_buy_is_40901(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = free_group_buy(admin)
    _, team_id = join(plain, group_buy_id)
    admin.put_form(f"/group_buy_event/{group_buy_id}/enable", enable="false")
    assert ask_to_join(second, group_buy_id).code == "40901"
    assert ask_to_join(second, group_buy_id, team_id).code == "40901"


@pytest.mark.parametrize(("allowed", "code"), [(False, "40905"), (True, "0"), (None, "0")])
def test_student_joins_where_students_may(
    app: Sandbox, admin: Actor, plain: Actor, allowed: bool | None, code: str
) -> None:
    group_buy_id = free_group_buy(admin, studentCanJoin=allowed)
    _, team_id = join(plain, group_buy_id)
    student = member(app, "student")
    assert ask_to_join(student, group_buy_id, team_id).code == code
    assert ask_to_join(student, group_buy_id).code == code


@pytest.mark.parametrize("repeat", [False, True, None])
def test_repeat_join_allows_a_second_team(admin: Actor, plain: Actor, repeat: bool | None) -> None:
    group_buy_id = free_group_buy(admin, repeatJoin=repeat)
    order_id, team_id = join(plain, group_buy_id)
    assert ask_to_join(plain, group_buy_id, team_id).code == "40903"
    assert ask_to_join(plain, group_buy_id).code == ("40903" if repeat is False else "0")
    plain.put(f"/group_buy_event/orders/{order_id}")
    assert ask_to_join(plain, group_buy_id).code == "0"


def test_refusals_come_in_their_order(app: Sandbox, admin: Actor, control: Actor, plain: Actor) -> None:
    """Each is mended in turn, and the next one shows."""
    closed = {"beginTime": START + HOUR, "enable": False, "studentCanJoin": False, "repeatJoin": False}
    rule = team_rule(size=2, maxNumber=2, **FREE)
    group_buy_id = open_group_buy(admin, rule, **closed)
    student = plain.get("/members").data["id"]
    control.put(f"/members/{student}", {"student": True})
    found = [ask_to_join(plain, "1", size=0).code, ask_to_join(plain, "1").code]
    found += [ask_to_join(plain, group_buy_id).code]
    admin.put_form(f"/group_buy_event/{group_buy_id}/enable", enable="true")
    found += [ask_to_join(plain, group_buy_id).code]
    control.put("/clock", {"now": START + HOUR})
    found += [ask_to_join(plain, group_buy_id).code]
    control.put(f"/members/{student}", {"student": False})
    join(plain, group_buy_id)
    join(member(app, "second"), group_buy_id)
    found += [ask_to_join(plain, group_buy_id).code, ask_to_join(member(app, "third"), group_buy_id).code]
    assert found == ["40001", "40401", "40901", "40904", "40905", "40903", "40902"]


@pytest.mark.parametrize(
    ("sku_values", "code"),
    [
        ("二年级,周六", "0"),
        ("一年级,周六", "40001"),
        ("周六,二年级", "40001"),
        ("", "40001"),
        (None, "40001"),
    ],
)
def test_specification_is_one_on_offer(admin: Actor, plain: Actor, sku_values: str | None, code: str) -> None:
    group_buy_id = free_group_buy(admin)
    assert specify(admin, group_buy_id) == "0"
    answer = ask_to_join(plain, group_buy_id, skuValues=sku_values)
    assert answer.code == code
    if code == "0":
        assert my_order(plain, answer.data["orderId"])["skuValues"] == sku_values
    else:
        assert "skuValues" in answer.message


def test_specification_is_ignored_where_there_is_none(admin: Actor, plain: Actor) -> None:
    order_id, _ = join(plain, free_group_buy(admin), skuValues="二年级,周六")
    assert my_order(plain, order_id)["skuValues"] is None


def test_form_must_be_filled_and_is_kept(admin: Actor, plain: Actor, rows: Rows) -> None:
    form = [{"key": "姓名", "type": "text", "options": [], "isRequire": True}]
    group_buy_id = free_group_buy(admin, form=json.dumps(form))
    assert ask_to_join(plain, group_buy_id).code == "40001"
    order_id, _ = join(plain, group_buy_id, formDataList=[{**form[0], "value": "小明"}])
    (kept,) = rows("SELECT * FROM form_data WHERE event_order_id = ?", int(order_id))
    assert (kept["key"], kept["value"]) == ("姓名", "小明")
    assert my_order(plain, order_id)["formDataIds"] == str(kept["id"])


def test_refused_joining_leaves_no_trace(admin: Actor, plain: Actor, rows: Rows) -> None:
    group_buy_id = free_group_buy(admin, repeatJoin=False)
    join(plain, group_buy_id)
    tables = ("group_buy_event_team", "group_buy_event_order", "form_data", "resource_use_info")
    before = [rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608
    assert ask_to_join(plain, group_buy_id).code == "40903"
    assert [rows(f"SELECT * FROM {table}") for table in tables] == before  # noqa: S608


def test_joining_needs_a_member(app: Sandbox, admin: Actor) -> None:
    for who in (Actor(app, "/clt"), Actor(app, "/clt", admin.headers)):
        assert who.post(TEAMS, {}).status == 401
        assert who.get("/group_buy_event/orders").status == 401
        assert who.put("/group_buy_event/orders/1").status == 401


def test_numbers_follow_the_live_orders(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = free_group_buy(admin, size=3)

    def number() -> int:
        numbers = admin.get("/group_buy_event_order/event_rule/numbers", groupBuyEventId=group_buy_id).data
        return int(numbers[0]["number"])

    found = [number()]
    _, team_id = join(plain, group_buy_id, size=3)
    joined, _ = join(second, group_buy_id, team_id)
    found.append(number())
    second.put(f"/group_buy_event/orders/{joined}")
    assert [*found, number()] == [5, 7, 6]
