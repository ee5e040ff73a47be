"""Signing in: once, when it is first needed; renewed once when the platform no longer takes the token."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Lock
from typing import Any

import pytest

from clients import (
    Anonymous,
    Answer,
    Exchange,
    FixedHeaders,
    Redactor,
    Refused,
    SignIn,
    TenantSignIn,
    Transport,
    WechatSignIn,
    WsgiAdapter,
    new_session,
)

ROOT = "http://platform.test"
THREADS = 16


class Platform:
    """A WSGI app that signs in, takes the tokens that are `valid`, and keeps what was asked with which."""

    def __init__(self) -> None:
        self.valid: set[str] = set()
        self.asked: list[tuple[str, str, str]] = []
        self.login_data: Callable[[str], object] = lambda token: {"token": token, "accessToken": token}
        self.before_answering: Callable[[], object] = lambda: None
        self.before_login: Callable[[], object] = lambda: None
        self._logins = 0
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        headers = ("HTTP_X_TOKEN", "HTTP_SYSTEMTOKEN", "HTTP_ACCESSTOKEN")
        token = next((environ[name] for name in headers if name in environ), "none")
        with self._lock:
            self.asked.append((environ["REQUEST_METHOD"], path, token))
            known = token in self.valid
        self.before_answering()
        if path.endswith("login"):
            self.before_login()
            return self._login(start_response)
        start_response("200 OK" if known else "401 Unauthorized", [])
        code = b"0" if known else b"401"
        return [b'{"code": "', code, b'", "message": "m", "data": null}']

    def _login(self, start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._lock:
            self._logins += 1
            token = f"token-{self._logins}"
            self.valid.add(token)
        start_response("200 OK", [])
        envelope = {"code": "0", "message": "m", "data": self.login_data(token)}
        return [json.dumps(envelope).encode()]

    def tokens(self, path: str) -> list[str]:
        return [token for _, asked, token in self.asked if asked == path]


@pytest.fixture
def platform() -> Platform:
    return Platform()


def transport_to(platform: Platform, sign_in: SignIn, redactor: Redactor | None = None) -> Transport:
    session = new_session(WsgiAdapter(platform), ROOT)
    return Transport(ROOT, session=session, sign_in=sign_in, redactor=redactor)


def tenant() -> TenantSignIn:
    return TenantSignIn("admin", "admin", "pass-word")


SIGN_INS: dict[str, Callable[[], SignIn]] = {
    "tenant": tenant,
    "tenant by SystemToken": lambda: TenantSignIn("admin", "a", "p", header="SystemToken"),
    "member": lambda: WechatSignIn("plain", "wx1", "plain"),
}


@pytest.mark.parametrize("kind", SIGN_INS)
def test_sign_in_happens_once_and_when_first_needed(kind: str, platform: Platform) -> None:
    transport = transport_to(platform, SIGN_INS[kind]())
    asked_before = len(platform.asked)
    for _ in range(3):
        transport.call("x.y", "GET", "event")
    assert asked_before == 0
    assert platform.tokens("/event") == ["token-1"] * 3
    assert len(platform.asked) == 4


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("kind", SIGN_INS)
def test_expired_login_is_renewed_once(kind: str, method: str, platform: Platform) -> None:
    transport = transport_to(platform, SIGN_INS[kind]())
    transport.call("x.y", method, "event")
    platform.valid.clear()
    answer = transport.call("x.y", method, "event", json={"a": 1})
    assert answer.ok
    assert platform.tokens("/event") == ["token-1", "token-1", "token-2"]


def test_renewal_ends_when_the_new_token_is_refused_too(platform: Platform) -> None:
    platform.login_data = lambda _: {"token": "never-taken"}
    answer = transport_to(platform, tenant()).call("x.y", "POST", "event")
    assert (answer.http_status, answer.ok) == (401, False)
    assert platform.tokens("/event") == ["never-taken"] * 2
    assert len(platform.asked) == 4


def test_renewal_is_tried_again_by_the_next_call(platform: Platform) -> None:
    transport = transport_to(platform, tenant())
    for _ in range(3):
        platform.valid.clear()
        assert transport.call("x.y", "GET", "event").ok
    assert platform.tokens("/event") == ["token-1", "token-1", "token-2", "token-2", "token-3"]


@pytest.mark.parametrize("sign_in", [Anonymous(), FixedHeaders({"X-Token": "made-up"})])
def test_caller_without_a_login_is_not_renewed(sign_in: SignIn, platform: Platform) -> None:
    answer = transport_to(platform, sign_in).call("x.y", "GET", "event")
    assert answer.http_status == 401
    assert len(platform.asked) == 1


def test_fixed_headers_are_sent_as_they_are(platform: Platform) -> None:
    platform.valid.add("made-up")
    answer = transport_to(platform, FixedHeaders({"x-ToKeN": "made-up"})).call("x.y", "GET", "event")
    assert answer.ok


def test_refusal_other_than_401_is_not_renewed(platform: Platform) -> None:
    transport = transport_to(platform, tenant())
    transport.session.mount(f"{ROOT}/forbidden", WsgiAdapter(forbidding))
    answer = transport.call("x.y", "GET", "forbidden")
    assert answer.http_status == 403
    assert platform.tokens("/tenants/login") == ["none"]


def forbidding(_: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("403 Forbidden", [])
    return [b'{"code": "403", "message": "m", "data": null}']


def test_header_given_for_one_call_stays_through_a_renewal(platform: Platform) -> None:
    transport = transport_to(platform, tenant())
    transport.call("x.y", "GET", "event", headers={"X-Token": "made-up"})
    assert set(platform.tokens("/event")) == {"made-up"}


@pytest.mark.parametrize("data", [None, {}, {"token": None}, {"token": ""}, {"token": 1}, [], "token"])
def test_sign_in_without_a_token_is_refused_by_name(data: object, platform: Platform) -> None:
    platform.login_data = lambda _: data
    with pytest.raises(Refused, match=r"admin\.tenants\.login"):
        transport_to(platform, tenant()).call("x.y", "GET", "event")
    assert platform.tokens("/event") == []


def test_sign_in_that_fails_is_tried_again_by_the_next_call(platform: Platform) -> None:
    transport = transport_to(platform, tenant())
    good, platform.login_data = platform.login_data, lambda _: None
    with pytest.raises(Refused):
        transport.call("x.y", "GET", "event")
    platform.login_data = good
    assert transport.call("x.y", "GET", "event").ok


def test_sign_in_happens_once_under_many_threads(platform: Platform) -> None:
    transport = transport_to(platform, tenant())
    together = Barrier(THREADS, timeout=10)
    platform.before_login = second_sign_in_for(0.2)

    def call(_: int) -> Answer[Any]:
        together.wait()
        return transport.call("x.y", "GET", "event")

    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(call, range(THREADS)))
    assert all(answer.ok for answer in answers)
    assert platform.tokens("/tenants/login") == ["none"]


def second_sign_in_for(seconds: float) -> Callable[[], None]:
    """Holds a sign-in until another one comes beside it, which none must; gives up after so long."""
    two = Barrier(2, timeout=seconds)

    def wait() -> None:
        with suppress(BrokenBarrierError):
            two.wait()

    return wait


def test_renewal_happens_once_under_many_threads(platform: Platform) -> None:
    transport = transport_to(platform, tenant())
    transport.call("x.y", "GET", "event")
    platform.valid.clear()
    every_thread_refused = Barrier(THREADS, timeout=10)
    platform.before_answering = once_for_each(THREADS, every_thread_refused.wait)
    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(lambda _: transport.call("x.y", "GET", "event"), range(THREADS)))
    assert all(answer.ok for answer in answers)
    assert len(platform.tokens("/tenants/login")) == 2


def once_for_each(times: int, action: Callable[[], object]) -> Callable[[], None]:
    """Acts for the first calls only; those after them pass."""
    left = iter(range(times))

    def act() -> None:
        if next(left, None) is not None:
            action()

    return act


def test_callers_on_one_session_do_not_mix(platform: Platform) -> None:
    first = transport_to(platform, TenantSignIn("first", "a", "p"))
    second = first.signed_in(TenantSignIn("second", "b", "p", header="SystemToken"))
    anonymous = first.signed_in(Anonymous())
    for transport in (first, second, anonymous, first):
        transport.call("x.y", "GET", "event")
    assert platform.tokens("/event") == ["token-1", "token-2", "none", "token-1"]


def test_token_learnt_at_sign_in_is_masked_later(platform: Platform) -> None:
    redactor = Redactor()
    transport = transport_to(platform, tenant(), redactor)
    before = redactor.text("the token is token-1")
    transport.call("x.y", "GET", "event")
    assert (before, redactor.text("the token is token-1")) == ("the token is token-1", "the token is ***")


def test_sign_in_is_seen_by_observers_as_an_anonymous_call(platform: Platform) -> None:
    heard: list[str] = []

    class Listener:
        def call_started(self, call: Any) -> None:
            heard.append(f"{call.name} by {call.actor}")

        def call_finished(self, call: Any, outcome: object) -> None:
            heard.append(type(outcome).__name__)

    session = new_session(WsgiAdapter(platform), ROOT)
    Transport(ROOT, session=session, sign_in=tenant(), observers=[Listener()]).call("x.y", "GET", "event")
    assert heard == ["admin.tenants.login by anonymous", "Exchange", "x.y by admin", "Exchange"]


def test_each_try_around_a_renewal_is_its_own_exchange(platform: Platform) -> None:
    statuses: list[int] = []

    class Listener:
        def call_started(self, call: Any) -> None: ...

        def call_finished(self, call: Any, outcome: object) -> None:
            assert isinstance(outcome, Exchange)
            statuses.append(outcome.status)

    session = new_session(WsgiAdapter(platform), ROOT)
    transport = Transport(ROOT, session=session, sign_in=tenant(), observers=[Listener()])
    platform.login_data = lambda _: {"token": "never-taken"}
    transport.call("x.y", "GET", "event")
    assert statuses == [200, 401, 200, 401]
