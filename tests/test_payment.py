"""Payment of orders: starting to pay, the provider's notifies, the time to pay, refunds."""

import pytest

from clients import AdminClient, Answer, PaymentProvider
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
from tests.orders.payments import Notices

pytestmark = pytest.mark.order

PAYMENT = Area("小程序", "支付")
PROCESSING = ("PAY_PROCESSING", "PAY_PROCESSING")
PAID = ("UNUSED", "PAY_SUCCESS")
REFUNDING = ("CANCELED", "REFUNDING")


@pytest.fixture
def notices(
    payment_provider: PaymentProvider,
    event_bookings: EventBookings,
    event_order_states: OrderStates,
    cashier: Cashier,
) -> Notices:
    return Notices(payment_provider, event_bookings, event_order_states, cashier)


@cases("payment_time")
def test_time_to_pay(case: Case, event_order_states: OrderStates) -> None:
    states.transition(case, event_order_states)


@cases("payment_notify")
def test_notify(case: Case, notices: Notices) -> None:
    notices.told(case)


@cases("payment_refund")
def test_refund_notify(case: Case, notices: Notices) -> None:
    notices.told(case)


@cases("payment_signature")
def test_bad_signature(case: Case, notices: Notices) -> None:
    notices.signed_badly(case)


@cases("payment_respaced")
def test_signature_is_of_the_bytes(case: Case, notices: Notices) -> None:
    notices.told_respaced(case)


@cases("payment_raw_body")
def test_raw_body(case: Case, notices: Notices) -> None:
    notices.told_raw(case)


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
    "payment-notify-twice",
    "P-03",
    "同一交易的成功通知来两次，答复相同，只生效一次",
    area=PAYMENT,
    story="支付通知",
    severity="blocker",
)
def test_notify_is_taken_once(event_order_states: OrderStates, cashier: Cashier) -> None:
    placed = event_order_states.bring(*PROCESSING)
    transaction = cashier.new_transaction()

    first = cashier.settle(placed.order["id"], PRICE, transaction_id=transaction)
    paid = event_order_states.read(placed)
    second = cashier.settle(placed.order["id"], PRICE, transaction_id=transaction)

    assert _told(first) == _told(second) == (200, "0", first.data)
    assert paid.state == PAID
    check_same(paid.order, event_order_states.read(placed).order)


@case(
    "payment-notify-twice-other-result",
    "P-03",
    "同一交易再来说失败，答复成功而不生效",
    area=PAYMENT,
    story="支付通知",
    severity="critical",
)
def test_repeated_transaction_cannot_take_it_back(event_order_states: OrderStates, cashier: Cashier) -> None:
    placed, transaction = event_order_states.bring(*PROCESSING), cashier.new_transaction()
    cashier.settle(placed.order["id"], PRICE, transaction_id=transaction).require_ok()
    paid = event_order_states.read(placed)

    cashier.settle(placed.order["id"], PRICE, FAILED, transaction_id=transaction).require_ok()

    check_same(paid.order, event_order_states.read(placed).order)


@case(
    "payment-notify-transaction-of-other-order",
    "P-03",
    "同一交易再用于另一订单，另一订单不变",
    area=PAYMENT,
    story="支付通知",
    severity="blocker",
)
def test_transaction_pays_for_one_order(event_order_states: OrderStates, cashier: Cashier) -> None:
    first, other = (event_order_states.bring(*PROCESSING) for _ in range(2))
    transaction = cashier.new_transaction()
    cashier.settle(first.order["id"], PRICE, transaction_id=transaction).require_ok()

    cashier.settle(other.order["id"], PRICE, transaction_id=transaction).require_ok()

    assert event_order_states.read(first).state == PAID
    check_same(other.order, event_order_states.read(other).order)


@case(
    "payment-notify-refused-then-right",
    "P-03",
    "金额不符被拒绝的交易，改对后再来照收",
    area=PAYMENT,
    story="支付通知",
)
def test_refused_notify_may_come_again(event_order_states: OrderStates, cashier: Cashier) -> None:
    placed, transaction = event_order_states.bring(*PROCESSING), cashier.new_transaction()
    check_refused(cashier.settle(placed.order["id"], PRICE + 1, transaction_id=transaction), "40906")

    cashier.settle(placed.order["id"], PRICE, transaction_id=transaction).require_ok()

    assert event_order_states.read(placed).state == PAID


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
    "payment-notify-by-a-member",
    "P-03",
    "会员带着登录而没有签名来通知，HTTP 401，订单不变",
    area=PAYMENT,
    story="通知的签名",
    severity="blocker",
)
def test_member_cannot_notify(event_order_states: OrderStates, customer: Person, cashier: Cashier) -> None:
    placed = event_order_states.bring(*PROCESSING)
    body = cashier.notify_body(placed.order["id"], PRICE)

    answer = customer.calls.transport.call("member.pay.notify", "POST", "pay/notify", json=body)

    check_http(answer, 401)
    check_same(placed.order, event_order_states.read(placed).order)


@case(
    "payment-signature-before-body",
    "P-03",
    "没有签名又不是 JSON，先说签名：HTTP 401",
    area=PAYMENT,
    story="通知的签名",
)
def test_signature_is_judged_before_the_body(payment_provider: PaymentProvider) -> None:
    check_http(payment_provider.send("notify", b"orderId=1", None), 401)
    check_http(payment_provider.send("refund_notify", b"orderId=1", None), 401)


@case(
    "payment-refund-twice",
    "P-06",
    "同一退款交易的通知来两次，答复相同，只生效一次",
    area=PAYMENT,
    story="退款通知",
    severity="critical",
)
def test_refund_notify_is_taken_once(event_order_states: OrderStates, cashier: Cashier) -> None:
    placed, transaction = event_order_states.bring(*REFUNDING), cashier.new_transaction()
    refund = placed.order["refundOrderId"]

    first = cashier.settle_refund(refund, transaction_id=transaction)
    refunded = event_order_states.read(placed)
    second = cashier.settle_refund(refund, FAILED, transaction_id=transaction)

    assert _told(first) == _told(second) == (200, "0", first.data)
    assert refunded.state == ("CANCELED", "REFUNDED")
    check_same(refunded.order, event_order_states.read(placed).order)


@case(
    "payment-refund-by-payment-order",
    "P-06",
    "退款通知写支付单或订单的 id，以 40401 拒绝",
    area=PAYMENT,
    story="退款通知",
)
def test_refund_notify_takes_the_refund_s_id_alone(event_order_states: OrderStates, cashier: Cashier) -> None:
    placed = event_order_states.bring(*REFUNDING)

    for name in ("id", "paymentOrderId"):
        check_refused(cashier.settle_refund(placed.order[name]), "40401")

    check_same(placed.order, event_order_states.read(placed).order)


@case(
    "payment-refund-only-that-order",
    "P-06",
    "每个订单有自己的退款单，退一个不动另一个",
    area=PAYMENT,
    story="退款通知",
    severity="critical",
)
def test_refund_is_of_one_order(event_order_states: OrderStates, cashier: Cashier) -> None:
    refunded, other = (event_order_states.bring(*REFUNDING) for _ in range(2))

    cashier.settle_refund(refunded.order["refundOrderId"]).require_ok()

    assert event_order_states.read(refunded).state == ("CANCELED", "REFUNDED")
    check_same(other.order, event_order_states.read(other).order)


def _told(answer: Answer[object]) -> tuple[int, str, object]:
    return answer.http_status, answer.code, answer.data
