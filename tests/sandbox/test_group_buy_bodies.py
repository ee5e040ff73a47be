"""G-01 to G-04 and C-03, C-06 to C-08: what a body of a group-buy may hold."""

from typing import Any

import pytest

from tests.sandbox.actors import Actor
from tests.sandbox.bodies import DAY, SECOND, START, store_ids, without
from tests.sandbox.group_buys import (
    group_buy_body,
    make_group_buy,
    read_group_buy,
    robot_rule,
    team_rule,
)

REQUIRED = ["titile", "resourceId", "beginTime", "endTime", "groupBuyEventTeamRules"]

WRONG: list[tuple[str, Any]] = [
    ("titile", None),
    ("titile", ""),
    ("titile", " "),
    ("titile", 1),
    ("titile", "名" * 256),
    ("resourceId", "hd_1001"),
    ("resourceId", "pt_"),
    ("resourceId", "pt_" + "1" * 253),
    ("descr", "d" * 256),
    ("banner", "b" * 256),
    ("coverImage", "c" * 256),
    ("guideImage", "g" * 256),
    ("shareImageUrl", "s" * 256),
    ("detail", 1),
    ("beginTime", START + 10 * DAY),
    ("beginTime", "2026"),
    ("endTime", None),
    ("effectiveType", "FOREVER"),
    ("effectiveType", 1),
    ("effectiveHours", "1"),
    ("effectiveHours", 2**31),
    ("effectiveBeginTime", "soon"),
    ("effectiveEndTime", 1.5),
    ("teamLastTimeType", "limited"),
    ("teamLastTimeHours", True),
    ("remindTimeType", "NEVER"),
    ("remindHours", 0.5),
    ("repeatJoin", 1),
    ("studentCanJoin", "no"),
    ("cancelReviewToggle", []),
    ("checkinQrcodeToggle", {}),
    ("enable", "true"),
    ("recommend", 1),
    ("price", -1),
    ("price", 2**31),
    ("price", "1"),
    ("form", "{}"),
    ("form", []),
    ("tags", "名师"),
    ("storeOrgIds", "1"),
    ("storeOrgIds", [1]),
    ("storeOrgIds", ["x"]),
    ("customerServerShowVO", {"title": 1}),
    ("customerServerGuideOpened", 0),
    ("eventCategoryFirstId", 1),
    ("groupBuyEventTeamRules", []),
    ("groupBuyEventTeamRules", {}),
    ("groupBuyEventTeamRules", [None]),
    ("robotRules", {}),
    ("robotRules", [1]),
]


@pytest.mark.parametrize(("field", "value"), WRONG, ids=lambda value: repr(value)[:32])
def test_wrong_field_is_40001_and_named(admin: Actor, field: str, value: Any) -> None:
    answer = admin.post("/group_buy_event", group_buy_body(**{field: value}))
    assert answer.code == "40001"
    assert field in answer.message


@pytest.mark.parametrize("field", REQUIRED)
def test_required_field_left_out_is_40001_and_named(admin: Actor, field: str) -> None:
    answer = admin.post("/group_buy_event", without(group_buy_body(), field))
    assert answer.code == "40001"
    assert field in answer.message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("titile", "名" * 255),
        ("titile", "😀"),
        ("resourceId", "pt_" + "1" * 252),
        ("descr", "d" * 255),
        ("banner", "b" * 255),
        ("coverImage", "c" * 255),
        ("guideImage", "g" * 255),
        ("shareImageUrl", "s" * 255),
        ("detail", "详" * 100_000),
        ("beginTime", START + 10 * DAY - SECOND),
        ("price", 0),
        ("price", 2**31 - 1),
        ("repeatJoin", False),
        ("studentCanJoin", True),
        ("form", '[{"key": "年级", "type": "radio", "options": ["一"], "isRequire": false}]'),
        ("tags", ["名师", "😀"]),
        ("customerServerShowVO", {"title": "t", "image": "i", "iconName": "n", "status": 1}),
        ("customerServerGuideOpened", True),
        ("enable", False),
        ("recommend", True),
        ("groupBuyEventTeamRules", [team_rule(size=5), team_rule(size=2)]),
    ],
    ids=lambda value: repr(value)[:32],
)
def test_right_field_is_kept_as_it_was_sent(admin: Actor, field: str, value: Any) -> None:
    assert read_group_buy(admin, make_group_buy(admin, **{field: value}))[field] == value


def test_fields_null_and_left_out_are_the_same(admin: Actor) -> None:
    plain = read_group_buy(admin, make_group_buy(admin))
    empty = {name: None for name, value in plain.items() if value is None}
    nulls = dict.fromkeys(["storeOrgIds", "robotRules", "form", "recommend"])
    twin = read_group_buy(admin, make_group_buy(admin, resourceId="pt_2", **empty, **nulls))
    assert without(twin, "id", "resourceId") == without(plain, "id", "resourceId")
    assert len(empty) > 15
    assert (plain["storeOrgIds"], plain["robotRules"], plain["form"]) == ([], [], "[]")


@pytest.mark.parametrize("flag", ["enable", "recommend"])
def test_flag_null_or_left_out_is_false(admin: Actor, flag: str) -> None:
    null = admin.post("/group_buy_event", group_buy_body(**{flag: None})).data
    left_out = admin.post("/group_buy_event", without(group_buy_body(resourceId="pt_2"), flag)).data
    assert [read_group_buy(admin, one)[flag] for one in (null, left_out)] == [False, False]


@pytest.mark.parametrize(
    "ignored",
    [
        {"id": "1"},
        {"organizationId": "1"},
        {"orderNo": 99},
        {"status": "CLOSED"},
        {"createdTime": 1},
        {"stores": [{"name": "x"}]},
        {"specificationConfs": [{"level": 1, "name": "n", "values": "a"}]},
    ],
    ids=lambda ignored: next(iter(ignored)),
)
def test_read_only_field_is_ignored(admin: Actor, ignored: dict[str, Any]) -> None:
    group_buy = read_group_buy(admin, make_group_buy(admin, **ignored))
    for name, value in ignored.items():
        assert group_buy[name] != value


WRONG_RULE: list[tuple[str, Any]] = [
    *[(field, None) for field in ("size", "leaderPrice", "memberPrice", "maxNumber", "begintNumber")],
    ("size", 0),
    ("size", "3"),
    ("size", True),
    ("leaderPrice", -1),
    ("memberPrice", -1),
    ("memberPrice", 9.9),
    ("maxNumber", 2),
    ("maxNumber", 2**31),
    ("begintNumber", -1),
    ("canJoin", 1),
]


@pytest.mark.parametrize(("field", "value"), WRONG_RULE, ids=lambda value: repr(value)[:32])
def test_wrong_field_of_a_rule_is_40001_and_named(admin: Actor, field: str, value: Any) -> None:
    rules = [team_rule(size=2), team_rule(**{field: value})]
    answer = admin.post("/group_buy_event", group_buy_body(groupBuyEventTeamRules=rules))
    assert answer.code == "40001"
    assert f"groupBuyEventTeamRules[1].{field}" in answer.message


@pytest.mark.parametrize(
    "changes",
    [
        {"size": 1, "maxNumber": 1},
        {"size": 3, "maxNumber": 3},
        {"leaderPrice": 0, "memberPrice": 0},
        {"begintNumber": 0},
        {"canJoin": None},
        {"maxNumber": 2**31 - 1},
    ],
)
def test_rule_on_its_bounds_is_kept(admin: Actor, changes: dict[str, Any]) -> None:
    rule = team_rule(**changes)
    group_buy = read_group_buy(admin, make_group_buy(admin, groupBuyEventTeamRules=[rule]))
    assert group_buy["groupBuyEventTeamRules"] == [rule]


def test_size_twice_is_40001(admin: Actor) -> None:
    rules = [team_rule(), team_rule(leaderPrice=1)]
    answer = admin.post("/group_buy_event", group_buy_body(groupBuyEventTeamRules=rules))
    assert answer.code == "40001"
    assert "groupBuyEventTeamRules[1].size" in answer.message


WRONG_ROBOT: list[tuple[str, Any]] = [
    *[(field, None) for field in ("type", "offsetTime", "probability")],
    ("id", 1),
    ("type", "MIDDLE"),
    ("offsetTime", -1),
    ("offsetTime", 2**63),
    ("offsetTime", "1"),
    ("probability", -1),
    ("probability", 101),
    ("probability", 0.5),
    ("begintNumber", -1),
]


@pytest.mark.parametrize(("field", "value"), WRONG_ROBOT, ids=lambda value: repr(value)[:32])
def test_wrong_field_of_a_robot_is_40001_and_named(admin: Actor, field: str, value: Any) -> None:
    robots = [robot_rule(), robot_rule(**{field: value})]
    answer = admin.post("/group_buy_event", group_buy_body(robotRules=robots))
    assert answer.code == "40001"
    assert f"robotRules[1].{field}" in answer.message


@pytest.mark.parametrize(
    "changes",
    [
        {"offsetTime": 0},
        {"offsetTime": 2**63 - 1},
        {"probability": 0},
        {"probability": 100},
        {"type": "END"},
        {"begintNumber": None},
        {"begintNumber": 0},
    ],
)
def test_robot_on_its_bounds_is_kept(admin: Actor, changes: dict[str, Any]) -> None:
    robot = robot_rule(**changes)
    (kept,) = read_group_buy(admin, make_group_buy(admin, robotRules=[robot]))["robotRules"]
    assert without(kept, "id") == robot
    assert isinstance(kept["id"], str)


TYPED: list[tuple[dict[str, Any], str | None]] = [
    ({"effectiveType": "RELATIVE_DATE"}, "effectiveHours"),
    ({"effectiveType": "RELATIVE_DATE", "effectiveHours": 0}, "effectiveHours"),
    ({"effectiveType": "RELATIVE_DATE", "effectiveHours": 1}, None),
    ({"effectiveType": "ABSOLUTE_DATE", "effectiveEndTime": START}, "effectiveBeginTime"),
    ({"effectiveType": "ABSOLUTE_DATE", "effectiveBeginTime": START}, "effectiveEndTime"),
    (
        {"effectiveType": "ABSOLUTE_DATE", "effectiveBeginTime": START, "effectiveEndTime": START},
        "effectiveBeginTime",
    ),
    (
        {"effectiveType": "ABSOLUTE_DATE", "effectiveBeginTime": START, "effectiveEndTime": START + SECOND},
        None,
    ),
    ({"effectiveType": "ABSOLUTE_DATE", "effectiveHours": 1}, "effectiveBeginTime"),
    ({"teamLastTimeType": "LIMITED"}, "teamLastTimeHours"),
    ({"teamLastTimeType": "LIMITED", "teamLastTimeHours": 0}, "teamLastTimeHours"),
    ({"teamLastTimeType": "LIMITED", "teamLastTimeHours": 1}, None),
    ({"teamLastTimeType": "LIMITLESS"}, None),
    ({"remindTimeType": "BEGIN"}, "remindHours"),
    ({"remindTimeType": "END", "remindHours": -1}, "remindHours"),
    ({"remindTimeType": "END", "remindHours": 0}, None),
    # what the type does not use is not judged
    ({"effectiveType": "RELATIVE_DATE", "effectiveHours": 1, "effectiveBeginTime": START}, None),
    ({"effectiveHours": -1, "effectiveBeginTime": START, "effectiveEndTime": START - DAY}, None),
    ({"teamLastTimeType": "LIMITLESS", "teamLastTimeHours": -1}, None),
    ({"teamLastTimeHours": 0, "remindHours": -1}, None),
]


@pytest.mark.parametrize(("fields", "named"), TYPED)
def test_type_asks_for_its_own_fields(admin: Actor, fields: dict[str, Any], named: str | None) -> None:
    answer = admin.post("/group_buy_event", group_buy_body(**fields))
    assert answer.code == ("0" if named is None else "40001")
    if named is None:
        group_buy = read_group_buy(admin, answer.data)
        assert {name: group_buy[name] for name in fields} == fields
    else:
        assert named in answer.message


def test_stores_are_named_once_and_told_in_order(admin: Actor) -> None:
    first, second, third, *_ = store_ids(admin)
    group_buy = read_group_buy(admin, make_group_buy(admin, storeOrgIds=[third, first, third, second]))
    assert group_buy["storeOrgIds"] == [third, first, second]
    assert [store["organizationId"] for store in group_buy["stores"]] == [third, first, second]
    assert set(group_buy["stores"][1]) == {
        *("name", "organizationId", "address", "tel", "longitude", "latitude"),
    }


def test_reference_that_leads_nowhere_is_40401(admin: Actor, other: Actor) -> None:
    for wrong in (
        {"storeOrgIds": [store_ids(admin)[0], store_ids(other)[0]]},
        {"storeOrgIds": ["1"]},
        {"eventCategoryFirstId": "1"},
        {"eventCategorySecondId": "1"},
    ):
        assert admin.post("/group_buy_event", group_buy_body(**wrong)).code == "40401"


def test_resource_id_is_taken_once_while_it_lives(admin: Actor, other: Actor) -> None:
    group_buy_id = make_group_buy(admin)
    for tenant in (admin, other):
        answer = tenant.post("/group_buy_event", group_buy_body())
        assert (answer.code, "resourceId" in answer.message) == ("40001", True)
    admin.delete(f"/group_buy_event/{group_buy_id}")
    assert admin.post("/group_buy_event", group_buy_body()).code == "0"
