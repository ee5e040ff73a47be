"""G-12: copies of group-buys."""

import pytest

from tests.sandbox.actors import Actor, JsonObject
from tests.sandbox.bodies import HOUR, SECOND, START, store_ids, without
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import (
    channel_ids,
    group_buy_body,
    make_group_buy,
    read_group_buy,
    robot_rule,
    seeded_group_buy,
    specification_body,
    specify,
    team_rule,
)

NEW = ("id", "resourceId", "formId", "titile", "enable", "recommend", "createdTime", "updatedTime")


def full_group_buy(tenant: Actor) -> str:
    tree = {row["type"]: row["id"] for row in tenant.get("/event_category").data}
    pictures = ("descr", "detail", "banner", "coverImage", "guideImage", "shareImageUrl")
    group_buy_id = make_group_buy(
        tenant,
        **{name: f"/{name}.png" for name in pictures},
        effectiveType="RELATIVE_DATE",
        effectiveHours=5,
        effectiveBeginTime=START,
        effectiveEndTime=START + HOUR,
        teamLastTimeType="LIMITED",
        teamLastTimeHours=24,
        remindTimeType="END",
        remindHours=2,
        **dict.fromkeys(("repeatJoin", "studentCanJoin", "cancelReviewToggle", "checkinQrcodeToggle"), True),
        price=100,
        recommend=True,
        form='[{"key": "k", "type": "text", "options": [], "isRequire": true}]',
        tags=["名师"],
        storeOrgIds=store_ids(tenant)[:2],
        eventCategoryFirstId=tree["FIRST"],
        eventCategorySecondId=tree["SECOND"],
        customerServerShowVO={"title": "t", "image": "i", "iconName": "n", "status": "ON"},
        customerServerGuideOpened=True,
        groupBuyEventTeamRules=[team_rule(size=5), team_rule(size=2)],
        robotRules=[robot_rule(type="END"), robot_rule()],
    )
    assert specify(tenant, group_buy_id) == "0"
    return group_buy_id


def copy_of(tenant: Actor, group_buy_id: str) -> JsonObject:
    return read_group_buy(tenant, tenant.put(f"/group_buy_event/{group_buy_id}/copy").data)


def without_ids(robots: list[JsonObject]) -> list[JsonObject]:
    return [without(robot, "id") for robot in robots]


def test_copy_keeps_every_other_field(admin: Actor, control: Actor) -> None:
    group_buy_id = full_group_buy(admin)
    control.put("/clock", {"advanceMs": HOUR - SECOND})
    group_buy, copy = read_group_buy(admin, group_buy_id), copy_of(admin, group_buy_id)
    robots, copied = group_buy.pop("robotRules"), copy.pop("robotRules")
    assert without(copy, *NEW) == without(group_buy, *NEW)
    assert without_ids(copied) == without_ids(robots)
    assert all(value is not None for value in group_buy.values())


def test_copy_is_new_disabled_and_not_recommended(admin: Actor, control: Actor) -> None:
    group_buy_id = full_group_buy(admin)
    control.put("/clock", {"advanceMs": HOUR - SECOND})
    group_buy, copy = read_group_buy(admin, group_buy_id), copy_of(admin, group_buy_id)
    assert (copy["titile"], copy["enable"], copy["recommend"]) == ("夏日拼课团_副本", False, False)
    assert copy["createdTime"] == START + HOUR - SECOND
    assert copy["resourceId"].startswith("pt_")
    for name in ("id", "resourceId", "formId"):
        assert copy[name] != group_buy[name]
    assert not {robot["id"] for robot in copy["robotRules"]} & {
        robot["id"] for robot in group_buy["robotRules"]
    }


def test_copy_has_neither_teams_nor_orders_nor_launches(admin: Actor, rows: Rows) -> None:
    copy = copy_of(admin, seeded_group_buy(admin, "暑期英语三人团")["id"])
    for table in ("group_buy_event_team", "group_buy_event_order", "resource_channel"):
        query = f"SELECT * FROM {table} WHERE group_buy_event_id = ?"  # noqa: S608 - our own names
        assert rows(query, int(copy["id"])) == []


@pytest.mark.parametrize(
    ("titile", "copied"),
    [
        ("课", "课_副本"),
        ("课" * 252, "课" * 252 + "_副本"),
        ("😀" * 253, "😀" * 252 + "_副本"),
        ("课" * 255, "课" * 252 + "_副本"),
    ],
)
def test_copys_title_is_cut_to_fit(admin: Actor, titile: str, copied: str) -> None:
    assert copy_of(admin, make_group_buy(admin, titile=titile))["titile"] == copied


def test_copy_lives_apart_from_its_original(admin: Actor) -> None:
    group_buy_id = full_group_buy(admin)
    before = copy_of(admin, group_buy_id)
    admin.put(f"/group_buy_event/{group_buy_id}", group_buy_body(titile="改名", tags=["改"], form="[]"))
    specify(admin, group_buy_id, {"specificationConfs": [], "groupBuyEventSpecificationDetails": []})
    launch = {"groupBuyEventId": group_buy_id, "orgIds": store_ids(admin), "channelIds": channel_ids(admin)}
    admin.post("/group_buy_event/launch", launch)
    assert read_group_buy(admin, before["id"]) == before


def test_dropped_parts_are_not_copied(admin: Actor) -> None:
    group_buy_id = full_group_buy(admin)
    admin.put(f"/group_buy_event/{group_buy_id}", group_buy_body())
    specify(admin, group_buy_id, specification_body())
    copy = copy_of(admin, group_buy_id)
    counted = ("groupBuyEventTeamRules", "robotRules", "specificationConfs")
    assert [len(copy[name]) for name in counted] == [1, 0, 2]


def test_copy_of_an_absent_group_buy_is_40401(admin: Actor, other: Actor) -> None:
    assert admin.put("/group_buy_event/1/copy").code == "40401"
    assert other.put(f"/group_buy_event/{make_group_buy(admin)}/copy").code == "40401"
