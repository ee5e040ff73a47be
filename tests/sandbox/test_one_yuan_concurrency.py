"""One-yuan groups are never one too full, and a change is made and told once (Y-05 to Y-08, Y-12, Y-13)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.sandbox.actors import Actor, JsonObject, member
from tests.sandbox.bodies import DAY, START
from tests.sandbox.crowds import CALLERS
from tests.sandbox.one_yuan import (
    REFUNDED,
    change_product,
    group_of,
    line_of,
    make_product,
    opening,
    parameter,
    take_in,
    told,
)
from tests.sandbox.served import Served

Call = Callable[[], JsonObject]


def control_of(served: Served) -> Actor:
    return Actor(served.app, "/_sandbox")


def pulls(served: Served, *batches: list[JsonObject]) -> list[Call]:
    console = served.caller(served.admin)
    return [partial(console.call, "POST", "/one_yuan_orders/pull", {"orders": batch}) for batch in batches]


def results(answers: list[JsonObject]) -> list[JsonObject]:
    assert {answer["code"] for answer in answers} == {"0"}
    return [result for answer in answers for result in answer["data"]]


def joiners(served: Served, product_id: str, group_id: str) -> list[JsonObject]:
    """A line to join for each of a crowd of new members."""
    return [line_of(who, parameter(who, product_id, group_id)) for who in served.members()]


def test_last_seats_are_taken_once(served: Served) -> None:
    product_id = make_product(served.admin, needNum=3)
    _, group_id = opening(served.admin, member(served.app, "plain"), product_id)
    lines = joiners(served, product_id, group_id)
    found = results(
        served.crowd(
            pulls(served, *[[line] for line in lines]), before="INSERT INTO one_yuan_shopping_group_details"
        )
    )
    assert [result["groupId"] for result in found].count(group_id) == 3
    assert {result["code"] for result in found} == {"0"}
    group = group_of(served.admin, group_id)
    assert (len(group["members"]), group["seatsLeft"], group["isEnough"]) == (3, 0, 1)
    assert told(control_of(served), group_id) == [(0, 0), (0, 1)]


@pytest.mark.parametrize("before", ["INSERT INTO platform_order", "SELECT platform_order"])
def test_one_order_pulled_by_all_opens_one_group(served: Served, before: str) -> None:
    leader = member(served.app, "plain")
    line = line_of(leader, parameter(leader, make_product(served.admin)))
    found = results(served.crowd(pulls(served, *[[line]] * CALLERS), before=before))
    (group_id,) = {result["groupId"] for result in found}
    assert {result["code"] for result in found} == {"0"}
    order_sn = line["orderSn"]
    for table in ("one_yuan_shopping_group", "platform_order"):
        assert served.rows(f"SELECT count(*) AS n FROM {table} WHERE order_sn = '{order_sn}'") == [{"n": 1}]  # noqa: S608
    assert told(control_of(served), group_id) == [(0, 0)]


def test_new_member_takes_one_seat_in_all(served: Served) -> None:
    """However many groups they have been asked into."""
    newcomer = member(served.app, "newcomer")
    product_id = make_product(served.admin)
    groups = [opening(served.admin, who, product_id)[1] for who in served.members()[:8]]
    lines = [line_of(newcomer, parameter(newcomer, product_id, group_id)) for group_id in groups]
    found = results(served.crowd(pulls(served, *[[line] for line in lines]), before="UPDATE member_benefits"))
    assert len([result for result in found if result["groupId"]]) == 1
    seats = [group_of(served.admin, group_id)["members"] for group_id in groups]
    assert sum(map(len, seats)) == 1


def test_batches_in_each_others_way_are_all_taken_in(served: Served) -> None:
    """Two groups, asked into in either order."""
    product_id = make_product(served.admin, needNum=8)
    groups = [opening(served.admin, member(served.app, code), product_id)[1] for code in ("plain", "staff")]
    crowd = served.members()
    lines = [
        [line_of(who, parameter(who, product_id, groups[side])) for who in crowd[side::2]] for side in (0, 1)
    ]
    batches = [lines[0] + lines[1], lines[1] + lines[0]] * 4
    found = results(
        served.crowd(pulls(served, *batches), before="INSERT INTO one_yuan_shopping_group_details")
    )
    assert {result["code"] for result in found} == {"0"}
    assert {group_of(served.admin, group_id)["isEnough"] for group_id in groups} == {1}
    assert {len(group_of(served.admin, group_id)["members"]) for group_id in groups} == {8}


def test_readers_past_the_expiry_make_one_change(served: Served) -> None:
    product_id = make_product(served.admin)
    leader = member(served.app, "plain")
    _, group_id = opening(served.admin, leader, product_id)
    control_of(served).put("/clock", {"now": START + DAY})
    mine = served.caller(member(served.app, "plain"))
    paths = [f"/one_yuan/groups/{group_id}", "/one_yuan/groups"]
    answers = served.crowd(
        [partial(mine.call, "GET", paths[number % 2]) for number in range(CALLERS)],
        before="UPDATE one_yuan_shopping_group",
    )
    assert {answer["code"] for answer in answers} == {"0"}
    assert told(control_of(served), group_id) == [(0, 0), (1, 0)]


def test_last_member_against_the_leaders_refund_leaves_one_truth(served: Served) -> None:
    product_id = make_product(served.admin, needNum=1)
    leaders, group_id = opening(served.admin, member(served.app, "plain"), product_id)
    lines = joiners(served, product_id, group_id)[:8]
    refund = {**leaders, "orderStatus": REFUNDED}
    results(
        served.crowd(
            pulls(served, *[[line] for line in lines], *[[refund]] * 8),
            before="UPDATE one_yuan_shopping_group",
        )
    )
    group = group_of(served.admin, group_id)
    state = group["status"], group["isEnough"], len(group["members"])
    assert state in [(0, 1, 1), (2, 0, 0)]
    assert told(control_of(served), group_id) == [(0, 0), state[:2]]


def test_last_member_against_a_read_of_the_end_leaves_one_truth(served: Served) -> None:
    product_id = make_product(served.admin, needNum=1)
    _, group_id = opening(served.admin, member(served.app, "plain"), product_id)
    lines = joiners(served, product_id, group_id)[:8]
    change_product(served.admin, product_id, pddTakenDown=1)
    reader = served.caller(member(served.app, "plain"))
    calls: list[Any] = [partial(reader.call, "GET", f"/one_yuan/groups/{group_id}")] * 8
    served.crowd(
        [*pulls(served, *[[line] for line in lines]), *calls], before="UPDATE one_yuan_shopping_group"
    )
    group = group_of(served.admin, group_id)
    state = group["status"], group["isEnough"], len(group["members"])
    assert state in [(0, 1, 1), (3, 0, 0)]
    assert told(control_of(served), group_id) == [(0, 0), state[:2]]


def test_refund_pulled_by_all_frees_one_seat(served: Served) -> None:
    product_id = make_product(served.admin, needNum=2)
    _, group_id = opening(served.admin, member(served.app, "plain"), product_id)
    lines = joiners(served, product_id, group_id)[:2]
    assert take_in(served.admin, lines[0]) == ("0", group_id)
    refund = {**lines[0], "orderStatus": REFUNDED}
    found = results(
        served.crowd(
            pulls(served, *[[refund]] * 8, *[[lines[1]]] * 8),
            before="DELETE FROM one_yuan_shopping_group_details",
        )
    )
    assert {(result["code"], result["groupId"]) for result in found} == {("0", group_id)}
    group = group_of(served.admin, group_id)
    assert group["isEnough"] + len(group["members"]) in (1, 3)
    assert [seat["orderSn"] for seat in group["members"]][-1] == lines[1]["orderSn"]
