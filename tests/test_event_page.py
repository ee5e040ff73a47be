"""What visitors of an event meet: its page on the mini-program, its check-in QR codes."""

from collections.abc import Callable
from typing import Any

import pytest

from clients import AdminClient, MemberClient
from clients.bodies import Event
from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_outcome, check_refused
from harness.clock import SandboxClock
from harness.kinds.event import EventWorkshop

pytestmark = pytest.mark.event

CONSOLE = Area("管理后台", "活动")
MINI_PROGRAM = Area("小程序", "活动")
SHOWN_ON_PAGE = (
    "id",
    "name",
    "brief",
    "detail",
    "beginTime",
    "endTime",
    "resourceId",
    "chargedAmount",
    "tags",
)


@cases("event_qrcode")
def test_checkin_qrcodes(case: Case, admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make(case.given)
    store = query(case.query, events.words).get("store")
    stores = _stores(made) if store is None else {store} & _stores(made)

    answer = admin.checkin_qrcodes.list(made["id"], store_org_ids=store and [store], page=1, size=100)

    rows = answer.require_data()
    assert len(rows) == answer.total == case.expect["rows"]
    if case.expect["rows"]:
        assert {row["storeOrgId"] for row in rows} == stores
    assert {row["eventId"] for row in rows} <= {made["id"]}
    assert len({row["qrcodeUrl"] for row in rows}) == len(rows), "每个门店的码应各不相同"


@case("event-qrcode-follows-toggle", "E-11", "开关打开后有码，关闭后没有", story="核销码", area=CONSOLE)
def test_checkin_qrcodes_follow_the_toggle(admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make(_in_store("store"))
    seen = []
    for toggle in (True, False, True):
        body = {**events.writable(made), "checkinQrcodeToggle": toggle}
        admin.events.update(made["id"], body).require_ok()
        seen.append(admin.checkin_qrcodes.list(made["id"]).require_ok().total)

    assert seen == [1, 0, 1]


@case("event-qrcode-follows-stores", "E-11", "场次换门店后，核销码换成新门店的", story="核销码", area=CONSOLE)
def test_checkin_qrcodes_follow_the_stores(admin: AdminClient, events: EventWorkshop) -> None:
    made = events.make({**_in_store("store"), "checkinQrcodeToggle": True})
    changes = {"eventSessionList.0.applicableStoreIds": {"$id_of": "store_second"}}

    admin.events.update(made["id"], events.changed(events.writable(made), changes)).require_ok()

    rows = admin.checkin_qrcodes.list(made["id"]).require_data()
    assert [row["storeOrgId"] for row in rows] == [events.words.id_of("store_second")]


@case("event-qrcode-of-copy", "E-11", "副本有自己的核销码，与原活动的不同", story="核销码", area=CONSOLE)
def test_copy_has_checkin_qrcodes_of_its_own(admin: AdminClient, events: EventWorkshop) -> None:
    original = events.make({**_in_store("store"), "checkinQrcodeToggle": True})
    admin.events.copy(original["id"]).require_ok()
    copied = events.copy_of(original)

    codes = [admin.checkin_qrcodes.list(event["id"]).require_data() for event in (original, copied)]

    assert [len(rows) for rows in codes] == [1, 1]
    assert codes[0][0]["id"] != codes[1][0]["id"]
    assert codes[0][0]["qrcodeUrl"] != codes[1][0]["qrcodeUrl"]


@cases("event_page")
def test_event_page(
    case: Case,
    member: MemberClient,
    events: EventWorkshop,
    clock_when_needed: Callable[[], SandboxClock],
) -> None:
    made = events.make(case.given)
    if case.clock is not None:
        clock_when_needed().go(case.clock, made)

    answer = member.events.get(made["id"])

    check_outcome(answer, case)
    if answer.data is not None:
        page = answer.data
        assert {key: page.get(key) for key in SHOWN_ON_PAGE} == {key: made.get(key) for key in SHOWN_ON_PAGE}
        assert page["status"] == case.expect.get("status", made["status"])


@case(
    "event-page-withdrawn",
    "E-03",
    "撤下后小程序上不再存在，再发布又看得到",
    story="活动页",
    severity="critical",
    area=CONSOLE,
)
def test_withdrawn_event_has_no_page(admin: AdminClient, member: MemberClient, events: EventWorkshop) -> None:
    made = events.make({"published": True})

    admin.events.publish(made["id"], publish=False).require_ok()

    check_refused(member.events.get(made["id"]), "40401")
    admin.events.publish(made["id"], publish=True).require_ok()
    assert member.events.get(made["id"]).require_data()["id"] == made["id"]


def _in_store(name: str) -> dict[str, Any]:
    return {
        "eventSessionList.0.placeType": "STORE",
        "eventSessionList.0.applicableStoreIds": {"$id_of": name},
    }


def _stores(event: Event) -> set[str]:
    ids = (session["applicableStoreIds"] or "" for session in event["eventSessionList"])
    return {store for listed in ids for store in listed.split(",") if store}
