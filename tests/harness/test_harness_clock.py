"""The run's clock: whole seconds of this machine, or the sandbox's, which is asked once and then kept."""

import time
from collections.abc import Iterator

import pytest
import responses

from clients import SandboxClient, Transport
from harness.clock import DAY, HOUR, SECOND, SandboxClock, SystemClock

CLOCK = "http://sandbox.test/_sandbox/clock"
START = 1_780_000_000_000
ROW = {"beginTime": START + HOUR, "endTime": START + DAY}


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(CLOCK, json={"code": "0", "message": "", "data": {"now": START}})
        yield mock


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(SandboxClient(Transport("http://sandbox.test/_sandbox")))


def expect_set(platform: responses.RequestsMock, now: int) -> None:
    answer = {"code": "0", "message": "", "data": {"now": now}}
    platform.put(CLOCK, json=answer, match=[responses.matchers.json_params_matcher({"now": now})])


def test_system_clock_is_this_machine_s_in_whole_seconds() -> None:
    before = int(time.time())

    now = SystemClock().now()

    assert now % SECOND == 0
    assert before <= now // SECOND <= time.time()


def test_sandbox_clock_is_asked_once(clock: SandboxClock, platform: responses.RequestsMock) -> None:
    assert [clock.now(), clock.now()] == [START, START]
    assert len(platform.calls) == 1


def test_sandbox_clock_advances_from_its_reading(
    clock: SandboxClock, platform: responses.RequestsMock
) -> None:
    expect_set(platform, START + HOUR)

    clock.advance(HOUR)

    assert clock.now() == START + HOUR


def test_sandbox_clock_keeps_what_the_platform_made_of_it(
    clock: SandboxClock, platform: responses.RequestsMock
) -> None:
    platform.put(CLOCK, json={"code": "0", "message": "", "data": {"now": START + 2 * SECOND}})

    clock.set(START + 2 * SECOND + 999)

    assert clock.now() == START + 2 * SECOND


@pytest.mark.parametrize(
    ("at", "plus_seconds", "expected"),
    [
        ("beginTime", 0, START + HOUR),
        ("beginTime", -1, START + HOUR - SECOND),
        ("endTime", 1, START + DAY + SECOND),
    ],
)
def test_sandbox_clock_goes_to_a_time_of_the_row(
    clock: SandboxClock, platform: responses.RequestsMock, at: str, plus_seconds: int, expected: int
) -> None:
    expect_set(platform, expected)

    clock.go({"at": at, "plus_seconds": plus_seconds}, ROW)

    assert clock.now() == expected


def test_sandbox_clock_stays_where_a_case_says_nothing(
    clock: SandboxClock, platform: responses.RequestsMock
) -> None:
    clock.go(None, ROW)

    assert len(platform.calls) == 0
