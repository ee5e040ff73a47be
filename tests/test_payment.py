"""Paying for orders: starting, the time there is for it, trying again."""

import pytest

from clients import AdminClient
from harness.bookings import PAYMENT_TIME, PRICE
from harness.cases import Area, Case, case, cases
from harness.checks import check_http, check_refused, check_same
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.known_ids import ABSENT
from harness.order_states import OrderStates
from harness.people import FAILED, Cashier, People, Person
from harness.platform import Platform
from tests.activities.access import member_of_other_organization
from tests.orders import states

pytestmark = pytest.mark.order

PAYMENT = Area("小程序", "支付")
PROCESSING = ("PAY_PROCESSING", "PAY_PROCESSING")
PAID = ("UNUSED", "PAY_SUCCESS")


@cases("payment_time")
def test_time_to_pay(case: Case, event_order_states: OrderStates) -> None:
    states.transition(case, event_order_states)


@case(
    "payment-expires-in-15-minutes",
    "P-01",
    "收费订单的 timeExpire 正好是下单后 15 分钟",
    area=PAYMENT,
    story="支付时限",
    severity="blocker",
)
def test_time_to_pay_is_15_minutes(event_order_states: OrderStates) -> None:
    order = event_order_states.bring("UNPAID", "UNPAID").order

    assert order["timeExpire"] - order["createdTime"] == PAYMENT_TIME == 900_000


@case(
    "payment-start-answer",
    "P-02",
    "发起支付答复支付单、金额和时限，与订单一致",
    area=PAYMENT,
    story="发起支付",
    severity="critical",
    smoke=True,
)
def test_start_tells_what_to_pay(event_order_states: OrderStates, customer: Person) -> None:
    placed = event_order_states.bring("UNPAID", "UNPAID")

    started = customer.calls.payments.start(placed.order["id"]).require_data()

    order = event_order_states.read(placed).order
    assert (started["amount"], started["timeExpire"]) == (PRICE, placed.order["timeExpire"])
    assert started["paymentOrderId"] == order["paymentOrderId"]


@case("payment-start-absent", "C-03", "发起支付的订单不存在，以 40401 拒绝", area=PAYMENT, story="发起支付")
def test_absent_order_cannot_be_paid(customer: Person) -> None:
    check_refused(customer.calls.payments.start(ABSENT), "40401")


@case(
    "payment-start-other-member",
    "A-04",
    "别的会员不能为我的订单发起支付，订单不变",
    area=PAYMENT,
    story="发起支付",
    severity="blocker",
)
def test_another_member_cannot_start_paying(event_order_states: OrderStates, people: People) -> None:
    """A-04 gives no code for the order of another member."""
    placed = event_order_states.bring("UNPAID", "UNPAID")

    answer = people("b").calls.payments.start(placed.order["id"])

    assert not answer.ok, "别的会员发起了支付"
    check_same(placed.order, event_order_states.read(placed).order)


@case(
    "payment-start-stranger",
    "C-14",
    "别的组织的会员发起支付，如同订单不存在",
    area=PAYMENT,
    story="发起支付",
    severity="critical",
)
def test_member_of_another_organization_cannot_start_paying(
    platform: Platform, event_order_states: OrderStates, mark: str
) -> None:
    placed = event_order_states.bring("UNPAID", "UNPAID")

    answer = member_of_other_organization(platform, mark).payments.start(placed.order["id"])

    check_refused(answer, "40401")
    check_same(placed.order, event_order_states.read(placed).order)


@case(
    "payment-start-without-token",
    "A-02",
    "没有登录不能发起支付",
    area=PAYMENT,
    story="发起支付",
    severity="critical",
)
def test_starting_to_pay_needs_a_sign_in(platform: Platform, event_order_states: OrderStates) -> None:
    placed = event_order_states.bring("UNPAID", "UNPAID")

    check_http(platform.mini_program.payments.start(placed.order["id"]), 401)

    check_same(placed.order, event_order_states.read(placed).order)


@case(
    "payment-price-of-the-order",
    "E-08",
    "下单后活动涨价，应付的仍是下单时的价",
    area=PAYMENT,
    story="发起支付",
    severity="critical",
)
def test_price_is_that_of_the_booking(
    admin: AdminClient, events: EventWorkshop, event_order_states: OrderStates, customer: Person
) -> None:
    placed = event_order_states.bring("UNPAID", "UNPAID")
    event = events.read({"id": placed.activity["id"]})
    admin.events.update(event["id"], {**events.writable(event), "chargedAmount": PRICE + 100}).require_ok()

    started = customer.calls.payments.start(placed.order["id"]).require_data()

    assert started["amount"] == PRICE


@case(
    "payment-failed-then-paid",
    "P-02",
    "付款失败后再付，成功；失败的那笔交易再来也不生效",
    area=PAYMENT,
    story="支付通知",
    severity="critical",
)
def test_failed_payment_can_be_tried_again(
    event_order_states: OrderStates, customer: Person, cashier: Cashier
) -> None:
    placed, failed = event_order_states.bring(*PROCESSING), cashier.new_transaction()
    order_id = placed.order["id"]
    cashier.settle(order_id, PRICE, FAILED, transaction_id=failed).require_ok()
    cashier.start(customer, order_id)

    cashier.settle(order_id, PRICE, FAILED, transaction_id=failed).require_ok()
    repeated = event_order_states.read(placed)
    cashier.settle(order_id, PRICE).require_ok()

    assert (repeated.state, event_order_states.read(placed).state) == (PROCESSING, PAID)


@case(
    "payment-only-that-order",
    "P-03",
    "一个订单付了款，同场次别人的订单不变",
    area=PAYMENT,
    story="支付通知",
    severity="critical",
)
def test_payment_is_of_one_order(event_bookings: EventBookings, people: People, cashier: Cashier) -> None:
    event = event_bookings.activity(price=PRICE)
    paid, other = (event_bookings.book(event, people(name))["orderId"] for name in "ab")
    cashier.start(people("b"), other)
    before = event_bookings.read(event, other)

    cashier.pay(people("a"), paid)

    assert event_bookings.read(event, paid)["pamentStatus"] == "PAY_SUCCESS"
    check_same(before, event_bookings.read(event, other))


@case(
    "payment-of-withdrawn-event",
    "E-03",
    "活动撤下后，已下的订单还能支付",
    area=PAYMENT,
    story="发起支付",
)
def test_order_of_a_withdrawn_event_can_be_paid(
    admin: AdminClient, event_order_states: OrderStates, customer: Person, cashier: Cashier
) -> None:
    placed = event_order_states.bring("UNPAID", "UNPAID")
    admin.events.publish(placed.activity["id"], publish=False).require_ok()

    cashier.pay(customer, placed.order["id"])

    assert event_order_states.read(placed).state == PAID
