"""What payments leave in the database: attempts, refunds, each word of the provider (P-02, P-03, P-06)."""

from typing import Any

import pytest

from clients import PaymentProvider
from harness.bookings import PRICE
from harness.cases import Area, case
from harness.checks import check_http, check_refused
from harness.order_states import OrderStates, Placed
from harness.people import FAILED, SUCCESS, Cashier
from harness.rows.table_rows import TableRows

pytestmark = pytest.mark.rows

PAYMENT = Area("数据库", "数据行")
PROCESSING = ("PAY_PROCESSING", "PAY_PROCESSING")
REFUNDING = ("CANCELED", "REFUNDING")


def logged(rows: TableRows, placed: Placed) -> list[tuple[Any, ...]]:
    """What the log has of an order: transaction, amount in fen, result."""
    found = rows.where("pay_notify_log", "order_id", placed.order["id"])
    return [(row["transaction_id"], row["amount"], row["result"]) for row in found]


@case(
    "rows-notify-success",
    "P-03",
    "支付成功的通知记入通知日志",
    area=PAYMENT,
    story="支付通知日志",
    severity="critical",
)
def test_success_is_logged(event_order_states: OrderStates, cashier: Cashier, rows: TableRows) -> None:
    placed, transaction = event_order_states.bring(*PROCESSING), cashier.new_transaction()

    cashier.settle(placed.order["id"], PRICE, transaction_id=transaction).require_ok()

    assert logged(rows, placed) == [(transaction, PRICE, SUCCESS)]


@case(
    "rows-notify-failed",
    "P-03",
    "支付失败的通知以失败记入通知日志",
    area=PAYMENT,
    story="支付通知日志",
    severity="critical",
)
def test_failure_is_logged(event_order_states: OrderStates, cashier: Cashier, rows: TableRows) -> None:
    placed, transaction = event_order_states.bring(*PROCESSING), cashier.new_transaction()

    cashier.settle(placed.order["id"], PRICE, FAILED, transaction_id=transaction).require_ok()

    assert logged(rows, placed) == [(transaction, PRICE, FAILED)]


@case(
    "rows-notify-refused",
    "P-03",
    "金额不符而被拒绝的通知也记入日志，支付单不变",
    area=PAYMENT,
    story="支付通知日志",
    severity="blocker",
)
def test_refused_notify_is_logged(event_order_states: OrderStates, cashier: Cashier, rows: TableRows) -> None:
    placed, transaction = event_order_states.bring(*PROCESSING), cashier.new_transaction()
    before = rows.where("payment_order", "order_id", placed.order["id"])

    check_refused(cashier.settle(placed.order["id"], PRICE + 1, transaction_id=transaction), "40906")

    assert logged(rows, placed) == [(transaction, PRICE + 1, SUCCESS)]
    assert rows.where("payment_order", "order_id", placed.order["id"]) == before


@case(
    "rows-notify-twice",
    "P-03",
    "同一交易的通知来两次，日志里有两条",
    area=PAYMENT,
    story="支付通知日志",
    severity="critical",
)
def test_repeated_notify_is_logged_again(
    event_order_states: OrderStates, cashier: Cashier, rows: TableRows
) -> None:
    placed, transaction = event_order_states.bring(*PROCESSING), cashier.new_transaction()

    for _ in range(2):
        cashier.settle(placed.order["id"], PRICE, transaction_id=transaction).require_ok()

    assert logged(rows, placed) == [(transaction, PRICE, SUCCESS)] * 2


@case(
    "rows-notify-forged",
    "P-03",
    "签名不对的通知不进日志",
    area=PAYMENT,
    story="支付通知日志",
    severity="critical",
)
def test_forged_notify_is_not_logged(
    event_order_states: OrderStates, cashier: Cashier, payment_provider: PaymentProvider, rows: TableRows
) -> None:
    placed = event_order_states.bring(*PROCESSING)
    content = str(cashier.notify_body(placed.order["id"], PRICE)).encode()

    check_http(payment_provider.send("notify", content, "0" * 64), 401)

    assert logged(rows, placed) == []


@case(
    "rows-payment",
    "P-02",
    "支付单：金额是订单的金额，状态随通知走，交易号是通知的",
    area=PAYMENT,
    story="支付单",
    severity="critical",
)
def test_payment_follows_its_notify(
    event_order_states: OrderStates, cashier: Cashier, rows: TableRows
) -> None:
    placed, transaction = event_order_states.bring(*PROCESSING), cashier.new_transaction()
    started = rows.one("payment_order", "order_id", placed.order["id"])

    cashier.settle(placed.order["id"], PRICE, transaction_id=transaction).require_ok()

    paid = rows.one("payment_order", "id", started["id"])
    assert (started["amount"], started["status"]) == (PRICE, "PAY_PROCESSING")
    assert (paid["amount"], paid["status"], paid["transaction_id"]) == (PRICE, "PAY_SUCCESS", transaction)


@case(
    "rows-refund",
    "P-06",
    "退款单：属于那次支付，退全额，状态随退款通知走",
    area=PAYMENT,
    story="退款单",
    severity="blocker",
)
def test_refund_is_of_the_whole_payment(
    event_order_states: OrderStates, cashier: Cashier, rows: TableRows
) -> None:
    placed = event_order_states.bring(*REFUNDING)
    refund = rows.one("refund_order", "id", placed.order["refundOrderId"])
    payment = rows.one("payment_order", "order_id", placed.order["id"])

    cashier.settle_refund(placed.order["refundOrderId"], SUCCESS).require_ok()

    done = rows.one("refund_order", "id", refund["id"])
    assert (refund["payment_order_id"], refund["amount"], refund["status"]) == (
        payment["id"],
        PRICE,
        "REFUNDING",
    )
    assert (done["amount"], done["status"]) == (PRICE, "REFUNDED")


@case(
    "rows-refund-failed",
    "P-06",
    "退款失败，退款单记为失败",
    area=PAYMENT,
    story="退款单",
    severity="critical",
)
def test_failed_refund_is_kept_so(event_order_states: OrderStates, cashier: Cashier, rows: TableRows) -> None:
    placed = event_order_states.bring(*REFUNDING)

    cashier.settle_refund(placed.order["refundOrderId"], FAILED).require_ok()

    assert rows.one("refund_order", "id", placed.order["refundOrderId"])["status"] == "REFUND_FAILED"
