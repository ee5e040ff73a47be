"""One-yuan groups on a scene: what waits to be pulled, who reads, and how a group has ended."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from clients.bodies import OneYuanGroup, OneYuanProduct, PulledOrder, PullResult
from harness.one_yuan import LEADER, REFUNDED, STATES, Group
from harness.people import Person
from tests.journeys.scenes import Scene, at_once

ALL: Final = 1000
TOLD: Final[Mapping[str, list[tuple[int, int]]]] = {
    state: [(0, 0)] if pair == (0, 0) else [(0, 0), pair] for pair, state in STATES.items()
}
"""What a group that is in a state has told since it opened (Y-13)."""


def waiting(scene: Scene, *, needs: int) -> tuple[Group, list[PulledOrder]]:
    """An open group, and an order of each of the crowd for a seat in it, none of them pulled yet."""
    group = scene.one_yuan.open(scene.one_yuan.products.make({"needNum": needs}))
    return group, [order_of(scene, person, group) for person in scene.newcomers()]


def order_of(scene: Scene, person: Person, group: Group) -> PulledOrder:
    parameter = scene.one_yuan.place(person, group.product, group.id).require_data()
    return scene.one_yuan.line(person, group.product, parameter)


def opening_order(scene: Scene, person: Person, product: OneYuanProduct) -> PulledOrder:
    return scene.one_yuan.line(person, product, scene.one_yuan.place(person, product).require_data())


def refunded(line: PulledOrder) -> PulledOrder:
    return {**line, "orderStatus": REFUNDED}


def pulled(scene: Scene, batches: Sequence[Sequence[PulledOrder]]) -> list[PullResult]:
    """All batches at once, none refused: what became of each line."""
    calls = [partial(scene.one_yuan.pull, *batch) for batch in batches]
    results = [result for answer in at_once(calls) for result in answer]
    assert {result["code"] for result in results} == {"0"}
    return results


def come_to_expiry(scene: Scene, group: Group) -> None:
    """Whoever reads signs in anew before, so that only the call itself is left to them."""
    scene.clock.set(scene.one_yuan.read(group)["expireTime"])
    for person in [*scene.crowd, scene.people(LEADER)]:
        person.calls.me().require_ok()


def readers(scene: Scene, group: Group, number: int) -> list[Callable[[], OneYuanGroup | None]]:
    """Members who read the group; one among them draws its poster, and its leader lists theirs."""
    leader = scene.people(LEADER)

    def reads(person: Person) -> OneYuanGroup:
        return person.calls.one_yuan_groups.get(group.id).require_data()

    def lists() -> OneYuanGroup:
        return next(row for row in listed(leader) if row["id"] == group.id)

    def draws() -> None:
        assert leader.calls.one_yuan_groups.poster(group.id).ok

    return [lists, draws, *[partial(reads, person) for person in scene.crowd[: number - 2]]]


def listed(person: Person) -> list[OneYuanGroup]:
    """Theirs, all on one page."""
    return person.calls.one_yuan_groups.list(size=ALL).require_data()


def ends_as(scene: Scene, group: Group, *states: str) -> OneYuanGroup:
    """The group as the console has it: in one of these states, and that is what it has told."""
    row = scene.one_yuan.read(group)
    state = STATES[row["status"], row["isEnough"]]
    assert state in states
    assert told(scene, group.id) == TOLD[state]
    return row


def told(scene: Scene, group_id: str) -> list[tuple[int, int]]:
    bodies = [body for body in scene.told() if body["groupId"] == group_id]
    return [(body["status"], body["isEnough"]) for body in bodies]


def order_sns(row: OneYuanGroup) -> list[str]:
    return [seat["orderSn"] for seat in row["members"]]
