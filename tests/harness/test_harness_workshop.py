"""What is random: told by the seed and the test's identity alone; bodies valid and whole."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import responses
from faker import Faker

from clients import AdminClient, PlatformFailure, Transport
from clients.bodies import EventBody, EventSession
from harness.builders import event_body, event_session
from harness.clock import SystemClock
from harness.known_ids import KnownIds
from harness.workshop import EventWorkshop, Randomness

NOW = 1_780_000_000_000
DAB = "http://platform.test/dab"
MANY = 10_000


def body(seed: int = 7, identity: str = "some-case") -> EventBody:
    randomness = Randomness(seed, identity)
    fake = randomness.seeded(Faker("zh_CN"))
    return event_body(fake, randomness.mark, NOW, resource_id="hd_1", first="1", second="2")


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture
def workshop() -> EventWorkshop:
    randomness = Randomness(7, "some-case")
    known_ids: Any = {"category_first": "1", "category_second": "2"}.__getitem__
    clock = SystemClock()
    ids: KnownIds = known_ids
    fake = randomness.seeded(Faker("zh_CN"))
    return EventWorkshop(AdminClient(Transport(DAB)), clock, ids, fake, randomness)


def test_same_seed_and_identity_make_the_same() -> None:
    assert body() == body()


@pytest.mark.parametrize(("seed", "identity"), [(8, "some-case"), (7, "some-other-case")])
def test_another_seed_or_identity_makes_others(seed: int, identity: str) -> None:
    first, second = body(), body(seed, identity)

    assert first["name"] != second["name"]
    assert first["coverImage"] != second["coverImage"]
    assert Randomness(7, "some-case").serial != Randomness(seed, identity).serial


def test_seed_and_identity_do_not_run_together() -> None:
    assert Randomness(1, "1:x").mark != Randomness(11, ":x").mark
    assert Randomness(1, "2").mark != Randomness(12, "").mark


def test_marks_never_collide() -> None:
    marks = {Randomness(7, f"case-{number}").mark for number in range(MANY)}

    assert len(marks) == MANY
    assert all(re.fullmatch("q[0-9a-f]{10}", mark) for mark in marks)
    assert not any(one in marks for one in ("q" * 11, ""))


def test_serials_never_collide_and_are_digits() -> None:
    serials = {Randomness(7, f"case-{number}").serial for number in range(MANY)}

    assert len(serials) == MANY
    assert all(re.fullmatch("[1-9][0-9]{19}", serial) for serial in serials)


def test_body_fills_every_field_of_the_contract() -> None:
    made = body()

    assert made.keys() == EventBody.__annotations__.keys()
    assert [key for key, value in made.items() if value is None or value == ""] == []
    assert made["eventSessionList"][0].keys() <= EventSession.__annotations__.keys()


@pytest.mark.parametrize("seed", range(50))
def test_body_is_within_the_contract_s_limits(seed: int) -> None:
    made: Any = body(seed)

    (session,) = made["eventSessionList"]
    limits = {
        "name": 100,
        "brief": 100,
        "banner": 200,
        "coverImage": 200,
        "guideImage": 200,
        "couponBatch": 1000,
    }
    assert {key: made[key] for key, limit in limits.items() if len(str(made[key])) > limit} == {}
    assert made["beginTime"] < session["startTime"] < session["endTime"] < made["endTime"]
    assert Randomness(seed, "some-case").mark in made["name"]


def test_sessions_of_one_body_differ() -> None:
    fake = Randomness(7, "some-case").seeded(Faker("zh_CN"))

    assert event_session(fake, NOW) != event_session(fake, NOW)


def test_writable_leaves_out_what_the_platform_computes() -> None:
    computed = {"status": "OPEN", "createdTime": 1, "updatedTime": 1, "recommend": True}
    session = {**body()["eventSessionList"][0], "id": "5", "seatsLeft": 3, "applicableStoreCount": 0}
    event: Any = {**body(), **computed, "eventSessionList": [session]}

    writable = EventWorkshop.writable(event)

    assert writable.keys().isdisjoint({"status", "createdTime", "updatedTime"})
    assert writable["eventSessionList"][0].keys().isdisjoint({"seatsLeft", "applicableStoreCount"})
    assert writable["eventSessionList"][0]["id"] == "5"


@pytest.mark.parametrize("ids", [["1"], ["1", "2", "3"]])
def test_copy_that_is_not_alone_is_the_platform_s_fault(
    workshop: EventWorkshop, platform: responses.RequestsMock, ids: list[str]
) -> None:
    rows = {
        "code": "0",
        "message": "",
        "data": [{"id": one} for one in ids],
        "total": len(ids),
        "page": 1,
        "size": 100,
    }
    platform.get(f"{DAB}/event/list", json=rows)
    original: Any = {"id": "1"}

    with pytest.raises(PlatformFailure, match=f"应恰有一个副本，实有 {len(ids) - 1} 个"):
        workshop.copy_of(original)
