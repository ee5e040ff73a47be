"""E-01, E-06 and C-03, C-06 to C-08: what a body of an event may hold."""

import json
from typing import Any

import pytest

from tests.sandbox.actors import Actor
from tests.sandbox.bodies import (
    DAY,
    HOUR,
    SECOND,
    START,
    event_body,
    make_event,
    read_event,
    session_body,
    store_ids,
    without,
)

MIDNIGHT_YEAR_1000 = -30610252800000  # in UTC+8
END_OF_9999 = 253402271999000

WRONG: list[tuple[str, Any]] = [
    ("name", None),
    ("name", ""),
    ("name", "   "),
    ("name", "　"),
    ("name", 1),
    ("name", "名" * 101),
    ("name", "a\0b"),
    ("name", "\ud800"),
    ("resourceId", None),
    ("resourceId", ""),
    ("resourceId", "pt_1001"),
    ("resourceId", "HD_1001"),
    ("resourceId", "hd_"),
    ("resourceId", "hd_" + "1" * 28),
    ("brief", "b" * 101),
    ("banner", "b" * 201),
    ("coverImage", "c" * 201),
    ("guideImage", "g" * 256),
    ("shareImageUrl", "s" * 256),
    ("couponBatch", "c" * 1001),
    ("smsTemplateId", "s" * 201),
    ("detail", 1),
    ("detail", "a\0b"),
    ("beginTime", None),
    ("beginTime", "2026-06-01"),
    ("beginTime", str(START)),
    ("beginTime", float(START)),
    ("beginTime", True),
    ("beginTime", MIDNIGHT_YEAR_1000 - 1),
    ("beginTime", START + 10 * DAY),
    ("endTime", None),
    ("endTime", END_OF_9999 + 1000),
    ("endTime", 2**70),
    ("lastTime", "soon"),
    ("published", 1),
    ("published", "true"),
    ("chargeToggle", 0),
    ("reservationReviewToggle", "no"),
    ("cancelReviewToggle", []),
    ("checkinQrcodeToggle", {}),
    ("customerServerGuideOpened", 1),
    ("chargedAmount", -1),
    ("chargedAmount", 2**31),
    ("chargedAmount", 9.9),
    ("chargedAmount", "990"),
    ("chargedAmount", False),
    ("tags", "名师"),
    ("tags", [1]),
    ("tags", [None]),
    ("form", []),
    ("form", "not json"),
    ("form", "{}"),
    ("form", "[1]"),
    ("form", '[{"key": "", "type": "text"}]'),
    ("form", '[{"key": "k", "type": "date"}]'),
    ("form", '[{"type": "text"}]'),
    ("form", '[{"key": "k", "type": "radio", "options": "ab"}]'),
    ("form", '[{"key": "k", "type": "text", "isRequire": 1}]'),
    ("form", "[" * 5000),
    ("form", "[]" + " " * 4999),
    ("customerServerShowVO", "text"),
    ("customerServerShowVO", {"title": 1}),
    ("customerServerShowVO", {"status": []}),
    ("eventCategoryFirstId", 1),
    ("eventCategoryFirstId", "x"),
    ("eventCategoryFirstId", "-1"),
    ("eventCategorySecondId", "9" * 19),
    ("eventSessionList", None),
    ("eventSessionList", []),
    ("eventSessionList", {}),
    ("eventSessionList", [1]),
    ("eventSessionList", [None]),
]


@pytest.mark.parametrize(("field", "value"), WRONG, ids=lambda value: repr(value)[:32])
def test_wrong_field_is_40001_and_named(admin: Actor, field: str, value: Any) -> None:
    answer = admin.post("/event", event_body(**{field: value}))
    assert answer.code == "40001"
    assert field in answer.message


@pytest.mark.parametrize("field", ["name", "resourceId", "beginTime", "endTime", "eventSessionList"])
def test_required_field_left_out_is_40001_and_named(admin: Actor, field: str) -> None:
    answer = admin.post("/event", without(event_body(), field))
    assert answer.code == "40001"
    assert field in answer.message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "名"),
        ("name", "名" * 100),
        ("name", "😀" * 100),
        ("name", " 100%_O'Brien \\ "),
        ("resourceId", "hd_" + "1" * 27),
        ("brief", "b" * 100),
        ("brief", ""),
        ("banner", "b" * 200),
        ("coverImage", "c" * 200),
        ("guideImage", "g" * 255),
        ("couponBatch", "c" * 1000),
        ("detail", "<p>" + "详" * 100_000),
        ("lastTime", START),
        ("chargedAmount", 0),
        ("chargedAmount", 2**31 - 1),
        ("tags", []),
        ("tags", ["名师", "😀"]),
        ("form", "[]"),
        ("form", "[" + " " * 4998 + "]"),
        ("form", '[{"key": "姓名", "type": "text", "options": [], "isRequire": true}]'),
        ("form", '[{"key": "年级", "type": "radio", "options": ["一"], "isRequire": false}]'),
        ("customerServerShowVO", {"title": "t", "image": "i", "iconName": "n", "status": True}),
        ("chargeToggle", False),
        ("customerServerGuideOpened", True),
        ("beginTime", MIDNIGHT_YEAR_1000),
        ("endTime", END_OF_9999),
    ],
    ids=lambda value: repr(value)[:32],
)
def test_right_field_is_kept_as_it_was_sent(admin: Actor, field: str, value: Any) -> None:
    event_id = make_event(admin, **{field: value})
    assert read_event(admin, event_id)[field] == value


@pytest.mark.parametrize(
    "field",
    [
        *("brief", "banner", "detail", "lastTime", "chargedAmount", "chargeToggle", "tags", "shareImageUrl"),
        *("eventCategoryFirstId", "customerServerShowVO", "smsTemplateId", "guideImage"),
    ],
)
def test_optional_field_null_or_left_out_is_null(admin: Actor, field: str) -> None:
    null = make_event(admin, **{field: None})
    assert read_event(admin, null)[field] is None


def test_published_null_or_left_out_is_false(admin: Actor) -> None:
    null = make_event(admin, published=None)
    left_out = admin.post("/event", without(event_body(resourceId="hd_2"), "published")).data
    assert [read_event(admin, event_id)["published"] for event_id in (null, left_out)] == [False, False]


def test_fraction_of_a_second_is_cut(admin: Actor) -> None:
    event = read_event(admin, make_event(admin, beginTime=START + 999, lastTime=START + 1))
    assert (event["beginTime"], event["lastTime"]) == (START, START)


def test_times_that_differ_by_a_fraction_are_equal(admin: Actor) -> None:
    answer = admin.post("/event", event_body(beginTime=START, endTime=START + 999))
    assert answer.code == "40001"
    assert "beginTime" in answer.message


@pytest.mark.parametrize(
    "ignored",
    [
        {"id": "1"},
        {"organizationId": "1"},
        {"recommend": True},
        {"orderNo": 99},
        {"status": "CLOSED"},
        {"createdTime": 1},
        {"updatedTime": 1},
        {"applicableStoreCount": 7},
        {"storeVo": {"name": "x"}},
    ],
    ids=lambda ignored: next(iter(ignored)),
)
def test_read_only_field_is_ignored(admin: Actor, ignored: dict[str, Any]) -> None:
    plain = read_event(admin, make_event(admin))
    event = read_event(admin, make_event(admin, resourceId="hd_2", **ignored))
    for name, value in ignored.items():
        assert event[name] != value
        assert (event[name] == plain[name]) is (name != "id")


WRONG_SESSION: list[tuple[str, Any]] = [
    ("startTime", None),
    ("startTime", "x"),
    ("endTime", None),
    ("startTime", START + 3 * DAY),
    ("startTime", START + HOUR - SECOND),
    ("endTime", START + 10 * DAY + SECOND),
    ("quota", -1),
    ("quota", 2**31),
    ("quota", "20"),
    ("quota", True),
    ("quota", 1.0),
    ("address", None),
    ("address", ""),
    ("address", " "),
    ("address", "a" * 256),
    ("placeType", 1),
    ("latitude", 31.2),
    ("longitude", "1" * 256),
    ("applicableStoreIds", ["1"]),
    ("applicableStoreIds", "1,x"),
    ("applicableStoreIds", "1,,2"),
]


@pytest.mark.parametrize(("field", "value"), WRONG_SESSION, ids=lambda value: repr(value)[:32])
def test_wrong_session_field_is_40001_and_named(admin: Actor, field: str, value: Any) -> None:
    sessions = [session_body(), session_body(**{field: value})]
    answer = admin.post("/event", event_body(eventSessionList=sessions))
    assert answer.code == "40001"
    assert f"eventSessionList[1].{field}" in answer.message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("startTime", START + HOUR),
        ("endTime", START + 10 * DAY),
        ("quota", 0),
        ("quota", None),
        ("quota", 2**31 - 1),
        ("placeType", None),
        ("placeType", "HOTEL"),
        ("address", "a" * 255),
        ("latitude", "31.2304"),
    ],
)
def test_right_session_field_is_kept_as_it_was_sent(admin: Actor, field: str, value: Any) -> None:
    event_id = make_event(admin, eventSessionList=[session_body(**{field: value})])
    assert read_event(admin, event_id)["eventSessionList"][0][field] == value


@pytest.mark.parametrize("stores", [None, ""])
def test_session_in_stores_needs_stores(admin: Actor, stores: str | None) -> None:
    session = session_body(placeType="STORE", applicableStoreIds=stores)
    answer = admin.post("/event", event_body(eventSessionList=[session]))
    assert answer.code == "40001"
    assert "eventSessionList[0].applicableStoreIds" in answer.message


def test_session_in_stores_needs_no_address(admin: Actor) -> None:
    session = session_body(placeType="STORE", applicableStoreIds=store_ids(admin)[0], address=None)
    assert admin.post("/event", event_body(eventSessionList=[session])).code == "0"


def test_place_type_is_taken_literally(admin: Actor) -> None:
    session = session_body(placeType="store", address=None)
    answer = admin.post("/event", event_body(eventSessionList=[session]))
    assert "eventSessionList[0].address" in answer.message


def test_store_of_another_organization_is_absent(admin: Actor, other: Actor) -> None:
    stores = f"{store_ids(admin)[0]},{store_ids(other)[0]}"
    session = session_body(placeType="STORE", applicableStoreIds=stores)
    assert admin.post("/event", event_body(eventSessionList=[session])).code == "40401"


def test_absent_category_is_40401(admin: Actor) -> None:
    assert admin.post("/event", event_body(eventCategoryFirstId="1")).code == "40401"


def test_category_belongs_to_its_level(admin: Actor) -> None:
    levels = {row["type"]: row["id"] for row in admin.get("/event_category").data}
    swapped = event_body(eventCategoryFirstId=levels["SECOND"])
    straight = event_body(eventCategoryFirstId=levels["FIRST"], eventCategorySecondId=levels["SECOND"])
    assert admin.post("/event", swapped).code == "40401"
    assert admin.post("/event", straight).code == "0"


def test_resource_id_is_taken_once_while_it_lives(admin: Actor, other: Actor) -> None:
    event_id = make_event(admin)
    assert admin.post("/event", event_body()).code == "40001"
    assert other.post("/event", event_body()).code == "40001"
    admin.delete(f"/event/{event_id}")
    assert admin.post("/event", event_body()).code == "0"


def test_form_is_kept_in_its_table(admin: Actor, rows: Any) -> None:
    form = json.dumps([{"key": "姓名", "type": "text", "options": [], "isRequire": True}], ensure_ascii=False)
    event = read_event(admin, make_event(admin, form=form))
    assert rows("SELECT fields FROM form WHERE id = ?", int(event["formId"])) == [{"fields": form}]


def test_event_without_form_answers_an_empty_one(admin: Actor) -> None:
    event = read_event(admin, make_event(admin, form=None))
    assert (event["form"], event["formId"]) == ("[]", None)
