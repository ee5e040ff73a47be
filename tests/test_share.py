"""Shares and reaches: what can be recorded."""

import pytest

from clients import AdminClient
from harness.cases import Area, case
from harness.checks import check_refused
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.people import People
from harness.platform import Platform
from tests.activities import access
from tests.orders.referral import record

pytestmark = pytest.mark.order

SHARING = Area("小程序", "推荐关系")


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
