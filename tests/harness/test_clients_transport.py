"""How a call is made and who hears of it; what becomes of a call that cannot be sent or is not answered."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import responses

from clients import (
    Call,
    Exchange,
    ExchangeFailure,
    FixedHeaders,
    HarnessError,
    HttpError,
    Limits,
    NotJson,
    PlatformFailure,
    Redactor,
    TimedOut,
    Transport,
    Unreachable,
    new_session,
)

ROOT = "http://platform.test"
EVENT = f"{ROOT}/event"
ENVELOPE = {"code": "0", "message": "ok", "data": None}


class Listener:
    """Writes down what it hears, in a list shared with others; objects when the call is over, if told to."""

    def __init__(self, name: str, heard: list[str], objection: Exception | None = None) -> None:
        self._name = name
        self._heard = heard
        self._objection = objection

    def call_started(self, call: Call) -> None:
        self._heard.append(f"{self._name}: {call.method} {call.path} by {call.actor}")

    def call_finished(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        self._heard.append(f"{self._name}: {type(outcome).__name__}")
        if self._objection is not None:
            raise self._objection


@pytest.fixture
def platform() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def sent(platform: responses.RequestsMock) -> Any:
    """The first request, with what `requests` was told beside it."""
    return platform.calls[0].request


def test_limits_are_sent_with_each_attempt(platform: responses.RequestsMock) -> None:
    platform.get(EVENT, status=503)
    limits = Limits(connect_seconds=0.5, read_seconds=7, retries=1)
    with pytest.raises(HttpError):
        Transport(ROOT, limits=limits).call("x.y", "GET", "event")
    seen: list[Any] = [call.request for call in platform.calls]
    assert [request.req_kwargs["timeout"] for request in seen] == [(0.5, 7)] * 2


@pytest.mark.parametrize("base_url", [ROOT, f"{ROOT}/", f"{ROOT}//"])
def test_base_url_is_joined_by_one_slash(base_url: str, platform: responses.RequestsMock) -> None:
    platform.get(EVENT, json=ENVELOPE)
    assert Transport(base_url).call("x.y", "GET", "event").exchange.url == EVENT


def test_query_keeps_what_is_empty_and_leaves_out_none(platform: responses.RequestsMock) -> None:
    platform.get(EVENT, json=ENVELOPE)
    params = {"page": 0, "searchWord": "", "status": None, "id": ["1", "2"]}
    Transport(ROOT).call("x.y", "GET", "event", params=params)
    assert sent(platform).path_url == "/event?page=0&searchWord=&id=1&id=2"


def test_form_leaves_out_none(platform: responses.RequestsMock) -> None:
    platform.put(EVENT, json=ENVELOPE)
    Transport(ROOT).call("x.y", "PUT", "event", form={"a": None, "b": "", "c": "1+1"})
    assert sent(platform).body == b"b=&c=1%2B1"


@pytest.mark.parametrize("body", [0, False, "", [], {}, "活动"])
def test_json_body_may_be_any_value(body: object, platform: responses.RequestsMock) -> None:
    platform.post(EVENT, json=ENVELOPE)
    Transport(ROOT).call("x.y", "POST", "event", json=body)
    assert sent(platform).body == json.dumps(body, ensure_ascii=False).encode()


def test_headers_of_one_call_do_not_stay_on_the_session(platform: responses.RequestsMock) -> None:
    platform.get(EVENT, json=ENVELOPE)
    transport = Transport(ROOT)
    before = dict(transport.session.headers)
    transport.signed_in(FixedHeaders({"X-Token": "t"})).call("x.y", "GET", "event", headers={"X-Other": "1"})
    transport.call("x.y", "GET", "event")
    assert dict(transport.session.headers) == before
    assert {"X-Token", "X-Other"} & set(platform.calls[1].request.headers) == set()


def test_exchange_holds_what_was_sent_and_what_came(platform: responses.RequestsMock) -> None:
    platform.post(EVENT, json=ENVELOPE, headers={"X-Trace": "7"})
    transport = Transport(ROOT, sign_in=FixedHeaders({"X-Token": "t"}, actor="made up"))
    seen = transport.call("admin.events.create", "POST", "event", json={"name": "活动"}).exchange
    assert (seen.call, seen.actor, seen.method, seen.url) == ("admin.events.create", "made up", "POST", EVENT)
    assert (seen.request_headers["X-Token"], seen.response_headers["X-Trace"]) == ("t", "7")
    assert (seen.request_body, seen.status, seen.json()) == ('{"name": "活动"}', 200, ENVELOPE)


@pytest.mark.parametrize("value", ["ascii", "é", "中文", "😀"])
def test_header_is_sent_as_utf_8_where_latin_1_has_no_letter(
    value: str, platform: responses.RequestsMock
) -> None:
    platform.get(EVENT, json=ENVELOPE)
    transport = Transport(ROOT, sign_in=FixedHeaders({"X-Token": value}))
    exchange = transport.call("x.y", "GET", "event").exchange
    raw = sent(platform).headers["X-Token"]
    assert raw == value or raw == value.encode()
    assert isinstance(raw, bytes) == (value in {"中文", "😀"})
    assert exchange.request_headers["X-Token"] == value


def test_observers_hear_in_order(platform: responses.RequestsMock) -> None:
    platform.get(EVENT, json=ENVELOPE)
    heard: list[str] = []
    observers = [Listener("first", heard), Listener("second", heard)]
    Transport(ROOT, observers=observers).call("x.y", "GET", "event")
    called = "GET event by anonymous"
    assert heard == [f"first: {called}", f"second: {called}", "first: Exchange", "second: Exchange"]


def test_observers_hear_of_all_attempts_once(platform: responses.RequestsMock) -> None:
    platform.get(EVENT, status=503)
    platform.get(EVENT, json=ENVELOPE)
    heard: list[str] = []
    Transport(ROOT, observers=[Listener("one", heard)]).call("x.y", "GET", "event")
    assert heard == ["one: GET event by anonymous", "one: Exchange"]


@pytest.mark.parametrize("answer", [{"body": "<html>"}, {"body": requests.ConnectionError("broke")}])
def test_observers_hear_the_failure_that_the_caller_gets(
    answer: dict[str, Any], platform: responses.RequestsMock
) -> None:
    platform.post(EVENT, **answer)
    heard: list[str] = []
    with pytest.raises(ExchangeFailure) as caught:
        Transport(ROOT, observers=[Listener("one", heard)]).call("x.y", "POST", "event")
    assert heard[1] == f"one: {type(caught.value).__name__}"


@pytest.mark.parametrize("kind", [PlatformFailure, HarnessError, ZeroDivisionError])
def test_every_observer_hears_and_the_first_objection_is_raised(
    kind: type[Exception], platform: responses.RequestsMock
) -> None:
    platform.get(EVENT, json=ENVELOPE)
    heard: list[str] = []
    listeners = [
        Listener("a", heard),
        Listener("b", heard, kind("by b")),
        Listener("c", heard, PlatformFailure("by c")),
        Listener("d", heard),
    ]
    with pytest.raises(kind, match="by b"):
        Transport(ROOT, observers=listeners).call("x.y", "GET", "event")
    assert heard[4:] == ["a: Exchange", "b: Exchange", "c: Exchange", "d: Exchange"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (requests.ConnectionError("x"), Unreachable),
        (requests.ConnectTimeout("x"), Unreachable),
        (requests.exceptions.ProxyError("x"), Unreachable),
        (requests.exceptions.SSLError("x"), Unreachable),
        (requests.exceptions.ChunkedEncodingError("x"), Unreachable),
        (requests.ReadTimeout("x"), TimedOut),
        (requests.Timeout("x"), TimedOut),
        (requests.exceptions.ContentDecodingError("x"), NotJson),
    ],
    ids=lambda value: type(value).__name__,
)
def test_broken_call_has_its_own_class(
    error: Exception, kind: type[Exception], platform: responses.RequestsMock
) -> None:
    platform.post(EVENT, body=error)
    with pytest.raises(ExchangeFailure) as caught:
        Transport(ROOT).call("x.y", "POST", "event")
    assert type(caught.value) is kind
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "base_url",
    [
        "platform.test",
        "localhost:80",
        "ftp://platform.test",
        "http://",
        "http://[bad",
        "http://a..b",
        f"http://{'a' * 64}.test",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:port",
    ],
)
def test_url_that_cannot_be_called_is_unreachable_and_told(base_url: str) -> None:
    heard: list[str] = []
    with pytest.raises(Unreachable) as caught:
        Transport(base_url, observers=[Listener("one", heard)]).call("x.y", "GET", "event")
    assert str(caught.value).startswith("平台不可达：GET ")
    assert heard[1:] == ["one: Unreachable"]


@pytest.mark.parametrize("base_url", ["http://user:pass-word@[bad", "http://user:pass-word@h:port"])
def test_url_that_cannot_be_called_keeps_its_password(base_url: str) -> None:
    with pytest.raises(Unreachable) as caught:
        Transport(base_url).call("x.y", "GET", "event")
    assert "pass-word" not in str(caught.value)


@pytest.mark.parametrize("value", ["two\nlines", " leading"])
def test_header_that_http_does_not_admit_is_told(value: str) -> None:
    heard: list[str] = []
    transport = Transport(ROOT, observers=[Listener("one", heard)], sign_in=FixedHeaders({"X-Token": value}))
    with pytest.raises(ExchangeFailure, match="InvalidHeader") as caught:
        transport.call("x.y", "GET", "event")
    assert str(caught.value).startswith(f"调用失败：GET {EVENT}")
    assert heard[1:] == ["one: ExchangeFailure"]


def test_header_with_half_an_emoji_is_sent_as_it_can_be(platform: responses.RequestsMock) -> None:
    platform.get(EVENT, json=ENVELOPE)
    Transport(ROOT).call("x.y", "GET", "event", headers={"X-Token": "\ud83d"})
    assert sent(platform).headers["X-Token"] == b"\xed\xa0\xbd"


def test_query_that_cannot_be_encoded_is_told() -> None:
    with pytest.raises(ExchangeFailure, match="UnicodeEncodeError"):
        Transport(ROOT).call("x.y", "GET", "event", params={"searchWord": "\ud83d"})


def test_reason_of_a_failure_is_its_own_cause_not_what_was_handled_before(
    platform: responses.RequestsMock,
) -> None:
    platform.post(EVENT, body=requests.ConnectionError(OSError("the cable")))
    transport = Transport(ROOT)
    with pytest.raises(Unreachable, match="OSError: the cable"):
        called_while_handling(ValueError("an earlier trouble"), transport)


def called_while_handling(trouble: Exception, transport: Transport) -> None:
    try:
        raise trouble
    except type(trouble):
        transport.call("x.y", "POST", "event")


def test_reason_of_a_failure_is_redacted(platform: responses.RequestsMock) -> None:
    platform.post(EVENT, body=requests.ConnectionError("no way to pass-word or 13800138000"))
    with pytest.raises(Unreachable) as caught:
        Transport(ROOT, redactor=Redactor(["pass-word"])).call("x.y", "POST", "event")
    assert caught.value.reason == "ConnectionError: no way to *** or ***"


@pytest.mark.parametrize("location", ["http://[bad", "/elsewhere", ""])
def test_redirect_is_not_looked_into(location: str, platform: responses.RequestsMock) -> None:
    platform.get(EVENT, status=302, headers={"Location": location})
    with pytest.raises(HttpError, match="302"):
        Transport(ROOT).call("x.y", "GET", "event")
    assert len(platform.calls) == 1


def test_session_takes_nothing_from_the_environment() -> None:
    with new_session() as session:
        assert session.trust_env is False
        assert session.get_redirect_target(redirect_to("/elsewhere")) is None


def redirect_to(location: str) -> requests.Response:
    response = requests.Response()
    response.status_code = 302
    response.headers["Location"] = location
    return response
