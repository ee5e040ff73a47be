"""What the payment provider tells of payments and refunds, how it signs, and that each word counts once."""

import pytest

from clients import Answer, PaymentProvider
from harness.bookings import PRICE
from harness.cases import Area, Case, case, cases
from harness.checks import check_http, check_refused, check_same
from harness.kinds.event_orders import EventBookings
from harness.order_states import OrderStates
from harness.people import FAILED, Cashier, Person
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
