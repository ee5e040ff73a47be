"""One-yuan groups under many callers at the same moment, on a real socket and two databases.

Whatever comes first, a group has no seat too many, ends once, and tells so once.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

import pytest

from harness.cases import Case, cases
from harness.one_yuan import LEADER, NOTHING_DUE
from tests.journeys.one_yuan_scenes import (
    TOLD,
    come_to_expiry,
    ends_as,
    listed,
    opening_order,
    order_of,
    order_sns,
    pulled,
    readers,
    refunded,
    told,
    waiting,
)
from tests.journeys.scenes import CALLERS, Scene, at_once

T = TypeVar("T")
pytestmark = [pytest.mark.journey, pytest.mark.load]

ROUNDS: Final = 2
HALF: Final = CALLERS // 2


@cases("crowd_one_yuan")
def test_one_yuan_crowd(case: Case, scene: Scene) -> None:
    for _ in range(ROUNDS):
        CROWDS[case.call or ""](scene)


def last_seat_of_a_group(scene: Scene) -> None:
    """Y-05, Y-07: one seat, sixteen newcomers."""
    _too_many_for(1, scene)


def last_three_seats_of_a_group(scene: Scene) -> None:
    """Y-05, Y-07: three seats, sixteen newcomers."""
    _too_many_for(3, scene)


def one_leader_s_order_many_times(scene: Scene) -> None:
    """Y-12: one orderSn opens one group."""
    leader = scene.newcomers()[0]
    product = scene.one_yuan.products.make()
    line = scene.one_yuan.line(leader, product, scene.one_yuan.place(leader, product).require_data())

    results = pulled(scene, [[line]] * CALLERS)

    (group_id,) = {result["groupId"] for result in results}
    (mine,) = [row for row in listed(leader) if row["oneYuanProductsId"] == product["id"]]
    assert mine["id"] == group_id
    assert told(scene, mine["id"]) == TOLD["open"]


def one_member_s_order_many_times(scene: Scene) -> None:
    """Y-12: one orderSn takes one seat of two."""
    group, lines = waiting(scene, needs=2)

    results = pulled(scene, [[lines[0]]] * CALLERS)

    assert {result["groupId"] for result in results} == {group.id}
    row = ends_as(scene, group, "open")
    assert (order_sns(row), row["seatsLeft"]) == ([lines[0]["orderSn"]], 1)


def one_member_s_orders_for_many_groups(scene: Scene) -> None:
    """Y-05: who is new takes one seat, in whichever of eight groups."""
    *_, newcomer = scene.newcomers()
    groups = [scene.one_yuan.open(scene.one_yuan.products.make()) for _ in range(HALF)]
    lines = [order_of(scene, newcomer, group) for group in groups]

    results = pulled(scene, [[line] for line in lines])

    (taken,) = [result["groupId"] for result in results if result["groupId"] is not None]
    rows = [scene.one_yuan.read(group) for group in groups]
    assert [row["id"] for row in rows if row["members"]] == [taken]


def filling_against_the_leader_s_refund(scene: Scene) -> None:
    """Y-06, Y-07: whichever comes first, a group is full or invalid, and never both."""
    group, lines = waiting(scene, needs=1)
    refund = refunded(group.orders[LEADER])

    pulled(scene, _alternating([[line] for line in lines[:HALF]], [[refund]] * HALF))

    row = ends_as(scene, group, "full", "invalid")
    assert len(row["members"]) == row["isEnough"]
    assert (row["endTime"] is not None, row["invalidTime"] is not None) == (
        row["isEnough"] == 1,
        row["isEnough"] == 0,
    )
    assert row["cashbackDue"] == NOTHING_DUE


def filling_against_a_member_s_refund(scene: Scene) -> None:
    """Y-05: a seat that is freed and taken at the same moment is taken once."""
    group, (first, *others) = waiting(scene, needs=2)
    scene.one_yuan.pull(first)

    pulled(scene, _alternating([[refunded(first)]] * HALF, [[line] for line in others[:HALF]]))

    row = ends_as(scene, group, "full")
    assert (len(row["members"]), row["seatsLeft"]) == (2, 0)
    due = {seat["orderSn"]: seat["cashbackDue"] for seat in row["members"]}
    assert due.pop(str(first["orderSn"]), NOTHING_DUE) == NOTHING_DUE
    assert set(due.values()) == {row["reappearance"]}


def refunds_of_one_order(scene: Scene) -> None:
    """Y-05: a seat is freed once, and can be taken again."""
    group, (first, second, third, *_) = waiting(scene, needs=2)
    scene.one_yuan.pull(first)

    results = pulled(scene, [[refunded(first)]] * CALLERS)

    assert {result["groupId"] for result in results} == {group.id}
    assert ends_as(scene, group, "open")["seatsLeft"] == 2
    scene.one_yuan.pull(second, third)
    assert order_sns(ends_as(scene, group, "full")) == [second["orderSn"], third["orderSn"]]


def readers_after_the_expiry(scene: Scene) -> None:
    """Y-08, Y-13: expired once, by whichever read."""
    group, _ = waiting(scene, needs=2)
    come_to_expiry(scene, group)

    at_once(readers(scene, group, CALLERS))

    ends_as(scene, group, "expired")


def readers_of_a_group_taken_down(scene: Scene) -> None:
    """Y-08, Y-13: taken down once, by whichever read."""
    group, _ = waiting(scene, needs=2)
    scene.one_yuan.products.take_down(group.product)

    at_once(readers(scene, group, CALLERS))

    assert ends_as(scene, group, "taken_down")["pddTakenDownTime"] == scene.clock.now()


def filling_against_readers_after_the_expiry(scene: Scene) -> None:
    """Y-07, Y-08: whichever comes first, a group is full or expired; every reader sees the one that it is."""
    group, lines = waiting(scene, needs=1)
    come_to_expiry(scene, group)
    pulls: list[Callable[[], Any]] = [partial(scene.one_yuan.pull, line) for line in lines[:HALF]]

    answers = at_once(_alternating(pulls, readers(scene, group, HALF)))

    row = ends_as(scene, group, "full", "expired")
    assert len(row["members"]) == row["isEnough"]
    seen = {(read["status"], read["isEnough"]) for read in answers[1::2] if read is not None}
    assert seen == {(row["status"], row["isEnough"])}


def readers_against_the_leader_s_refund(scene: Scene) -> None:
    """Y-06, Y-08: of a group whose time is over, the end is told once."""
    group, _ = waiting(scene, needs=1)
    come_to_expiry(scene, group)
    refund: Callable[[], Any] = partial(scene.one_yuan.pull, refunded(group.orders[LEADER]))

    at_once(_alternating([refund] * HALF, readers(scene, group, HALF)))

    row = ends_as(scene, group, "expired", "invalid")
    assert (row["invalidTime"] is not None) == (row["status"] == 2)


def batches_in_different_orders(scene: Scene) -> None:
    """Y-12: the same lines in sixteen orders: each is taken in once, and every answer says the same of it."""
    group, lines = waiting(scene, needs=2)
    leader = scene.crowd[0]
    opening = [scene.one_yuan.products.make() for _ in range(3)]
    lines = [*lines[1:5], *(opening_order(scene, leader, product) for product in opening)]

    results = pulled(scene, [_turned(lines, by) for by in range(CALLERS)])

    about = {(result["orderSn"], result["groupId"]) for result in results}
    assert len(about) == len(lines)
    row = ends_as(scene, group, "full")
    assert {(sn, group.id) for sn in order_sns(row)} == {pair for pair in about if pair[1] == group.id}
    made = {product["id"] for product in opening}
    opened = [row["id"] for row in listed(leader) if row["oneYuanProductsId"] in made]
    assert len(opened) == len(opening)
    assert [told(scene, group_id) for group_id in opened] == [TOLD["open"]] * len(opening)


CROWDS: Final[Mapping[str, Callable[[Scene], None]]] = {
    crowd.__name__: crowd
    for crowd in (
        last_seat_of_a_group,
        last_three_seats_of_a_group,
        one_leader_s_order_many_times,
        one_member_s_order_many_times,
        one_member_s_orders_for_many_groups,
        filling_against_the_leader_s_refund,
        filling_against_a_member_s_refund,
        refunds_of_one_order,
        readers_after_the_expiry,
        readers_of_a_group_taken_down,
        filling_against_readers_after_the_expiry,
        readers_against_the_leader_s_refund,
        batches_in_different_orders,
    )
}


def _too_many_for(seats: int, scene: Scene) -> None:
    group, lines = waiting(scene, needs=seats)

    results = pulled(scene, [[line] for line in lines])

    taken = [result["orderSn"] for result in results if result["groupId"] == group.id]
    assert {result["groupId"] for result in results} == {group.id, None}
    row = ends_as(scene, group, "full")
    assert (sorted(order_sns(row)), row["seatsLeft"]) == (sorted(map(str, taken)), 0)
    assert len(taken) == seats
    assert row["endTime"] == scene.clock.now()


def _alternating(some: Sequence[T], others: Sequence[T]) -> list[T]:
    return [one for pair in zip(some, others, strict=True) for one in pair]


def _turned(lines: Sequence[T], by: int) -> list[T]:
    """Begun at another place, and every other time backwards."""
    at = by // 2 % len(lines)
    turned = [*lines[at:], *lines[:at]]
    return turned[::-1] if by % 2 else turned
