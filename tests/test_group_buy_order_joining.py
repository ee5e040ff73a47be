"""Opening teams of group-buys and joining them: bodies, prices, times, and who may."""

from collections.abc import Callable
from typing import Final

import pytest

from clients import AdminClient
from harness.bookings import PRICE
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused
from harness.clock import SandboxClock
from harness.kinds.group_buy import GroupBuyWorkshop, specified
from harness.kinds.group_buy_orders import RULE, GroupBuyBookings
from harness.order_states import OrderStates
from harness.people import Person
from harness.platform import Platform
from harness.teams import Teams
from tests.orders import booking

pytestmark = pytest.mark.order

JOINING = Area("小程序", "拼课团订单")
SPECIFIED: Final = specified({"校区": ["虹口", "徐汇"], "时段": ["上午", "下午"]})
GRADE: Final = {"key": "grade", "type": "radio", "value": "一年级"}
"""What the leader fills in, where the form of a case asks for it."""


@pytest.fixture
def joiner(case: Case, platform: Platform, customer: Person) -> Person:
    """A plain member, or whom the case names."""
    if (kind := case.query.get("member")) is None:
        return customer
    calls = platform.member(kind)
    return Person(calls.me().require_data()["id"], calls)


@cases("group_buy_order_open")
def test_open(
    case: Case,
    group_buy_bookings: GroupBuyBookings,
    joiner: Person,
    clock_when_needed: Callable[[], SandboxClock],
) -> None:
    booking.book(case, group_buy_bookings, joiner, clock_when_needed)


@cases("group_buy_order_join")
def test_join(
    case: Case, teams: Teams, joiner: Person, clock_when_needed: Callable[[], SandboxClock]
) -> None:
    group_buy = teams.bookings.activity(case.given)
    team = teams.open(group_buy, changes={"formDataList": [GRADE]})
    body = teams.bookings.body(group_buy, {"groupBuyEventTeamId": team.id, **case.change})
    if case.clock is not None:
        clock_when_needed().go(case.clock, group_buy)

    booking.taken(case, teams.bookings, joiner, group_buy, body, team.orders.values())


@cases("group_buy_order_sku")
def test_specification(case: Case, admin: AdminClient, teams: Teams, customer: Person) -> None:
    group_buy = teams.bookings.activity()
    specifications = teams.bookings.changed(SPECIFIED, {"groupBuyEventSpecificationDetails.3.enabled": False})
    admin.group_buys.specify(group_buy["id"], specifications).require_ok()
    team = teams.open(group_buy, changes={"skuValues": "虹口,上午"}) if case.call == "join" else None
    into = {"groupBuyEventTeamId": team.id} if team else {}
    body = teams.bookings.body(group_buy, {**into, **case.change})

    booking.taken(case, teams.bookings, customer, group_buy, body, team.orders.values() if team else ())


@case(
    "group-buy-order-fields",
    "G-06",
    "团长的订单记下拼课团标题、团长标记和八位核销码",
    area=JOINING,
    story="开团",
    severity="critical",
)
def test_order_tells_of_its_team(teams: Teams) -> None:
    group_buy = teams.bookings.activity()
    team = teams.open(group_buy)
    teams.join(team, "first")

    leader, first = (teams.bookings.read(group_buy, team.orders[name]) for name in ("leader", "first"))

    assert [order["groupBuyEventName"] for order in (leader, first)] == [group_buy["titile"]] * 2
    assert [(order["teamLeader"], order["robot"]) for order in (leader, first)] == [
        (True, False),
        (False, False),
    ]
    codes = {leader["code"], first["code"]}
    assert len(codes) == 2
    assert all(len(code) == 8 and code.isdecimal() for code in codes)
    assert (leader["timeExpire"], leader["paymentOrderId"], leader["checkinStoreOrgId"]) == (None, None, None)


@case(
    "group-buy-order-join-team-of-other",
    "G-06",
    "团属于另一个拼课团，以 40401 拒绝",
    area=JOINING,
    story="参团",
    severity="blocker",
)
def test_team_of_another_group_buy_is_absent(teams: Teams) -> None:
    other, group_buy = teams.open(teams.bookings.activity()), teams.bookings.activity()

    answer = teams.bookings.send(
        teams.people("first"), teams.bookings.body(group_buy, {"groupBuyEventTeamId": other.id})
    )

    check_refused(answer, "40401")
    assert teams.bookings.listed(group_buy["id"]) == []
    assert other.seen() == ("PENDING", {"leader": "UNUSED/NONE"})


@case(
    "group-buy-order-join-disabled",
    "G-05",
    "下架后不能参团，再上架又可以",
    area=JOINING,
    story="参团",
    severity="blocker",
)
def test_disabled_group_buy_lets_nobody_join(admin: AdminClient, teams: Teams) -> None:
    team, first = teams.open(teams.bookings.activity()), teams.people("first")
    body = teams.bookings.body(team.group_buy, {"groupBuyEventTeamId": team.id})
    admin.group_buys.enable(team.group_buy["id"], enable=False).require_ok()

    check_refused(teams.bookings.send(first, body), "40901")
    assert team.seen() == ("PENDING", {"leader": "UNUSED/NONE"})

    admin.group_buys.enable(team.group_buy["id"], enable=True).require_ok()
    assert teams.bookings.send(first, body).ok


@case(
    "group-buy-order-deleted",
    "C-10",
    "已删除的拼课团不能开团、不能参团，以 40401 拒绝",
    area=JOINING,
    story="开团",
    severity="critical",
)
def test_deleted_group_buy_lets_nobody_in(admin: AdminClient, teams: Teams) -> None:
    team, first = teams.open(teams.bookings.activity()), teams.people("first")
    admin.group_buys.delete(team.group_buy["id"]).require_ok()

    for into in ("", team.id):
        body = teams.bookings.body(team.group_buy, {"groupBuyEventTeamId": into})
        check_refused(teams.bookings.send(first, body), "40401")


@case(
    "group-buy-order-join-unpaid-disabled",
    "P-02",
    "下架后已开的团长仍可付款，团在拼",
    area=JOINING,
    story="开团",
)
def test_leader_can_still_pay_when_disabled(admin: AdminClient, group_buy_order_states: OrderStates) -> None:
    placed = group_buy_order_states.bring("PAY_PROCESSING", "PAY_PROCESSING", {f"{RULE}.size": 2})
    admin.group_buys.enable(placed.activity["id"], enable=False).require_ok()

    answer = group_buy_order_states.act(placed, "notify_success")

    assert answer is not None
    answer.require_ok()
    after = group_buy_order_states.read(placed)
    assert (after.state, after.order["teamStatus"]) == (("UNUSED", "PAY_SUCCESS"), "PENDING")


@case(
    "group-buy-order-price-of-the-order",
    "G-16",
    "开团后改价，订单仍是开团时的价，新订单是新价",
    area=JOINING,
    story="开团",
    severity="critical",
)
def test_price_is_that_of_the_joining(
    group_buys: GroupBuyWorkshop, group_buy_order_states: OrderStates, teams: Teams, customer: Person
) -> None:
    placed = group_buy_order_states.bring("UNPAID", "UNPAID")
    row = group_buys.read({"id": placed.activity["id"]})
    dearer = group_buys.changed(group_buys.writable(row), {f"{RULE}.leaderPrice": PRICE + 100})
    group_buys.calls().update(row["id"], dearer).require_ok()

    started = customer.calls.payments.start(placed.order["id"]).require_data()
    booked = teams.bookings.book(placed.activity, teams.people("other"))

    assert started["amount"] == PRICE
    assert teams.bookings.read(placed.activity, booked["orderId"])["chargedAmount"] == PRICE + 100


@case(
    "group-buy-order-expires-in-15-minutes",
    "P-01",
    "收费订单的 timeExpire 正好是下单后 15 分钟，团长团员都是",
    area=JOINING,
    story="开团",
    severity="critical",
)
def test_time_to_pay_is_15_minutes(teams: Teams) -> None:
    group_buy = teams.bookings.activity(price=PRICE)
    team = teams.open(group_buy)
    teams.join(team, "first", "unpaid")

    for order in teams.bookings.listed(group_buy["id"]):
        assert order["timeExpire"] - order["createdTime"] == 900_000
