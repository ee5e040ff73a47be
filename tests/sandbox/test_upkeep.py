"""A sandbox left to itself: real time, what falls due by it, and nobody who moves it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from sandbox import Sandbox, create_app, running, upkeep
from sandbox.clock import Clock, RunningClock
from sandbox.db import Transaction
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.bodies import DAY, HOUR, SECOND, START, event_body, make_event
from tests.sandbox.crowds import CALLERS, PATIENCE
from tests.sandbox.databases import scratch_database
from tests.sandbox.orders import MINUTE, PRICED, book, states

LATER = 200 * DAY + 12_345
Pass = Callable[[int], None]


@pytest.fixture
def let_pass(monkeypatch: pytest.MonkeyPatch) -> Pass:
    """The hands of the machine's clock."""
    times = [START + LATER]
    monkeypatch.setattr("sandbox.clock.real_now", lambda: times[0])

    def move(ms: int) -> None:
        times[0] += ms

    return move


@pytest.fixture(params=["sqlite", "mariadb"])
def alone(request: pytest.FixtureRequest, let_pass: Pass) -> Iterator[Sandbox]:
    let_pass(0)
    with scratch_database(request.param) as database:
        app = create_app(database, control=False)
        yield app
        app.close()


@pytest.fixture
def expiries(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The moment of each run of what is due."""
    runs: list[int] = []
    monkeypatch.setattr(upkeep, "run_expiries", lambda tx: runs.append(tx.now))
    return runs


def shifted(app: Sandbox) -> str:
    """An event that is open at the sandbox's own time, with one session in a day."""
    now = START + LATER
    session = {"startTime": now + DAY, "endTime": now + DAY + HOUR, "placeType": "ADDRESS", "address": "甲"}
    times = {"beginTime": now - HOUR, "endTime": now + 2 * DAY}
    return make_event(tenant(app, "admin"), **PRICED, **times, eventSessionList=[session])


def test_clock_runs_and_never_goes_back(let_pass: Pass) -> None:
    clock = RunningClock()
    seen = [clock.now]
    for ms in (1500, -9000, 9500):
        let_pass(ms)
        seen.append(clock.now)
    assert [now - START - LATER for now in seen] == [0, 1500, 1500, 2000]


@pytest.mark.usefixtures("let_pass")
def test_nobody_sets_a_running_clock() -> None:
    clock = RunningClock()
    clock.set(START)
    clock.reset()
    assert clock.now == START + LATER


def test_transaction_sees_one_moment_of_a_running_clock(alone: Sandbox, let_pass: Pass) -> None:
    world = alone.extensions["sandbox"]
    with world.begin() as tx:
        let_pass(SECOND)
        assert tx.now == START + LATER
        assert world.clock.now == START + LATER + SECOND


def test_transaction_sees_a_clock_that_is_moved_by_hand() -> None:
    clock = Clock(START)
    assert clock.held() is clock


def test_seed_is_as_old_as_it_is_at_the_clocks_start(alone: Sandbox, app: Sandbox) -> None:
    listed, frozen = [tenant(one, "admin").get("/event/list", size=1000).data for one in (alone, app)]
    later = LATER // SECOND * SECOND
    assert [event["status"] for event in listed] == [event["status"] for event in frozen]
    assert [event["beginTime"] for event in listed] == [event["beginTime"] + later for event in frozen]
    assert [event["id"] for event in listed] == [event["id"] for event in frozen]


@pytest.mark.parametrize("ago", [0, 10 * 365 * DAY])
def test_new_ids_are_newer_than_the_seeds(let_pass: Pass, ago: int) -> None:
    let_pass(-ago)
    app = create_app(control=False)
    admin = tenant(app, "admin")
    seeded = [int(event["id"]) for event in admin.get("/event/list", size=1000).data]
    now = START + LATER - ago
    made = admin.post(
        "/event", event_body(beginTime=now, endTime=now + DAY, eventSessionList=[session_at(now)])
    )
    app.close()
    assert int(made.data) > max(seeded)


def session_at(now: int) -> dict[str, object]:
    return {"startTime": now, "endTime": now + HOUR, "placeType": "ADDRESS", "address": "乙"}


def test_next_call_finds_done_what_fell_due(alone: Sandbox, let_pass: Pass) -> None:
    plain = member(alone, "plain")
    order_id = book(tenant(alone, "admin"), plain, shifted(alone))
    seen = []
    for ms in (15 * MINUTE - 1000 - LATER % SECOND, 1000):
        let_pass(ms)
        seen.append(states(plain, order_id))
    assert seen == [("UNPAID", "UNPAID"), ("TIME_OUT", "UNPAID")]


def test_what_is_due_is_run_once_in_a_second(let_pass: Pass, expiries: list[int]) -> None:
    app = create_app(control=False)
    stranger = Actor(app, "/dab")
    for ms in (0, 100, 500, 400, 0, 1000):  # 12,345 ms after the start: 12 s, 12 s, 12 s, 13 s, 13 s, 14 s
        let_pass(ms)
        stranger.get("/event_category")
    app.close()
    assert [(now - START) % DAY // SECOND for now in expiries] == [12, 13, 14]


@pytest.mark.usefixtures("let_pass")
def test_crowd_waits_until_what_is_due_is_done(app: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end, log = Event(), Event(), []

    def slow(_tx: Transaction) -> None:
        begun.set()
        may_end.wait(PATIENCE)
        log.append("done")

    monkeypatch.setattr(upkeep, "run_expiries", slow)
    keeper = upkeep.Upkeep(app.extensions["sandbox"])

    def call(_: int) -> None:
        keeper.catch_up()
        log.append("served")

    with ThreadPoolExecutor(CALLERS) as pool:
        served = [pool.submit(call, number) for number in range(CALLERS)]
        assert begun.wait(PATIENCE)
        may_end.set()
        for one in served:
            one.result(PATIENCE)
    assert log == ["done", *["served"] * CALLERS]


def test_what_cannot_be_run_is_told_and_tried_again(
    let_pass: Pass, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_tx: Transaction) -> None:
        raise ZeroDivisionError

    app = create_app(control=False)
    monkeypatch.setattr(upkeep, "run_expiries", fail)
    statuses = []
    for _ in range(2):
        statuses.append(Actor(app, "/dab").get("/event_category").status)
        let_pass(SECOND)
    app.close()
    assert statuses == [401, 401]
    assert [record.message for record in caplog.records] == ["what is due could not be run"] * 2


def test_what_is_due_is_run_while_nobody_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Event()
    monkeypatch.setattr(upkeep, "PERIOD", 0.01)
    monkeypatch.setattr(upkeep, "run_expiries", lambda _tx: run.set())
    with running(control=False):
        assert run.wait(PATIENCE)


@pytest.mark.parametrize(("method", "path"), [("GET", "/clock"), ("POST", "/reset"), ("GET", "/nonsense")])
def test_without_control_there_is_no_such_route(alone: Sandbox, method: str, path: str) -> None:
    answer = Actor(alone, "/_sandbox").call(method, path)
    unknown = Actor(alone, "/dab").call(method, "/nonsense")
    assert (answer.status, answer.envelope) == (404, unknown.envelope)


def test_control_stops_the_clock_and_the_upkeep(app: Sandbox) -> None:
    assert app.upkeep is None
    assert type(app.extensions["sandbox"].clock) is Clock
