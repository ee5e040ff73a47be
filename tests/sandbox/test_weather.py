"""A gateway before the sandbox: refused and late calls are told by a seed."""

import json
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from werkzeug.test import create_environ

from sandbox import BadWeatherError, Weather, create_app, running, serving
from sandbox.weather import Gateway
from tests.sandbox.actors import Actor
from tests.sandbox.crowds import PATIENCE

CALLS = 400


def fates(weather: Weather, calls: int = CALLS) -> list[tuple[str, float]]:
    """The status of each call, and for how long it was held up."""
    held: list[float] = []
    gateway = Gateway(served, weather, sleep=held.append)
    seen = []
    for _ in range(calls):
        held.clear()
        seen.append((status_of(gateway), sum(held)))
    return seen


def served(_environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"{}"]


def status_of(gateway: Gateway, path: str = "/dab/event/list") -> str:
    seen: list[str] = []
    gateway(create_environ(path), lambda status, *_: seen.append(status))  # type: ignore[arg-type] # a stand-in
    return seen[0][:3]


def test_fair_weather_leaves_every_call_alone() -> None:
    assert set(fates(Weather())) == {("200", 0)}


def test_share_of_calls_is_refused() -> None:
    statuses = Counter(status for status, _ in fates(Weather(unsteady=0.25)))
    assert set(statuses) == {"200", "503"}
    assert statuses["503"] == pytest.approx(CALLS / 4, rel=0.3)


def test_share_of_calls_is_held_up_and_served() -> None:
    held = Counter(fates(Weather(slow=0.25, slow_ms=1500)))
    assert set(held) == {("200", 0), ("200", 1.5)}
    assert held["200", 1.5] == pytest.approx(CALLS / 4, rel=0.3)


def test_seed_tells_which_calls() -> None:
    weather = Weather(unsteady=0.5, slow=0.5, seed=7)
    assert fates(weather) == fates(weather)
    assert fates(weather) != fates(Weather(unsteady=0.5, slow=0.5, seed=8))


def test_shares_do_not_move_one_another() -> None:
    both = fates(Weather(unsteady=0.3, slow=0.3))
    assert [status for status, _ in both] == [status for status, _ in fates(Weather(unsteady=0.3))]
    assert [held for _, held in both] == [held for _, held in fates(Weather(slow=0.3))]
    assert len(set(both)) == 4


@pytest.mark.parametrize(("unsteady", "status"), [(0, "200"), (1, "503")])
def test_whole_shares_meet_none_or_all(unsteady: int, status: str) -> None:
    assert {seen for seen, _ in fates(Weather(unsteady=unsteady))} == {status}


def test_threads_share_one_row_of_fates() -> None:
    alone = Counter(status for status, _ in fates(Weather(unsteady=0.5)))
    gateway = Gateway(served, Weather(unsteady=0.5))
    with ThreadPoolExecutor(16) as pool:
        crowd = Counter(pool.map(lambda _: status_of(gateway), range(CALLS), timeout=PATIENCE))
    assert crowd == alone


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"unsteady": 1.01}, "unsteady: 1.01"),
        ({"unsteady": -0.01}, "unsteady: -0.01"),
        ({"slow": float("nan")}, "slow: nan"),
        ({"slow": float("inf")}, "slow: inf"),
        ({"slow_ms": -1}, "slow-ms: -1"),
        ({"slow_ms": 600_001}, "slow-ms: 600001"),
    ],
)
def test_what_is_no_weather_is_refused(options: dict[str, Any], named: str) -> None:
    with pytest.raises(BadWeatherError, match=named):
        Weather(**options)


def test_refused_call_has_no_effect_and_is_answered_by_a_page() -> None:
    app = create_app(weather=Weather(unsteady=1))
    answer = Actor(app, "/clt").client.get(
        "/clt/wechat/login?code=nobody", headers={"X-Wx-Appid": "wx-sandbox-main"}
    )
    world = app.extensions["sandbox"]
    with world.database.engine.connect() as connection:
        made = "SELECT id FROM member_third_info WHERE open_id = 'nobody'"
        assert connection.exec_driver_sql(made).all() == []
    app.close()
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "<h1>503 Service Temporarily Unavailable</h1>" in answer.text


def test_control_stands_behind_no_gateway() -> None:
    app = create_app(weather=Weather(unsteady=1))
    assert Actor(app, "/_sandbox").get("/clock").status == 200
    app.close()


@contextmanager
def stormy() -> Iterator[str]:
    with running(weather=Weather(unsteady=1)) as app, serving(app) as url:
        yield url


@pytest.mark.parametrize("size", [10, 1024 * 1024, 3 * 1024 * 1024])
def test_sender_of_a_long_body_reads_the_refusal(size: int) -> None:
    with stormy() as url:
        request = Request(f"{url}/dab/event", json.dumps("x" * size).encode(), method="POST")  # noqa: S310 - our own server
        with pytest.raises(HTTPError, match="503") as refused:
            urlopen(request, timeout=PATIENCE)  # noqa: S310 - our own server
    refused.value.close()


def test_crowd_beyond_the_threads_is_served(url_of_the_run: str) -> None:
    """All connect before the first says anything; none is dropped."""
    host, port = url_of_the_run.removeprefix("http://").split(":")
    crowd = [socket.create_connection((host, int(port)), timeout=PATIENCE) for _ in range(200)]
    for one in crowd:
        one.sendall(b"GET /dab/event/list HTTP/1.1\r\nHost: sandbox\r\n\r\n")
    answers = Counter(one.makefile("rb").readline() for one in crowd)
    for one in crowd:
        one.close()
    assert answers == {b"HTTP/1.1 401 UNAUTHORIZED\r\n": 200}


@pytest.fixture
def url_of_the_run(app: Any) -> Iterator[str]:
    with serving(app) as url:
        yield url
