"""Group-buys created, read, updated, enabled, listed and deleted (G-05, C-10 to C-14, T-02, T-03)."""

import json
from typing import Any

import pytest

from tests.sandbox.actors import Actor, tenant
from tests.sandbox.bodies import DAY, HOUR, SECOND, START, resend, store_ids, without
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import (
    group_buy_body,
    make_group_buy,
    read_group_buy,
    robot_rule,
    specify,
    team_rule,
)

PATH = "/group_buy_event"


def titles(console: Actor, **query: Any) -> list[str]:
    return [row["titile"] for row in console.get(f"{PATH}/list", size=1000, **query).data]


def test_create_answers_the_id_as_a_string(admin: Actor) -> None:
    answer = admin.post(PATH, group_buy_body())
    assert isinstance(answer.data, str)
    assert int(answer.data) > 2**53


def test_answer_has_the_contracts_fields_and_no_mark_of_deletion(admin: Actor) -> None:
    group_buy = read_group_buy(admin, make_group_buy(admin))
    own = {"id", "organizationId", "formId", "orderNo", "status", "createdTime", "updatedTime", "stores"}
    assert own | set(group_buy_body()) <= set(group_buy)
    assert (group_buy["specificationConfs"], group_buy["groupBuyEventSpecificationDetails"]) == ([], [])
    assert not {"deleted", "lastTime"} & set(group_buy)


def test_rows_say_the_same_as_the_answer(admin: Actor, rows: Rows) -> None:
    group_buy = read_group_buy(admin, make_group_buy(admin, robotRules=[robot_rule()], price=0))
    own = int(group_buy["id"])
    (row,) = rows("SELECT * FROM group_buy_event WHERE id = ?", own)
    assert (row["titile"], row["enable"], row["price"], row["status"]) == ("夏日拼课团", 1, 0, "NOTOPEN")
    assert (row["begin_time"], row["deleted"]) == ("2026-06-01 11:00:00", 0)
    (rule,) = rows("SELECT * FROM group_buy_event_rule WHERE group_buy_event_id = ?", own)
    assert (rule["size"], rule["leader_price"], rule["begint_number"]) == (3, 9900, 5)
    (robot,) = rows("SELECT * FROM group_buy_event_robot WHERE group_buy_event_id = ?", own)
    assert (str(robot["id"]), robot["offset_time"]) == (group_buy["robotRules"][0]["id"], 60_000)


@pytest.mark.parametrize("enable", [True, False])
@pytest.mark.parametrize(
    ("after", "status"),
    [
        (HOUR - SECOND, "NOTOPEN"),
        (HOUR, "OPEN"),
        (10 * DAY - SECOND, "OPEN"),
        (10 * DAY, "CLOSED"),
    ],
)
def test_status_follows_the_clock_alone(
    admin: Actor, control: Actor, rows: Rows, after: int, status: str, enable: bool
) -> None:
    group_buy_id = make_group_buy(admin, enable=enable)
    control.put("/clock", {"advanceMs": after})
    again = tenant(admin.app, "admin")
    assert read_group_buy(again, group_buy_id)["status"] == status
    found = titles(again, searchWord="夏日", eventSearchVO=json.dumps({"status": status}))
    assert found == ["夏日拼课团"]
    query = "SELECT status FROM group_buy_event WHERE id = ?"
    assert rows(query, int(group_buy_id)) == [{"status": status}]


def test_update_replaces_the_whole_object(admin: Actor) -> None:
    group_buy_id = make_group_buy(
        admin, descr="简介", tags=["名师"], storeOrgIds=store_ids(admin)[:2], robotRules=[robot_rule()]
    )
    body = group_buy_body(titile="改名", enable=None, groupBuyEventTeamRules=[team_rule(size=2)])
    assert admin.put(f"{PATH}/{group_buy_id}", body).data is None
    group_buy = read_group_buy(admin, group_buy_id)
    assert (group_buy["titile"], group_buy["descr"], group_buy["tags"]) == ("改名", None, None)
    assert (group_buy["storeOrgIds"], group_buy["stores"], group_buy["robotRules"]) == ([], [], [])
    assert (group_buy["enable"], group_buy["groupBuyEventTeamRules"]) == (False, [team_rule(size=2)])


def test_update_sent_back_as_read_changes_nothing(admin: Actor) -> None:
    group_buy_id = make_group_buy(
        admin,
        tags=["名师"],
        recommend=True,
        storeOrgIds=store_ids(admin)[:2],
        groupBuyEventTeamRules=[team_rule(), team_rule(size=2)],
        robotRules=[robot_rule(), robot_rule(type="END")],
    )
    specify(admin, group_buy_id)
    before = read_group_buy(admin, group_buy_id)
    assert admin.put(f"{PATH}/{group_buy_id}", resend(before)).code == "0"
    assert read_group_buy(admin, group_buy_id) == before


def test_update_keeps_rules_by_size_in_the_new_order(admin: Actor, rows: Rows) -> None:
    rules = [team_rule(size=3), team_rule(size=2)]
    group_buy_id = make_group_buy(admin, groupBuyEventTeamRules=rules)
    query = "SELECT id, size FROM group_buy_event_rule WHERE group_buy_event_id = ? AND deleted = 0"
    before = {row["size"]: row["id"] for row in rows(query, int(group_buy_id))}
    rules = [team_rule(size=5), team_rule(size=2, leaderPrice=1)]
    admin.put(f"{PATH}/{group_buy_id}", group_buy_body(groupBuyEventTeamRules=rules))
    after = {row["size"]: row["id"] for row in rows(query, int(group_buy_id))}
    assert read_group_buy(admin, group_buy_id)["groupBuyEventTeamRules"] == rules
    assert (set(after), after[2]) == ({5, 2}, before[2])


def test_update_keeps_adds_and_drops_robots_by_id(admin: Actor, rows: Rows) -> None:
    group_buy_id = make_group_buy(admin, robotRules=[robot_rule(), robot_rule(probability=1)])
    first, second = read_group_buy(admin, group_buy_id)["robotRules"]
    robots = [robot_rule(type="END"), {**first, "probability": 9}]
    admin.put(f"{PATH}/{group_buy_id}", group_buy_body(robotRules=robots))
    added, kept = read_group_buy(admin, group_buy_id)["robotRules"]
    assert (kept["id"], kept["probability"], added["type"]) == (first["id"], 9, "END")
    query = "SELECT deleted FROM group_buy_event_robot WHERE id = ?"
    assert rows(query, int(second["id"])) == [{"deleted": 1}]


def test_update_with_a_strange_robot_is_40401_and_one_twice_40001(admin: Actor) -> None:
    mine = make_group_buy(admin, robotRules=[robot_rule()])
    theirs = make_group_buy(admin, resourceId="pt_2", robotRules=[robot_rule()])
    own, strange = (read_group_buy(admin, one)["robotRules"][0] for one in (mine, theirs))
    for robots, code in (([strange], "40401"), ([robot_rule(id="1")], "40401"), ([own, own], "40001")):
        assert admin.put(f"{PATH}/{mine}", group_buy_body(robotRules=robots)).code == code
    assert read_group_buy(admin, mine)["robotRules"] == [own]


def test_create_makes_its_robots_whatever_ids_they_have(admin: Actor) -> None:
    first = read_group_buy(admin, make_group_buy(admin, robotRules=[robot_rule()]))
    twin = read_group_buy(admin, make_group_buy(admin, **resend(first, resourceId="pt_2")))
    assert twin["robotRules"][0]["id"] != first["robotRules"][0]["id"]
    assert read_group_buy(admin, first["id"]) == first


def test_refused_update_changes_nothing(admin: Actor) -> None:
    group_buy_id = make_group_buy(admin, robotRules=[robot_rule()])
    before = read_group_buy(admin, group_buy_id)
    for broken in ({"storeOrgIds": ["1"]}, {"groupBuyEventTeamRules": [team_rule(), team_rule()]}):
        assert admin.put(f"{PATH}/{group_buy_id}", group_buy_body(titile="改名", **broken)).code != "0"
    assert read_group_buy(admin, group_buy_id) == before


@pytest.mark.parametrize(
    "change", [{"titile": "改名"}, {"tags": ["x"]}, {"groupBuyEventTeamRules": [team_rule(size=2)]}]
)
def test_updated_time_moves_and_created_time_stays(admin: Actor, control: Actor, change: Any) -> None:
    group_buy_id = make_group_buy(admin)
    control.put("/clock", {"advanceMs": HOUR - SECOND})
    admin.put(f"{PATH}/{group_buy_id}", group_buy_body(**change))
    group_buy = read_group_buy(admin, group_buy_id)
    assert (group_buy["createdTime"], group_buy["updatedTime"]) == (START, START + HOUR - SECOND)


@pytest.mark.parametrize("flag", ["enable", "recommend"])
def test_flag_is_set_taken_back_and_repeated(admin: Actor, control: Actor, flag: str) -> None:
    group_buy_id = make_group_buy(admin, enable=False)
    control.put("/clock", {"advanceMs": SECOND})
    seen = []
    for word in ("true", "true", "false", "false"):
        assert admin.put_form(f"{PATH}/{group_buy_id}/{flag}", **{flag: word}).envelope["data"] is None
        seen.append(read_group_buy(admin, group_buy_id)[flag])
    assert seen == [True, True, False, False]
    assert read_group_buy(admin, group_buy_id)["updatedTime"] == START + SECOND


def test_delete_is_soft_and_may_be_repeated(admin: Actor, rows: Rows) -> None:
    group_buy_id = make_group_buy(admin)
    assert [admin.delete(f"{PATH}/{group_buy_id}").code for _ in range(2)] == ["0", "0"]
    assert admin.get(f"{PATH}/{group_buy_id}").code == "40401"
    assert titles(admin, searchWord="夏日") == []
    query = "SELECT deleted FROM group_buy_event WHERE id = ?"
    assert rows(query, int(group_buy_id)) == [{"deleted": 1}]


@pytest.mark.parametrize("group_buy_id", ["1", "0", "abc", "9" * 30])
def test_path_id_that_is_nobodys_is_absent(admin: Actor, plain: Actor, group_buy_id: str) -> None:
    assert admin.delete(f"{PATH}/{group_buy_id}").code == "0"
    assert admin.get(f"{PATH}/{group_buy_id}").code == "40401"
    assert admin.put(f"{PATH}/{group_buy_id}", group_buy_body()).code == "40401"
    assert admin.put(f"{PATH}/{group_buy_id}/specification", {}).code == "40401"
    assert plain.get(f"{PATH}/{group_buy_id}").code == "40401"


def test_event_is_no_group_buy(admin: Actor) -> None:
    event_id = admin.get("/event/list").data[0]["id"]
    assert admin.get(f"{PATH}/{event_id}").code == "40401"


@pytest.mark.parametrize(("word", "found"), [("B%C", True), ("b_c", False), ("团", True), ("夏日", False)])
def test_search_word_is_literal_and_of_any_case(admin: Actor, word: str, found: bool) -> None:
    make_group_buy(admin, titile="ab%cd 团")
    assert ("ab%cd 团" in titles(admin, searchWord=word)) is found


def test_order_is_recommended_then_order_no_then_newest(admin: Actor) -> None:
    make_group_buy(admin, recommend=True)
    listed = admin.get(f"{PATH}/list", size=1000).data
    keys = [(-row["recommend"], -row["orderNo"], -row["createdTime"], int(row["id"])) for row in listed]
    assert keys == sorted(keys)
    assert len({key[:2] for key in keys}) > 3


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"status": "NOTOPEN"}, True),
        ({"status": "OPEN"}, False),
        ({"beginTime": START + HOUR, "endTime": START + 10 * DAY}, True),
        ({"beginTime": START + HOUR + SECOND}, False),
        ({"endTime": START + 10 * DAY - SECOND}, False),
        ({"eventCategoryFirstId": "1"}, False),
        ({}, True),
    ],
)
def test_search_object_filters(admin: Actor, search: Any, found: bool) -> None:
    make_group_buy(admin)
    assert bool(titles(admin, searchWord="夏日", eventSearchVO=json.dumps(search))) is found


def test_list_row_is_the_group_buy_as_it_is_read(admin: Actor) -> None:
    group_buy_id = make_group_buy(admin, storeOrgIds=store_ids(admin)[:1], robotRules=[robot_rule()])
    specify(admin, group_buy_id)
    (row,) = admin.get(f"{PATH}/list", searchWord="夏日").data
    assert row == read_group_buy(admin, group_buy_id)


def test_list_is_paged(admin: Actor) -> None:
    envelope = admin.get(f"{PATH}/list", page=2, size=3).envelope
    assert (envelope["total"], envelope["page"], envelope["size"], len(envelope["data"])) == (8, 2, 3, 3)


SECOND_LOAD = {
    *("id", "storeOrgIds", "stores", "effectiveType", "effectiveHours", "effectiveBeginTime"),
    *("effectiveEndTime", "checkinQrcodeToggle"),
}
THIRD_LOAD = {"id", "specificationConfs", "groupBuyEventSpecificationDetails"}
LOADS = ("", "groupBuyEventDetailSecond/", "groupBuyEventDetailThree/")


def test_page_comes_in_three_loads(admin: Actor, plain: Actor) -> None:
    group_buy_id = make_group_buy(admin, storeOrgIds=store_ids(admin)[:1], effectiveHours=5)
    specify(admin, group_buy_id)
    whole = read_group_buy(admin, group_buy_id)
    first, second, third = (plain.get(f"{PATH}/{load}{group_buy_id}").data for load in LOADS)
    assert first == without(whole, *((SECOND_LOAD | THIRD_LOAD) - {"id"}))
    assert second == {name: whole[name] for name in SECOND_LOAD}
    assert third == {name: whole[name] for name in THIRD_LOAD}


@pytest.mark.parametrize("load", LOADS)
def test_page_is_there_only_while_enabled(admin: Actor, other: Actor, plain: Actor, load: str) -> None:
    group_buy_id, theirs = make_group_buy(admin), make_group_buy(other, resourceId="pt_2")
    seen = [plain.get(f"{PATH}/{load}{group_buy_id}").code]
    admin.put_form(f"{PATH}/{group_buy_id}/enable", enable="false")
    seen.append(plain.get(f"{PATH}/{load}{group_buy_id}").code)
    admin.put_form(f"{PATH}/{group_buy_id}/enable", enable="true")
    admin.delete(f"{PATH}/{group_buy_id}")
    seen.append(plain.get(f"{PATH}/{load}{group_buy_id}").code)
    assert seen == ["0", "40401", "40401"]
    assert plain.get(f"{PATH}/{load}{theirs}").code == "40401"
