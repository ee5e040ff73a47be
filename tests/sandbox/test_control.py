"""`/_sandbox`: the clock, ticks, resets, members and the sheet of the seed."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.bodies import HOUR, SECOND, START, make_event
from tests.sandbox.conftest import Rows

YEAR_2000 = 946656000000  # in UTC+8
YEAR_2200 = 7258089600000


def test_clock_stands_still_at_its_start(control: Actor) -> None:
    assert [control.get("/clock").data for _ in range(2)] == [{"now": START}] * 2


def test_clock_is_set_and_advanced(control: Actor) -> None:
    assert control.put("/clock", {"now": START - HOUR}).data == {"now": START - HOUR}
    assert control.put("/clock", {"advanceMs": 1500}).data == {"now": START - HOUR + 1500}
    assert control.get("/clock").data == {"now": START - HOUR + 1500}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"now": START, "advanceMs": 1},
        {"now": "x"},
        {"now": True},
        {"now": YEAR_2000 - 1},
        {"now": YEAR_2200 + 1},
        {"advanceMs": -1},
        {"advanceMs": 1.5},
        {"advanceMs": YEAR_2200},
    ],
)
def test_clock_refuses_what_it_cannot_show(control: Actor, body: dict[str, Any]) -> None:
    assert control.put("/clock", body).code == "40001"
    assert control.get("/clock").data == {"now": START}


@pytest.mark.parametrize("now", [YEAR_2000, YEAR_2200])
def test_clock_goes_to_its_limits(admin: Actor, control: Actor, now: int) -> None:
    control.put("/clock", {"now": now})
    token = tenant(admin.app, "admin")
    assert 2**53 < int(make_event(token)) < 2**63


def test_moving_the_clock_runs_the_expiries(control: Actor, rows: Rows) -> None:
    unpaid = "SELECT id FROM event_order WHERE status = 'UNPAID'"
    (order,) = rows(unpaid)
    control.put("/clock", {"advanceMs": 10 * 60 * SECOND - SECOND})
    assert rows(unpaid) == [order]
    control.put("/clock", {"advanceMs": SECOND})
    assert rows("SELECT status FROM event_order WHERE id = ?", order["id"]) == [{"status": "TIME_OUT"}]


def test_expired_order_frees_its_seat(app: Sandbox, control: Actor) -> None:
    seats = []
    for _ in range(2):
        (event,) = tenant(app, "admin").get("/event/list", searchWord="收费").data
        seats.append(event["eventSessionList"][0]["seatsLeft"])
        control.put("/clock", {"advanceMs": 10 * 60 * SECOND})
    assert seats == [28, 29]


def test_unused_order_ends_with_its_session(control: Actor, rows: Rows) -> None:
    query = "SELECT min(session_end_time) AS ends, count(*) AS n FROM event_order WHERE status = 'UNUSED'"
    (before,) = rows(query)
    control.put("/clock", {"now": START + 10 * 24 * HOUR})
    (after,) = rows(query)
    assert before["ends"] == "2026-06-11 10:00:00"
    assert after["n"] == before["n"] - 2


def test_tick_alone_changes_nothing_that_is_not_due(control: Actor, rows: Rows) -> None:
    before = rows("SELECT * FROM event_order")
    assert control.post("/tick").code == "0"
    assert rows("SELECT * FROM event_order") == before


def test_reset_brings_back_seed_and_clock(admin: Actor, control: Actor, rows: Rows) -> None:
    before = rows("SELECT * FROM event"), rows("SELECT * FROM event_session")
    make_event(admin)
    control.put("/clock", {"advanceMs": HOUR})
    assert control.post("/reset").code == "0"
    assert (rows("SELECT * FROM event"), rows("SELECT * FROM event_session")) == before
    assert control.get("/clock").data == {"now": START}


def test_reset_brings_back_the_ids(admin: Actor, control: Actor) -> None:
    first = make_event(admin)
    control.post("/reset")
    assert make_event(admin) == first


def test_member_is_changed_in_what_is_given(app: Sandbox, control: Actor) -> None:
    newcomer = member(app, "newcomer")
    me = newcomer.get("/members").data
    changed = control.put(f"/members/{me['id']}", {"worker": True, "isNew": None}).data
    assert changed == {**me, "worker": True, "isNew": True, "redPacketTaken": False}
    taken = control.put(f"/members/{me['id']}", {"redPacketTaken": True, "isNew": False}).data
    assert taken == {**changed, "redPacketTaken": True, "isNew": False}
    assert newcomer.get("/members").data == {**me, "worker": True}


@pytest.mark.parametrize("field", ["worker", "student", "isNew", "redPacketTaken"])
def test_member_takes_booleans_only(plain: Actor, control: Actor, field: str) -> None:
    answer = control.put(f"/members/{plain.get('/members').data['id']}", {field: 1})
    assert answer.code == "40001"
    assert field in answer.message


@pytest.mark.parametrize("member_id", ["1", "x", "9" * 30])
def test_absent_member_is_40401(control: Actor, member_id: str) -> None:
    assert control.put(f"/members/{member_id}", {"worker": 1}).code == "40401"


def test_sheet_signs_in_everybody_it_names(app: Sandbox, control: Actor) -> None:
    sheet = control.get("/seed").data
    for sign_in in (*sheet["tenants"].values(), *sheet["withoutPrivilege"].values()):
        assert tenant(app, **sign_in).get("/event_category").code == "0"
    for code in sheet["wechatCodes"].values():
        for app_id in (sheet["appId"], sheet["otherAppId"]):
            assert member(app, code, app_id).get("/members").code == "0"


def test_sheet_has_every_privilege_of_the_contract(control: Actor) -> None:
    sheet = control.get("/seed").data
    assert len(sheet["withoutPrivilege"]) == 23
    assert sheet["withoutPrivilege"]["EVENT_VIEW"] == {
        "username": "without_event_view",
        "password": "sandbox",
    }
    assert set(sheet["tenants"]) == {"admin", "viewer", "other"}
    assert sheet["paymentSecret"] == "sandbox-pay"


def test_seed_has_group_buys_in_every_state(admin: Actor, other: Actor, rows: Rows) -> None:
    group_buys = admin.get("/group_buy_event/list", size=1000).data
    states = {(one["enable"], one["status"]) for one in group_buys}
    assert {(True, "NOTOPEN"), (True, "OPEN"), (True, "CLOSED"), (False, "OPEN")} <= states
    assert any(one["robotRules"] for one in group_buys)
    assert any(one["specificationConfs"] for one in group_buys)
    assert other.get("/group_buy_event/list").data
    assert rows("SELECT count(*) AS n FROM group_buy_event WHERE deleted = 1") == [{"n": 1}]
    teams = rows("SELECT DISTINCT status FROM group_buy_event_team")
    assert {team["status"] for team in teams} == {"PENDING", "SUCCESS", "FAILED", "UNPAID"}


def test_tick_alone_moves_no_seeded_team_or_group_buy(control: Actor, rows: Rows) -> None:
    tables = ("group_buy_event", "group_buy_event_team", "group_buy_event_order")
    before = [rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - our own names
    control.post("/tick")
    assert [rows(f"SELECT * FROM {table}") for table in tables] == before  # noqa: S608 - our own names


def test_seed_has_events_in_every_state(admin: Actor) -> None:
    events = admin.get("/event/list", size=1000).data
    sessions = [session for event in events for session in event["eventSessionList"]]
    assert len(events) >= 12
    assert {event["status"] for event in events} == {"NOTOPEN", "OPEN", "CLOSED"}
    assert any(not event["published"] for event in events)
    assert any(event["chargeToggle"] and event["chargedAmount"] for event in events)
    assert any(event["form"] != "[]" for event in events)
    assert any(session["quota"] is None for session in sessions)
