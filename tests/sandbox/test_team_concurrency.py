"""Seats of teams are never one too many, on each kind of database (G-07 to G-09, P-03 to P-06, G-14)."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from tests.sandbox.actors import Actor, JsonObject, member
from tests.sandbox.bodies import HOUR, START
from tests.sandbox.crowds import CALLERS, Caller
from tests.sandbox.group_buys import robot_rule, team_rule
from tests.sandbox.orders import MINUTE
from tests.sandbox.served import Served, codes
from tests.sandbox.team_orders import (
    FREE,
    MEMBER_PRICE,
    check_in,
    free_group_buy,
    join,
    joining,
    launch,
    my_order,
    open_group_buy,
    pay,
    states,
    team_of,
)

Call = Callable[[], JsonObject]
LIMITED: JsonObject = {"teamLastTimeType": "LIMITED", "teamLastTimeHours": 1}


def joins(served: Served, *bodies: JsonObject) -> list[Call]:
    """A call for each member of a crowd, who take the bodies in turn."""
    return [
        partial(served.caller(who).call, "POST", "/group_buy_event/teams", bodies[number % len(bodies)])
        for number, who in enumerate(served.members())
    ]


def paid(order_id: str, transaction_id: str = "t-1") -> JsonObject:
    body = {"orderId": order_id, "amount": MEMBER_PRICE, "result": "SUCCESS"}
    return {**body, "transactionId": transaction_id}


def waiting_member(served: Served) -> tuple[Actor, str, Actor, str]:
    """The leader of a pending team of two, and its member, whose payment is on its way."""
    group_buy_id = open_group_buy(served.admin, team_rule(size=2, leaderPrice=0), **LIMITED)
    leader, second = member(served.app, "leader"), member(served.app, "second")
    leaders, team_id = join(leader, group_buy_id)
    order_id, _ = join(second, group_buy_id, team_id)
    assert second.post(f"/payments/{order_id}").code == "0"
    return leader, leaders, second, order_id


@pytest.mark.parametrize("price", [0, MEMBER_PRICE])
def test_last_seats_of_a_team_are_taken_once(served: Served, price: int) -> None:
    rule = team_rule(size=4, leaderPrice=0, memberPrice=price)
    group_buy_id = open_group_buy(served.admin, rule)
    _, team_id = join(member(served.app, "plain"), group_buy_id, size=4)
    answers = served.crowd(
        joins(served, joining(group_buy_id, team_id)), before="INSERT INTO group_buy_event_order "
    )
    assert codes(answers) == {"0": 3, "40902": CALLERS - 3}
    team = team_of(served.admin, group_buy_id, team_id)
    assert (team["status"], len(team["members"])) == ("PENDING" if price else "SUCCESS", 4)


def test_max_number_is_not_exceeded_across_teams(served: Served) -> None:
    group_buy_id = open_group_buy(served.admin, team_rule(size=3, maxNumber=5, **FREE))
    leader = member(served.app, "plain")
    _, team_id = join(leader, group_buy_id, size=3)
    bodies = joining(group_buy_id, size=3), joining(group_buy_id, team_id)
    answers = served.crowd(joins(served, *bodies), before="INSERT INTO group_buy_event_order ")
    assert codes(answers) == {"0": 4, "40902": CALLERS - 4}
    numbers = served.admin.get("/group_buy_event_order/event_rule/numbers", groupBuyEventId=group_buy_id)
    assert numbers.data == [{"size": 3, "number": 5 + 5}]


@pytest.mark.parametrize("size", [None, 2])
def test_member_joins_once_without_repeat_join(served: Served, size: int | None) -> None:
    """Whether into one team or into teams of their own, of whatever size."""
    rules = team_rule(size=2, **FREE), team_rule(size=3, **FREE)
    group_buy_id = open_group_buy(served.admin, *rules, repeatJoin=False)
    _, team_id = join(member(served.app, "leader"), group_buy_id, size=3)
    bodies = [joining(group_buy_id, team_id) if size is None else joining(group_buy_id, size=size)]
    bodies.append(joining(group_buy_id, size=3))
    caller = served.caller(member(served.app, "plain"))
    answers = served.crowd(
        [partial(caller.call, "POST", "/group_buy_event/teams", body) for body in bodies * (CALLERS // 2)],
        before="INSERT INTO group_buy_event_order ",
    )
    assert codes(answers) == {"0": 1, "40903": CALLERS - 1}


def test_last_payments_make_the_team_succeed(served: Served) -> None:
    """Each that is paid sees the others that are: they meet when they have looked, and not yet committed."""
    group_buy_id = open_group_buy(served.admin, team_rule(size=CALLERS + 1, maxNumber=30, leaderPrice=0))
    leader = member(served.app, "plain")
    leaders, team_id = join(leader, group_buy_id, size=CALLERS + 1)
    orders = [join(who, group_buy_id, team_id)[0] for who in served.members()]
    for who, order_id in zip(served.members(), orders, strict=True):
        who.post(f"/payments/{order_id}")
    answers = served.crowd(
        [partial(served.notify, paid(order_id, f"t-{order_id}")) for order_id in orders],
        before="INSERT INTO pay_notify_log ",
    )
    assert codes(answers) == {"0": CALLERS}
    assert states(leader, leaders)[0] == "SUCCESS"


def test_cancel_against_notify_ends_refunded_once(served: Served) -> None:
    leader, leaders, second, order_id = waiting_member(served)
    console, mine = served.caller(served.admin), served.caller(second)
    served.crowd(
        [
            *[partial(console.call, "PUT", f"/group_buy_event_order/{order_id}/canceled")] * 4,
            *[partial(mine.call, "PUT", f"/group_buy_event/orders/{order_id}")] * 4,
            *[partial(served.notify, paid(order_id))] * 8,
        ],
        before="UPDATE group_buy_event_order ",
    )
    assert states(second, order_id)[1:] == ("CANCELED", "REFUNDING")
    assert states(leader, leaders)[0] in ("PENDING", "SUCCESS")
    assert refunds_of(served, order_id) == 1


def test_leaders_cancel_against_the_last_notify_leaves_one_truth(served: Served) -> None:
    """Either the team succeeded first, and only the leader goes; or it failed, and all was given back."""
    leader, leaders, second, order_id = waiting_member(served)
    cancel = partial(served.caller(leader).call, "PUT", f"/group_buy_event/orders/{leaders}")
    served.crowd(
        [*[cancel] * 8, *[partial(served.notify, paid(order_id))] * 8],
        before="UPDATE group_buy_event_order ",
    )
    assert states(leader, leaders)[1] == "CANCELED"
    assert (states(second, order_id), refunds_of(served, order_id)) in [
        (("SUCCESS", "UNUSED", "PAY_SUCCESS"), 0),
        (("FAILED", "TEAM_FAIL", "REFUNDING"), 1),
    ]


def test_expiry_against_the_last_notify_leaves_one_truth(served: Served) -> None:
    _, _, second, order_id = waiting_member(served)
    control = Caller(f"{served.url}/_sandbox", {})
    served.crowd(
        [
            *[partial(control.call, "PUT", "/clock", {"now": START + HOUR})] * 2,
            *[partial(served.notify, paid(order_id))] * 6,
        ],
        before="UPDATE group_buy_event_order ",
    )
    assert (states(second, order_id), refunds_of(served, order_id)) in [
        (("SUCCESS", "UNUSED", "PAY_SUCCESS"), 0),
        (("FAILED", "TIME_OUT", "REFUNDING"), 1),
    ]


def test_joiners_against_the_leaders_cancel_leave_no_live_order(served: Served) -> None:
    group_buy_id = free_group_buy(served.admin, CALLERS + 2)
    leader = member(served.app, "plain")
    leaders, team_id = join(leader, group_buy_id, size=CALLERS + 2)
    cancel = partial(served.caller(leader).call, "PUT", f"/group_buy_event/orders/{leaders}")
    calls = joins(served, joining(group_buy_id, team_id))
    served.crowd([*calls[:8], cancel, *calls[8:]], before="INSERT INTO group_buy_event_order ")
    assert states(leader, leaders)[:2] == ("FAILED", "CANCELED")
    kept = Counter(one["status"] for one in team_of(served.admin, group_buy_id, team_id)["members"])
    assert set(kept) <= {"TEAM_FAIL"}


def test_robot_and_members_take_the_last_seat_once(served: Served) -> None:
    robots = [robot_rule(probability=100, offsetTime=MINUTE)]
    group_buy_id = free_group_buy(served.admin, robotRules=robots)
    leader = member(served.app, "plain")
    _, team_id = join(leader, group_buy_id)
    control = Caller(f"{served.url}/_sandbox", {})
    move = partial(control.call, "PUT", "/clock", {"now": START + MINUTE})
    calls = joins(served, joining(group_buy_id, team_id))
    answers = served.crowd([move, move, *calls], before="INSERT INTO group_buy_event_order ")
    team = team_of(served.admin, group_buy_id, team_id)
    assert (team["status"], len(team["members"])) == ("SUCCESS", 2)
    assert codes(answers[2:])["0"] == len([one for one in team["members"] if not one["robot"]]) - 1


def test_ticks_of_one_moment_bring_a_robot_once(served: Served) -> None:
    robots = [robot_rule(probability=100, offsetTime=0)]
    group_buy_id = free_group_buy(served.admin, 5, robotRules=robots)
    _, team_id = join(member(served.app, "plain"), group_buy_id, size=5)
    control = Caller(f"{served.url}/_sandbox", {})
    answers = served.crowd(
        [partial(control.call, "POST", "/tick")] * 8, before="INSERT INTO group_buy_event_order "
    )
    assert codes(answers) == {"0": 8}
    assert len(team_of(served.admin, group_buy_id, team_id)["members"]) == 2


def test_code_is_taken_once(served: Served) -> None:
    group_buy_id = open_group_buy(served.admin, team_rule(size=1))
    (store,) = launch(served.admin, group_buy_id)
    plain = member(served.app, "plain")
    order_id, _ = join(plain, group_buy_id, size=1)
    pay(plain, order_id)
    body = {"code": my_order(plain, order_id)["code"], "storeOrgId": store}
    console = served.caller(served.admin)
    answers = served.crowd(
        [partial(console.call, "PUT", f"/group_buy_event_order/{order_id}/checkin", body)] * CALLERS,
        before="UPDATE group_buy_event_order ",
    )
    assert codes(answers) == {"0": 1, "40901": CALLERS - 1}
    assert check_in(served.admin, order_id, **body) == "40901"


def refunds_of(served: Served, order_id: str) -> int:
    return len(served.rows(f"SELECT id FROM refund_order WHERE order_id = {order_id}"))  # noqa: S608
