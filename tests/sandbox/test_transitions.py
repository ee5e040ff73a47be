"""Every state of an order × everything that can happen to it (E-09, E-10, E-13, P-02 to P-07)."""

import ast
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import make_url

import sandbox
from tests.sandbox.actors import Actor, Answer
from tests.sandbox.bodies import DAY, START
from tests.sandbox.conftest import Rows
from tests.sandbox.orders import MINUTE, PRICED, book, my_order, notify, open_event, refund_notify, states

UNCHANGED: Final = "="
HAPPENINGS: Final = (
    "member cancels",
    "console cancels",
    "approved",
    "refused",
    "checked in",
    "starts paying",
    "paid",
    "not paid",
    "15 minutes pass",
    "session ends",
)
# what the contract says: order state / payment state, then what each happening makes of it
TABLE: Final = """
UNPAID/UNPAID | CANCELED/UNPAID | CANCELED/UNPAID | = | = | = | PAY_PROCESSING/PAY_PROCESSING | = | = | TIME_OUT/UNPAID | TIME_OUT/UNPAID
UNPAID/PAY_FAILED | CANCELED/PAY_FAILED | CANCELED/PAY_FAILED | = | = | = | PAY_PROCESSING/PAY_PROCESSING | = | = | TIME_OUT/PAY_FAILED | TIME_OUT/PAY_FAILED
PAY_PROCESSING/PAY_PROCESSING | CANCELED/PAY_PROCESSING | CANCELED/PAY_PROCESSING | = | = | = | = | UNUSED/PAY_SUCCESS | UNPAID/PAY_FAILED | TIME_OUT/PAY_PROCESSING | TIME_OUT/PAY_PROCESSING
RESERVATION_REVIEW_PENDING/NONE | CANCELED/NONE | CANCELED/NONE | UNUSED/NONE | CANCELED/NONE | = | = | = | = | = | =
RESERVATION_REVIEW_PENDING/PAY_SUCCESS | CANCELED/REFUNDING | CANCELED/REFUNDING | UNUSED/PAY_SUCCESS | CANCELED/REFUNDING | = | = | = | = | = | =
UNUSED/NONE | CANCELED/NONE | CANCELED/NONE | = | = | USED/NONE | = | = | = | = | TIME_OUT/NONE
UNUSED/PAY_SUCCESS | CANCELED/REFUNDING | CANCELED/REFUNDING | = | = | USED/PAY_SUCCESS | = | = | = | = | TIME_OUT/PAY_SUCCESS
USED/NONE | = | = | = | = | = | = | = | = | = | =
USED/PAY_SUCCESS | = | = | = | = | = | = | = | = | = | =
CANCEL_REVIEW_PENDING/NONE | CANCELED/NONE | CANCELED/NONE | CANCELED/NONE | UNUSED/NONE | = | = | = | = | = | =
CANCEL_REVIEW_PENDING/PAY_SUCCESS | CANCELED/REFUNDING | CANCELED/REFUNDING | CANCELED/REFUNDING | UNUSED/PAY_SUCCESS | = | = | = | = | = | =
CANCELED/NONE | = | = | = | = | = | = | = | = | = | =
CANCELED/UNPAID | = | = | = | = | = | = | CANCELED/REFUNDING | CANCELED/PAY_FAILED | = | =
CANCELED/PAY_PROCESSING | = | = | = | = | = | = | CANCELED/REFUNDING | CANCELED/PAY_FAILED | = | =
CANCELED/REFUNDING | = | = | = | = | = | = | = | = | = | =
CANCELED/REFUNDED | = | = | = | = | = | = | = | = | = | =
CANCELED/REFUND_FAILED | = | = | = | = | = | = | = | = | = | =
TIME_OUT/NONE | = | = | = | = | = | = | = | = | = | =
TIME_OUT/UNPAID | = | = | = | = | = | = | TIME_OUT/REFUNDING | TIME_OUT/PAY_FAILED | = | =
TIME_OUT/PAY_PROCESSING | = | = | = | = | = | = | TIME_OUT/REFUNDING | TIME_OUT/PAY_FAILED | = | =
TIME_OUT/PAY_FAILED | = | = | = | = | = | = | TIME_OUT/REFUNDING | TIME_OUT/PAY_FAILED | = | =
TIME_OUT/PAY_SUCCESS | = | = | = | = | = | = | = | = | = | =
TEAM_FAIL/NONE | = | = | = | = | = | = | = | = | = | =
TEAM_FAIL/UNPAID | = | = | = | = | = | = | TEAM_FAIL/REFUNDING | TEAM_FAIL/PAY_FAILED | = | =
TEAM_FAIL/REFUNDED | = | = | = | = | = | = | = | = | = | =
"""  # noqa: E501 - a table
CELLS: Final = [
    (state, happening, result)
    for line in TABLE.strip().splitlines()
    for state, *results in [[cell.strip() for cell in line.split("|")]]
    for happening, result in zip(HAPPENINGS, results, strict=True)
]
REFUND_ANSWERS: Final = {"SUCCESS": "REFUNDED", "FAILED": "REFUND_FAILED"}


def put_in_state(admin: Actor, member: Actor, state: str) -> str:
    """A paid-for order, made by calls; then its states are written, whatever way leads to them."""
    price = {} if state.endswith("/NONE") else PRICED
    order_id = book(admin, member, open_event(admin, **price))
    if price:
        member.post(f"/payments/{order_id}")
    write_state(admin, order_id, state)
    return order_id


def write_state(admin: Actor, order_id: str, state: str) -> None:
    written = "UPDATE event_order SET status = ?, pament_status = ? WHERE id = ?"
    with closing(sqlite3.connect(make_url(admin.app.database_url).database or "")) as connection:
        connection.execute(written, (*state.split("/"), int(order_id)))
        connection.commit()


def happen(admin: Actor, member: Actor, order_id: str, happening: str) -> Answer:
    one = f"/event_orders/{order_id}"
    control = Actor(admin.app, "/_sandbox")
    calls: dict[str, Callable[[], Answer]] = {
        "member cancels": lambda: member.put(one),
        "console cancels": lambda: admin.put(f"{one}/canceled"),
        "approved": lambda: admin.put(f"{one}/review", {"approved": True}),
        "refused": lambda: admin.put(f"{one}/review", {"approved": False}),
        "checked in": lambda: admin.put(f"{one}/checkin", {"code": my_order(member, order_id)["code"]}),
        "starts paying": lambda: member.post(f"/payments/{order_id}"),
        "paid": lambda: notify(member, order_id),
        "not paid": lambda: notify(member, order_id, result="FAILED"),
        "15 minutes pass": lambda: control.put("/clock", {"now": START + 15 * MINUTE}),
        "session ends": lambda: _session_ends(control),
    }
    return calls[happening]()


def _session_ends(control: Actor) -> Answer:
    """And back, so that whoever is signed in still is."""
    control.put("/clock", {"now": START + 3 * DAY})
    return control.put("/clock", {"now": START})


@pytest.mark.parametrize(("state", "happening", "result"), CELLS)
def test_transition(admin: Actor, plain: Actor, rows: Rows, state: str, happening: str, result: str) -> None:
    order_id = put_in_state(admin, plain, state)
    before = _rows_of(rows, order_id)
    answer = happen(admin, plain, order_id, happening)
    by_time = happening in ("15 minutes pass", "session ends")
    assert answer.code == ("40901" if result == UNCHANGED and not by_time else "0")
    assert "/".join(states(plain, order_id)) == (state if result == UNCHANGED else result)
    if result == UNCHANGED:
        assert _rows_of(rows, order_id) == before


@pytest.mark.parametrize("state", sorted({state for state, *_ in CELLS}))
@pytest.mark.parametrize("result", REFUND_ANSWERS)
def test_refund_is_answered_while_refunding_alone(
    admin: Actor, plain: Actor, state: str, result: str
) -> None:
    order_id = put_in_state(admin, plain, "UNUSED/PAY_SUCCESS")
    admin.put(f"/event_orders/{order_id}/canceled")
    refund_id = my_order(plain, order_id)["refundOrderId"]
    write_state(admin, order_id, state)
    status, payment = state.split("/")
    answer = refund_notify(plain, refund_id, result=result)
    refunding = payment == "REFUNDING"
    assert answer.code == ("0" if refunding else "40901")
    assert states(plain, order_id) == (status, REFUND_ANSWERS[result] if refunding else payment)


@pytest.mark.parametrize(("approved", "status"), [(True, "CANCELED"), (False, "UNUSED")])
def test_cancel_under_review_waits_for_the_console(
    admin: Actor, plain: Actor, approved: bool, status: str
) -> None:
    order_id = book(admin, plain, open_event(admin, cancelReviewToggle=True))
    assert plain.put(f"/event_orders/{order_id}").code == "0"
    assert states(plain, order_id)[0] == "CANCEL_REVIEW_PENDING"
    assert admin.put(f"/event_orders/{order_id}/review", {"approved": approved}).code == "0"
    assert states(plain, order_id)[0] == status


@pytest.mark.parametrize("state", ["UNPAID/UNPAID", "PAY_PROCESSING/PAY_PROCESSING"])
def test_cancel_from_another_state_waits_for_nobody(admin: Actor, plain: Actor, state: str) -> None:
    order_id = put_in_state(admin, plain, state)
    plain.put(f"/event_orders/{order_id}")
    assert states(plain, order_id)[0] == "CANCELED"


def test_refusal_halfway_leaves_nothing_of_the_first_half(admin: Actor, plain: Actor, rows: Rows) -> None:
    """Of states that do not belong together the payment's could move, and the order's not."""
    order_id = put_in_state(admin, plain, "USED/PAY_PROCESSING")
    before = _rows_of(rows, order_id)
    assert notify(plain, order_id).code == "40901"
    assert _rows_of(rows, order_id) == before


def test_states_are_changed_in_one_place() -> None:
    """Nothing but the table's module assigns an order's state."""
    rules = Path(sandbox.__file__).parent / "rules"
    elsewhere = {
        file.name
        for file in rules.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if node.attr == "pament_status" or (node.attr == "status" and _names_order(node.value))
    }
    assert elsewhere == {"order_states.py"}


def _names_order(node: ast.expr) -> bool:
    return "order" in ast.unparse(node) or "payment" in ast.unparse(node)


def _rows_of(rows: Rows, order_id: str) -> list[object]:
    """All that a refused call may not touch."""
    queries = (
        "SELECT * FROM event_order WHERE id = ?",
        "SELECT * FROM payment_order WHERE order_id = ?",
        "SELECT * FROM refund_order WHERE order_id = ?",
        "SELECT * FROM resource_use_info WHERE order_id = ?",
    )
    return [rows(query, int(order_id)) for query in queries]
