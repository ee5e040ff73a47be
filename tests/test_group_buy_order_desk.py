"""Orders of group-buys at the console's desk: check-in, review, and who may do what."""

from typing import Final

import pytest

from clients import AdminClient
from harness.cases import Area, Case, case, cases
from harness.checks import check_http, check_refused, check_same
from harness.kinds.event_orders import OPEN_NOW
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.order_states import OrderStates
from harness.people import Person
from harness.platform import Platform
from harness.teams import Teams
from harness.workbooks import sheet_of
from tests.orders import desk

pytestmark = pytest.mark.order

CONSOLE = Area("管理后台", "拼课团订单")
ALONE: Final = {"groupBuyEventTeamRules.0.size": 1}
CALLS: Final[desk.Calls] = {
    **desk.CALLS,
    "orders": lambda _, caller, placed: caller.group_buy_orders.orders(placed.activity["id"]),
    "search": lambda _, caller, placed: caller.group_buy_orders.search(placed.activity["id"]),
    "teams": lambda _, caller, placed: caller.group_buy_orders.teams(placed.activity["id"]),
    "numbers": lambda _, caller, placed: caller.group_buy_orders.numbers(placed.activity["id"]),
    "teams_file": lambda _, caller, placed: caller.group_buy_orders.teams_file(placed.activity["id"]),
}


@cases("group_buy_order_check_in")
def test_check_in(
    case: Case, group_buy_bookings: GroupBuyBookings, group_buy_order_states: OrderStates
) -> None:
    desk.check_in(case, group_buy_bookings, group_buy_order_states)


@cases("group_buy_order_review")
def test_review(
    case: Case, group_buy_bookings: GroupBuyBookings, group_buy_order_states: OrderStates
) -> None:
    desk.review(case, group_buy_bookings, group_buy_order_states, "CANCEL_REVIEW_PENDING")


@cases("group_buy_order_privilege")
def test_privilege(
    case: Case,
    platform: Platform,
    group_buy_bookings: GroupBuyBookings,
    group_buy_order_states: OrderStates,
) -> None:
    desk.access(case, platform, group_buy_bookings, group_buy_order_states, CALLS)


@cases("group_buy_order_other_organization")
def test_other_organization(
    case: Case,
    platform: Platform,
    group_buy_bookings: GroupBuyBookings,
    group_buy_order_states: OrderStates,
) -> None:
    desk.access(case, platform, group_buy_bookings, group_buy_order_states, CALLS)


@cases("group_buy_order_absent")
def test_absent(case: Case, group_buy_bookings: GroupBuyBookings) -> None:
    desk.absent(case, group_buy_bookings, CALLS)


@case(
    "group-buy-order-numbers-other-organization",
    "C-14",
    "别的组织看参团数、导出团队，我们有团也什么都看不到",
    area=Area("管理后台", "接口约定"),
    story="拼课团订单的组织隔离",
    severity="blocker",
)
def test_numbers_and_file_are_one_s_own(other_admin: AdminClient, teams: Teams) -> None:
    team = teams.open(teams.bookings.activity())

    numbers = other_admin.group_buy_orders.numbers(team.group_buy["id"])
    exported = other_admin.group_buy_orders.teams_file(team.group_buy["id"])

    assert numbers.require_data() == []
    assert sheet_of(exported.require_data()).rows == []


@case(
    "group-buy-order-check-in-code-of-other",
    "E-13",
    "同团另一人的核销码不能核销这个订单，两个订单都不变",
    area=CONSOLE,
    story="核销",
    severity="blocker",
)
def test_code_of_another_order_is_wrong(teams: Teams) -> None:
    team = teams.open(teams.bookings.activity())
    teams.join(team, "first")
    leader, first = (teams.bookings.read(team.group_buy, order) for order in team.orders.values())
    body = teams.bookings.check_in_body(team.group_buy, leader, {"code": first["code"]})

    check_refused(teams.bookings.desk().check_in(leader["id"], body), "40001")

    for order in (leader, first):
        check_same(order, teams.bookings.read(team.group_buy, order["id"]))


@case(
    "group-buy-order-check-in-when-success",
    "G-07",
    "团未成时不能核销，一成团各人都能核销一次",
    area=CONSOLE,
    story="核销",
    severity="blocker",
)
def test_check_in_waits_for_the_team(teams: Teams) -> None:
    team = teams.open(teams.bookings.activity())
    leader = teams.bookings.read(team.group_buy, team.orders["leader"])
    check_refused(teams.bookings.check_in(team.group_buy, leader), "40901")

    teams.join(team, "first")
    first = teams.bookings.read(team.group_buy, team.orders["first"])

    for order in (leader, first):
        teams.bookings.check_in(team.group_buy, order).require_ok()
        check_refused(teams.bookings.check_in(team.group_buy, order), "40901")
    assert team.seen() == ("SUCCESS", {"leader": "USED/NONE", "first": "USED/NONE"})


@case(
    "group-buy-order-check-in-launched-later",
    "E-13",
    "再投放到第二个门店后，在那里也能核销",
    area=CONSOLE,
    story="核销",
    severity="critical",
)
def test_store_of_a_later_launch_checks_in(admin: AdminClient, teams: Teams) -> None:
    team = teams.open(teams.bookings.activity(ALONE), changes={"size": 1})
    order = teams.bookings.read(team.group_buy, team.orders["leader"])
    known = teams.bookings.words.id_of
    body = teams.bookings.check_in_body(team.group_buy, order, {"storeOrgId": known("store_second")})
    check_refused(teams.bookings.desk().check_in(order["id"], body), "40905")

    places = {"orgIds": [known("store_second")], "channelIds": [known("channel")]}
    admin.group_buys.launch({"groupBuyEventId": team.group_buy["id"], **places}).require_ok()

    teams.bookings.desk().check_in(order["id"], body).require_ok()
    after = teams.bookings.read(team.group_buy, order["id"])
    assert (after["status"], after["checkinStoreOrgId"]) == ("USED", known("store_second"))


@case(
    "group-buy-order-check-in-not-launched",
    "E-13",
    "哪里也没投放的拼课团：不传门店以 40001 拒绝，传哪个门店都以 40905 拒绝",
    area=CONSOLE,
    story="核销",
    severity="critical",
)
def test_order_of_a_group_buy_launched_nowhere_cannot_be_used(
    group_buys: GroupBuyWorkshop, group_buy_bookings: GroupBuyBookings, customer: Person
) -> None:
    group_buy = group_buys.make({"enable": True, "beginTime": OPEN_NOW, **ALONE})
    order_id = group_buy_bookings.book(group_buy, customer)["orderId"]
    order = group_buy_bookings.read(group_buy, order_id)
    nowhere = group_buy_bookings.check_in_body(group_buy, order, {"storeOrgId": "$left_out"})

    check_refused(group_buy_bookings.desk().check_in(order_id, nowhere), "40001", "storeOrgId")
    check_refused(group_buy_bookings.check_in(group_buy, order), "40905")

    check_same(order, group_buy_bookings.read(group_buy, order_id))


@case(
    "group-buy-order-console-without-token",
    "A-02",
    "后台没有登录不能看团和订单、取消、核销",
    area=CONSOLE,
    story="核销",
    severity="critical",
)
def test_console_needs_a_sign_in(platform: Platform, group_buy_order_states: OrderStates) -> None:
    placed, nobody = group_buy_order_states.bring("UNUSED", "NONE"), platform.console.group_buy_orders
    group_buy_id, order_id = placed.activity["id"], placed.order["id"]

    for answer in (
        nobody.teams(group_buy_id),
        nobody.orders(group_buy_id),
        nobody.cancel(order_id),
        nobody.check_in(order_id, {"code": placed.order["code"]}),
    ):
        check_http(answer, 401)

    check_same(placed.order, group_buy_order_states.read(placed).order)


@case(
    "group-buy-order-kept",
    "G-12",
    "拼课团下架、删除后团和订单还在，还能取消",
    area=CONSOLE,
    story="拼课团下架与删除",
    severity="critical",
)
def test_orders_stay_when_the_group_buy_goes(
    admin: AdminClient, group_buy_order_states: OrderStates, group_buy_bookings: GroupBuyBookings
) -> None:
    placed = group_buy_order_states.bring("UNUSED", "PAY_SUCCESS")

    admin.group_buys.enable(placed.activity["id"], enable=False).require_ok()
    admin.group_buys.delete(placed.activity["id"]).require_ok()

    check_same(placed.order, group_buy_order_states.read(placed).order)
    teams = admin.group_buy_orders.teams(placed.activity["id"]).require_data()
    assert [team["id"] for team in teams] == [placed.order["groupBuyEventTeamId"]]
    group_buy_bookings.desk().cancel(placed.order["id"]).require_ok()
    assert group_buy_order_states.read(placed).state == ("CANCELED", "REFUNDING")
