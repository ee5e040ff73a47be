"""Orders in each state, made by the calls that lead there."""

import hashlib
import hmac
import json
from typing import Any, Final

from tests.sandbox.actors import Actor, Answer, JsonObject
from tests.sandbox.bodies import DAY, HOUR, SECOND, START, make_event, read_event, session_body

PRICE: Final = 990
MINUTE: Final = 60 * SECOND
REVIEWED: Final = {"reservationReviewToggle": True, "cancelReviewToggle": True}
PRICED: Final = {"chargeToggle": True, "chargedAmount": PRICE}


def open_event(admin: Actor, **changes: Any) -> str:
    """An event that can be booked now; its only session is in two days."""
    return make_event(admin, **{"beginTime": START - HOUR, **changes})


def booking(admin: Actor, event_id: str, **changes: Any) -> JsonObject:
    session = read_event(admin, event_id)["eventSessionList"][0]
    return {
        "eventId": event_id,
        "sessionId": session["id"],
        "name": "王小明 🎈",
        "mobile": "19900001234",
        **changes,
    }


def book(admin: Actor, member: Actor, event_id: str, **changes: Any) -> str:
    answer = member.post("/event_orders", booking(admin, event_id, **changes))
    assert answer.code == "0", answer.message
    return str(answer.data["orderId"])


def order_of(admin: Actor, event_id: str, order_id: str) -> JsonObject:
    listed = admin.post("/event_orders/get_order_list", {"keyWord": order_id}, eventId=event_id).data
    (order,) = listed
    found: JsonObject = order
    return found


def my_order(member: Actor, order_id: str) -> JsonObject:
    (order,) = [row for row in member.get("/event_orders", size=1000).data if row["id"] == order_id]
    found: JsonObject = order
    return found


def states(member: Actor, order_id: str) -> tuple[str, str]:
    order = my_order(member, order_id)
    return order["status"], order["pamentStatus"]


def signature_of(raw: bytes) -> str:
    return hmac.new(b"sandbox-pay", raw, hashlib.sha256).hexdigest()


def signed(actor: Actor, path: str, body: JsonObject) -> Answer:
    """As the payment provider, who signs in nowhere."""
    raw = json.dumps(body).encode()
    headers = {"X-Pay-Signature": signature_of(raw), "Content-Type": "application/json"}
    return Actor(actor.app, "/clt").call("POST", path, data=raw, headers=headers)


def notify(actor: Actor, order_id: str, **changes: Any) -> Answer:
    body = {"orderId": order_id, "transactionId": f"t-{order_id}", "amount": PRICE, "result": "SUCCESS"}
    return signed(actor, "/pay/notify", {**body, **changes})


def refund_notify(actor: Actor, refund_order_id: str, **changes: Any) -> Answer:
    body = {"refundOrderId": refund_order_id, "transactionId": f"r-{refund_order_id}", "result": "SUCCESS"}
    return signed(actor, "/pay/refund_notify", {**body, **changes})


def pay(member: Actor, order_id: str) -> None:
    assert member.post(f"/payments/{order_id}").code == "0"
    assert notify(member, order_id).code == "0"


def store_session(stores: str, **changes: Any) -> JsonObject:
    return session_body(placeType="STORE", applicableStoreIds=stores, **changes)


def order_in(state: str, admin: Actor, member: Actor, *, priced: bool = False) -> tuple[str, str]:
    """An event and an order in the state; a free one unless it is about paying, or `priced`."""
    control = Actor(admin.app, "/_sandbox")
    price = PRICED if priced or state in ("UNPAID", "PAY_PROCESSING") else {}
    reviewed = state == "RESERVATION_REVIEW_PENDING"
    event_id = open_event(
        admin, **price, reservationReviewToggle=reviewed, cancelReviewToggle=state == "CANCEL_REVIEW_PENDING"
    )
    order_id = book(admin, member, event_id)
    if price and state == "PAY_PROCESSING":
        member.post(f"/payments/{order_id}")
    elif price and state != "UNPAID":
        pay(member, order_id)
    match state:
        case "USED":
            code = my_order(member, order_id)["code"]
            assert admin.put(f"/event_orders/{order_id}/checkin", {"code": code}).code == "0"
        case "CANCEL_REVIEW_PENDING":
            member.put(f"/event_orders/{order_id}")
        case "CANCELED":
            admin.put(f"/event_orders/{order_id}/canceled")
        case "TIME_OUT":
            control.put("/clock", {"now": START + 3 * DAY})
            control.put("/clock", {"now": START})
    assert states(member, order_id)[0] == state
    return event_id, order_id
