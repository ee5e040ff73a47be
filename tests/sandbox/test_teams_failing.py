"""How a team fails, and what that does to its orders (G-07, G-08, P-04, P-06, F-04)."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, JsonObject, member
from tests.sandbox.bodies import DAY, HOUR, SECOND, START
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import read_group_buy, team_rule
from tests.sandbox.orders import MINUTE, notify, refund_notify
from tests.sandbox.team_orders import (
    FREE,
    LEADER_PRICE,
    MEMBER_PRICE,
    free_group_buy,
    join,
    my_order,
    open_group_buy,
    pay,
    states,
    team_of,
)

LIMITED: JsonObject = {"teamLastTimeType": "LIMITED", "teamLastTimeHours": 1}
ORDERS = (
    "SELECT status, pament_status FROM group_buy_event_order WHERE group_buy_event_team_id = ? ORDER BY id"
)


@pytest.fixture
def second(app: Sandbox) -> Actor:
    return member(app, "second")


def orders_of(rows: Rows, team_id: str) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in rows(ORDERS, int(team_id))]


def team_status(rows: Rows, team_id: str) -> str:
    (team,) = rows("SELECT status FROM group_buy_event_team WHERE id = ?", int(team_id))
    return str(team["status"])


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        (LIMITED, HOUR),
        ({"teamLastTimeType": "LIMITED", "teamLastTimeHours": 1000}, 1000 * HOUR),
        ({"teamLastTimeType": "LIMITLESS", "teamLastTimeHours": 1}, 10 * DAY),
        ({}, 10 * DAY),
    ],
)
def test_team_fails_at_its_time(
    admin: Actor, control: Actor, plain: Actor, rows: Rows, last: JsonObject, ends: int
) -> None:
    group_buy_id = free_group_buy(admin, **last)
    _, team_id = join(plain, group_buy_id)
    assert team_of(admin, group_buy_id, team_id)["expireTime"] == START + ends
    found = []
    for now in (ends - SECOND, ends):
        control.put("/clock", {"now": START + now})
        found.append((team_status(rows, team_id), *orders_of(rows, team_id)))
    assert found == [("PENDING", ("UNUSED", "NONE")), ("FAILED", ("TEAM_FAIL", "NONE"))]


def test_time_of_a_team_is_of_whole_seconds_and_of_its_opening(
    admin: Actor, control: Actor, plain: Actor
) -> None:
    group_buy_id = free_group_buy(admin, **LIMITED)
    control.put("/clock", {"advanceMs": 1999})
    _, team_id = join(plain, group_buy_id)
    body = {**read_group_buy(admin, group_buy_id), "teamLastTimeHours": 9}
    admin.put(f"/group_buy_event/{group_buy_id}", body)
    assert team_of(admin, group_buy_id, team_id)["expireTime"] == START + SECOND + HOUR


def test_time_of_a_team_ends_with_the_calendar(admin: Actor, plain: Actor) -> None:
    group_buy_id = free_group_buy(admin, teamLastTimeType="LIMITED", teamLastTimeHours=2**31 - 1)
    _, team_id = join(plain, group_buy_id)
    assert team_of(admin, group_buy_id, team_id)["expireTime"] == 253402271999000  # 9999-12-31 23:59:59


def test_full_team_does_not_fail(
    admin: Actor, control: Actor, plain: Actor, second: Actor, rows: Rows
) -> None:
    group_buy_id = free_group_buy(admin, **LIMITED)
    _, team_id = join(plain, group_buy_id)
    join(second, group_buy_id, team_id)
    control.put("/clock", {"advanceMs": 2 * HOUR})
    assert team_status(rows, team_id) == "SUCCESS"


def test_failing_gives_back_what_was_paid_and_counted(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor, second: Actor, rows: Rows
) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=4), **LIMITED)
    leaders, team_id = join(plain, group_buy_id, size=4)
    pay(plain, leaders)
    third = member(app, "third")
    gone, _ = join(third, group_buy_id, team_id)
    third.put(f"/group_buy_event/orders/{gone}")
    control.put("/clock", {"now": START + 50 * MINUTE})
    waits, _ = join(second, group_buy_id, team_id)
    second.post(f"/payments/{waits}")
    control.put("/clock", {"now": START + HOUR})
    assert orders_of(rows, team_id) == [
        ("TEAM_FAIL", "REFUNDING"),
        ("CANCELED", "UNPAID"),
        ("TEAM_FAIL", "PAY_PROCESSING"),
    ]
    left = rows("SELECT counted FROM resource_use_info WHERE event_id = ?", int(group_buy_id))
    assert [row["counted"] for row in left] == [0] * 4
    (refund,) = rows("SELECT amount, status FROM refund_order WHERE order_id = ?", int(leaders))
    assert refund == {"amount": LEADER_PRICE, "status": "REFUNDING"}


def test_success_that_comes_after_the_failing_is_refunded(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=2, leaderPrice=0))
    leaders, team_id = join(plain, group_buy_id)
    order_id, _ = join(second, group_buy_id, team_id)
    second.post(f"/payments/{order_id}")
    plain.put(f"/group_buy_event/orders/{leaders}")
    assert states(second, order_id) == ("FAILED", "TEAM_FAIL", "PAY_PROCESSING")
    assert notify(second, order_id, amount=MEMBER_PRICE).code == "0"
    assert states(second, order_id) == ("FAILED", "TEAM_FAIL", "REFUNDING")
    assert refund_notify(second, my_order(second, order_id)["refundOrderId"]).code == "0"
    assert states(second, order_id) == ("FAILED", "TEAM_FAIL", "REFUNDED")


@pytest.mark.parametrize("who", ["member", "console"])
def test_leaders_cancel_fails_a_team_that_is_pending(
    admin: Actor, plain: Actor, second: Actor, who: str
) -> None:
    group_buy_id = open_group_buy(admin, team_rule(size=3))
    leaders, team_id = join(plain, group_buy_id, size=3)
    pay(plain, leaders)
    order_id, _ = join(second, group_buy_id, team_id)
    pay(second, order_id)
    if who == "member":
        plain.put(f"/group_buy_event/orders/{leaders}")
    else:
        admin.put(f"/group_buy_event_order/{leaders}/canceled")
    assert states(plain, leaders) == ("FAILED", "CANCELED", "REFUNDING")
    assert states(second, order_id) == ("FAILED", "TEAM_FAIL", "REFUNDING")


def test_members_cancel_leaves_the_team_pending(admin: Actor, plain: Actor, second: Actor) -> None:
    group_buy_id = free_group_buy(admin, size=3)
    leaders, team_id = join(plain, group_buy_id, size=3)
    order_id, _ = join(second, group_buy_id, team_id)
    second.put(f"/group_buy_event/orders/{order_id}")
    assert states(plain, leaders)[:2] == ("PENDING", "UNUSED")
    assert states(second, order_id)[1] == "CANCELED"


def test_leaders_cancel_under_review_fails_the_team_when_approved(
    admin: Actor, plain: Actor, second: Actor
) -> None:
    group_buy_id = free_group_buy(admin, size=3, cancelReviewToggle=True)
    leaders, team_id = join(plain, group_buy_id, size=3)
    order_id, _ = join(second, group_buy_id, team_id)
    plain.put(f"/group_buy_event/orders/{leaders}")
    assert states(second, order_id)[:2] == ("PENDING", "UNUSED")
    admin.put(f"/group_buy_event_order/{leaders}/review", {"approved": True})
    assert states(second, order_id)[:2] == ("FAILED", "TEAM_FAIL")
    assert states(plain, leaders)[:2] == ("FAILED", "CANCELED")


@pytest.mark.parametrize("started", [True, False])
def test_team_fails_with_its_unpaid_leader(admin: Actor, plain: Actor, started: bool) -> None:
    order_id, _ = join(plain, open_group_buy(admin))
    if started:
        plain.post(f"/payments/{order_id}")
    plain.put(f"/group_buy_event/orders/{order_id}")
    assert states(plain, order_id)[:2] == ("FAILED", "CANCELED")


def test_team_fails_with_the_effect_of_its_leaders_order(
    admin: Actor, control: Actor, plain: Actor, second: Actor, rows: Rows
) -> None:
    group_buy_id = free_group_buy(admin, size=3, effectiveType="RELATIVE_DATE", effectiveHours=1)
    _, team_id = join(plain, group_buy_id, size=3)
    control.put("/clock", {"now": START + MINUTE})
    join(second, group_buy_id, team_id)
    control.put("/clock", {"now": START + HOUR})
    assert orders_of(rows, team_id) == [("TIME_OUT", "NONE"), ("TEAM_FAIL", "NONE")]


@pytest.mark.parametrize(
    ("joined_at", "state"), [(40, ("TIME_OUT", "UNPAID")), (45, ("TIME_OUT", "UNPAID")), (46, None)]
)
def test_what_falls_due_first_happens_first(
    admin: Actor, control: Actor, plain: Actor, second: Actor, rows: Rows, joined_at: int, state: Any
) -> None:
    """At one move of the clock, past the time to pay and the team's; a time-out comes first of both."""
    group_buy_id = open_group_buy(admin, team_rule(size=2, **{**FREE, "memberPrice": 1}), **LIMITED)
    _, team_id = join(plain, group_buy_id)
    control.put("/clock", {"now": START + joined_at * MINUTE})
    join(second, group_buy_id, team_id)
    control.put("/clock", {"now": START + DAY})
    expected = state or ("TEAM_FAIL", "UNPAID")
    assert orders_of(rows, team_id) == [("TEAM_FAIL", "NONE"), expected]
