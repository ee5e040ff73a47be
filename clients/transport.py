"""The one transport: base URL, sign-in, time-outs, retries, timing, redaction and observers.

A resource says what to call; everything about how it is called is decided here.
"""

import json as json_module
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import BaseAdapter

from clients.auth import Anonymous, SignIn
from clients.envelope import answer_from
from clients.errors import ExchangeFailure, PlatformFailure, TimedOut, Unreachable
from clients.observers import Call, Observer
from clients.redaction import Redactor
from clients.response import Answer, Attempt, Exchange

IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
WORTH_RETRYING = frozenset({502, 503, 504})
UNAUTHORIZED = 401


@dataclass(frozen=True)
class Limits:
    """Time-outs in seconds; retries: idempotent calls, after a broken connection or 502/503/504."""

    connect_seconds: float = 3.05
    read_seconds: float = 15.0
    retries: int = 2


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
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.session = session or new_session()
        self.limits = limits or Limits()
        self.redactor = redactor or Redactor()
        self.observers = tuple(observers)
        self.sign_in = sign_in or Anonymous()

    def signed_in(self, sign_in: SignIn) -> "Transport":
        """The same front by the same session, as another caller."""
        return Transport(
            self.base_url,
            session=self.session,
            limits=self.limits,
            redactor=self.redactor,
            observers=self.observers,
            sign_in=sign_in,
        )

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
        repeatable: bool | None = None,
    ) -> Answer[Any]:
        """Make one call; refusals are answers, not exceptions.

        `raw_body` sends bytes as they are, as JSON by its header. `repeatable` overrides what the method
        says about retries: a PUT that makes a new row each time is not repeatable. Raises an
        `ExchangeFailure` when no usable answer came.
        """
        call = Call(name, self.sign_in.actor, method, path, params)
        may_retry = method in IDEMPOTENT if repeatable is None else repeatable
        body, content_headers = _encoded(json, form, raw_body)
        asked = requests.Request(method, f"{self.base_url}/{path}", params=params, data=body)
        asked.headers = {**self._sign_in_headers(), **content_headers, **(headers or {})}
        answer = self._watched(call, asked, may_retry)
        if answer.http_status == UNAUTHORIZED and self.sign_in.renewable:
            self.sign_in.forget()
            asked.headers = {**asked.headers, **self._sign_in_headers()}
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
        objections: list[PlatformFailure] = []
        for observer in self.observers:
            try:
                observer.call_finished(call, outcome)
            except PlatformFailure as objection:
                objections.append(objection)
        if objections:
            raise objections[0]

    def _attempted(self, call: Call, asked: requests.Request, may_retry: bool) -> Exchange:
        attempts: list[Attempt] = []
        last_number = 1 + (self.limits.retries if may_retry else 0)
        request = self.session.prepare_request(asked)
        while True:
            number = len(attempts) + 1
            started = time.perf_counter()
            answer = self._tried(request)
            milliseconds = (time.perf_counter() - started) * 1000
            attempts.append(Attempt(number, _outcome(answer), milliseconds))
            if number < last_number and _worth_retrying(answer):
                continue
            if isinstance(answer, requests.RequestException):
                raise self._failure(request, answer, attempts) from None
            return _exchange(call, request, answer, attempts)

    def _tried(self, request: requests.PreparedRequest) -> requests.Response | requests.RequestException:
        try:
            return self.session.send(
                request,
                timeout=(self.limits.connect_seconds, self.limits.read_seconds),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return error

    def _failure(
        self, request: requests.PreparedRequest, error: requests.RequestException, attempts: list[Attempt]
    ) -> ExchangeFailure:
        tries = ", ".join(f"#{attempt.number} {attempt.outcome}" for attempt in attempts)
        kind = TimedOut if isinstance(error, requests.Timeout) else Unreachable
        return kind(
            method=str(request.method),
            url=self.redactor.url(str(request.url)),
            reason=f"{self.redactor.text(_innermost(error))} (tried: {tries})",
        )


class Resource:
    """The calls of one kind of thing. Holds paths, parameters and types; the transport does the rest."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport


def new_session(adapter: BaseAdapter | None = None, mount_at: str = "http://") -> requests.Session:
    """A session that takes nothing from the environment and keeps no cookies: callers must not mix.

    `adapter` answers everything below the URL `mount_at`.
    """
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    if adapter is not None:
        session.mount(mount_at, adapter)
    return session


def _encoded(
    json: Any, form: Mapping[str, Any] | None, raw_body: bytes | None
) -> tuple[bytes | Mapping[str, Any] | None, dict[str, str]]:
    if raw_body is not None:
        return raw_body, {"Content-Type": "application/json"}
    if json is not None:
        return json_module.dumps(json, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    return form, {}


def _worth_retrying(answer: requests.Response | requests.RequestException) -> bool:
    if isinstance(answer, requests.RequestException):
        return isinstance(answer, requests.ConnectionError | requests.exceptions.ChunkedEncodingError)
    return answer.status_code in WORTH_RETRYING


def _outcome(answer: requests.Response | requests.RequestException) -> str:
    return type(answer).__name__ if isinstance(answer, requests.RequestException) else str(answer.status_code)


def _innermost(error: BaseException) -> str:
    """The cause that a person can act on; the outer ones are the layers of urllib3."""
    seen: BaseException = error
    while (inner := getattr(seen, "reason", None) or seen.__cause__ or seen.__context__) is not None:
        if not isinstance(inner, BaseException):
            break
        seen = inner
    return f"{type(seen).__name__}: {seen}"


def _exchange(
    call: Call, request: requests.PreparedRequest, response: requests.Response, attempts: list[Attempt]
) -> Exchange:
    body = request.body or b""
    return Exchange(
        call=call.name,
        actor=call.actor,
        method=str(request.method),
        url=str(request.url),
        request_headers=dict(request.headers),
        request_body=body.decode(errors="replace") if isinstance(body, bytes) else str(body),
        status=response.status_code,
        response_headers=dict(response.headers),
        response_body=response.content.decode("utf-8", errors="replace"),
        attempts=tuple(attempts),
    )
