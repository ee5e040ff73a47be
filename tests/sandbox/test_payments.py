"""Paying, notifies, refunds (P-01 to P-06, T-04)."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member
from tests.sandbox.bodies import without
from tests.sandbox.conftest import Rows
from tests.sandbox.orders import (
    MINUTE,
    PRICE,
    PRICED,
    book,
    my_order,
    notify,
    open_event,
    order_in,
    pay,
    refund_notify,
    signature_of,
    signed,
    states,
)

LOG = "SELECT order_id, transaction_id, amount, result, taken_transaction_id AS taken FROM pay_notify_log"


def log_of(rows: Rows, order_id: str) -> list[dict[str, Any]]:
    return rows(f"{LOG} WHERE order_id = ? ORDER BY id", int(order_id))


def test_paying_answers_what_is_to_be_paid(admin: Actor, plain: Actor, rows: Rows) -> None:
    _, order_id = order_in("UNPAID", admin, plain)
    answer = plain.post(f"/payments/{order_id}")
    order = my_order(plain, order_id)
    assert answer.data == {
        "paymentOrderId": order["paymentOrderId"],
        "amount": PRICE,
        "timeExpire": order["timeExpire"],
    }
    (payment,) = rows("SELECT * FROM payment_order WHERE id = ?", int(order["paymentOrderId"]))
    assert (str(payment["order_id"]), payment["amount"], payment["status"]) == (
        order_id,
        PRICE,
        "PAY_PROCESSING",
    )


def test_free_order_is_not_paid(admin: Actor, plain: Actor) -> None:
    _, order_id = order_in("UNUSED", admin, plain)
    assert plain.post(f"/payments/{order_id}").code == "40901"
    assert notify(plain, order_id, amount=0).code == "40901"


def test_payment_comes_before_review(admin: Actor, plain: Actor) -> None:
    order_id = book(admin, plain, open_event(admin, **PRICED, reservationReviewToggle=True))
    pay(plain, order_id)
    assert states(plain, order_id) == ("RESERVATION_REVIEW_PENDING", "PAY_SUCCESS")
    admin.put(f"/event_orders/{order_id}/review", {"approved": False})
    assert states(plain, order_id) == ("CANCELED", "REFUNDING")


def test_toggle_of_review_is_read_when_the_payment_comes(admin: Actor, plain: Actor) -> None:
    event_id, order_id = order_in("PAY_PROCESSING", admin, plain)
    event = admin.get(f"/event/{event_id}").data
    admin.put(f"/event/{event_id}", {**event, "reservationReviewToggle": True})
    notify(plain, order_id)
    assert states(plain, order_id)[0] == "RESERVATION_REVIEW_PENDING"


def test_failed_payment_is_tried_again_with_a_payment_of_its_own(
    admin: Actor, plain: Actor, rows: Rows
) -> None:
    _, order_id = order_in("PAY_PROCESSING", admin, plain)
    assert notify(plain, order_id, result="FAILED", transactionId="t-1").code == "0"
    assert states(plain, order_id) == ("UNPAID", "PAY_FAILED")
    plain.post(f"/payments/{order_id}")
    assert notify(plain, order_id, transactionId="t-2").code == "0"
    kept = rows(
        "SELECT status, transaction_id FROM payment_order WHERE order_id = ? ORDER BY id", int(order_id)
    )
    assert [tuple(row.values()) for row in kept] == [("PAY_FAILED", "t-1"), ("PAY_SUCCESS", "t-2")]


@pytest.mark.parametrize("path", ["/pay/notify", "/pay/refund_notify"])
@pytest.mark.parametrize("wrong", [None, "", "x", "ä", "0" * 64, "of another body"])
def test_bad_signature_is_401_and_leaves_no_trace(
    admin: Actor, plain: Actor, rows: Rows, path: str, wrong: str | None
) -> None:
    _, order_id = order_in("PAY_PROCESSING", admin, plain)
    before = rows(LOG)
    raw = f'{{"orderId": "{order_id}", "transactionId": "t", "amount": {PRICE}, "result": "SUCCESS"}}'
    signature = signature_of(b"{}") if wrong == "of another body" else wrong
    headers = {} if signature is None else {"X-Pay-Signature": signature}
    assert Actor(admin.app, "/clt").call("POST", path, data=raw, headers=headers).status == 401
    assert (states(plain, order_id)[0], rows(LOG)) == ("PAY_PROCESSING", before)


@pytest.mark.parametrize("raw", [b"", b"nonsense", b"[]"])
def test_rightly_signed_nonsense_is_400(app: Sandbox, raw: bytes) -> None:
    headers = {"X-Pay-Signature": signature_of(raw)}
    assert Actor(app, "/clt").call("POST", "/pay/notify", data=raw, headers=headers).status == 400


def test_repeated_notify_answers_the_same_and_changes_nothing(
    admin: Actor, plain: Actor, control: Actor, rows: Rows
) -> None:
    _, order_id = order_in("PAY_PROCESSING", admin, plain)
    first = notify(plain, order_id, transactionId="t-1")
    before = rows("SELECT * FROM event_order"), rows("SELECT * FROM payment_order")
    control.put("/clock", {"advanceMs": MINUTE})
    again = [
        notify(plain, order_id, transactionId="t-1"),
        notify(plain, order_id, transactionId="t-1", result="FAILED"),
        notify(plain, "1", transactionId="t-1", amount=1),
    ]
    assert [answer.envelope for answer in again] == [first.envelope] * 3
    assert (rows("SELECT * FROM event_order"), rows("SELECT * FROM payment_order")) == before
    assert [row["taken"] for row in log_of(rows, order_id)] == ["t-1", None, None]


def test_refused_notify_may_come_again(admin: Actor, plain: Actor) -> None:
    _, order_id = order_in("UNPAID", admin, plain)
    assert notify(plain, order_id, transactionId="t-1").code == "40901"
    plain.post(f"/payments/{order_id}")
    assert notify(plain, order_id, transactionId="t-1").code == "0"
    assert states(plain, order_id) == ("UNUSED", "PAY_SUCCESS")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": PRICE - 1}, "40906"),
        ({"amount": PRICE + 1, "result": "FAILED"}, "40906"),
        ({"amount": "990"}, "40001"),
        ({"amount": -1}, "40001"),
        ({"result": "MAYBE"}, "40001"),
        ({"transactionId": " "}, "40001"),
        ({"orderId": 1}, "40001"),
        ({"orderId": "1"}, "40401"),
    ],
)
def test_refused_notify_is_kept_and_changes_nothing_else(
    admin: Actor, plain: Actor, rows: Rows, change: Any, code: str
) -> None:
    _, order_id = order_in("PAY_PROCESSING", admin, plain)
    before = rows("SELECT * FROM event_order"), rows("SELECT * FROM payment_order")
    kept = len(rows(LOG))
    assert notify(plain, order_id, **change).code == code
    assert (rows("SELECT * FROM event_order"), rows("SELECT * FROM payment_order")) == before
    last = rows(f"{LOG} ORDER BY id")[-1]
    assert (len(rows(LOG)), last["taken"]) == (kept + 1, None)


@pytest.mark.parametrize("field", ["orderId", "transactionId", "amount", "result"])
def test_field_of_a_notify_is_required(admin: Actor, plain: Actor, field: str) -> None:
    _, order_id = order_in("PAY_PROCESSING", admin, plain)
    body = {"orderId": order_id, "transactionId": "t", "amount": PRICE, "result": "SUCCESS"}
    answer = signed(admin, "/pay/notify", without(body, field))
    assert (answer.code, field in answer.message) == ("40001", True)


def test_state_is_judged_before_the_amount(admin: Actor, plain: Actor) -> None:
    _, order_id = order_in("UNPAID", admin, plain)
    assert notify(plain, order_id, amount=1).code == "40901"


def test_emoji_of_a_transaction_id_survives(admin: Actor, plain: Actor, rows: Rows) -> None:
    _, order_id = order_in("PAY_PROCESSING", admin, plain)
    notify(plain, order_id, transactionId="💰")
    assert log_of(rows, order_id)[0]["taken"] == "💰"


@pytest.mark.parametrize("state", ["UNPAID", "PAY_PROCESSING"])
def test_unpaid_order_frees_its_seat_at_the_limit(
    admin: Actor, plain: Actor, control: Actor, state: str
) -> None:
    event_id, order_id = order_in(state, admin, plain)
    seats = []
    for step in (15 * MINUTE - 1000, 1000):
        control.put("/clock", {"advanceMs": step})
        session = admin.get(f"/event/{event_id}").data["eventSessionList"][0]
        seats.append((states(plain, order_id)[0], session["seatsLeft"]))
    assert seats == [(state, 19), ("TIME_OUT", 20)]


def test_success_that_comes_too_late_is_refunded(
    admin: Actor, plain: Actor, control: Actor, rows: Rows
) -> None:
    _, order_id = order_in("PAY_PROCESSING", admin, plain)
    control.put("/clock", {"advanceMs": 15 * MINUTE})
    assert notify(plain, order_id, amount=1).code == "40906"
    assert notify(plain, order_id).code == "0"
    order = my_order(plain, order_id)
    assert (order["status"], order["pamentStatus"]) == ("TIME_OUT", "REFUNDING")
    (refund,) = rows("SELECT * FROM refund_order WHERE order_id = ?", int(order_id))
    assert (str(refund["id"]), refund["amount"], refund["status"]) == (
        order["refundOrderId"],
        PRICE,
        "REFUNDING",
    )
    assert (
        rows("SELECT * FROM resource_use_info WHERE order_id = ? AND type = 'PAID_ORDER'", int(order_id))
        == []
    )


def test_success_for_an_order_cancelled_before_it_paid_is_refunded(admin: Actor, plain: Actor) -> None:
    _, order_id = order_in("UNPAID", admin, plain)
    plain.put(f"/event_orders/{order_id}")
    assert notify(plain, order_id).code == "0"
    order = my_order(plain, order_id)
    assert (order["status"], order["pamentStatus"]) == ("CANCELED", "REFUNDING")
    assert refund_notify(plain, order["refundOrderId"]).code == "0"
    assert states(plain, order_id) == ("CANCELED", "REFUNDED")


@pytest.mark.parametrize(("result", "payment"), [("SUCCESS", "REFUNDED"), ("FAILED", "REFUND_FAILED")])
def test_refund_is_told_once(admin: Actor, plain: Actor, rows: Rows, result: str, payment: str) -> None:
    _, order_id = order_in("CANCELED", admin, plain, priced=True)
    refund_id = my_order(plain, order_id)["refundOrderId"]
    assert states(plain, order_id) == ("CANCELED", "REFUNDING")
    assert refund_notify(plain, refund_id, result=result).code == "0"
    assert refund_notify(plain, refund_id, result="SUCCESS").code == "0"
    assert refund_notify(plain, refund_id, transactionId="another").code == "40901"
    assert states(plain, order_id) == ("CANCELED", payment)
    kept = rows("SELECT status FROM payment_order UNION ALL SELECT status FROM refund_order")
    assert {"status": payment} in kept
    assert [row["amount"] for row in log_of(rows, order_id)] == [PRICE] * 4


def test_transaction_of_a_payment_may_name_its_refund_too(admin: Actor, plain: Actor) -> None:
    _, order_id = order_in("CANCELED", admin, plain, priced=True)
    refund_id = my_order(plain, order_id)["refundOrderId"]
    assert refund_notify(plain, refund_id, transactionId=f"t-{order_id}").code == "0"
    assert states(plain, order_id) == ("CANCELED", "REFUNDED")


@pytest.mark.parametrize(
    ("change", "code"), [({"refundOrderId": "1"}, "40401"), ({"result": 1}, "40001"), ({}, "0")]
)
def test_refund_notify_is_kept_whatever_it_says(
    admin: Actor, plain: Actor, rows: Rows, change: Any, code: str
) -> None:
    _, order_id = order_in("CANCELED", admin, plain, priced=True)
    kept = len(rows(LOG))
    assert refund_notify(plain, my_order(plain, order_id)["refundOrderId"], **change).code == code
    assert len(rows(LOG)) == kept + 1


def test_unused_order_ends_without_a_refund(admin: Actor, plain: Actor, rows: Rows) -> None:
    _, order_id = order_in("TIME_OUT", admin, plain, priced=True)
    assert states(plain, order_id) == ("TIME_OUT", "PAY_SUCCESS")
    assert rows("SELECT * FROM refund_order WHERE order_id = ?", int(order_id)) == []


def test_payment_of_another_member_is_absent(app: Sandbox, admin: Actor, plain: Actor) -> None:
    _, order_id = order_in("UNPAID", admin, plain)
    assert member(app, "second").post(f"/payments/{order_id}").code == "40401"
