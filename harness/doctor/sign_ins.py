"""Whether each caller of the profile can sign in, and how long its token lives."""

import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

import jwt

from clients import Answer, ExchangeFailure, PlatformFailure, Refused
from harness.doctor.findings import ADMIN, MEMBER, Finding, State, Subject
from harness.doctor.fronts import skewed, told
from harness.profile import MAIN_TENANT, Credential, WechatCode

HOUR: Final = 3600
SHORT: Final = HOUR / 2
"""A token of the mini-program that lives no longer may not outlive a run."""


def tenants(subject: Subject) -> Iterator[Finding]:
    before = time.time()
    for role, credential in subject.profile.tenants.items():
        yield _tenant(tenant_called(role), credential, subject, is_main=role == MAIN_TENANT)
        token = subject.tokens.get(tenant_called(role))
        if role == MAIN_TENANT and token is not None and not subject.profile.sandbox:
            yield from _token_clock(token, before)
    for privilege, credential in subject.profile.tenants_without.items():
        yield _tenant(tenant_called(without=privilege), credential, subject, is_main=False)


def tenant_called(role: str = "", *, without: str = "") -> str:
    return f"tenant without {without}" if without else f"tenant {role}"


def _tenant(check: str, credential: Credential, subject: Subject, *, is_main: bool) -> Finding:
    if not credential.usable:
        return Finding(check, State.SKIPPED, "its environment variables are not set")
    if ADMIN in subject.unreachable:
        return Finding(check, State.SKIPPED, "the admin front is not reachable")
    body = {"username": credential.username, "password": credential.password}
    try:
        data = subject.platform.console.login(body).require_data()
    except Refused as refusal:
        names = " and ".join(credential.variables) or "the profile"
        return Finding(
            check,
            State.FAILED if is_main else State.WARN,
            f"refused: {_refusal(refusal)}",
            f"check user and password in {names}",
        )
    except ExchangeFailure as failure:
        return Finding(check, State.FAILED, told(failure), "see the admin front")
    token = _text(data, "token")
    if token is None:
        return Finding(check, State.FAILED, "signed in, but the answer has no data.token", "check urls.admin")
    subject.tokens[check] = token
    return Finding(check, State.OK, f"signed in; {_life(token, subject, is_new=True)[0]}")


def members(subject: Subject) -> Iterator[Finding]:
    if subject.profile.app_id is None:
        yield Finding(
            "members", State.WARN, "no [wechat]: every case of the mini-program is skipped", "[wechat] app_id"
        )
    for kind, code in subject.profile.wechat_codes.items():
        yield _member(f"member {kind}", kind, code, subject)


def _member(check: str, kind: str, code: WechatCode, subject: Subject) -> Finding:
    if code.code is None and code.token is None:
        return Finding(check, State.SKIPPED, "its environment variable is not set")
    if MEMBER in subject.unreachable:
        return Finding(check, State.SKIPPED, "the member front is not reachable")
    if code.token is not None:
        return _by_token(check, kind, code.token, subject)
    if not (subject.use_codes or subject.profile.sandbox):
        return Finding(
            check,
            State.SKIPPED,
            "a WeChat code is there; signing in would use it up",
            "--use-codes signs in by it; a token (token_env) is not used up",
        )
    return _by_code(check, str(code.code), subject)


def _by_token(check: str, kind: str, token: str, subject: Subject) -> Finding:
    life, seconds = _life(token, subject)
    try:
        answer = subject.platform.member(kind).me()
    except ExchangeFailure as failure:
        return Finding(check, State.FAILED, told(failure), "see the member front")
    if not answer.ok:
        return Finding(
            check,
            State.WARN,
            f"its token is refused: {_answered(answer)}; {life}",
            "put a new token in its place",
        )
    if seconds is not None and seconds < SHORT:
        return Finding(
            check, State.WARN, f"its token is good; {life}", "put a new token in its place before a run"
        )
    return Finding(check, State.OK, f"its token is good; {life}")


def _by_code(check: str, code: str, subject: Subject) -> Finding:
    try:
        data = subject.platform.mini_program.login(subject.profile.app_id, code).require_data()
    except Refused as refusal:
        mend = "get a new code; it may have been used, and lives for minutes"
        return Finding(check, State.WARN, f"refused: {_refusal(refusal)}", mend)
    except PlatformFailure as failure:
        return Finding(check, State.FAILED, told(failure), "see the member front")
    token = _text(data, "accessToken")
    if token is None:
        return Finding(
            check, State.FAILED, "signed in, but the answer has no data.accessToken", "check urls.member"
        )
    return Finding(check, State.OK, f"signed in; {_life(token, subject, is_new=True)[0]}")


def _life(token: str, subject: Subject, *, is_new: bool = False) -> tuple[str, float | None]:
    """How long a token lives, told and in seconds: a new one from its own beginning, else from now."""
    subject.platform.redactor.learn(token)
    claims = _claims(token)
    until, begun = claims.get("exp"), claims.get("iat")
    if until is None:
        return "its token does not say how long it lives", None
    now = time.time() + subject.skew_seconds
    left = until - (begun if is_new and begun is not None else now)
    return f"its token lives for {_span(left)}" if left > 0 else f"its token ended {_span(-left)} ago", left


def _claims(token: str) -> dict[str, float]:
    """The times of a token; none of one that is no JWT."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return {}
    return {name: float(value) for name, value in claims.items() if isinstance(value, int | float)}


def _token_clock(token: str, before: float) -> Iterator[Finding]:
    """By what clock the platform makes tokens: rows have their times from it, an answer's Date may not."""
    if (begun := _claims(token).get("iat")) is not None:
        yield skewed("token clock", begun - time.time(), begun + 1 - before)


def _span(seconds: float) -> str:
    return f"{seconds / HOUR:.1f} h" if seconds >= HOUR else f"{seconds / 60:.0f} min"


def _text(data: Any, key: str) -> str | None:
    value = data.get(key) if isinstance(data, Mapping) else None
    return value if isinstance(value, str) and value else None


def _refusal(refusal: Refused) -> str:
    return " ".join(str(refusal).splitlines()[-1].split())


def _answered(answer: Answer[Any]) -> str:
    return f"HTTP {answer.http_status}, code {answer.masked(answer.code)}: {answer.masked(answer.message)}"
