"""A member's own orders of group-buys: what is listed, and that nobody else sees, cancels or pays them."""

import pytest

from harness.case_words import query
from harness.cases import Area, Case, case, cases
from harness.checks import check_http, check_refused, check_same, ids_of
from harness.clock import HOUR, SECOND, SandboxClock
from harness.kinds.group_buy_orders import RULE, GroupBuyBookings
from harness.known_ids import ABSENT
from harness.order_states import OrderStates
from harness.people import People, Person
from harness.platform import Platform
from harness.teams import DEAR_RULE, Teams
from tests.activities.access import member_of_other_organization

pytestmark = pytest.mark.order

MINE = Area("小程序", "拼课团订单")
ORGANIZATIONS = Area("小程序", "接口约定")


@cases("group_buy_order_mine")
def test_my_orders(
    case: Case, group_buy_bookings: GroupBuyBookings, people: People, movable_clock: SandboxClock
) -> None:
    bookings, me = group_buy_bookings, people("me")
    group_buy = bookings.activity({f"{RULE}.size": 1, **DEAR_RULE})
    own = bookings.read(group_buy, bookings.book(group_buy, me)["orderId"])
    movable_clock.advance(HOUR)
    bookings.book(group_buy, me, {"size": 3})
    asked = query(case.query, bookings.words)
    if "by" in asked:
        asked["key_word"] = own[asked.pop("by")]
    if "part_of" in asked:
        asked["key_word"] = own[asked.pop("part_of")][:-1]

    answer = me.calls.group_buy_orders.list(**asked)

    found = ids_of(answer.require_data())
    assert (own["id"] in found, len(found)) == (case.expect["finds"], case.expect["rows"])
    assert answer.total == len(found)


@case(
    "group-buy-order-mine-own",
    "A-04",
    "我的订单只有自己的，后下的在前，内容与后台相同",
    area=MINE,
    story="我的订单",
    severity="blocker",
    smoke=True,
)
def test_my_orders_are_my_own(teams: Teams, movable_clock: SandboxClock) -> None:
    group_buy = teams.bookings.activity({f"{RULE}.size": 3})
    team = teams.open(group_buy)
    teams.join(team, "first")
    movable_clock.advance(SECOND)
    later = teams.bookings.book(group_buy, teams.people("first"))["orderId"]

    mine = {
        name: teams.people(name).calls.group_buy_orders.list().require_data() for name in ("leader", "first")
    }

    assert ids_of(mine["leader"]) == [team.orders["leader"]]
    assert ids_of(mine["first"]) == [later, team.orders["first"]]
    assert mine["first"][0] == teams.bookings.read(group_buy, later)


@case("group-buy-order-mine-none", "A-04", "新会员的订单列表是空的", area=MINE, story="我的订单")
def test_new_member_has_no_orders(people: People) -> None:
    answer = people("me").calls.group_buy_orders.list()

    assert (answer.require_data(), answer.total) == ([], 0)


@case(
    "group-buy-order-cancel-team-mate",
    "A-04",
    "同团的团员不能取消团长的订单，团长也不能取消团员的",
    area=MINE,
    story="我的订单",
    severity="blocker",
)
def test_team_mates_cannot_cancel_each_other(teams: Teams) -> None:
    """A-04 gives no code for the order of another member."""
    team = teams.open(teams.bookings.activity({f"{RULE}.size": 3}))
    teams.join(team, "first")
    before = team.seen()

    for person, order in (("first", "leader"), ("leader", "first")):
        answer = teams.bookings.cancel(teams.people(person), team.orders[order])
        assert not answer.ok, f"{person} 取消了 {order} 的订单"

    assert team.seen() == before


@case(
    "group-buy-order-pay-other-member",
    "A-04",
    "别的会员不能为我的订单发起支付，订单不变",
    area=MINE,
    story="我的订单",
    severity="blocker",
)
def test_another_member_cannot_start_paying(group_buy_order_states: OrderStates, people: People) -> None:
    placed = group_buy_order_states.bring("UNPAID", "UNPAID")

    answer = people("other").calls.payments.start(placed.order["id"])

    assert not answer.ok, "别的会员发起了支付"
    check_same(placed.order, group_buy_order_states.read(placed).order)


@case(
    "group-buy-order-cancel-mine-absent",
    "C-03",
    "取消不存在的订单，以 40401 拒绝",
    area=MINE,
    story="我的订单",
)
def test_absent_order_cannot_be_cancelled(customer: Person) -> None:
    check_refused(customer.calls.group_buy_orders.cancel(ABSENT), "40401")


@case(
    "group-buy-order-without-token",
    "A-02",
    "没有登录不能开团，不留下订单和团",
    area=MINE,
    story="开团",
    severity="blocker",
)
def test_opening_needs_a_sign_in(platform: Platform, group_buy_bookings: GroupBuyBookings) -> None:
    group_buy = group_buy_bookings.activity()

    check_http(platform.mini_program.group_buy_orders.join(group_buy_bookings.body(group_buy)), 401)

    assert group_buy_bookings.listed(group_buy["id"]) == []
    assert group_buy_bookings.admin.group_buy_orders.teams(group_buy["id"]).require_data() == []


@case(
    "group-buy-order-stranger-joins",
    "C-14",
    "别的组织的会员开团、参团，如同拼课团不存在",
    area=ORGANIZATIONS,
    story="拼课团订单的组织隔离",
    severity="critical",
)
def test_member_of_another_organization_gets_into_nothing(
    platform: Platform, teams: Teams, mark: str
) -> None:
    team = teams.open(teams.bookings.activity())
    stranger = member_of_other_organization(platform, mark)

    for into in ("", team.id):
        body = teams.bookings.body(team.group_buy, {"groupBuyEventTeamId": into})
        check_refused(stranger.group_buy_orders.join(body), "40401")

    assert len(teams.bookings.listed(team.group_buy["id"])) == 1


@case(
    "group-buy-order-stranger-cancels-and-pays",
    "C-14",
    "别的组织的会员取消我们的订单、为它付款，如同订单不存在",
    area=ORGANIZATIONS,
    story="拼课团订单的组织隔离",
    severity="critical",
)
def test_member_of_another_organization_cannot_change_an_order(
    platform: Platform, group_buy_order_states: OrderStates, mark: str
) -> None:
    placed = group_buy_order_states.bring("UNPAID", "UNPAID")
    stranger = member_of_other_organization(platform, mark)

    check_refused(stranger.group_buy_orders.cancel(placed.order["id"]), "40401")
    check_refused(stranger.payments.start(placed.order["id"]), "40401")

    check_same(placed.order, group_buy_order_states.read(placed).order)
