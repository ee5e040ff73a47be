"""Y-13: what the queue hears of one-yuan groups."""

import json

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member
from tests.sandbox.bodies import DAY, HOUR, START
from tests.sandbox.conftest import Rows
from tests.sandbox.one_yuan import (
    REFUNDED,
    TOPIC,
    at,
    change_product,
    joining,
    line_of,
    make_product,
    opening,
    parameter,
    pull,
    refund,
    take_in,
    told,
)


def test_queue_hears_of_opening_and_filling(admin: Actor, control: Actor, plain: Actor, first: Actor) -> None:
    product_id = make_product(admin, needNum=2)
    line, group_id = opening(admin, plain, product_id)
    joining(admin, first, product_id, group_id)
    control.put("/clock", {"advanceMs": HOUR + 1})
    joining(admin, member(first.app, "second"), product_id, group_id)
    refund(admin, line)
    messages = [one for one in control.get("/messages").data if one["body"]["groupId"] == group_id]
    assert [one["body"] for one in messages] == [
        {"groupId": group_id, "status": 0, "isEnough": 0, "occurredAt": START},
        {"groupId": group_id, "status": 0, "isEnough": 1, "occurredAt": START + HOUR},
    ]
    assert {one["topic"] for one in messages} == {TOPIC}


@pytest.mark.parametrize(
    ("end", "state"), [("expired", (1, 0)), ("refunded", (2, 0)), ("taken down", (3, 0))]
)
def test_queue_hears_of_each_end_once(
    app: Sandbox,
    admin: Actor,
    control: Actor,
    plain: Actor,
    product_id: str,
    end: str,
    state: tuple[int, int],
) -> None:
    line, group_id = opening(admin, plain, product_id)
    if end == "taken down":
        change_product(admin, product_id, pddTakenDown=1)
    if end == "expired":
        admin, plain = at(app, control, START + DAY)
    for _ in range(2):
        if end == "refunded":
            refund(admin, line)
        plain.get(f"/one_yuan/groups/{group_id}")
        plain.get("/one_yuan/groups")
    assert told(control, group_id) == [(0, 0), state]


def test_queue_hears_of_no_seat_and_no_refused_line(
    admin: Actor, control: Actor, plain: Actor, first: Actor, product_id: str
) -> None:
    _, group_id = opening(admin, plain, product_id)
    line = joining(admin, first, product_id, group_id)
    refund(admin, line)
    pull(admin, {**line, "orderSn": "sn-none", "paramId": "1"})
    assert told(control, group_id) == [(0, 0)]


def test_messages_are_of_a_topic_or_all(admin: Actor, control: Actor, plain: Actor, product_id: str) -> None:
    assert control.get("/messages").data == []
    opening(admin, plain, product_id)
    (message,) = control.get("/messages").data
    assert (set(message), message["topic"]) == ({"id", "topic", "body"}, TOPIC)
    assert control.get("/messages", topic=TOPIC).data == [message]
    assert control.get("/messages", topic="").data == [message]
    assert control.get("/messages", topic="another").data == []


def test_message_ids_are_never_the_same_again(
    admin: Actor, control: Actor, plain: Actor, product_id: str
) -> None:
    """A consumer at a broker outlives a reset, and counts an id once."""
    opening(admin, plain, product_id)
    (before,) = control.get("/messages").data
    control.post("/reset")
    assert control.get("/messages").data == []
    opening(admin, plain, make_product(admin))
    (after,) = control.get("/messages").data
    assert int(after["id"]) > int(before["id"])


def test_published_message_is_marked(
    admin: Actor, control: Actor, plain: Actor, product_id: str, rows: Rows
) -> None:
    opening(admin, plain, product_id)
    (message,) = control.get("/messages").data
    (row,) = rows("SELECT * FROM message_outbox")
    assert (str(row["id"]), row["topic"], json.loads(row["body"])) == (
        message["id"],
        TOPIC,
        message["body"],
    )
    assert (row["created_time"], row["published_time"]) == ("2026-06-01 10:00:00", "2026-06-01 10:00:00")


def test_call_that_tells_nothing_leaves_the_relay_alone(
    app: Sandbox, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    drained: list[bool] = []
    relay = app.extensions["sandbox"].relay
    monkeypatch.setattr(relay, "drain", lambda: drained.append(True))
    product_id = make_product(admin)
    plain = member(app, "plain")
    line = line_of(plain, parameter(plain, product_id))
    assert drained == []
    take_in(admin, line)
    take_in(admin, line)
    assert drained == [True]


def test_lines_before_a_failure_are_told(
    admin: Actor, control: Actor, plain: Actor, product_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are committed, whatever comes of the lines behind them."""

    def fail(*_: object) -> None:
        raise RuntimeError("the sandbox is broken")

    monkeypatch.setattr("sandbox.rules.one_yuan_pull.invalidate", fail)
    line = line_of(plain, parameter(plain, product_id))
    answer = admin.post("/one_yuan_orders/pull", {"orders": [line, {**line, "orderStatus": REFUNDED}]})
    assert answer.status == 500
    (group,) = plain.get("/one_yuan/groups").data
    assert (group["status"], told(control, group["id"])) == (0, [(0, 0)])
