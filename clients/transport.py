"""The one transport: base URL, sign-in, time-outs, retries, timing, redaction and observers.

A resource says what to call; everything about how it is called is decided here.
"""

import json as json_module
import time
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import quote, urlencode

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.exceptions import HTTPError as Urllib3Error

from clients.auth import Anonymous, SignIn
from clients.breakage import (
    connection_failed,
    failure_kind,
    reason_of,
    turned_away_by_gateway,
    worth_retrying,
)
from clients.breaker import Breaker, Stop
from clients.envelope import answer_from
from clients.errors import ExchangeFailure, RunStopped
from clients.observers import Call, Observer
from clients.pacing import Pace, Pauses
from clients.permissions import Effect, Permissions
from clients.redaction import Redactor
from clients.response import Answer, Attempt, Exchange, tried

IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
OK_STATUS = 200
UNAUTHORIZED = 401
MOST_CALLERS = 32
"""So many threads keep their connections; more open new ones each time."""


@dataclass(frozen=True)
class Limits:
    """Time-outs in seconds; retries: idempotent calls, after a broken connection or 429/502/503/504.

    `backoff_seconds` is the first pause before one, doubled with each. `resend_on_503`: a gateway's 503 says
    that no call was taken, so any is sent again. `requests_per_second` and `stop_after` (connections that
    fail in a row) are None where there is no such limit.
    """

    connect_seconds: float = 3.05
    read_seconds: float = 15.0
    retries: int = 2
    backoff_seconds: float = 0.0
    resend_on_503: bool = False
    requests_per_second: float | None = None
    stop_after: int | None = None


@dataclass(frozen=True)
class Traffic:
    """What a call shares with the other calls of its run: their pace, and whether they go on at all."""

    pace: Pace | None = None
    breaker: Breaker | None = None
    pauses: Pauses = field(default_factory=Pauses)


class Transport:
    """Calls one front (`/dab`, `/clt` or `/_sandbox`) as one caller."""

    def __init__(
        self,
        base_url: str,
        *,
        session: requests.Session | None = None,
        limits: Limits | None = None,
        redactor: Redactor | None = None,
        observers: Iterable[Observer] = (),
        sign_in: SignIn | None = None,
        permissions: Permissions | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.session = session or new_session()
        self.limits = limits or Limits()
        self.redactor = redactor or Redactor()
        self.observers = tuple(observers)
        self.sign_in = sign_in or Anonymous()
        self.permissions = permissions or Permissions()
        self.traffic = traffic or Traffic()

    def signed_in(self, sign_in: SignIn) -> "Transport":
        """The same front by the same session, as another caller."""
        other = copy(self)
        other.sign_in = sign_in
        return other

    def call(
        self,
        name: str,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        form: Mapping[str, Any] | None = None,
        raw_body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        effect: Effect | None = None,
        repeatable: bool | None = None,
        file: bool = False,
    ) -> Answer[Any]:
        """Make one call; refusals are answers, not exceptions.

        `raw_body` sends bytes as they are, as JSON by its header. `effect` overrides what the method says
        about what the call does: a POST may only read. `repeatable` overrides what both say about retries: a
        PUT that makes a new row each time is not repeatable. `file` says that a success is not the
        envelope but a file, whose bytes are the answer's data. Raises `NotAllowed` for a call that the
        permissions do not let out, an `ExchangeFailure` when no usable answer came.
        """
        effect = effect or Effect.of(method, path)
        self.permissions.check(method, path, effect)
        call = Call(name, self.sign_in.actor, method, path, params, file, _sent(json, raw_body))
        safe = method in IDEMPOTENT or effect is Effect.READS
        may_retry = safe if repeatable is None else repeatable
        body, content_headers = _encoded(json, form, raw_body)
        own = {**content_headers, **(headers or {})}
        sign_in = self._sign_in_headers()
        asked = requests.Request(method, f"{self.base_url}/{path}", params=params, data=body)
        asked.headers = _for_the_wire({**sign_in, **own})
        answer = self._watched(call, asked, may_retry)
        if answer.http_status == UNAUTHORIZED and self.sign_in.renewable:
            self.sign_in.forget(sign_in)
            asked.headers = _for_the_wire({**self._sign_in_headers(), **own})
            answer = self._watched(call, asked, may_retry)
        return answer

    def _sign_in_headers(self) -> Mapping[str, str]:
        return self.sign_in.headers(self.signed_in(Anonymous()).call, self.redactor.learn)

    def _watched(self, call: Call, asked: requests.Request, may_retry: bool) -> Answer[Any]:
        for observer in self.observers:
            observer.call_started(call)
        try:
            exchange = self._attempted(call, asked, may_retry)
            answer = answer_from(exchange, self.redactor)
        except ExchangeFailure as failure:
            self._tell(call, failure)
            raise
        self._tell(call, exchange)
        return answer

    def _tell(self, call: Call, outcome: Exchange | ExchangeFailure) -> None:
        """Every observer hears of the call, also when another objects; the first objection is raised."""
        objections: list[Exception] = []
        for observer in self.observers:
            try:
                observer.call_finished(call, outcome)
            except Exception as objection:
                objections.append(objection)
        if objections:
            raise objections[0]

    def _attempted(self, call: Call, asked: requests.Request, may_retry: bool) -> Exchange:
        attempts: list[Attempt] = []
        request = self._prepared(asked)
        while True:
            self._wait_for_turn(request, attempts)
            started = time.perf_counter()
            answer = self._tried(request)
            milliseconds = (time.perf_counter() - started) * 1000
            attempts.append(Attempt(len(attempts) + 1, _outcome(answer), milliseconds))
            self._count(answer)
            if self._again(answer, attempts, may_retry):
                self.traffic.pauses.after(len(attempts), answer, self.limits.backoff_seconds)
                continue
            if isinstance(answer, Exception):
                unanswered = _exchange(call, request, None, attempts)
                raise self._failure(request, answer, unanswered) from None
            return _exchange(call, request, answer, attempts)

    def _wait_for_turn(self, request: requests.PreparedRequest, attempts: list[Attempt]) -> None:
        """Every attempt waits for its place; whoever waits while the run stops is not sent."""
        if self.traffic.pace is not None:
            self.traffic.pace.wait()
        if (stop := self._stop()) is not None:
            raise RunStopped(
                method=str(request.method),
                url=self.redactor.url(str(request.url)),
                reason=f"{stop.failures} connections in a row have failed, the last one: {stop.reason}",
                tried=tried(attempts),
            )

    def _again(self, answer: requests.Response | Exception, attempts: list[Attempt], may_retry: bool) -> bool:
        worth = may_retry and worth_retrying(answer)
        turned_away = self.limits.resend_on_503 and turned_away_by_gateway(answer)
        return (worth or turned_away) and len(attempts) <= self.limits.retries and self._stop() is None

    def _count(self, answer: requests.Response | Exception) -> None:
        """A time-out of the answer says neither that connections fail nor that they stand."""
        breaker = self.traffic.breaker
        if breaker is None:
            return
        if not isinstance(answer, Exception):
            breaker.stood()
        elif connection_failed(answer):
            breaker.failed(self.redactor.text(reason_of(answer)))

    def _stop(self) -> Stop | None:
        return self.traffic.breaker.stop() if self.traffic.breaker is not None else None

    def _prepared(self, asked: requests.Request) -> requests.PreparedRequest:
        try:
            return self.session.prepare_request(asked)
        except (requests.RequestException, ValueError) as error:
            raise self._failure(asked, error) from None

    def _tried(self, request: requests.PreparedRequest) -> requests.Response | Exception:
        try:
            return self.session.send(
                request,
                timeout=(self.limits.connect_seconds, self.limits.read_seconds),
                allow_redirects=False,
            )
        except (requests.RequestException, Urllib3Error) as error:
            return error

    def _failure(
        self,
        request: requests.Request | requests.PreparedRequest,
        error: Exception,
        unanswered: Exchange | None = None,
    ) -> ExchangeFailure:
        return failure_kind(error)(
            method=str(request.method),
            url=self.redactor.url(str(request.url)),
            reason=self.redactor.text(reason_of(error)),
            tried=tried(unanswered.attempts if unanswered is not None else ()),
            exchange=unanswered,
        )


class Resource:
    """The calls of one kind of thing. Holds paths, parameters and types; the transport does the rest."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport


def segment(value: str) -> str:
    """A value as one part of a path: whatever it holds arrives as it is, and never means another path."""
    return quote(str(value), safe="").replace(".", "%2E")


class _Session(requests.Session):
    """Looks at no redirect at all: with a bad `Location`, `requests` fails even where it follows none."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def new_session(adapter: BaseAdapter | None = None, mount_at: str = "http://") -> requests.Session:
    """A session that takes nothing from the environment and keeps no cookies: callers must not mix.

    `adapter` answers everything below the URL `mount_at`.
    """
    session = _Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=MOST_CALLERS))
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    if adapter is not None:
        session.mount(mount_at, adapter)
    return session


def _encoded(
    json: Any, form: Mapping[str, Any] | None, raw_body: bytes | None
) -> tuple[bytes | None, dict[str, str]]:
    """Always bytes, so that an empty body has a length: `requests` sends an empty form in chunks."""
    if raw_body is not None:
        return raw_body, {"Content-Type": "application/json"}
    if json is not None:
        text = json_module.dumps(json, ensure_ascii=False)
        # half a surrogate pair has no UTF-8; its escape is the same in JSON
        return text.encode(errors="backslashreplace"), {"Content-Type": "application/json"}
    if form is not None:
        fields = [(name, value) for name, value in form.items() if value is not None]
        return urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    return None, {}


def _sent(json: Any, raw_body: bytes | None) -> Any:
    """The JSON that a body says, if it says any."""
    if raw_body is None:
        return json
    try:
        return json_module.loads(raw_body)
    except (ValueError, RecursionError):
        return None


def _for_the_wire(headers: Mapping[str, str]) -> dict[str, str | bytes]:
    """`http.client` sends text as Latin-1 and fails on the rest, which goes as UTF-8."""
    return {name: _header_value(value) for name, value in headers.items()}


def _header_value(value: str) -> str | bytes:
    return value if all(ord(letter) < 0x100 for letter in value) else value.encode(errors="surrogatepass")


def _outcome(answer: requests.Response | Exception) -> str:
    return type(answer).__name__ if isinstance(answer, Exception) else str(answer.status_code)


def _exchange(
    call: Call,
    request: requests.PreparedRequest,
    response: requests.Response | None,
    attempts: list[Attempt],
) -> Exchange:
    content = b"" if response is None else response.content
    is_file = response is not None and _is_file(call, response)
    return Exchange(
        call=call.name,
        actor=call.actor,
        method=str(request.method),
        url=str(request.url),
        request_headers={name: _readable(value) for name, value in request.headers.items()},
        request_body=_readable(request.body or b""),
        status=0 if response is None else response.status_code,
        response_headers={} if response is None else dict(response.headers),
        response_body="" if is_file else _readable(content),
        attempts=tuple(attempts),
        is_utf8=_is_utf8(content),
        file=content if is_file else None,
    )


def _is_file(call: Call, response: requests.Response) -> bool:
    is_json = "json" in str(response.headers.get("Content-Type", "")).lower()
    return call.file and response.status_code == OK_STATUS and not is_json


def _readable(sent: object) -> str:
    return sent.decode(errors="replace") if isinstance(sent, bytes) else str(sent)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
