"""How a caller proves who it is: one strategy a class, all alike to the transport.

A strategy signs in when its headers are first asked for, keeps the token, and signs in anew after `forget`.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from clients.permissions import Effect
from clients.response import Answer

ANONYMOUS = "anonymous"
CallMaker = Callable[..., Answer[Any]]
"""`Transport.call`, or something like it."""


class SignIn(Protocol):
    """`actor` names the caller in reports. `renewable` says whether a refused token may be fetched anew."""

    @property
    def actor(self) -> str: ...

    @property
    def renewable(self) -> bool: ...

    def headers(self, call: CallMaker, learn: Callable[[str], None]) -> Mapping[str, str]:
        """The headers to send; `call` is an anonymous `Transport.call`, `learn` takes the secrets met."""

    def forget(self, sent: Mapping[str, str] | None = None) -> None:
        """Drop the token, so that the next `headers` signs in again.

        With the headers that were `sent`, drop it only if it is the one among them: when several threads
        are refused with one old token, the first renews it, and the others must not throw that away.
        """


@dataclass(frozen=True)
class Anonymous:
    """Sends nothing."""

    actor: str = ANONYMOUS
    renewable: bool = False

    def headers(self, call: CallMaker, learn: Callable[[str], None]) -> Mapping[str, str]:
        return {}

    def forget(self, sent: Mapping[str, str] | None = None) -> None:
        return None


@dataclass(frozen=True)
class FixedHeaders:
    """Sends given headers as they are, for tokens that a test made up; never renewed."""

    sent: Mapping[str, str] = field(repr=False)
    actor: str = "fixed"
    renewable: bool = False

    def headers(self, call: CallMaker, learn: Callable[[str], None]) -> Mapping[str, str]:
        return self.sent

    def forget(self, sent: Mapping[str, str] | None = None) -> None:
        return None


class _TokenSignIn:
    """Keeps one token; signs in once, also when several threads ask at the same time."""

    renewable = True

    def __init__(self, actor: str) -> None:
        self.actor = actor
        self._token: str | None = None
        self._lock = threading.Lock()

    def forget(self, sent: Mapping[str, str] | None = None) -> None:
        with self._lock:
            if sent is None or self._token in sent.values():
                self._token = None

    def _kept(self, fetch: Callable[[], str], learn: Callable[[str], None]) -> str:
        with self._lock:
            if self._token is None:
                self._token = fetch()
                learn(self._token)
            return self._token


class TenantSignIn(_TokenSignIn):
    """A tenant of the admin console; `header` is `X-Token`, or `SystemToken` on newer builds."""

    def __init__(self, actor: str, username: str, password: str, *, header: str = "X-Token") -> None:
        super().__init__(actor)
        self._username = username
        self._password = password
        self._header = header

    def headers(self, call: CallMaker, learn: Callable[[str], None]) -> Mapping[str, str]:
        return {self._header: self._kept(lambda: self._fetch(call), learn)}

    def _fetch(self, call: CallMaker) -> str:
        body = {"username": self._username, "password": self._password}
        return _token_in(tenant_login(call, body), "token")


class WechatSignIn(_TokenSignIn):
    """A member of the mini-program, by a WeChat code of the app. A code may be good for one use only."""

    def __init__(self, actor: str, app_id: str, code: str) -> None:
        super().__init__(actor)
        self._app_id = app_id
        self._code = code

    def headers(self, call: CallMaker, learn: Callable[[str], None]) -> Mapping[str, str]:
        return {"X-Wx-Appid": self._app_id, "accessToken": self._kept(lambda: self._fetch(call), learn)}

    def _fetch(self, call: CallMaker) -> str:
        return _token_in(wechat_login(call, self._app_id, self._code), "accessToken")


def _token_in(answer: Answer[Any], key: str) -> str:
    data = answer.require_data()
    token = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(token, str) or not token:
        raise answer.refused(f"success without data.{key}")
    return token


def tenant_login(call: CallMaker, body: Mapping[str, Any]) -> Answer[Any]:
    """`POST /dab/tenants/login`; the data holds `token`. It changes nothing."""
    return call(
        "admin.tenants.login", "POST", "tenants/login", json=body, effect=Effect.READS, repeatable=False
    )


def wechat_login(call: CallMaker, app_id: str | None, code: str | None) -> Answer[Any]:
    """`GET /clt/wechat/login`; the data holds `accessToken`. Not repeatable: a code may serve only once."""
    return call(
        "member.wechat.login",
        "GET",
        "wechat/login",
        params={"code": code},
        headers={} if app_id is None else {"X-Wx-Appid": app_id},
        repeatable=False,
    )
