"""The sandbox on a real socket, and as a command."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from sandbox import Sandbox, serving
from tests.sandbox.actors import Actor
from tests.sandbox.bodies import START, event_body, session_body, store_ids

CALLERS = 16
PATIENCE = 20  # seconds; only a failure waits so long


def call(method: str, url: str, body: Any = None, **headers: str) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, headers, method=method)  # noqa: S310 - our own server
    with urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 - our own server
        answer: dict[str, Any] = json.load(response)
        return answer


@pytest.fixture
def url(app: Sandbox) -> Iterator[str]:
    with serving(app) as url:
        yield url


def test_concurrent_creators_each_make_their_event(url: str, admin: Actor) -> None:
    def create(number: int) -> str:
        body = event_body(name=f"同时 {number}", resourceId=f"hd_{number}")
        return str(call("POST", f"{url}/dab/event", body, **admin.headers)["data"])

    with ThreadPoolExecutor(CALLERS) as pool:
        made = list(pool.map(create, range(CALLERS), timeout=PATIENCE))
    listed = admin.get("/event/list", searchWord="同时", size=1000).data
    assert sorted(made) == sorted(event["id"] for event in listed)
    assert len(set(made)) == CALLERS


def test_concurrent_creators_of_one_resource_id_make_one_event(url: str, admin: Actor) -> None:
    def create(_: int) -> str:
        return str(call("POST", f"{url}/dab/event", event_body(), **admin.headers)["code"])

    with ThreadPoolExecutor(CALLERS) as pool:
        codes = list(pool.map(create, range(CALLERS), timeout=PATIENCE))
    assert sorted(codes) == ["0"] + ["40001"] * (CALLERS - 1)


def test_concurrent_first_sign_ins_make_one_member(url: str) -> None:
    def sign_in(_: int) -> str:
        app_id = {"X-Wx-Appid": "wx-sandbox-main"}
        token = call("GET", f"{url}/clt/wechat/login?code=same", **app_id)["data"]["accessToken"]
        me = call("GET", f"{url}/clt/members", accessToken=token, **app_id)
        return str(me["data"]["id"])

    with ThreadPoolExecutor(CALLERS) as pool:
        assert len(set(pool.map(sign_in, range(CALLERS), timeout=PATIENCE))) == 1


def test_qrcode_url_is_under_the_servers_own_host(url: str, admin: Actor) -> None:
    session = session_body(placeType="STORE", applicableStoreIds=store_ids(admin)[0])
    body = event_body(checkinQrcodeToggle=True, eventSessionList=[session])
    event_id = call("POST", f"{url}/dab/event", body, **admin.headers)["data"]
    listed = call("POST", f"{url}/dab/event_checkin_qrcode/list", {"eventId": event_id}, **admin.headers)
    picture = listed["data"][0]["qrcodeUrl"]
    assert picture.startswith(f"{url}/")
    with urlopen(picture, timeout=PATIENCE) as response:  # noqa: S310 - our own server
        assert response.read(8) == b"\x89PNG\r\n\x1a\n"


def test_serving_is_silent(app: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    with serving(app) as url:
        call("GET", f"{url}/_sandbox/clock")
    assert capfd.readouterr() == ("", "")


def test_serving_ends_with_its_block(app: Sandbox) -> None:
    with serving(app) as url:
        call("GET", f"{url}/_sandbox/clock")
    with pytest.raises(OSError, match="refused"):
        call("GET", f"{url}/_sandbox/clock")


@contextmanager
def command(*options: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(  # noqa: S603 - this Python
        [sys.executable, "-m", "sandbox", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 的子进程收不到 SIGINT")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_command_serves_until_it_is_interrupted(number: signal.Signals) -> None:
    with command() as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert call("GET", f"{url}/_sandbox/clock")["data"] == {"now": START}
        process.send_signal(number)
        rest, errors = process.communicate(timeout=PATIENCE)
    assert (rest, errors, process.returncode) == ("", "", 0)


def test_command_tells_in_one_line_that_the_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with command("--port", port) as process:
            output, errors = process.communicate(timeout=PATIENCE)
    assert (output, process.returncode) == ("", 2)
    assert len(errors.splitlines()) == 1
    assert port in errors


@pytest.mark.parametrize(
    "options",
    [
        ["--database", "nonsense"],
        ["--port", "70000"],
        ["--host", "256.0.0.1"],
        ["--fault", "nonsense"],
    ],
)
def test_command_tells_a_bad_option_in_one_line(options: list[str]) -> None:
    with command(*options) as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert (output, process.returncode) == ("", 2)
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--change", "nonsense"),
        ("--unsteady", "1.5"),
        ("--unsteady", "much"),
        ("--slow", "-0.1"),
        ("--slow-ms", "1.5"),
        ("--noise-seed", "x"),
    ],
)
def test_command_names_the_value_that_is_wrong(option: str, value: str) -> None:
    with command(option, value) as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert (output, process.returncode) == ("", 2)
    assert len(errors.splitlines()) == 1
    assert option.lstrip("-").split("-")[0] in errors
    assert value in errors


def test_command_turns_faults_on() -> None:
    with command("--fault", "worker-erased", "--fault", "checkin-qrcode-erased") as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        faults = call("GET", f"{url}/_sandbox/faults")["data"]
    assert {fault["name"] for fault in faults if fault["on"]} == {"worker-erased", "checkin-qrcode-erased"}


def test_command_turns_changes_on() -> None:
    with command("--change", "all", "--change", "messages-reworded") as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        changes = call("GET", f"{url}/_sandbox/changes")["data"]
    assert all(change["on"] for change in changes)


def test_command_leaves_its_sandbox_to_itself_in_bad_weather() -> None:
    weather = ("--unsteady", "0.5", "--slow", "0.5", "--slow-ms", "0", "--noise-seed", "3")
    statuses = []
    with command("--no-control", *weather) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        for _ in range(8):
            with pytest.raises(HTTPError) as refused:
                call("GET", f"{url}/dab/event_category")
            statuses.append(refused.value.code)
            refused.value.close()
        with pytest.raises(HTTPError, match="404") as absent:
            call("GET", f"{url}/_sandbox/clock")
        absent.value.close()
    chance = Random(3)  # noqa: S311 - what the command's seed tells
    assert statuses == [503 if (chance.random(), chance.random())[0] < 0.5 else 401 for _ in range(8)]
