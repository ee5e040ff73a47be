"""E-11: check-in QR codes."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox.actors import Actor, JsonObject
from tests.sandbox.bodies import event_body, make_event, read_event, session_body, store_ids
from tests.sandbox.conftest import Rows

LIST = "/event_checkin_qrcode/list"


def in_stores(*stores: str) -> JsonObject:
    return session_body(placeType="STORE", applicableStoreIds=",".join(stores))


def codes(tenant: Actor, event_id: str, **body: Any) -> list[JsonObject]:
    found: list[JsonObject] = tenant.post(LIST, {"eventId": event_id, **body}).data
    return found


def stores_of(found: list[JsonObject]) -> list[str]:
    return [code["storeOrgId"] for code in found]


def test_toggle_makes_one_code_for_each_store(admin: Actor) -> None:
    first, second, third, *_ = store_ids(admin)
    sessions = [in_stores(first, second), in_stores(second, third), session_body()]
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=sessions)
    found = codes(admin, event_id)
    assert stores_of(found) == [first, second, third]
    assert set(found[0]) == {"id", "eventId", "storeOrgId", "storeName", "qrcodeUrl"}
    assert (found[0]["eventId"], found[0]["storeName"]) == (event_id, "虹口校区")


@pytest.mark.parametrize("toggle", [False, None])
def test_no_toggle_makes_none(admin: Actor, toggle: bool | None, rows: Rows) -> None:
    sessions = [in_stores(store_ids(admin)[0])]
    event_id = make_event(admin, checkinQrcodeToggle=toggle, eventSessionList=sessions)
    assert codes(admin, event_id) == []
    assert rows("SELECT * FROM event_checkin_qrcode WHERE event_id = ?", int(event_id)) == []


def test_update_keeps_the_codes_in_step(admin: Actor) -> None:
    first, second, third, *_ = store_ids(admin)
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=[in_stores(first, second)])
    before = {code["storeOrgId"]: code["id"] for code in codes(admin, event_id)}
    admin.put(
        f"/event/{event_id}",
        event_body(checkinQrcodeToggle=True, eventSessionList=[in_stores(second, third)]),
    )
    after = {code["storeOrgId"]: code["id"] for code in codes(admin, event_id)}
    assert set(after) == {second, third}
    assert after[second] == before[second]


def test_toggle_turned_off_withdraws_the_codes_softly(admin: Actor, rows: Rows) -> None:
    sessions = [in_stores(store_ids(admin)[0])]
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=sessions)
    admin.put(f"/event/{event_id}", event_body(eventSessionList=sessions))
    assert codes(admin, event_id) == []
    marks = rows("SELECT deleted FROM event_checkin_qrcode WHERE event_id = ?", int(event_id))
    assert marks == [{"deleted": 1}]


def test_copy_has_codes_of_its_own(admin: Actor) -> None:
    event_id = make_event(
        admin, checkinQrcodeToggle=True, eventSessionList=[in_stores(*store_ids(admin)[:2])]
    )
    admin.put(f"/event/{event_id}/copy")
    (copy,) = admin.get("/event/list", searchWord="_副本").data
    mine, copied = codes(admin, event_id), codes(admin, copy["id"])
    assert stores_of(copied) == stores_of(mine)
    assert not {code["id"] for code in mine} & {code["id"] for code in copied}


def test_list_filters_by_stores(admin: Actor, other: Actor) -> None:
    first, second, *_ = store_ids(admin)
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=[in_stores(first, second)])
    assert stores_of(codes(admin, event_id, storeOrgIds=[second])) == [second]
    assert stores_of(codes(admin, event_id, storeOrgIds=store_ids(other))) == []
    assert stores_of(codes(admin, event_id, storeOrgIds=[])) == [first, second]
    assert stores_of(codes(admin, event_id, storeOrgIds=None)) == [first, second]


def test_list_is_paged(admin: Actor) -> None:
    stores = store_ids(admin)[:3]
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=[in_stores(*stores)])
    envelope = admin.post(LIST, {"eventId": event_id}, page=2, size=2).envelope
    assert (envelope["total"], envelope["page"], envelope["size"]) == (3, 2, 2)
    assert stores_of(envelope["data"]) == stores[2:]


@pytest.mark.parametrize(
    ("field", "value"),
    [("eventId", None), ("eventId", 1), ("eventId", "x"), ("storeOrgIds", "1"), ("storeOrgIds", [1])],
)
def test_list_body_of_a_wrong_kind_is_40001(admin: Actor, field: str, value: Any) -> None:
    answer = admin.post(LIST, {"eventId": "1", field: value})
    assert answer.code == "40001"
    assert field in answer.message


def test_absent_or_anothers_event_has_none(admin: Actor, other: Actor) -> None:
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=[in_stores(store_ids(admin)[0])])
    assert [codes(admin, "1"), codes(other, event_id)] == [[], []]
    admin.delete(f"/event/{event_id}")
    assert codes(admin, event_id) == []


def test_url_shows_a_png_to_anybody(admin: Actor, stranger: Actor, rows: Rows) -> None:
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=[in_stores(store_ids(admin)[0])])
    (code,) = codes(admin, event_id)
    assert rows("SELECT qrcode_url FROM event_checkin_qrcode WHERE deleted = 0") == [
        {"qrcode_url": code["qrcodeUrl"]}
    ]
    assert code["qrcodeUrl"].startswith("http://localhost/")
    picture = stranger.call("GET", urlsplit(code["qrcodeUrl"]).path).response
    assert picture.content_type == "image/png"
    assert picture.data.startswith(b"\x89PNG\r\n\x1a\n")


def test_picture_of_a_withdrawn_code_is_404(admin: Actor, stranger: Actor) -> None:
    event_id = make_event(admin, checkinQrcodeToggle=True, eventSessionList=[in_stores(store_ids(admin)[0])])
    (code,) = codes(admin, event_id)
    admin.put(
        f"/event/{event_id}", event_body(eventSessionList=read_event(admin, event_id)["eventSessionList"])
    )
    assert stranger.call("GET", urlsplit(code["qrcodeUrl"]).path).status == 404
