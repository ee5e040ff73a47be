"""A sandbox of a journey's own, on a real socket or in the process, and everything that acts on it."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from typing import Any, Final, TypeVar

from faker import Faker

from harness.clock import Clock, SandboxClock, SystemClock
from harness.kinds.event import EventWorkshop
from harness.kinds.event_orders import EventBookings
from harness.kinds.group_buy import GroupBuyWorkshop
from harness.kinds.group_buy_orders import GroupBuyBookings
from harness.kinds.one_yuan import OneYuanWorkshop
from harness.known_ids import KnownIds
from harness.material import Material
from harness.messages import TOPIC
from harness.one_yuan import OneYuanGroups
from harness.people import Cashier, People, Person
from harness.platform import Platform, Unavailable
from harness.randomness import Randomness

T = TypeVar("T")
CALLERS: Final = 16
SECONDS: Final = 60


@dataclass(frozen=True)
class Scene:
    """`crowd` are members who have signed in already, so that only the call itself is left to them."""

    platform: Platform
    time: Clock
    events: EventBookings
    group_buys: GroupBuyBookings
    one_yuan: OneYuanGroups
    people: People
    cashier: Cashier
    crowd: Sequence[Person]

    @property
    def clock(self) -> SandboxClock:
        """The clock that can be moved; raises `Unavailable` where there is none."""
        return _movable(self.platform, self.time)

    def newcomers(self) -> Sequence[Person]:
        """The crowd, as members who have never ordered for one yuan, nor taken the packet."""
        for person in self.crowd:
            self.platform.sandbox.change_member(person.id, isNew=True, redPacketTaken=False).require_ok()
        return self.crowd

    def told(self) -> list[Mapping[str, Any]]:
        """Everything that was told of one-yuan groups, in that order."""
        return [message["body"] for message in self.platform.sandbox.messages(TOPIC).require_data()]


def scene_on(platform: Platform, randomness: Randomness, callers: int = 0) -> Scene:
    clock: Clock = SandboxClock(platform.sandbox) if platform.profile.sandbox else SystemClock()
    fake = randomness.seeded(Faker("zh_CN"))
    material = Material(platform.tenant(), clock, KnownIds(platform), fake, randomness)
    people = People(platform, randomness.mark)
    return Scene(
        platform=platform,
        time=clock,
        events=EventBookings(EventWorkshop(material)),
        group_buys=GroupBuyBookings(GroupBuyWorkshop(material)),
        one_yuan=OneYuanGroups(OneYuanWorkshop(material), people, partial(_movable, platform, clock)),
        people=people,
        cashier=Cashier(platform, randomness),
        crowd=[people(f"caller{number}") for number in range(callers)],
    )


def _movable(platform: Platform, clock: Clock) -> SandboxClock:
    if not isinstance(clock, SandboxClock):
        raise Unavailable(f"环境 {platform.profile.title} 不允许拨动时钟")
    return clock


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """What each call answers, all made in threads of their own that are released at the same moment."""
    barrier = Barrier(len(calls))

    def released(call: Callable[[], T]) -> T:
        barrier.wait(SECONDS)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(released, call) for call in calls]
        return [future.result(SECONDS) for future in futures]
