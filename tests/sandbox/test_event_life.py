"""Create, read, update, publish, recommend and delete (E-02 to E-04, C-07, C-10, T-02, T-03)."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.sandbox.actors import Actor, tenant
from tests.sandbox.bodies import (
    DAY,
    HOUR,
    SECOND,
    START,
    event_body,
    make_event,
    read_event,
    resend,
    session_body,
    store_ids,
)
from tests.sandbox.conftest import Rows

UTC8 = timezone(timedelta(hours=8))


def test_create_answers_the_id_as_a_string(admin: Actor) -> None:
    answer = admin.post("/event", event_body())
    assert isinstance(answer.data, str)
    assert int(answer.data) > 2**53


def test_row_says_the_same_as_the_answer(admin: Actor, rows: Rows) -> None:
    event = read_event(admin, make_event(admin, chargeToggle=True, checkinQrcodeToggle=False))
    (row,) = rows("SELECT * FROM event WHERE id = ?", int(event["id"]))
    begin = datetime.fromtimestamp(event["beginTime"] / 1000, UTC8)
    assert row["begin_time"] == f"{begin:%Y-%m-%d %H:%M:%S}"
    assert (row["charge_toggle"], row["checkin_qrcode_toggle"], row["deleted"]) == (1, 0, 0)
    assert (str(row["organization_id"]), row["resource_id"]) == (event["organizationId"], "hd_1001")


def test_event_has_no_mark_of_deletion(admin: Actor) -> None:
    event = read_event(admin, make_event(admin))
    assert "deleted" not in event
    assert "deleted" not in event["eventSessionList"][0]


@pytest.mark.parametrize(
    ("after", "status"),
    [
        (HOUR - SECOND, "NOTOPEN"),
        (HOUR, "OPEN"),
        (10 * DAY - SECOND, "OPEN"),
        (10 * DAY, "CLOSED"),
    ],
)
def test_status_follows_the_clock(admin: Actor, control: Actor, after: int, status: str) -> None:
    event_id = make_event(admin)
    control.put("/clock", {"advanceMs": after})
    listed = tenant(admin.app, "admin").get("/event/list", searchWord="夏日").data
    assert [(event["id"], event["status"]) for event in listed] == [(event_id, status)]


def test_unpublished_event_is_closed(admin: Actor) -> None:
    assert read_event(admin, make_event(admin, beginTime=START, published=False))["status"] == "CLOSED"


def test_update_replaces_the_whole_object(admin: Actor) -> None:
    event_id = make_event(admin, brief="简介", tags=["名师"], form='[{"key": "k", "type": "text"}]')
    assert admin.put(f"/event/{event_id}", event_body(name="改名")).data is None
    event = read_event(admin, event_id)
    assert (event["name"], event["brief"], event["tags"], event["form"]) == ("改名", None, None, "[]")


def test_update_left_without_published_withdraws(admin: Actor) -> None:
    event_id = make_event(admin)
    admin.put(f"/event/{event_id}", event_body(published=None))
    assert read_event(admin, event_id)["published"] is False


def test_update_sent_back_as_read_changes_nothing(admin: Actor) -> None:
    event_id = make_event(admin, tags=["名师"], customerServerShowVO={"title": "t"})
    before = read_event(admin, event_id)
    assert admin.put(f"/event/{event_id}", resend(before)).code == "0"
    assert read_event(admin, event_id) == before


def test_update_keeps_adds_and_drops_sessions_by_id(admin: Actor, rows: Rows) -> None:
    event_id = make_event(admin, eventSessionList=[session_body(), session_body(quota=5)])
    first, second = read_event(admin, event_id)["eventSessionList"]
    sessions = [{**first, "quota": 9}, session_body(quota=7)]
    admin.put(f"/event/{event_id}", event_body(eventSessionList=sessions))
    kept, added = read_event(admin, event_id)["eventSessionList"]
    assert (kept["id"], kept["quota"], added["quota"]) == (first["id"], 9, 7)
    assert rows("SELECT deleted FROM event_session WHERE id = ?", int(second["id"])) == [{"deleted": 1}]


def test_update_with_a_session_of_another_event_is_40401(admin: Actor) -> None:
    theirs = read_event(admin, make_event(admin))["eventSessionList"][0]["id"]
    mine = make_event(admin, resourceId="hd_2")
    body = event_body(resourceId="hd_2", eventSessionList=[session_body(id=theirs)])
    assert admin.put(f"/event/{mine}", body).code == "40401"


def test_update_with_a_session_twice_is_40001(admin: Actor) -> None:
    event_id = make_event(admin)
    session = read_event(admin, event_id)["eventSessionList"][0]
    answer = admin.put(f"/event/{event_id}", event_body(eventSessionList=[session, session]))
    assert answer.code == "40001"


def test_create_makes_its_sessions_whatever_ids_they_have(admin: Actor) -> None:
    event = read_event(admin, make_event(admin))
    twin = read_event(admin, make_event(admin, **resend(event, resourceId="hd_2")))
    assert twin["id"] != event["id"]
    assert twin["eventSessionList"][0]["id"] != event["eventSessionList"][0]["id"]


def test_update_may_change_the_resource_id(admin: Actor) -> None:
    event_id = make_event(admin, tags=["名师"])
    admin.put(f"/event/{event_id}", event_body(resourceId="hd_2", tags=["小班"]))
    event = read_event(admin, event_id)
    assert (event["resourceId"], event["tags"]) == ("hd_2", ["小班"])


def test_refused_update_changes_nothing(admin: Actor) -> None:
    event_id = make_event(admin)
    before = read_event(admin, event_id)
    broken = session_body(placeType="STORE", applicableStoreIds="1")
    assert admin.put(f"/event/{event_id}", event_body(name="改名", eventSessionList=[broken])).code == "40401"
    assert read_event(admin, event_id) == before


@pytest.mark.parametrize(
    "change", [{"name": "改名"}, {"tags": ["x"]}, {"eventSessionList": [session_body(quota=1)]}]
)
def test_updated_time_moves_and_created_time_stays(admin: Actor, control: Actor, change: Any) -> None:
    event_id = make_event(admin)
    control.put("/clock", {"advanceMs": HOUR})
    admin.put(f"/event/{event_id}", event_body(**change))
    event = read_event(admin, event_id)
    assert (event["createdTime"], event["updatedTime"]) == (START, START + HOUR)


@pytest.mark.parametrize(("call", "column"), [("publish", "published"), ("recommend", "recommend")])
def test_flag_is_set_taken_back_and_repeated(admin: Actor, call: str, column: str) -> None:
    event_id = make_event(admin, published=False)
    seen = []
    for word in ("true", "true", "false", "false"):
        assert admin.put_form(f"/event/{event_id}/{call}", **{call: word}).envelope["data"] is None
        seen.append(read_event(admin, event_id)[column])
    assert seen == [True, True, False, False]


def test_publish_moves_updated_time(admin: Actor, control: Actor) -> None:
    event_id = make_event(admin, published=False)
    control.put("/clock", {"advanceMs": HOUR})
    admin.put_form(f"/event/{event_id}/publish", publish="true")
    assert read_event(admin, event_id)["updatedTime"] == START + HOUR


def test_delete_is_soft(admin: Actor, rows: Rows) -> None:
    event_id = make_event(admin)
    assert (admin.delete(f"/event/{event_id}").code, admin.get(f"/event/{event_id}").code) == ("0", "40401")
    assert rows("SELECT deleted FROM event WHERE id = ?", int(event_id)) == [{"deleted": 1}]
    assert admin.get("/event/list", searchWord="夏日体验课").data == []


def test_delete_again_changes_nothing(admin: Actor, control: Actor, rows: Rows) -> None:
    event_id = make_event(admin)
    admin.delete(f"/event/{event_id}")
    before = rows("SELECT * FROM event")
    control.put("/clock", {"advanceMs": HOUR})
    assert admin.delete(f"/event/{event_id}").code == "0"
    assert rows("SELECT * FROM event") == before


ABSENT = ["1", "0", "-1", "abc", "01", "1.0", "9" * 19, "9" * 30, "１", "%20"]


@pytest.mark.parametrize("event_id", ABSENT)
def test_path_id_that_is_nobodys_is_absent(admin: Actor, plain: Actor, event_id: str) -> None:
    assert admin.delete(f"/event/{event_id}").code == "0"
    assert admin.get(f"/event/{event_id}").code == "40401"
    assert admin.put(f"/event/{event_id}", event_body()).code == "40401"
    assert plain.get(f"/event/{event_id}").code == "40401"


def test_stores_of_the_event_are_those_of_its_sessions(admin: Actor) -> None:
    first, second, third, *_ = store_ids(admin)
    sessions = [
        session_body(placeType="STORE", applicableStoreIds=f"{second},{first}"),
        session_body(),
        session_body(placeType="STORE", applicableStoreIds=f"{first},{third}"),
    ]
    event = read_event(admin, make_event(admin, eventSessionList=sessions))
    assert event["applicableStoreIds"] == f"{second},{first},{third}"
    assert event["applicableStoreCount"] == 3
    assert event["storeVo"]["organizationId"] == second
    assert [session["applicableStoreCount"] for session in event["eventSessionList"]] == [2, 0, 2]


def test_event_outside_stores_has_none(admin: Actor) -> None:
    event = read_event(admin, make_event(admin))
    assert (event["applicableStoreIds"], event["applicableStoreCount"], event["storeVo"]) == ("", 0, None)


def test_stores_of_a_session_held_elsewhere_do_not_count(admin: Actor) -> None:
    session = session_body(applicableStoreIds=store_ids(admin)[0])
    event = read_event(admin, make_event(admin, eventSessionList=[session]))
    assert (event["applicableStoreCount"], event["storeVo"]) == (0, None)
    assert event["eventSessionList"][0]["applicableStoreCount"] == 0


def test_store_named_twice_counts_once(admin: Actor) -> None:
    store = store_ids(admin)[0]
    session = session_body(placeType="STORE", applicableStoreIds=f"{store},{store}")
    event = read_event(admin, make_event(admin, eventSessionList=[session]))
    assert (event["applicableStoreIds"], event["applicableStoreCount"]) == (store, 1)


def test_seats_left_is_quota_less_live_orders(admin: Actor) -> None:
    (event,) = admin.get("/event/list", searchWord="亲子绘本共读会").data
    assert [(session["quota"], session["seatsLeft"]) for session in event["eventSessionList"]] == [(3, 1)]


def test_seats_left_of_no_quota_is_null(admin: Actor) -> None:
    event = read_event(admin, make_event(admin, eventSessionList=[session_body(quota=None)]))
    assert event["eventSessionList"][0]["seatsLeft"] is None


def test_quota_set_below_the_orders_leaves_no_seat(admin: Actor) -> None:
    (event,) = admin.get("/event/list", searchWord="亲子绘本共读会").data
    sessions = [{**event["eventSessionList"][0], "quota": 1}]
    assert admin.put(f"/event/{event['id']}", resend(event, eventSessionList=sessions)).code == "0"
    assert read_event(admin, event["id"])["eventSessionList"][0]["seatsLeft"] == 0


def test_published_event_is_on_the_mini_program(admin: Actor, plain: Actor) -> None:
    event_id = make_event(admin)
    assert plain.get(f"/event/{event_id}").data == read_event(admin, event_id)


@pytest.mark.parametrize("gone", ["withdrawn", "deleted", "never published"])
def test_event_that_is_gone_is_absent_on_the_mini_program(admin: Actor, plain: Actor, gone: str) -> None:
    event_id = make_event(admin, published=gone != "never published")
    if gone == "withdrawn":
        admin.put_form(f"/event/{event_id}/publish", publish="false")
    if gone == "deleted":
        admin.delete(f"/event/{event_id}")
    assert plain.get(f"/event/{event_id}").code == "40401"


def test_event_past_its_end_stays_on_the_mini_program(admin: Actor, plain: Actor) -> None:
    times = {"beginTime": START - 2 * DAY, "endTime": START - DAY}
    session = session_body(startTime=START - 2 * DAY, endTime=START - DAY)
    event_id = make_event(admin, **times, eventSessionList=[session])
    assert plain.get(f"/event/{event_id}").data["status"] == "CLOSED"


def test_event_of_another_organization_is_absent_on_the_mini_program(other: Actor, plain: Actor) -> None:
    assert plain.get(f"/event/{make_event(other)}").code == "40401"
