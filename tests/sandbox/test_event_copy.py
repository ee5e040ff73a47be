"""E-05: copies."""

import pytest

from tests.sandbox.actors import Actor, JsonObject
from tests.sandbox.bodies import (
    HOUR,
    START,
    event_body,
    make_event,
    read_event,
    session_body,
    store_ids,
    without,
)
from tests.sandbox.conftest import Rows

NEW = ("id", "resourceId", "formId", "name", "published", "recommend", "createdTime", "updatedTime", "status")
NEW_IN_SESSION = ("id", "eventId", "createdTime", "updatedTime")


def copies(tenant: Actor) -> list[JsonObject]:
    found: list[JsonObject] = tenant.get("/event/list", searchWord="_副本", size=1000).data
    return found


def full_event(tenant: Actor) -> str:
    store, second, *_ = store_ids(tenant)
    tree = {row["type"]: row["id"] for row in tenant.get("/event_category").data}
    return make_event(
        tenant,
        **{
            name: f"/{name}.png"
            for name in ("banner", "coverImage", "guideImage", "shareImageUrl", "brief", "detail")
        },
        lastTime=START,
        chargeToggle=True,
        chargedAmount=990,
        reservationReviewToggle=True,
        cancelReviewToggle=True,
        checkinQrcodeToggle=True,
        form='[{"key": "k", "type": "text", "options": [], "isRequire": true}]',
        tags=["名师"],
        smsTemplateId="sms",
        couponBatch="c1,c2",
        eventCategoryFirstId=tree["FIRST"],
        eventCategorySecondId=tree["SECOND"],
        customerServerShowVO={"title": "t", "image": "i", "iconName": "n", "status": "ON"},
        customerServerGuideOpened=True,
        eventSessionList=[
            session_body(placeType="STORE", applicableStoreIds=f"{store},{second}", latitude="31"),
            session_body(quota=None, longitude="121"),
        ],
    )


def test_copy_keeps_every_other_field(admin: Actor, control: Actor) -> None:
    event_id = full_event(admin)
    control.put("/clock", {"advanceMs": HOUR})
    assert admin.put(f"/event/{event_id}/copy").data is None
    event, (copy,) = read_event(admin, event_id), copies(admin)
    sessions, copied = event.pop("eventSessionList"), copy.pop("eventSessionList")
    assert without(copy, *NEW) == without(event, *NEW)
    assert [without(row, *NEW_IN_SESSION) for row in copied] == [
        without(row, *NEW_IN_SESSION) for row in sessions
    ]
    assert all(value is not None for value in event.values())


def test_copy_is_new_unpublished_and_not_recommended(admin: Actor, control: Actor) -> None:
    event_id = full_event(admin)
    admin.put_form(f"/event/{event_id}/recommend", recommend="true")
    control.put("/clock", {"advanceMs": HOUR})
    admin.put(f"/event/{event_id}/copy")
    event, (copy,) = read_event(admin, event_id), copies(admin)
    assert (copy["published"], copy["recommend"], copy["createdTime"]) == (False, False, START + HOUR)
    assert copy["resourceId"].startswith("hd_")
    assert len(copy["resourceId"]) <= 30
    for name in ("id", "resourceId", "formId"):
        assert copy[name] != event[name]
    assert {row["eventId"] for row in copy["eventSessionList"]} == {copy["id"]}
    assert not {row["id"] for row in copy["eventSessionList"]} & {
        row["id"] for row in event["eventSessionList"]
    }


def test_copy_has_no_orders(admin: Actor, rows: Rows) -> None:
    (event,) = admin.get("/event/list", searchWord="亲子绘本共读会").data
    before = rows("SELECT count(*) AS n FROM event_order")
    admin.put(f"/event/{event['id']}/copy")
    assert copies(admin)[0]["eventSessionList"][0]["seatsLeft"] == 3
    assert rows("SELECT count(*) AS n FROM event_order") == before


@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("课", "课_副本"),
        ("课" * 97, "课" * 97 + "_副本"),
        ("课" * 98, "课" * 97 + "_副本"),
        ("😀" * 100, "😀" * 97 + "_副本"),
        ("课_副本", "课_副本_副本"),
    ],
)
def test_copys_name_is_cut_to_fit(admin: Actor, name: str, copied: str) -> None:
    admin.put(f"/event/{make_event(admin, name=name)}/copy")
    assert copied in {copy["name"] for copy in copies(admin)}


def test_copies_do_not_disturb_each_other(admin: Actor) -> None:
    event_id = make_event(admin)
    for _ in range(2):
        assert admin.put(f"/event/{event_id}/copy").code == "0"
    assert len({copy["resourceId"] for copy in copies(admin)}) == 2


def test_copy_lives_apart_from_its_original(admin: Actor) -> None:
    event_id = full_event(admin)
    admin.put(f"/event/{event_id}/copy")
    (before,) = copies(admin)
    admin.put(f"/event/{event_id}", event_body(name="改名", tags=["改"], form="[]"))
    assert copies(admin) == [before]


def test_dropped_session_is_not_copied(admin: Actor) -> None:
    event_id = make_event(admin, eventSessionList=[session_body(), session_body()])
    kept = read_event(admin, event_id)["eventSessionList"][1]
    admin.put(f"/event/{event_id}", event_body(eventSessionList=[kept]))
    admin.put(f"/event/{event_id}/copy")
    assert len(copies(admin)[0]["eventSessionList"]) == 1


def test_copy_of_an_absent_event_is_40401(admin: Actor) -> None:
    assert admin.put("/event/1/copy").code == "40401"
    assert copies(admin) == []
