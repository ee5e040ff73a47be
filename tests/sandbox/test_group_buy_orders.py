"""Orders of group-buys after they were made (E-10, E-13, P-01 to P-07, F-01 to F-06, A-04, C-14)."""

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, JsonObject, member, tenant
from tests.sandbox.bodies import HOUR, SECOND, START, store_ids
from tests.sandbox.conftest import Rows
from tests.sandbox.group_buys import read_group_buy
from tests.sandbox.orders import MINUTE, notify, refund_notify
from tests.sandbox.team_orders import (
    LEADER_PRICE,
    ask_to_join,
    check_in,
    free_group_buy,
    join,
    launch,
    my_order,
    open_group_buy,
    pay,
    states,
    successful_team,
)

MINE = "/group_buy_event/orders"
DESK = "/group_buy_event_order"
CALLS: list[tuple[str, str, Any]] = [
    ("ORDER", "canceled", None),
    ("ORDER", "review", {"approved": True}),
    ("CHECKIN", "checkin", {"code": "1"}),
]


def counts(admin: Actor, group_buy_id: str) -> dict[str, tuple[int, int]]:
    """Sign-ups and payments of each member."""
    found = admin.post(f"{DESK}/group_buy_order_infos", {"eventIds": [group_buy_id]}).data
    return {row["memberId"]: (row["signUpCount"], row["payCount"]) for row in found}


def test_paid_order_is_unused_at_once_and_checked_in_with_its_team(
    app: Sandbox, admin: Actor, plain: Actor
) -> None:
    group_buy_id = open_group_buy(admin)
    (store,) = launch(admin, group_buy_id)
    order_id, team_id = join(plain, group_buy_id)
    pay(plain, order_id)
    body = {"code": my_order(plain, order_id)["code"], "storeOrgId": store}
    assert check_in(admin, order_id, **body) == "40901"
    second = member(app, "second")
    joined, _ = join(second, group_buy_id, team_id)
    assert check_in(admin, order_id, **body) == "40901"
    pay(second, joined)
    assert check_in(admin, order_id, **body) == "0"
    order = my_order(plain, order_id)
    assert (order["status"], order["checkinStoreOrgId"], order["teamStatus"]) == ("USED", store, "SUCCESS")
    assert check_in(admin, order_id, **body) == "40901"


def test_check_in_judges_the_state_the_code_and_the_store(admin: Actor) -> None:
    leader, order_id, group_buy_id = successful_team(admin)
    store, other_store = store_ids(admin)[:2]
    code = my_order(leader, order_id)["code"]
    assert check_in(admin, order_id, code=code, storeOrgId=store) == "40905"
    launch(admin, group_buy_id)
    assert check_in(admin, order_id, code="x", storeOrgId=other_store) == "40001"
    assert check_in(admin, order_id, code=code) == "40001"
    assert check_in(admin, order_id, code=code, storeOrgId=other_store) == "40905"
    assert states(leader, order_id)[1] == "UNUSED"
    assert check_in(admin, order_id, code=code, storeOrgId=store) == "0"


def test_store_is_required_even_where_it_is_launched_nowhere(admin: Actor) -> None:
    leader, order_id, _ = successful_team(admin)
    assert check_in(admin, order_id, code=my_order(leader, order_id)["code"]) == "40001"


@pytest.mark.parametrize(("privilege", "call", "body"), CALLS)
def test_call_needs_its_privilege_alone(
    app: Sandbox, admin: Actor, privilege: str, call: str, body: Any
) -> None:
    _, order_id, _ = successful_team(admin)
    for held in ("ORDER", "CHECKIN", "VIEW"):
        console = tenant(app, f"without_group_buy_event_{held.lower()}")
        assert (console.put(f"{DESK}/{order_id}/{call}", body).status == 403) == (held == privilege)
    assert Actor(app, "/dab").put(f"{DESK}/{order_id}/{call}", body).status == 401


@pytest.mark.parametrize(("call", "body"), [call[1:] for call in CALLS])
def test_order_of_another_organization_is_40401(admin: Actor, other: Actor, call: str, body: Any) -> None:
    leader, order_id, _ = successful_team(admin)
    assert other.put(f"{DESK}/{order_id}/{call}", body).code == "40401"
    assert admin.put(f"{DESK}/1/{call}", body).code == "40401"
    assert states(leader, order_id)[1] == "UNUSED"


def test_order_of_another_member_is_40401(app: Sandbox, admin: Actor, plain: Actor) -> None:
    order_id, _ = join(plain, open_group_buy(admin))
    second = member(app, "second")
    assert second.put(f"{MINE}/{order_id}").code == "40401"
    assert second.post(f"/payments/{order_id}").code == "40401"
    assert second.get(MINE).data == []
    assert states(plain, order_id) == ("UNPAID", "UNPAID", "UNPAID")


@pytest.mark.parametrize("who", ["member", "console"])
def test_cancel_of_a_paid_order_refunds_it_once(admin: Actor, app: Sandbox, plain: Actor, who: str) -> None:
    group_buy_id = open_group_buy(admin)
    leaders, team_id = join(plain, group_buy_id)
    pay(plain, leaders)
    second = member(app, "second")
    order_id, _ = join(second, group_buy_id, team_id)
    pay(second, order_id)

    def cancel() -> str:
        if who == "member":
            return second.put(f"{MINE}/{order_id}").code
        return admin.put(f"{DESK}/{order_id}/canceled").code

    assert [cancel(), cancel()] == ["0", "40901"]
    assert states(second, order_id) == ("SUCCESS", "CANCELED", "REFUNDING")
    assert refund_notify(second, my_order(second, order_id)["refundOrderId"]).code == "0"
    assert states(second, order_id)[2] == "REFUNDED"
    assert states(plain, leaders) == ("SUCCESS", "UNUSED", "PAY_SUCCESS")


def test_used_order_is_not_cancelled(admin: Actor) -> None:
    leader, order_id, group_buy_id = successful_team(admin)
    (store,) = launch(admin, group_buy_id)
    check_in(admin, order_id, code=my_order(leader, order_id)["code"], storeOrgId=store)
    assert leader.put(f"{MINE}/{order_id}").code == "40901"
    assert admin.put(f"{DESK}/{order_id}/canceled").code == "40901"
    assert states(leader, order_id)[1] == "USED"


@pytest.mark.parametrize(("approved", "status"), [(True, "CANCELED"), (False, "UNUSED")])
def test_cancel_waits_for_its_review(admin: Actor, approved: bool, status: str) -> None:
    leader, order_id, _ = successful_team(admin, cancelReviewToggle=True)
    assert leader.put(f"{MINE}/{order_id}").code == "0"
    assert states(leader, order_id)[:2] == ("SUCCESS", "CANCEL_REVIEW_PENDING")
    assert admin.put(f"{DESK}/{order_id}/review", {"approved": approved}).code == "0"
    assert states(leader, order_id)[:2] == ("SUCCESS", status)
    assert admin.put(f"{DESK}/{order_id}/review", {"approved": approved}).code == "40901"


def test_wrong_amount_is_40906_and_a_repeated_notify_changes_nothing(admin: Actor, plain: Actor) -> None:
    order_id, _ = join(plain, open_group_buy(admin))
    plain.post(f"/payments/{order_id}")
    assert notify(plain, order_id, amount=LEADER_PRICE + 1).code == "40906"
    assert states(plain, order_id)[:2] == ("UNPAID", "PAY_PROCESSING")
    for result in ("SUCCESS", "FAILED"):
        assert notify(plain, order_id, amount=LEADER_PRICE, result=result).code == "0"
        assert states(plain, order_id) == ("PENDING", "UNUSED", "PAY_SUCCESS")


def test_price_is_that_of_the_joining(admin: Actor, plain: Actor) -> None:
    group_buy_id = open_group_buy(admin)
    order_id, _ = join(plain, group_buy_id)
    body = read_group_buy(admin, group_buy_id)
    body["groupBuyEventTeamRules"][0]["leaderPrice"] = 1
    admin.put(f"/group_buy_event/{group_buy_id}", body)
    assert plain.post(f"/payments/{order_id}").data["amount"] == LEADER_PRICE


def test_orders_of_a_deleted_group_buy_live_on(admin: Actor, plain: Actor) -> None:
    group_buy_id = open_group_buy(admin)
    order_id, _ = join(plain, group_buy_id)
    admin.delete(f"/group_buy_event/{group_buy_id}")
    pay(plain, order_id)
    assert states(plain, order_id) == ("PENDING", "UNUSED", "PAY_SUCCESS")
    assert admin.put(f"{DESK}/{order_id}/canceled").code == "0"
    assert states(plain, order_id) == ("FAILED", "CANCELED", "REFUNDING")


def found(who: Actor, **query: Any) -> list[str]:
    answer = who.get(MINE, **{"size": 1000, **query})
    assert answer.code == "0", answer.message
    return [row["id"] for row in answer.data]


def test_my_orders_are_filtered(admin: Actor, plain: Actor, control: Actor) -> None:
    one, _ = join(plain, free_group_buy(admin, titile="夏日 100% 团"))
    control.put("/clock", {"advanceMs": HOUR})
    two, _ = join(plain, open_group_buy(admin, resourceId="pt_2"))
    code = my_order(plain, one)["code"]
    assert found(plain) == [two, one]
    queries: list[tuple[JsonObject, list[str]]] = [
        ({"type": "UNUSED"}, [one]),
        ({"type": "", "beginTime": "", "minAmount": "", "keyWord": ""}, [two, one]),
        ({"beginTime": START, "endTime": START + HOUR}, [one]),
        ({"beginTime": START + SECOND}, [two]),
        ({"endTime": START + HOUR + SECOND}, [two, one]),
        ({"minAmount": LEADER_PRICE}, [two]),
        ({"minAmount": LEADER_PRICE + 1}, []),
        ({"maxAmount": LEADER_PRICE - 1}, [one]),
        ({"minAmount": 0, "maxAmount": LEADER_PRICE}, [two, one]),
        ({"keyWord": "100%"}, [one]),
        ({"keyWord": "%"}, [one]),
        ({"keyWord": code}, [one]),
        ({"keyWord": code[:-1]}, []),
    ]
    for query, expected in queries:
        assert found(plain, **query) == expected, query
    envelope = plain.get(MINE, page=2, size=1).envelope
    assert ([row["id"] for row in envelope["data"]], envelope["total"]) == ([one], 2)


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "PENDING"), ("beginTime", "x"), ("endTime", "1.5"), ("minAmount", "-1"), ("maxAmount", "1e3")],
)
def test_wrong_filter_of_my_orders_is_40001(plain: Actor, field: str, value: str) -> None:
    answer = plain.get(MINE, **{field: value})
    assert (answer.code, field in answer.message) == ("40001", True)


def test_sign_up_and_payment_count_along_the_chain(app: Sandbox, admin: Actor, plain: Actor) -> None:
    group_buy_id = open_group_buy(admin)
    resource_id = read_group_buy(admin, group_buy_id)["resourceId"]
    referrer, staff = member(app, "referrer"), member(app, "staff")
    who = [one.get("/members").data["id"] for one in (plain, referrer, staff)]
    for child, parent in ((referrer, who[2]), (plain, who[1])):
        reach = {"resourceId": resource_id, "type": "REACH", "fromMemberId": parent}
        assert child.post("/shares", reach).code == "0"
    order_id, _ = join(plain, group_buy_id)
    assert counts(admin, group_buy_id) == dict.fromkeys(who, (1, 0))
    pay(plain, order_id)
    assert counts(admin, group_buy_id) == dict.fromkeys(who, (1, 1))
    plain.put(f"{MINE}/{order_id}")
    assert counts(admin, group_buy_id) == dict.fromkeys(who, (0, 0))


def test_payment_time_out_takes_a_sign_up_and_fails_the_leaders_team(
    admin: Actor, control: Actor, plain: Actor
) -> None:
    group_buy_id = open_group_buy(admin)
    order_id, _ = join(plain, group_buy_id)
    control.put("/clock", {"advanceMs": 15 * MINUTE - SECOND})
    assert states(plain, order_id) == ("UNPAID", "UNPAID", "UNPAID")
    control.put("/clock", {"advanceMs": SECOND})
    assert states(plain, order_id) == ("FAILED", "TIME_OUT", "UNPAID")
    assert set(counts(admin, group_buy_id).values()) == {(0, 0)}
    assert notify(plain, order_id, amount=LEADER_PRICE).code == "0"
    assert states(plain, order_id) == ("FAILED", "TIME_OUT", "REFUNDING")


@pytest.mark.parametrize(
    ("effect", "ends"),
    [
        ({"effectiveType": "RELATIVE_DATE", "effectiveHours": 2}, 2 * HOUR),
        (
            {
                "effectiveType": "ABSOLUTE_DATE",
                "effectiveBeginTime": START,
                "effectiveEndTime": START + HOUR,
            },
            HOUR,
        ),
    ],
)
def test_unused_order_ends_at_its_effective_time(
    admin: Actor, control: Actor, rows: Rows, effect: JsonObject, ends: int
) -> None:
    _, _, group_buy_id = successful_team(admin, **effect)
    query = "SELECT DISTINCT status, pament_status FROM group_buy_event_order WHERE group_buy_event_id = ?"
    control.put("/clock", {"now": START + ends - SECOND})
    before = rows(query, int(group_buy_id))
    control.put("/clock", {"now": START + ends})
    assert [before, rows(query, int(group_buy_id))] == [
        [{"status": "UNUSED", "pament_status": "NONE"}],
        [{"status": "TIME_OUT", "pament_status": "NONE"}],
    ]
    assert set(counts(tenant(admin.app, "admin"), group_buy_id).values()) == {(1, 0)}


def test_order_ends_by_its_own_making_where_time_is_relative(
    app: Sandbox, admin: Actor, control: Actor, plain: Actor
) -> None:
    group_buy_id = free_group_buy(admin, effectiveType="RELATIVE_DATE", effectiveHours=1)
    leaders, team_id = join(plain, group_buy_id)
    control.put("/clock", {"advanceMs": MINUTE})
    joined, _ = join(member(app, "second"), group_buy_id, team_id)
    control.put("/clock", {"now": START + HOUR})
    assert states(plain, leaders)[:2] == ("SUCCESS", "TIME_OUT")
    assert states(member(app, "second"), joined)[:2] == ("SUCCESS", "UNUSED")


def test_order_without_an_effective_time_never_ends(admin: Actor, control: Actor, rows: Rows) -> None:
    _, order_id, _ = successful_team(admin)
    control.put("/clock", {"now": START + 5000 * HOUR})
    assert rows("SELECT status FROM group_buy_event_order WHERE id = ?", int(order_id)) == [
        {"status": "UNUSED"}
    ]


def test_booking_again_after_a_time_out_makes_another_team(
    admin: Actor, control: Actor, plain: Actor
) -> None:
    group_buy_id = open_group_buy(admin, repeatJoin=False)
    _, team_id = join(plain, group_buy_id)
    assert ask_to_join(plain, group_buy_id).code == "40903"
    control.put("/clock", {"advanceMs": 15 * MINUTE})
    assert ask_to_join(plain, group_buy_id, team_id).code == "40901"
    assert join(plain, group_buy_id)[1] != team_id


def test_seeded_orders_hold_together(rows: Rows) -> None:
    """Each paid order names its payment, each refunded one its refund, each robot's its record."""
    paid = rows(
        "SELECT o.id FROM group_buy_event_order o LEFT JOIN payment_order p"
        " ON p.id = o.payment_order_id AND p.order_id = o.id AND p.amount = o.charged_amount"
        " WHERE o.pament_status IN ('PAY_SUCCESS', 'REFUNDED') AND p.status IS NOT o.pament_status"
    )
    refunded = rows(
        "SELECT o.id FROM group_buy_event_order o LEFT JOIN refund_order r ON r.id = o.refund_order_id"
        " WHERE o.pament_status = 'REFUNDED' AND r.status IS NOT 'REFUNDED'"
    )
    unpaid = rows("SELECT id FROM group_buy_event_order WHERE charged_amount > 0 AND time_expire IS NULL")
    robots = rows(
        "SELECT o.id FROM group_buy_event_order o LEFT JOIN group_buy_event_robot_record r"
        " ON r.group_buy_event_order_id = o.id AND r.group_buy_event_team_id = o.group_buy_event_team_id"
        " WHERE o.robot AND (r.id IS NULL OR o.member_id IS NOT NULL OR o.charged_amount <> 0)"
    )
    assert (paid, refunded, unpaid, robots) == ([], [], [], [])


def test_nothing_of_the_seed_is_due_at_its_start(control: Actor, rows: Rows) -> None:
    tables = ("event_order", "group_buy_event_order", "group_buy_event_team", "group_buy_event_robot_record")
    before = [rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608
    assert control.post("/tick").code == "0"
    assert [rows(f"SELECT * FROM {table}") for table in tables] == before  # noqa: S608
