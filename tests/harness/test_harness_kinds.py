"""The valid bodies of events and group-buys: whole, within the contract, the same for the same seed."""

from typing import Any

import pytest
from faker import Faker

from clients.bodies import (
    EventBody,
    EventSession,
    GroupBuyBody,
    RobotRule,
    SpecificationDetail,
    SpecificationLevel,
    Specifications,
    TeamRule,
)
from harness.builders import event_session
from harness.kinds.event import EventWorkshop, event_body
from harness.kinds.group_buy import GroupBuyWorkshop, group_buy_body, specified, team_rule
from harness.material import Material
from harness.randomness import Randomness

NOW = 1_780_000_000_000
KINDS = ("event", "group_buy")
TITLES = {"event": "name", "group_buy": "titile"}
COMPUTED_OF_SESSION = {"id", "seatsLeft", "applicableStoreCount"}
OPTIONAL_OF_SESSION = {"applicableStoreIds"}
LIMITS = {
    "event": {
        "resourceId": 30,
        "name": 100,
        "brief": 100,
        "banner": 200,
        "coverImage": 200,
        "guideImage": 255,
        "smsTemplateId": 200,
        "couponBatch": 1000,
        "form": 5000,
    },
    "group_buy": {
        "resourceId": 255,
        "titile": 255,
        "descr": 255,
        "banner": 255,
        "coverImage": 255,
        "guideImage": 255,
        "form": 5000,
    },
}


def body(kind: str, seed: int = 7, identity: str = "some-case") -> dict[str, Any]:
    randomness = Randomness(seed, identity)
    fake, mark = randomness.seeded(Faker("zh_CN")), randomness.mark
    if kind == "event":
        return {**event_body(fake, mark, NOW, resource_id="hd_1", first="1", second="2")}
    return {**group_buy_body(fake, mark, NOW, resource_id="pt_1", first="1", second="2", store="3")}


def unused_material() -> Material:
    """For what a workshop tells without making anything."""
    nothing: Any = None
    return Material(nothing, nothing, nothing, nothing, nothing)


@pytest.mark.parametrize("kind", KINDS)
def test_same_seed_and_identity_make_the_same_body(kind: str) -> None:
    assert body(kind) == body(kind)


@pytest.mark.parametrize(("seed", "identity"), [(8, "some-case"), (7, "some-other-case")])
@pytest.mark.parametrize("kind", KINDS)
def test_another_seed_or_identity_makes_another_body(kind: str, seed: int, identity: str) -> None:
    first, second = body(kind), body(kind, seed, identity)

    for field in (TITLES[kind], "coverImage", "detail"):
        assert first[field] != second[field]


@pytest.mark.parametrize(("kind", "contract"), [("event", EventBody), ("group_buy", GroupBuyBody)])
def test_body_fills_every_field_of_the_contract(kind: str, contract: type) -> None:
    made = body(kind)

    assert made.keys() == contract.__annotations__.keys()
    assert [key for key, value in made.items() if value is None or value in ("", [])] == []


def test_parts_of_a_body_fill_every_field_of_the_contract() -> None:
    (session,) = body("event")["eventSessionList"]
    (rule,) = body("group_buy")["groupBuyEventTeamRules"]
    (robot,) = body("group_buy")["robotRules"]

    assert session.keys() == EventSession.__annotations__.keys() - COMPUTED_OF_SESSION - OPTIONAL_OF_SESSION
    assert rule.keys() == TeamRule.__annotations__.keys()
    assert robot.keys() == RobotRule.__annotations__.keys() - {"id"}
    assert None not in [*session.values(), *rule.values(), *robot.values()]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("kind", KINDS)
def test_texts_of_a_body_fit_their_columns(kind: str, seed: int) -> None:
    made = body(kind, seed)

    too_long = {key: made[key] for key, limit in LIMITS[kind].items() if len(made[key]) > limit}

    assert too_long == {}


@pytest.mark.parametrize("kind", KINDS)
def test_mark_stands_in_the_title(kind: str) -> None:
    assert Randomness(7, "some-case").mark in body(kind)[TITLES[kind]]


@pytest.mark.parametrize("kind", KINDS)
def test_body_is_not_yet_open_and_off_the_mini_program(kind: str) -> None:
    made = body(kind)

    assert NOW < made["beginTime"] < made["endTime"]
    assert made["published" if kind == "event" else "enable"] is False


def test_session_is_within_its_event() -> None:
    made = body("event")

    (session,) = made["eventSessionList"]

    assert made["beginTime"] <= session["startTime"] < session["endTime"] <= made["endTime"]
    assert session["quota"] > 0


def test_group_buy_s_types_have_what_they_need() -> None:
    made = body("group_buy")

    assert (made["effectiveType"], made["teamLastTimeType"]) == ("RELATIVE_DATE", "LIMITED")
    assert made["effectiveHours"] > 0
    assert made["effectiveBeginTime"] < made["effectiveEndTime"]
    assert made["teamLastTimeHours"] > 0
    assert made["remindTimeType"] in {"BEGIN", "END"}
    assert made["remindHours"] >= 0
    assert made["price"] > 0


def test_group_buy_s_robot_never_acts_by_itself() -> None:
    (robot,) = body("group_buy")["robotRules"]

    assert (robot["type"], robot["probability"]) == ("BEGIN", 0)
    assert robot["offsetTime"] >= 0


@pytest.mark.parametrize("size", [1, 2, 50])
def test_team_rule_is_free_and_holds_a_team(size: int) -> None:
    rule = team_rule(size)

    assert rule["size"] == size
    assert (rule["leaderPrice"], rule["memberPrice"], rule["begintNumber"]) == (0, 0, 0)
    assert (rule["maxNumber"] or 0) >= size


def test_ids_stand_where_they_belong() -> None:
    event, group_buy = body("event"), body("group_buy")

    assert (event["resourceId"], group_buy["resourceId"]) == ("hd_1", "pt_1")
    assert {(one["eventCategoryFirstId"], one["eventCategorySecondId"]) for one in (event, group_buy)} == {
        ("1", "2")
    }
    assert group_buy["storeOrgIds"] == ["3"]


def test_sessions_of_one_test_differ() -> None:
    fake = Randomness(7, "some-case").seeded(Faker("zh_CN"))

    assert event_session(fake, NOW) != event_session(fake, NOW)


def test_writable_of_an_event_leaves_out_what_is_computed() -> None:
    sent = body("event")
    session = sent["eventSessionList"][0]
    counted = {**session, "id": "5", "eventId": "1", "seatsLeft": 3, "applicableStoreCount": 0}
    computed = {"id": "1", "status": "OPEN", "createdTime": 1, "recommend": True, "storeVo": None}
    row: Any = {**sent, **computed, "eventSessionList": [counted, session]}

    writable = EventWorkshop(unused_material()).writable(row)

    assert writable == {**sent, "eventSessionList": [{**session, "id": "5"}, session]}
    assert row["eventSessionList"][0] is counted


def test_writable_of_a_group_buy_leaves_out_what_is_computed() -> None:
    sent = body("group_buy")
    computed = {"id": "1", "status": "OPEN", "orderNo": 1, "stores": [], "createdTime": 1}
    row: Any = {**sent, **computed, **specified({"校区": ["虹口"]})}

    writable = GroupBuyWorkshop(unused_material()).writable(row)

    assert writable == sent


def test_specifications_are_all_combinations_in_the_order_of_their_levels() -> None:
    made = specified({"校区": ["虹口", "徐汇"], "时段": ["周六", "周日"], "年级": ["初一"]})

    levels = [(one["level"], one["name"], one["values"]) for one in made["specificationConfs"]]
    details = [(one["values"], one["orderNo"]) for one in made["groupBuyEventSpecificationDetails"]]
    assert levels == [(1, "校区", "虹口,徐汇"), (2, "时段", "周六,周日"), (3, "年级", "初一")]
    assert details == [
        ("虹口,周六,初一", 1),
        ("虹口,周日,初一", 2),
        ("徐汇,周六,初一", 3),
        ("徐汇,周日,初一", 4),
    ]


def test_specifications_fill_every_field_and_are_enabled() -> None:
    made = specified({"校区": ["虹口", "徐汇"]})

    details = made["groupBuyEventSpecificationDetails"]
    assert made.keys() == Specifications.__annotations__.keys()
    assert made["specificationConfs"][0].keys() == SpecificationLevel.__annotations__.keys()
    assert all(one.keys() == SpecificationDetail.__annotations__.keys() for one in details)
    assert all(one["enabled"] for one in details)
    assert len({one["trainingClassId"] for one in details}) == 2
