"""Referral (F-01 to F-06): who counts for a sign-up and a payment, what is taken back, the two reports."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from clients import AdminClient, MemberClient
from harness.bookings import PRICE
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused
from harness.clock import HOUR, SECOND, SandboxClock
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.people import Cashier, People, Person
from harness.platform import Platform
from tests.activities import access
from tests.orders.referral import counted, counts, record, refer

pytestmark = pytest.mark.order

REFERRAL = Area("管理后台", "推荐关系")
SHARING = Area("小程序", "推荐关系")
ALONE: Final = {"groupBuyEventTeamRules.0.size": 1}
"""A team of one is full at once, so that its order can be checked in and end like any other."""


@pytest.fixture
def clock_when_needed(request: pytest.FixtureRequest) -> Callable[[], SandboxClock]:
    """Only the cases that move the clock need one that can be moved."""
    return lambda: request.getfixturevalue("movable_clock")


@cases("referral_event")
def test_event_order_counts(
    case: Case,
    admin: AdminClient,
    event_bookings: EventBookings,
    people: People,
    cashier: Cashier,
    clock_when_needed: Callable[[], SandboxClock],
) -> None:
    counted(case, event_bookings, people, cashier, admin.reports.events, clock_when_needed)


@cases("referral_group_buy")
def test_group_buy_order_counts(
    case: Case,
    admin: AdminClient,
    group_buy_bookings: GroupBuyBookings,
    people: People,
    cashier: Cashier,
    clock_when_needed: Callable[[], SandboxClock],
) -> None:
    team = {} if case.query.get("then") == "team_expires" else ALONE
    report = admin.reports.group_buys
    counted(case, group_buy_bookings, people, cashier, report, clock_when_needed, team)


@case(
    "referral-first-for-good",
    "F-05",
    "先触达的推荐人不变，后来的分享不改",
    story="推荐人",
    severity="critical",
    area=SHARING,
)
def test_first_referrer_stays(admin: AdminClient, event_bookings: EventBookings, people: People) -> None:
    event = event_bookings.activity()
    early, late, buyer = people("early"), people("late"), people("buyer")
    refer(event, [early, buyer])
    refer(event, [late, buyer])

    event_bookings.book(event, buyer)

    seen = counts(admin.reports.events, event, {"early": early, "late": late})
    assert seen == {"early": "1/0", "late": "0/0"}


@case(
    "referral-own-share",
    "F-05",
    "打开自己的分享，不成为自己的推荐人",
    story="推荐人",
    severity="critical",
    area=SHARING,
)
def test_nobody_refers_oneself(admin: AdminClient, event_bookings: EventBookings, people: People) -> None:
    event, buyer = event_bookings.activity(), people("buyer")
    record(buyer, event, "REACH", record(buyer, event, "SHARE"))

    event_bookings.book(event, buyer)

    assert counts(admin.reports.events, event, {"buyer": buyer}) == {"buyer": "1/0"}


@case("referral-circle", "F-05", "互相打开对方的分享，只有先成立的推荐算数", story="推荐人", area=SHARING)
def test_referral_never_goes_in_a_circle(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    event, one, other = event_bookings.activity(), people("one", worker=True), people("other", worker=True)
    refer(event, [one, other])
    refer(event, [other, one])

    event_bookings.book(event, one)
    assert counts(admin.reports.events, event, {"one": one, "other": other}) == {"one": "1/0", "other": "0/0"}

    event_bookings.book(event, other)
    assert counts(admin.reports.events, event, {"one": one, "other": other}) == {"one": "2/0", "other": "1/0"}


@case(
    "referral-by-resource",
    "F-05",
    "一个活动的推荐关系不管另一个活动",
    story="推荐人",
    severity="critical",
    area=SHARING,
)
def test_referral_holds_for_its_resource_alone(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    shared, other = event_bookings.activity(), event_bookings.activity()
    referrer, buyer = people("referrer"), people("buyer")
    refer(shared, [referrer, buyer])

    event_bookings.book(other, buyer)

    everyone = {"referrer": referrer, "buyer": buyer}
    assert counts(admin.reports.events, other, everyone) == {"referrer": "0/0", "buyer": "1/0"}
    assert counts(admin.reports.events, shared, everyone) == {"referrer": "0/0", "buyer": "0/0"}


@case("referral-share-is-no-reach", "F-05", "只分享、没人打开，不成立推荐", story="推荐人", area=SHARING)
def test_share_that_nobody_opened_refers_nobody(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    event, sharer, buyer = event_bookings.activity(), people("sharer"), people("buyer")
    record(sharer, event, "SHARE")

    event_bookings.book(event, buyer)

    assert counts(admin.reports.events, event, {"sharer": sharer, "buyer": buyer}) == {
        "sharer": "0/0",
        "buyer": "1/0",
    }


@case(
    "referral-staff-when-counted",
    "F-02",
    "第二级在报名之后才成为员工，已计的不补",
    story="推荐人",
    area=SHARING,
)
def test_staff_is_judged_when_the_count_is_made(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    event = event_bookings.activity()
    second, first, buyer = people("second"), people("first"), people("buyer")
    refer(event, [second, first, buyer])
    booked = event_bookings.book(event, buyer)

    people("second", worker=True)

    everyone = {"second": second, "first": first}
    assert counts(admin.reports.events, event, everyone) == {"second": "0/0", "first": "1/0"}
    event_bookings.desk().cancel(booked["orderId"]).require_ok()
    assert counts(admin.reports.events, event, everyone) == {"second": "0/0", "first": "0/0"}


@case(
    "referral-two-buyers",
    "F-01",
    "一个推荐人带来两个人，推荐人计两次，两人互不影响",
    story="推荐人",
    severity="critical",
    area=REFERRAL,
)
def test_referrer_of_two_counts_two(
    admin: AdminClient, event_bookings: EventBookings, people: People
) -> None:
    event = event_bookings.activity()
    referrer, one, other = people("referrer"), people("one"), people("other")
    refer(event, [referrer, one])
    refer(event, [referrer, other])

    gone = event_bookings.book(event, one)
    event_bookings.book(event, other)
    event_bookings.desk().cancel(gone["orderId"]).require_ok()

    seen = counts(admin.reports.events, event, {"referrer": referrer, "one": one, "other": other})
    assert seen == {"referrer": "1/0", "one": "0/0", "other": "1/0"}


@case("share-unknown-resource", "C-03", "分享不存在的资源，以 40401 拒绝", story="分享", area=SHARING)
def test_share_of_nothing_is_absent(admin: AdminClient, people: People) -> None:
    unused = admin.resources.new_id("hd").require_data()

    answer = people("sharer").calls.shares.record({"resourceId": unused, "type": "SHARE"})

    check_refused(answer, "40401")


@case("share-unknown-parent", "C-03", "来源分享不存在，以 40401 拒绝", story="分享", area=SHARING)
def test_share_by_an_absent_share_is_absent(
    event_bookings: EventBookings, people: People, events: EventWorkshop
) -> None:
    event = event_bookings.activity()
    body = {"resourceId": event["resourceId"], "type": "REACH", "fromId": events.words.id_of("absent")}

    answer = people("reacher").calls.shares.record(body)

    check_refused(answer, "40401")


@case(
    "share-parent-of-other-resource",
    "C-03",
    "来源分享属于别的资源，以 40001 拒绝",
    story="分享",
    area=SHARING,
)
def test_share_by_another_resource_s_share_is_refused(event_bookings: EventBookings, people: People) -> None:
    shared, other = event_bookings.activity(), event_bookings.activity()
    body = {
        "resourceId": other["resourceId"],
        "type": "REACH",
        "fromId": record(people("a"), shared, "SHARE"),
    }

    answer = people("b").calls.shares.record(body)

    check_refused(answer, "40001", "fromId")


@case("share-type-other-word", "C-03", "传播类型传别的字被拒绝", story="分享", area=SHARING)
def test_share_of_another_type_is_refused(event_bookings: EventBookings, people: People) -> None:
    event = event_bookings.activity()

    answer = people("sharer").calls.shares.record({"resourceId": event["resourceId"], "type": "COPY"})

    check_refused(answer, "40001", "type")


@case("share-resource-left-out", "C-03", "不传资源 id 被拒绝", story="分享", area=SHARING)
def test_share_needs_its_resource(people: People) -> None:
    answer = people("sharer").calls.shares.record({"type": "SHARE"})

    check_refused(answer, "40001", "resourceId")


@case(
    "share-other-organization",
    "C-14",
    "别的组织的会员分享我们的活动，如同不存在",
    story="分享",
    severity="critical",
    area=SHARING,
)
def test_share_of_another_organization_s_event_is_absent(
    platform: Platform, event_bookings: EventBookings, mark: str
) -> None:
    event = event_bookings.activity()
    stranger = access.member_of_other_organization(platform, mark)

    answer = stranger.shares.record({"resourceId": event["resourceId"], "type": "SHARE"})

    check_refused(answer, "40401")


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
