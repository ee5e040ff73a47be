"""The two referral reports (F-06): what narrows them, and whose they are."""

from collections.abc import Mapping
from typing import Any

import pytest

from clients import AdminClient, MemberClient
from harness.bookings import PRICE
from harness.cases import Area, case
from harness.clock import HOUR, SECOND, SandboxClock
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.people import Cashier, People, Person
from tests.orders.referral import counts

pytestmark = pytest.mark.order

REFERRAL = Area("管理后台", "推荐关系")


@case(
    "report-times",
    "F-06",
    "按时间筛选：起含、止不含，各差一秒",
    story="推荐报表",
    severity="critical",
    area=REFERRAL,
)
def test_report_is_narrowed_by_time(
    admin: AdminClient, event_bookings: EventBookings, people: People, movable_clock: SandboxClock
) -> None:
    event, buyer = event_bookings.activity(), people("buyer")
    movable_clock.advance(HOUR)
    event_bookings.book(event, buyer)
    at = movable_clock.now()

    windows = {
        "from then on": {"startTime": at},
        "from a second later": {"startTime": at + SECOND},
        "until then": {"endTime": at},
        "until a second later": {"endTime": at + SECOND},
    }
    found = {
        name: bool(_rows(admin, {"eventIds": [event["id"]], **times})) for name, times in windows.items()
    }

    assert found == {
        "from then on": True,
        "from a second later": False,
        "until then": False,
        "until a second later": True,
    }


@case(
    "report-members",
    "F-06",
    "按手机号、会员号、昵称的一部分筛选",
    story="推荐报表",
    severity="critical",
    area=REFERRAL,
)
def test_report_is_narrowed_by_member(
    admin: AdminClient, event_bookings: EventBookings, people: People, member: MemberClient
) -> None:
    event, me = event_bookings.activity(), member.me().require_data()
    plain = Person(me["id"], member)
    event_bookings.book(event, plain)
    event_bookings.book(event, people("other"))
    one = (
        {"memberMobile": me["mobile"]},
        {"memberNo": me["id"]},
        {"memberNickName": (me["nickName"] or "")[1:]},
    )

    for narrowed in one:
        rows = _rows(admin, {"eventIds": [event["id"]], **narrowed})
        assert [row["memberId"] for row in rows] == [me["id"]], f"按 {[*narrowed]} 筛选不符"
    assert [row["memberMobile"] for row in rows] == [me["mobile"]]
    assert _rows(admin, {"eventIds": [event["id"]], "memberMobile": "19900000000"}) == []


@case("report-empty-filters", "F-06", "null、空串和空数组不筛选", story="推荐报表", area=REFERRAL)
def test_report_s_empty_filters_narrow_nothing(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    event = event_bookings.activity()
    event_bookings.book(event, people("buyer"))
    empty = {"startTime": None, "endTime": None, "memberMobile": "", "memberNo": None, "memberNickName": ""}

    rows = _rows(admin, {"eventIds": [event["id"]], **empty})

    assert rows == _rows(admin, {"eventIds": [event["id"]]})
    assert event["id"] in {row["eventId"] for row in _rows(admin, {**empty, "eventIds": []})}


@case("report-two-events", "F-06", "两个活动各有一行，按活动筛选只得一行", story="推荐报表", area=REFERRAL)
def test_report_has_a_row_for_each_event(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    first, second, buyer = event_bookings.activity(), event_bookings.activity(), people("buyer")
    for event in (first, second):
        event_bookings.book(event, buyer)

    both = _rows(admin, {"eventIds": [first["id"], second["id"]]})

    assert {row["eventId"]: row["signUpCount"] for row in both} == {first["id"]: 1, second["id"]: 1}
    assert [row["eventId"] for row in _rows(admin, {"eventIds": [second["id"]]})] == [second["id"]]


@case(
    "report-of-its-kind",
    "F-06",
    "活动报表里没有拼课团的报名，反之亦然",
    story="推荐报表",
    severity="critical",
    area=REFERRAL,
)
def test_reports_hold_their_own_kind(
    admin: AdminClient, event_bookings: EventBookings, group_buy_bookings: GroupBuyBookings, people: People
) -> None:
    event, group_buy, buyer = event_bookings.activity(), group_buy_bookings.activity(), people("buyer")
    event_bookings.book(event, buyer)
    group_buy_bookings.book(group_buy, buyer)
    asked = {"eventIds": [event["id"], group_buy["id"]]}

    seen = [
        [row["eventId"] for row in report(asked).require_data()]
        for report in (admin.reports.events, admin.reports.group_buys)
    ]

    assert seen == [[event["id"]], [group_buy["id"]]]


@case("report-paid-amount", "F-03", "一人两单、付一单：报名二、支付一", story="推荐报表", area=REFERRAL)
def test_report_adds_up_a_member_s_orders(
    admin: AdminClient, event_bookings: EventBookings, people: People, cashier: Cashier
) -> None:
    event = event_bookings.activity(
        {
            "eventSessionList.1": {
                "$session": {"placeType": "STORE", "applicableStoreIds": {"$id_of": "store"}}
            }
        },
        price=PRICE,
    )
    buyer, other_session = people("buyer"), event["eventSessionList"][1]["id"]
    paid = event_bookings.book(event, buyer)
    event_bookings.book(event, buyer, {"sessionId": other_session})

    cashier.pay(buyer, paid["orderId"])

    assert counts(admin.reports.events, event, {"buyer": buyer}) == {"buyer": "2/1"}


@case(
    "report-other-organization",
    "C-14",
    "别的组织的报表里没有我们的报名",
    story="推荐报表",
    severity="blocker",
    area=REFERRAL,
)
def test_report_holds_only_one_s_own(
    admin: AdminClient, other_admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    event = event_bookings.activity()
    event_bookings.book(event, people("buyer"))

    assert _rows(other_admin, {"eventIds": [event["id"]]}) == []

    assert len(_rows(admin, {"eventIds": [event["id"]]})) == 1


@case("report-for-viewer", "A-03", "只读租户也能看两张报表", story="推荐报表", area=REFERRAL)
def test_reports_are_open_to_every_tenant(viewer: AdminClient) -> None:
    assert viewer.reports.events({"eventIds": []}).ok
    assert viewer.reports.group_buys({"eventIds": []}).ok


def _rows(admin: AdminClient, narrowed: Mapping[str, Any]) -> list[Any]:
    return [*admin.reports.events(narrowed).require_data()]
