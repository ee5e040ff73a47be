"""G-15, G-16, C-15: teams, numbers and orders of a group-buy as the console reads them."""

import io
from typing import Any

import openpyxl
import pytest

from sandbox.rules.sheets import sheet
from tests.sandbox.actors import Actor, JsonObject
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import make_group_buy, seeded_group_buy, sheet_rows, team_rule

BASE = "/group_buy_event_order"
CALLS = ("teams", "event_rule/numbers", "orders", "search")
TITILE = "暑期英语三人团"


def ask(tenant: Actor, call: str, **query: Any) -> list[JsonObject]:
    answer = tenant.get(f"{BASE}/{call}", **{"size": 1000, **query})
    assert answer.code == "0", answer.message
    return list(answer.data)


@pytest.fixture
def group_buy_id(admin: Actor) -> str:
    """The seeded one that has a team in each state."""
    return str(seeded_group_buy(admin, TITILE)["id"])


def states(teams: list[JsonObject]) -> set[tuple[str, int]]:
    return {(team["status"], team["size"]) for team in teams}


def test_teams_come_with_their_members_leader_first(admin: Actor, group_buy_id: str) -> None:
    teams = ask(admin, "teams", groupBuyEventId=group_buy_id)
    assert states(teams) == {("PENDING", 3), ("SUCCESS", 2), ("FAILED", 3), ("UNPAID", 2)}
    assert set(teams[0]) == {
        *("id", "groupBuyEventId", "size", "status", "expireTime", "createdTime", "members"),
    }
    for team in teams:
        assert [member["teamLeader"] for member in team["members"]][:2] in ([True], [True, False])
    assert set(teams[0]["members"][0]) == {
        *("orderId", "memberId", "memberName", "memberMobile", "memberHeadUrl"),
        *("teamLeader", "robot", "status"),
    }


def test_team_holds_its_live_and_failed_orders(admin: Actor, group_buy_id: str) -> None:
    teams = {team["status"]: team for team in ask(admin, "teams", groupBuyEventId=group_buy_id)}
    kept = {status: [one["status"] for one in team["members"]] for status, team in teams.items()}
    assert kept == {
        "PENDING": ["UNUSED", "UNUSED"],
        "SUCCESS": ["USED", "UNUSED"],
        "FAILED": ["TEAM_FAIL", "TEAM_FAIL"],
        "UNPAID": ["UNPAID"],
    }


def test_robot_is_told_as_one(admin: Actor) -> None:
    group_buy = seeded_group_buy(admin, "少儿编程免费团")
    (team,) = ask(admin, "teams", groupBuyEventId=group_buy["id"], status="SUCCESS")
    assert [member["robot"] for member in team["members"]] == [False, True]
    assert team["members"][1]["memberMobile"] is None


def test_teams_are_ordered_and_paged(admin: Actor, group_buy_id: str) -> None:
    teams = ask(admin, "teams", groupBuyEventId=group_buy_id)
    keys = [(-team["createdTime"], int(team["id"])) for team in teams]
    assert keys == sorted(keys)
    envelope = admin.get(f"{BASE}/teams", groupBuyEventId=group_buy_id, page=2, size=3).envelope
    assert (envelope["total"], envelope["page"], envelope["size"]) == (4, 2, 3)
    assert envelope["data"] == teams[3:]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "PENDING"}, {("PENDING", 3)}),
        ({"status": "SUCCESS"}, {("SUCCESS", 2)}),
        ({"status": "FAILED"}, {("FAILED", 3)}),
        ({"status": "UNPAID"}, {("UNPAID", 2)}),
        ({"teamSize": "3"}, {("PENDING", 3), ("FAILED", 3)}),
        ({"teamSize": "3", "status": "SUCCESS"}, set()),
        ({"teamSize": "7"}, set()),
        ({"teamSize": "", "status": ""}, {("PENDING", 3), ("SUCCESS", 2), ("FAILED", 3), ("UNPAID", 2)}),
    ],
)
def test_teams_and_their_excel_are_filtered_alike(
    admin: Actor, group_buy_id: str, query: dict[str, str], found: set[tuple[str, int]]
) -> None:
    teams = ask(admin, "teams", groupBuyEventId=group_buy_id, **query)
    response = admin.get(f"{BASE}/excel_teams", groupBuyEventId=group_buy_id, **query).response
    assert states(teams) == found
    assert sheet_rows(response) == [
        (
            team["id"],
            team["size"],
            team["status"],
            "、".join(member["memberName"] for member in team["members"]),
            "、".join(member["memberMobile"] for member in team["members"]),
        )
        for team in teams
    ]


@pytest.mark.parametrize("call", ["teams", "excel_teams"])
@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "OPEN"), ("status", "pending"), ("teamSize", "x"), ("teamSize", "-1"), ("teamSize", "1.0")],
)
def test_wrong_filter_of_teams_is_40001(
    admin: Actor, group_buy_id: str, call: str, field: str, value: str
) -> None:
    answer = admin.get(f"{BASE}/{call}", groupBuyEventId=group_buy_id, **{field: value})
    assert (answer.code, field in answer.message) == ("40001", True)


@pytest.mark.parametrize(("name", "shown"), [("=1+1", "=1+1"), ("a\x01😀", "a😀"), ("\ufffe", None)])
def test_name_is_text_in_a_sheet_whatever_it_is(name: str, shown: str | None) -> None:
    (page,) = openpyxl.load_workbook(io.BytesIO(sheet(("姓名", "人数"), [(name, 3)]))).worksheets
    assert (page["A2"].value, page["B2"].value) == (shown, 3)
    assert page["A2"].data_type != "f"


def test_numbers_are_those_of_the_rules_in_order(admin: Actor) -> None:
    rules = [team_rule(size=5, begintNumber=7), team_rule(size=2, begintNumber=0)]
    made = make_group_buy(admin, groupBuyEventTeamRules=rules)
    envelope = admin.get(f"{BASE}/event_rule/numbers", groupBuyEventId=made).envelope
    assert envelope["data"] == [{"size": 5, "number": 7}, {"size": 2, "number": 0}]
    assert "total" not in envelope


def test_numbers_count_live_orders_and_robots(admin: Actor, group_buy_id: str) -> None:
    free = seeded_group_buy(admin, "少儿编程免费团")["id"]
    numbers = [ask(admin, "event_rule/numbers", groupBuyEventId=one) for one in (group_buy_id, free)]
    assert numbers == [[{"size": 3, "number": 2}, {"size": 2, "number": 13}], [{"size": 2, "number": 3}]]


def test_order_is_its_row_and_its_teams_status(admin: Actor, group_buy_id: str, rows: Rows) -> None:
    (order,) = ask(admin, "orders", groupBuyEventId=group_buy_id, orderStatus="UNPAID")
    (row,) = rows("SELECT * FROM group_buy_event_order WHERE id = ?", int(order["id"]))
    assert len(order) == len(row) + 1
    assert (order["teamStatus"], order["pamentStatus"], order["robot"]) == ("UNPAID", "UNPAID", False)
    assert (order["groupBuyEventName"], order["chargedAmount"]) == (TITILE, row["charged_amount"])
    assert order["timeExpire"] - order["createdTime"] == 15 * 60 * 1000


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 8),
        ({"status": "PENDING"}, 3),
        ({"status": "FAILED"}, 2),
        ({"orderStatus": "UNUSED"}, 3),
        ({"orderStatus": "UNUSED", "status": "SUCCESS"}, 1),
        ({"pamentStatus": "REFUNDED"}, 3),
        ({"pamentStatus": "NONE"}, 0),
        ({"status": "", "orderStatus": "", "pamentStatus": "", "keyWord": ""}, 8),
        ({"keyWord": "no such"}, 0),
        ({"keyWord": "\0"}, 0),
    ],
)
def test_orders_are_filtered(admin: Actor, group_buy_id: str, query: dict[str, str], found: int) -> None:
    assert len(ask(admin, "orders", groupBuyEventId=group_buy_id, **query)) == found


@pytest.mark.parametrize("call", ["orders", "search"])
@pytest.mark.parametrize("field", ["code", "id", "memberMobile"])
def test_key_word_is_a_code_an_order_id_or_a_mobile(
    admin: Actor, group_buy_id: str, call: str, field: str
) -> None:
    wanted = ask(admin, "orders", groupBuyEventId=group_buy_id, orderStatus="USED")[0]
    assert wanted in ask(admin, call, groupBuyEventId=group_buy_id, keyWord=wanted[field])
    assert ask(admin, call, groupBuyEventId=group_buy_id, keyWord=wanted[field][:-1]) == []


@pytest.mark.parametrize(
    ("status", "found"), [("UNUSED", {"UNUSED"}), ("USED", {"USED"}), ("", {"UNUSED", "USED"})]
)
def test_desk_finds_unused_and_used_orders(
    admin: Actor, group_buy_id: str, status: str, found: set[str]
) -> None:
    orders = ask(admin, "search", groupBuyEventId=group_buy_id, status=status)
    assert {order["status"] for order in orders} == found
    assert all("teamStatus" in order for order in orders)


@pytest.mark.parametrize(
    ("call", "field", "value"),
    [
        ("orders", "status", "UNUSED"),
        ("orders", "orderStatus", "PENDING"),
        ("orders", "pamentStatus", "PAID"),
        ("search", "status", "CANCELED"),
    ],
)
def test_wrong_filter_of_orders_is_40001(
    admin: Actor, group_buy_id: str, call: str, field: str, value: str
) -> None:
    answer = admin.get(f"{BASE}/{call}", groupBuyEventId=group_buy_id, **{field: value})
    assert (answer.code, field in answer.message) == ("40001", True)


@pytest.mark.parametrize("call", ["orders", "search"])
def test_orders_are_paged(admin: Actor, group_buy_id: str, call: str) -> None:
    every = ask(admin, call, groupBuyEventId=group_buy_id)
    envelope = admin.get(f"{BASE}/{call}", groupBuyEventId=group_buy_id, page=2, size=2).envelope
    assert (envelope["total"], envelope["data"]) == (len(every), every[2:4])


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("absent", ["1", "0", "x", "9" * 30])
def test_absent_group_buy_has_nothing(admin: Actor, call: str, absent: str) -> None:
    assert ask(admin, call, groupBuyEventId=absent) == []


@pytest.mark.parametrize("call", CALLS)
def test_group_buy_of_another_organization_has_nothing(
    admin: Actor, other: Actor, group_buy_id: str, call: str
) -> None:
    assert ask(admin, call, groupBuyEventId=group_buy_id) != []
    assert ask(other, call, groupBuyEventId=group_buy_id) == []


@pytest.mark.parametrize("call", CALLS)
def test_deleted_group_buy_keeps_what_it_has(admin: Actor, group_buy_id: str, call: str) -> None:
    before = ask(admin, call, groupBuyEventId=group_buy_id)
    admin.delete(f"/group_buy_event/{group_buy_id}")
    assert ask(admin, call, groupBuyEventId=group_buy_id) == before != []


def test_excel_of_an_absent_group_buy_has_no_rows(admin: Actor, other: Actor, group_buy_id: str) -> None:
    for tenant, asked in ((admin, "1"), (other, group_buy_id)):
        response = tenant.get(f"{BASE}/excel_teams", groupBuyEventId=asked).response
        assert sheet_rows(response) == []
        assert response.headers["Content-Disposition"].endswith(".xlsx")


@pytest.mark.parametrize("call", [*CALLS, "excel_teams"])
@pytest.mark.parametrize("query", [{}, {"groupBuyEventId": ""}])
def test_group_buy_left_out_is_40001(admin: Actor, call: str, query: dict[str, str]) -> None:
    answer = admin.get(f"{BASE}/{call}", **query)
    assert (answer.code, "groupBuyEventId" in answer.message) == ("40001", True)
