"""The ceiling over the calls of a run, and the breaker that stops it: over threads and processes together."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from multiprocessing.queues import Queue
from pathlib import Path

import pytest
import requests
import responses

from clients import (
    Breaker,
    ExchangeFailure,
    HttpError,
    Limits,
    Redactor,
    RunStopped,
    SharedPace,
    Stop,
    Traffic,
    Transport,
    Unreachable,
)
from clients.shared_state import SharedState

ROOT = "http://platform.test"
SECRET = "pa55-canary-w0rd"
processes = multiprocessing.get_context("spawn")  # nothing inherited, as workers are on every machine


class Time:
    """A clock that only sleeping moves on."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def mock() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def paced(folder: Path, per_second: float, clock: Time) -> SharedPace:
    return SharedPace(folder, per_second, now=clock, sleep=clock.sleep)


def most_in_a_second(departures: list[float]) -> int:
    """Of any second that begins with a departure; the last microsecond is left to rounding."""
    return max(sum(start <= one < start + 1 - 1e-6 for one in departures) for start in departures)


def departures(pace: SharedPace, clock: Callable[[], float], times: int) -> list[float]:
    found = []
    for _ in range(times):
        pace.wait()
        found.append(clock())
    return found


@pytest.mark.parametrize(("per_second", "most"), [(1, 1), (3, 3), (20, 20), (0.25, 1)])
def test_no_second_has_more_calls_than_the_ceiling(
    per_second: float, most: int, tmp_path: Path, clock: Time
) -> None:
    left = departures(paced(tmp_path, per_second, clock), clock, 50)

    assert most_in_a_second(left) == most
    assert left[-1] - left[0] == pytest.approx(49 / per_second)


def test_first_call_waits_for_nothing(tmp_path: Path, clock: Time) -> None:
    paced(tmp_path, 1, clock).wait()

    assert clock.slept == []


def test_time_in_which_nobody_called_is_not_made_up_for(tmp_path: Path, clock: Time) -> None:
    pace = paced(tmp_path, 2, clock)
    pace.wait()
    clock.now += 60

    left = departures(pace, clock, 3)

    assert [round(moment - left[0], 6) for moment in left] == [0, 0.5, 1.0]


def test_ceiling_is_one_for_all_who_share_the_folder(tmp_path: Path, clock: Time) -> None:
    paces = [paced(tmp_path, 4, clock) for _ in range(5)]

    left = [moment for _ in range(4) for pace in paces for moment in departures(pace, clock, 1)]

    assert most_in_a_second(left) == 4


def test_folders_have_nothing_to_do_with_each_other(tmp_path: Path, clock: Time) -> None:
    (tmp_path / "other").mkdir()
    paced(tmp_path, 1, clock).wait()

    paced(tmp_path / "other", 1, clock).wait()

    assert clock.slept == []


def test_who_comes_late_to_its_place_moves_the_next_on(tmp_path: Path, clock: Time) -> None:
    def oversleeping(seconds: float) -> None:
        clock.sleep(seconds + 0.9)

    late = SharedPace(tmp_path, 1, now=clock, sleep=oversleeping)
    left = departures(paced(tmp_path, 1, clock), clock, 1) + departures(late, clock, 1)

    left += departures(paced(tmp_path, 1, clock), clock, 2)

    assert [round(moment - left[0], 6) for moment in left] == [0, 1.9, 2.9, 3.9]


def test_place_of_a_killed_process_is_lost_and_nobody_waits_for_it(tmp_path: Path, clock: Time) -> None:
    def killed(_: float) -> None:
        raise KeyboardInterrupt

    paced(tmp_path, 1, clock).wait()
    with pytest.raises(KeyboardInterrupt):
        SharedPace(tmp_path, 1, now=clock, sleep=killed).wait()

    left = departures(paced(tmp_path, 1, clock), clock, 2)

    assert [moment - 1000 for moment in left] == [2, 3]


def test_threads_share_the_ceiling_by_real_time(tmp_path: Path) -> None:
    pace = SharedPace(tmp_path, 100)

    with ThreadPoolExecutor(8) as pool:
        left = list(pool.map(lambda _: departures(pace, time.monotonic, 1)[0], range(40)))

    assert SharedState(tmp_path / "queue").values()["next"] >= min(left) + 39 * 0.01


def _call_again_and_again(folder: Path, times: int, told: "Queue[list[float]]") -> None:
    seen: list[float] = []
    pace = SharedPace(folder, 200)
    for _ in range(times):
        pace.wait()
        seen.append(SharedState(folder / "departures").values()["last"])
    told.put(seen)


def _hold_for_ever(folder: Path, told: "Queue[str]") -> None:
    with SharedState(folder / "queue").changed() as queue:
        queue["next"] = 1e12
        told.put("held")
        time.sleep(600)


def test_processes_share_the_ceiling(tmp_path: Path) -> None:
    told: Queue[list[float]] = processes.Queue()
    workers = [processes.Process(target=_call_again_and_again, args=(tmp_path, 20, told)) for _ in range(3)]
    for worker in workers:
        worker.start()
    seen = sorted({moment for _ in workers for moment in told.get(timeout=60)})
    for worker in workers:
        worker.join()

    assert all(later - earlier >= 1 / 200 - 1e-9 for earlier, later in pairwise(seen))
    assert SharedState(tmp_path / "queue").values()["next"] >= seen[0] + 59 / 200


def test_process_killed_while_it_changes_something_changes_nothing(tmp_path: Path, clock: Time) -> None:
    told: Queue[str] = processes.Queue()
    holder = processes.Process(target=_hold_for_ever, args=(tmp_path, told))
    holder.start()
    told.get(timeout=60)
    os.kill(holder.pid or 0, getattr(signal, "SIGKILL", signal.SIGTERM))
    holder.join()

    paced(tmp_path, 1, clock).wait()

    assert clock.slept == []


def test_values_shorter_than_those_before_leave_nothing_of_them(tmp_path: Path) -> None:
    state = SharedState(tmp_path / "state")
    with state.changed() as values:
        values["reason"] = "理由" * 100
    with state.changed() as values:
        values["reason"] = "x"

    assert state.values() == {"reason": "x"}


def test_change_that_fails_is_none(tmp_path: Path) -> None:
    state = SharedState(tmp_path / "state")
    with pytest.raises(ZeroDivisionError), state.changed() as values:
        values["one"] = values.setdefault("two", 2) / 0

    assert state.values() == {}


def test_every_attempt_waits_for_its_place(tmp_path: Path, clock: Time, mock: responses.RequestsMock) -> None:
    mock.add("GET", f"{ROOT}/event", status=503)
    traffic = Traffic(pace=paced(tmp_path, 1, clock))

    with pytest.raises(HttpError):
        Transport(ROOT, limits=Limits(retries=3), traffic=traffic).call("x.y", "GET", "event")

    assert len(mock.calls) == 4
    assert clock.slept == [1, 1, 1]


def test_signing_in_waits_for_its_place_too(
    tmp_path: Path, clock: Time, mock: responses.RequestsMock
) -> None:
    mock.add("GET", f"{ROOT}/event", json={"code": "0", "message": "ok", "data": None})
    transport = Transport(ROOT, traffic=Traffic(pace=paced(tmp_path, 1, clock)))

    for one in (transport, transport.signed_in(transport.sign_in)):
        one.call("x.y", "GET", "event")

    assert clock.slept == [1]


def stopping(folder: Path, stop_after: int = 3) -> Transport:
    traffic = Traffic(breaker=Breaker(folder, stop_after))
    return Transport(ROOT, limits=Limits(retries=0), traffic=traffic, redactor=Redactor([SECRET]))


def answers(mock: responses.RequestsMock, *outcomes: int | Exception) -> None:
    """The outcomes of calls, one after the other; the last one stays."""
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            mock.add("GET", f"{ROOT}/event", body=outcome)
        else:
            mock.add("GET", f"{ROOT}/event", status=outcome, json={"code": "0", "message": "", "data": None})


def called(transport: Transport, times: int = 1) -> list[str]:
    """What became of calls one after the other: ok, or the class of the failure."""
    found = []
    for _ in range(times):
        try:
            transport.call("x.y", "GET", "event")
            found.append("ok")
        except ExchangeFailure as failure:
            found.append(type(failure).__name__)
    return found


BROKEN = [
    requests.ConnectionError("refused"),
    requests.ConnectTimeout("late"),
    requests.exceptions.ProxyError("gone"),
    requests.exceptions.SSLError("expired"),
    requests.exceptions.ChunkedEncodingError("cut"),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda error: type(error).__name__)
def test_calls_stop_after_so_many_failed_connections(
    broken: Exception, tmp_path: Path, mock: responses.RequestsMock
) -> None:
    answers(mock, broken)

    assert called(stopping(tmp_path), 6) == ["Unreachable"] * 3 + ["RunStopped"] * 3
    assert len(mock.calls) == 3


@pytest.mark.parametrize("stood", [200, 404, 429, 500, 503])
def test_any_answer_begins_the_count_anew(stood: int, tmp_path: Path, mock: responses.RequestsMock) -> None:
    gone = requests.ConnectionError("gone")
    answers(mock, gone, gone, stood, gone, gone, stood, gone)

    called(stopping(tmp_path), 8)

    assert Breaker(tmp_path, 3).stop() is None


def test_answer_that_does_not_come_in_time_says_nothing_of_connections(
    tmp_path: Path, mock: responses.RequestsMock
) -> None:
    gone, late = requests.ConnectionError("gone"), requests.ReadTimeout("late")
    answers(mock, gone, gone, late, late, late, gone)

    outcomes = called(stopping(tmp_path), 7)

    assert outcomes == [*["Unreachable"] * 2, *["TimedOut"] * 3, "Unreachable", "RunStopped"]


def test_run_that_stopped_stays_so(tmp_path: Path) -> None:
    breaker = Breaker(tmp_path, 2)
    for reason in ("one", "two", "three"):
        breaker.failed(reason)
    breaker.stood()

    assert breaker.stop() == Stop(2, "two")


def test_count_is_one_for_all_who_share_the_folder(tmp_path: Path) -> None:
    breakers = [Breaker(tmp_path, 3) for _ in range(3)]
    for breaker in breakers:
        breaker.failed("gone")

    assert all(breaker.stop() == Stop(3, "gone") for breaker in breakers)


def test_call_of_a_stopped_run_says_why_it_was_not_sent(tmp_path: Path, mock: responses.RequestsMock) -> None:
    answers(mock, requests.ConnectionError(f"refused by {SECRET}"))
    transport = stopping(tmp_path, 1)
    called(transport)

    with pytest.raises(RunStopped) as stopped:
        transport.call("x.y", "GET", "event")

    assert str(stopped.value).splitlines() == [
        f"平台已断开，运行停止，调用未发出：GET {ROOT}/event",
        "  reason: 1 connections in a row have failed, the last one: ConnectionError: refused by ***",
    ]
    assert isinstance(stopped.value, Unreachable)
    assert SECRET not in (tmp_path / "breaker").read_text()


def test_stop_ends_the_attempts_of_the_call_that_caused_it(
    tmp_path: Path, mock: responses.RequestsMock
) -> None:
    answers(mock, requests.ConnectionError("gone"))
    traffic = Traffic(breaker=Breaker(tmp_path, 2))

    with pytest.raises(Unreachable) as failed:
        Transport(ROOT, limits=Limits(retries=5), traffic=traffic).call("x.y", "GET", "event")

    assert type(failed.value) is Unreachable
    assert failed.value.tried == "#1 ConnectionError, #2 ConnectionError"


def test_without_limits_nothing_is_shared_and_nothing_stops(mock: responses.RequestsMock) -> None:
    answers(mock, requests.ConnectionError("gone"))

    assert called(Transport(ROOT, limits=Limits(retries=0)), 30) == ["Unreachable"] * 30
    assert Traffic().pace is None
    assert Traffic().breaker is None
