"""Who may do what about event orders: privileges, organizations, other members, rows not there."""

from typing import Final

import pytest

from harness.cases import Area, Case, case, cases
from harness.checks import check_http, check_refused, check_same
from harness.kinds.event_orders import EventBookings
from harness.known_ids import ABSENT
from harness.order_states import OrderStates
from harness.people import People, Person
from harness.platform import Platform
from tests.activities.access import member_of_other_organization
from tests.orders import desk

pytestmark = pytest.mark.order

MINE = Area("小程序", "活动订单")
ORGANIZATIONS = Area("小程序", "接口约定")
CALLS: Final[desk.Calls] = {
    **desk.CALLS,
    "list": lambda _, caller, placed: caller.event_orders.list(placed.activity["id"]),
    "search": lambda _, caller, placed: caller.event_orders.search(placed.activity["id"]),
}


@cases("event_order_privilege")
def test_privilege(
    case: Case, platform: Platform, event_bookings: EventBookings, event_order_states: OrderStates
) -> None:
    desk.access(case, platform, event_bookings, event_order_states, CALLS)


@cases("event_order_other_organization")
def test_other_organization(
    case: Case, platform: Platform, event_bookings: EventBookings, event_order_states: OrderStates
) -> None:
    desk.access(case, platform, event_bookings, event_order_states, CALLS)


@cases("event_order_absent")
def test_absent(case: Case, event_bookings: EventBookings) -> None:
    desk.absent(case, event_bookings, CALLS)


@case(
    "event-order-mine",
    "A-04",
    "我的预约只有自己的订单，内容与后台相同",
    area=MINE,
    story="我的预约",
    severity="blocker",
    smoke=True,
)
def test_my_orders_are_my_own(event_bookings: EventBookings, people: People) -> None:
    event = event_bookings.activity()
    orders = {
        name: event_bookings.read(event, event_bookings.book(event, people(name))["orderId"]) for name in "ab"
    }

    for name in "ab":
        assert people(name).calls.event_orders.list().require_data() == [orders[name]]


@case("event-order-mine-none", "A-04", "新会员的预约列表是空的", area=MINE, story="我的预约")
def test_new_member_has_no_orders(people: People) -> None:
    answer = people("a").calls.event_orders.list()

    assert (answer.require_data(), answer.total) == ([], 0)


@case(
    "event-order-cancel-other-member",
    "A-04",
    "别的会员不能取消我的订单，订单不变",
    area=MINE,
    story="我的预约",
    severity="blocker",
)
def test_another_member_cannot_cancel(
    event_bookings: EventBookings, event_order_states: OrderStates, people: People
) -> None:
    """A-04 gives no code for the order of another member."""
    placed = event_order_states.bring("UNUSED", "NONE")

    answer = event_bookings.cancel(people("b"), placed.order["id"])

    assert not answer.ok, "别的会员取消了订单"
    check_same(placed.order, event_order_states.read(placed).order)


@case(
    "event-order-cancel-mine-absent",
    "C-03",
    "取消不存在的订单，以 40401 拒绝",
    area=MINE,
    story="我的预约",
)
def test_absent_order_cannot_be_cancelled(customer: Person) -> None:
    check_refused(customer.calls.event_orders.cancel(ABSENT), "40401")


@case(
    "event-order-without-token",
    "A-02",
    "没有登录不能预约，不留下订单",
    area=MINE,
    story="我的预约",
    severity="blocker",
)
def test_booking_needs_a_sign_in(platform: Platform, event_bookings: EventBookings) -> None:
    event = event_bookings.activity()

    answer = platform.mini_program.event_orders.book(event_bookings.body(event))

    check_http(answer, 401)
    assert event_bookings.listed(event["id"]) == []


@case(
    "event-order-admin-token",
    "A-02",
    "后台没有登录不能看订单、取消、核销",
    area=Area("管理后台", "活动订单"),
    story="订单列表与核销搜索",
    severity="critical",
)
def test_console_needs_a_sign_in(platform: Platform, event_order_states: OrderStates) -> None:
    placed, nobody = event_order_states.bring("UNUSED", "NONE"), platform.console.event_orders

    check_http(nobody.list(placed.activity["id"]), 401)
    check_http(nobody.cancel(placed.order["id"]), 401)
    check_http(nobody.check_in(placed.order["id"], {"code": placed.order["code"]}), 401)

    check_same(placed.order, event_order_states.read(placed).order)


@case(
    "event-order-stranger-books",
    "C-14",
    "别的组织的会员预约我们的活动，如同活动不存在",
    area=ORGANIZATIONS,
    story="活动订单的组织隔离",
    severity="critical",
)
def test_member_of_another_organization_cannot_book(
    platform: Platform, event_bookings: EventBookings, mark: str
) -> None:
    event = event_bookings.activity()
    stranger = member_of_other_organization(platform, mark)

    answer = stranger.event_orders.book(event_bookings.body(event))

    check_refused(answer, "40401")
    assert event_bookings.listed(event["id"]) == []


@case(
    "event-order-stranger-cancels",
    "C-14",
    "别的组织的会员取消我们的订单，如同订单不存在",
    area=ORGANIZATIONS,
    story="活动订单的组织隔离",
    severity="critical",
)
def test_member_of_another_organization_cannot_cancel(
    platform: Platform, event_order_states: OrderStates, mark: str
) -> None:
    placed = event_order_states.bring("UNUSED", "NONE")
    stranger = member_of_other_organization(platform, mark)

    answer = stranger.event_orders.cancel(placed.order["id"])

    check_refused(answer, "40401")
    check_same(placed.order, event_order_states.read(placed).order)
