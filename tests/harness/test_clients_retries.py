"""Which calls are sent again, after what, and how often; and that each attempt can be seen."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
import responses

from clients import (
    AdminClient,
    Answer,
    ExchangeFailure,
    HttpError,
    Limits,
    MemberClient,
    SandboxClient,
    TimedOut,
    Transport,
    Unreachable,
)

ROOT = "http://platform.test"
OK = json.dumps({"code": "0", "message": "ok", "data": None})
Making = Callable[[Transport], Answer[Any]]
Outcome = int | Exception

REPEATED: dict[str, Making] = {
    "GET": lambda t: AdminClient(t).events.get("7"),
    "PUT": lambda t: AdminClient(t).events.update("7", {}),
    "PUT of a form": lambda t: AdminClient(t).events.publish("7", True),
    "DELETE": lambda t: AdminClient(t).events.delete("7"),
    "clock set": lambda t: SandboxClient(t).set_clock(0),
    "POST that reads": lambda t: AdminClient(t).checkin_qrcodes.list("7"),
}
SENT_ONCE: dict[str, Making] = {
    "POST": lambda t: AdminClient(t).events.create({}),
    "tenant sign-in": lambda t: AdminClient(t).login({}),
    "event copy": lambda t: AdminClient(t).events.copy("7"),
    "WeChat sign-in": lambda t: MemberClient(t).login("wx", "code"),
    "clock advanced": lambda t: SandboxClient(t).advance_clock(1),
}


class Platform:
    """Answers call after call with the outcomes given; the last one stays."""

    def __init__(self, mock: responses.RequestsMock) -> None:
        self._mock = mock

    def answers(self, *outcomes: Outcome) -> None:
        waiting = list(outcomes)

        def answer(_: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
            outcome = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(outcome, Exception):
                raise outcome
            return outcome, {}, OK

        for method in ("GET", "POST", "PUT", "DELETE"):
            self._mock.add_callback(method, re.compile(f"{ROOT}/.*"), answer)

    @property
    def calls(self) -> int:
        return len(self._mock.calls)


@pytest.fixture
def platform() -> Iterator[Platform]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield Platform(mock)


@pytest.fixture
def transport() -> Transport:
    return Transport(ROOT)


@pytest.mark.parametrize("made", REPEATED)
@pytest.mark.parametrize(
    "outcome",
    [502, 503, 504, requests.ConnectionError("broke"), requests.exceptions.ChunkedEncodingError("cut")],
    ids=str,
)
def test_idempotent_call_is_sent_again(
    made: str, outcome: Outcome, platform: Platform, transport: Transport
) -> None:
    platform.answers(outcome, 200)
    answer = REPEATED[made](transport)
    assert answer.ok
    assert platform.calls == 2


@pytest.mark.parametrize("made", SENT_ONCE)
@pytest.mark.parametrize("outcome", [503, requests.ConnectionError("broke")], ids=str)
def test_call_that_may_not_be_repeated_is_sent_once(
    made: str, outcome: Outcome, platform: Platform, transport: Transport
) -> None:
    platform.answers(outcome, 200)
    with pytest.raises(ExchangeFailure):
        SENT_ONCE[made](transport)
    assert platform.calls == 1


@pytest.mark.parametrize("made", REPEATED)
@pytest.mark.parametrize(
    "outcome",
    [
        500,
        501,
        505,
        302,
        requests.ReadTimeout("late"),
        requests.exceptions.ContentDecodingError("bad gzip"),
        requests.exceptions.InvalidURL("bad"),
    ],
    ids=str,
)
def test_other_failure_is_not_sent_again(
    made: str, outcome: Outcome, platform: Platform, transport: Transport
) -> None:
    platform.answers(outcome, 200)
    with pytest.raises(ExchangeFailure):
        REPEATED[made](transport)
    assert platform.calls == 1


@pytest.mark.parametrize("status", [200, 201, 400, 401, 403, 404, 408, 413, 429])
def test_answer_with_an_envelope_is_not_asked_for_again(
    status: int, platform: Platform, transport: Transport
) -> None:
    platform.answers(status, 200)
    answer = transport.call("x.y", "GET", "event")
    assert answer.http_status == status
    assert platform.calls == 1


@pytest.mark.parametrize(("retries", "calls"), [(0, 1), (1, 2), (2, 3), (5, 6)])
def test_number_of_retries_is_bounded(retries: int, calls: int, platform: Platform) -> None:
    platform.answers(503)
    with pytest.raises(HttpError):
        Transport(ROOT, limits=Limits(retries=retries)).call("x.y", "GET", "event")
    assert platform.calls == calls


def test_first_good_answer_ends_the_attempts(platform: Platform, transport: Transport) -> None:
    platform.answers(503, requests.ConnectionError("broke"), 200)
    exchange = transport.call("x.y", "GET", "event").exchange
    seen = [(attempt.number, attempt.outcome) for attempt in exchange.attempts]
    assert seen == [(1, "503"), (2, "ConnectionError"), (3, "200")]
    assert exchange.milliseconds == sum(attempt.milliseconds for attempt in exchange.attempts) > 0


def test_single_attempt_is_visible_too(platform: Platform, transport: Transport) -> None:
    platform.answers(200)
    attempts = transport.call("x.y", "POST", "event").exchange.attempts
    assert [(attempt.number, attempt.outcome) for attempt in attempts] == [(1, "200")]


@pytest.mark.parametrize(
    ("outcomes", "kind", "tried"),
    [
        ((503, 502, 504), HttpError, "#1 503, #2 502, #3 504"),
        ((requests.ConnectionError("a"), 503, 500), HttpError, "#1 ConnectionError, #2 503, #3 500"),
        ((503, 503, requests.ConnectionError("b")), Unreachable, "#1 503, #2 503, #3 ConnectionError"),
        ((503, requests.ReadTimeout("c")), TimedOut, "#1 503, #2 ReadTimeout"),
    ],
)
def test_last_outcome_wins_and_the_failure_tells_each_attempt(
    outcomes: tuple[Outcome, ...],
    kind: type[ExchangeFailure],
    tried: str,
    platform: Platform,
    transport: Transport,
) -> None:
    platform.answers(*outcomes)
    with pytest.raises(ExchangeFailure) as caught:
        transport.call("x.y", "GET", "event")
    assert type(caught.value) is kind
    assert caught.value.tried == tried
    assert f"\n  tried: {tried}\n" in f"{caught.value}\n"


@pytest.mark.parametrize(("repeatable", "calls"), [(True, 3), (False, 1)])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_caller_may_say_what_is_repeatable(
    method: str, repeatable: bool, calls: int, platform: Platform, transport: Transport
) -> None:
    platform.answers(503, 503)
    with pytest.raises(HttpError):
        transport.call("x.y", method, "event", repeatable=repeatable)
    assert platform.calls == calls


def test_repeated_call_carries_the_same_body(transport: Transport) -> None:
    with responses.RequestsMock() as mock:
        mock.add("PUT", f"{ROOT}/event/7", status=503)
        mock.add("PUT", f"{ROOT}/event/7", body=OK)
        AdminClient(transport).events.update("7", {"name": "活动"})
        sent = [call.request.body for call in mock.calls]
    assert sent == ['{"name": "活动"}'.encode()] * 2
