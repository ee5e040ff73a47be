"""Which calls are sent again, after what, and how often; and that each attempt can be seen."""

import contextlib
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
    Pauses,
    SandboxClient,
    TimedOut,
    Traffic,
    Transport,
    Unreachable,
)

ROOT = "http://platform.test"
OK = json.dumps({"code": "0", "message": "ok", "data": None})
UNAVAILABLE_PAGE = "<h1>503 Service Temporarily Unavailable</h1>"
DATE = {"Date": "Sat, 28 Nov 2026 08:00:00 GMT"}
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

    def answers(self, *outcomes: Outcome, body: str = OK, headers: dict[str, str] | None = None) -> None:
        """`body` and `headers` are those of a refusal; a 200 is always in order."""
        waiting = list(outcomes)

        def answer(_: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
            outcome = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(outcome, Exception):
                raise outcome
            return (outcome, {}, OK) if outcome == 200 else (outcome, headers or {}, body)

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


def slept(limits: Limits, *, jitter: float = 0.0, now: float = 0.0) -> list[float]:
    """The pauses that one GET makes."""
    pauses: list[float] = []
    traffic = Traffic(pauses=Pauses(sleep=pauses.append, jitter=lambda: jitter, now=lambda: now))
    with contextlib.suppress(ExchangeFailure):
        Transport(ROOT, limits=limits, traffic=traffic).call("x.y", "GET", "event")
    return pauses


@pytest.mark.parametrize("made", REPEATED)
@pytest.mark.parametrize(
    "outcome",
    [429, 502, 503, 504, requests.ConnectionError("broke"), requests.exceptions.ChunkedEncodingError("cut")],
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
@pytest.mark.parametrize("outcome", [503, 504, requests.ConnectionError("broke")], ids=str)
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


@pytest.mark.parametrize("status", [200, 201, 400, 401, 403, 404, 408, 413])
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


@pytest.mark.parametrize("made", SENT_ONCE)
def test_call_that_is_too_much_is_not_sent_again_where_it_may_not(
    made: str, platform: Platform, transport: Transport
) -> None:
    platform.answers(429, 200)
    assert SENT_ONCE[made](transport).http_status == 429
    assert platform.calls == 1


@pytest.mark.parametrize("made", [*REPEATED, *SENT_ONCE])
def test_gateways_503_is_sent_again_where_it_says_that_the_call_was_not_taken(
    made: str, platform: Platform
) -> None:
    platform.answers(503, 200, body=UNAVAILABLE_PAGE)
    answer = {**REPEATED, **SENT_ONCE}[made](Transport(ROOT, limits=Limits(resend_on_503=True)))
    assert [attempt.outcome for attempt in answer.exchange.attempts] == ["503", "200"]


@pytest.mark.parametrize(
    ("body", "calls"),
    [("", 3), (UNAVAILABLE_PAGE, 3), ("[]", 3), ('{"code": "0"}', 3), ("[" * 100_000, 3), (OK, 1)],
    ids=["empty", "page", "list", "part of an envelope", "nested too deep", "envelope"],
)
def test_503_of_the_platform_itself_sends_no_post_again(body: str, calls: int, platform: Platform) -> None:
    platform.answers(503, body=body)
    with pytest.raises(HttpError):
        SENT_ONCE["POST"](Transport(ROOT, limits=Limits(resend_on_503=True)))
    assert platform.calls == calls


@pytest.mark.parametrize("outcome", [502, 504, requests.ConnectionError("broke")], ids=str)
def test_only_a_503_says_that_the_call_was_not_taken(outcome: Outcome, platform: Platform) -> None:
    platform.answers(outcome, 200, body=UNAVAILABLE_PAGE)
    with pytest.raises(ExchangeFailure):
        SENT_ONCE["POST"](Transport(ROOT, limits=Limits(resend_on_503=True)))
    assert platform.calls == 1


@pytest.mark.parametrize(
    ("jitter", "pauses"), [(0.0, [0.5, 1.0, 2.0, 4.0]), (1.0, [0.25, 0.5, 1.0, 2.0])], ids=["whole", "half"]
)
def test_pauses_double_and_are_cut_by_chance(jitter: float, pauses: list[float], platform: Platform) -> None:
    platform.answers(503)
    assert slept(Limits(retries=4, backoff_seconds=0.5), jitter=jitter) == pauses


def test_pauses_have_an_end(platform: Platform) -> None:
    platform.answers(503)
    assert slept(Limits(retries=4, backoff_seconds=20)) == [20, 40, 60, 60]


def test_no_pause_where_none_is_wanted(platform: Platform) -> None:
    platform.answers(503)
    assert slept(Limits(retries=4)) == []


def test_pauses_differ_by_chance_unless_it_is_given(platform: Platform) -> None:
    platform.answers(503)
    pauses: list[float] = []
    traffic = Traffic(pauses=Pauses(sleep=pauses.append))
    with pytest.raises(HttpError):
        Transport(ROOT, limits=Limits(retries=9, backoff_seconds=60), traffic=traffic).call(
            "x.y", "GET", "event"
        )
    assert len(set(pauses)) == 9
    assert all(30 <= pause <= 60 for pause in pauses)


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": " 7 "}, 7),
        ({"Retry-After": "0"}, 0.5),
        ({"Retry-After": "3600"}, 60),
        ({"Retry-After": "9" * 400}, 60),
        ({"Retry-After": "Sat, 28 Nov 2026 08:00:09 GMT", **DATE}, 9),
        ({"Retry-After": "Sat, 28 Nov 2026 08:00:09"}, 4),
        ({"Retry-After": "Sat, 28 Nov 2026 07:00:00 GMT", **DATE}, 0.5),
        ({"Retry-After": "Sun, 29 Nov 2026 08:00:00 GMT", **DATE}, 60),
        ({"Retry-After": "-7"}, 0.5),
        ({"Retry-After": "1.5"}, 0.5),
        ({"Retry-After": "²"}, 0.5),
        ({"Retry-After": "soon"}, 0.5),
        ({"Retry-After": "99, 99 Nov 2026 99:99:99 GMT"}, 0.5),
        ({"Retry-After": "Sat, 28 Nov 2026 08:00:09 GMT", "Date": "today"}, 4),
        ({}, 0.5),
    ],
    ids=str,
)
@pytest.mark.parametrize("status", [429, 503])
def test_platform_that_asks_for_a_pause_gets_it(
    status: int, headers: dict[str, str], pause: float, platform: Platform
) -> None:
    platform.answers(status, 200, headers=headers)
    five_past = 1795852800 + 5  # without a Date, this machine's clock counts
    assert slept(Limits(backoff_seconds=0.5), now=five_past) == [pause]


@pytest.mark.parametrize("status", [502, 504])
def test_pause_is_asked_for_by_429_and_503_alone(status: int, platform: Platform) -> None:
    platform.answers(status, 200, headers={"Retry-After": "7"})
    assert slept(Limits(backoff_seconds=0.5)) == [0.5]
