"""Referral (F-01 to F-05): who counts for a sign-up and a payment, and what is taken back."""

from collections.abc import Callable
from typing import Final

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.clock import SandboxClock
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.people import Cashier, People
from tests.orders.referral import counted, counts, record, refer

pytestmark = pytest.mark.order

REFERRAL = Area("管理后台", "推荐关系")
SHARING = Area("小程序", "推荐关系")
ALONE: Final = {"groupBuyEventTeamRules.0.size": 1}
"""A team of one is full at once, so that its order can be checked in and end like any other."""


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
