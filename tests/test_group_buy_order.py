"""Orders of group-buys: what can be done in each state, what time does, and how they are paid."""

import pytest

from clients import PaymentProvider
from harness.bookings import PRICE
from harness.cases import Area, Case, case, cases
from harness.checks import check_refused
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.order_states import OrderStates
from harness.people import Cashier
from harness.teams import LEADER_PRICE, MEMBER_PRICE, Teams
from tests.orders import states
from tests.orders.payments import Notices

pytestmark = pytest.mark.order

PAYMENT = Area("小程序", "支付")


@cases("group_buy_order_state")
def test_state(case: Case, group_buy_order_states: OrderStates) -> None:
    states.transition(case, group_buy_order_states)


@cases("group_buy_order_time")
def test_time(case: Case, group_buy_order_states: OrderStates) -> None:
    states.transition(case, group_buy_order_states)


@cases("group_buy_order_notify")
def test_notify(
    case: Case,
    payment_provider: PaymentProvider,
    group_buy_bookings: GroupBuyBookings,
    group_buy_order_states: OrderStates,
    cashier: Cashier,
) -> None:
    Notices(payment_provider, group_buy_bookings, group_buy_order_states, cashier).told(case)


@case(
    "group-buy-order-pay-own-price",
    "G-16",
    "团员应付团员价，付团长价以 40906 拒绝",
    area=PAYMENT,
    story="拼课团的支付通知",
    severity="blocker",
)
def test_member_pays_the_member_s_price(teams: Teams, cashier: Cashier) -> None:
    prices = {
        "groupBuyEventTeamRules.0.leaderPrice": LEADER_PRICE,
        "groupBuyEventTeamRules.0.memberPrice": MEMBER_PRICE,
    }
    team = teams.open(teams.bookings.activity(prices))
    teams.join(team, "first", "unpaid")

    started = cashier.start(teams.people("first"), team.orders["first"])
    check_refused(cashier.settle(team.orders["first"], LEADER_PRICE), "40906")

    assert started["amount"] == MEMBER_PRICE
    assert team.seen()[0] == "PENDING"
    cashier.settle(team.orders["first"], MEMBER_PRICE).require_ok()
    assert team.seen()[0] == "SUCCESS"


@case(
    "group-buy-order-pay-notify-twice",
    "P-03",
    "同一交易的成功通知来两次，只生效一次，团的人数不多算",
    area=PAYMENT,
    story="拼课团的支付通知",
    severity="critical",
)
def test_notify_is_taken_once(teams: Teams, cashier: Cashier) -> None:
    team = teams.open(teams.bookings.activity({"groupBuyEventTeamRules.0.size": 3}, price=PRICE))
    teams.join(team, "first", "paying")
    transaction = cashier.new_transaction()

    told = [cashier.settle(team.orders["first"], PRICE, transaction_id=transaction) for _ in range(2)]

    assert [answer.code for answer in told] == ["0", "0"]
    paid = "UNUSED/PAY_SUCCESS"
    assert team.seen() == ("PENDING", {"leader": paid, "first": paid})


@case(
    "group-buy-order-refunded-once",
    "P-06",
    "团失败后各人有各人的退款单，退一个不动另一个，再取消也不再退",
    area=PAYMENT,
    story="拼课团的退款",
    severity="critical",
)
def test_each_of_a_failed_team_is_refunded_once(teams: Teams, cashier: Cashier) -> None:
    team = teams.open(teams.bookings.activity({"groupBuyEventTeamRules.0.size": 3}, price=PRICE))
    teams.join(team, "first")
    teams.cancel(team, "leader")
    refunds = [
        teams.bookings.read(team.group_buy, team.orders[name])["refundOrderId"]
        for name in ("leader", "first")
    ]

    cashier.settle_refund(refunds[1]).require_ok()

    assert len({*refunds}) == 2
    check_refused(teams.bookings.cancel(teams.people("first"), team.orders["first"]), "40901")
    assert team.seen() == ("FAILED", {"leader": "CANCELED/REFUNDING", "first": "TEAM_FAIL/REFUNDED"})
