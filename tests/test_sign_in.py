"""Sign-in on both fronts (A-01), and tokens that must not be accepted (A-02)."""

import base64
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from clients import AdminClient, FixedHeaders, MemberClient
from harness.case_words import WordContext, changed
from harness.cases import Area, Case, case, cases
from harness.checks import check_http, check_kept, check_outcome, check_refused
from harness.clock import HOUR, SECOND, SandboxClock
from harness.kinds.event import EventWorkshop
from harness.platform import Platform, Unavailable

pytestmark = pytest.mark.contract

CONSOLE = Area("管理后台", "登录与权限")
MINI_PROGRAM = Area("小程序", "登录与权限")

BENT_TOKENS: dict[str, Callable[[str], str]] = {
    "empty": lambda token: "",
    "garbled": lambda token: "not-a-token",
    "first-half": lambda token: token[: len(token) // 2],
    "one-character-changed": lambda token: _other_character(token, len(token) // 2),
    "last-character-gone": lambda token: token[:-1],
}


@cases("sign_in")
def test_sign_in(case: Case, platform: Platform, events: EventWorkshop) -> None:
    body = changed(_credentials(platform), case.change, events.words)

    answer = platform.console.login(body)

    check_outcome(answer, case)


@case(
    "sign-in",
    "A-01",
    "用户名和密码正确，得到能用的令牌",
    area=CONSOLE,
    story="登录",
    severity="blocker",
    smoke=True,
)
def test_sign_in_gives_a_token_that_works(platform: Platform) -> None:
    token = platform.console.login(_credentials(platform)).require_data()["token"]

    answer = _with_headers(platform, {"X-Token": token}).events.list(page=1, size=1)

    assert answer.ok


@cases("token_header")
def test_token_travels_in_either_header(case: Case, platform: Platform) -> None:
    headers = {str(case.query["header"]): _token(platform)}

    answer = _with_headers(platform, headers).events.list(page=1, size=1)

    check_outcome(answer, case)


@case("token-missing", "A-02", "没有令牌，HTTP 401", area=CONSOLE, story="令牌", severity="blocker")
def test_no_token_is_401(platform: Platform) -> None:
    answer = platform.console.events.list(page=1, size=1)

    check_http(answer, 401)


@cases("token_bent")
def test_bent_token_is_401(case: Case, platform: Platform) -> None:
    token = BENT_TOKENS[case.query["bend"]](_token(platform))

    answer = _with_headers(platform, {"X-Token": token}).events.list(page=1, size=1)

    check_outcome(answer, case)


@case(
    "token-of-member",
    "A-02",
    "会员的令牌在后台无效，HTTP 401",
    area=CONSOLE,
    story="令牌",
    severity="critical",
)
def test_member_token_does_not_open_the_console(platform: Platform) -> None:
    token = _member_token(platform)

    answer = _with_headers(platform, {"X-Token": token}).events.list(page=1, size=1)

    check_http(answer, 401)


@case("token-lives", "A-02", "令牌到期前一秒仍有效", area=CONSOLE, story="令牌")
def test_token_lives_until_it_expires(platform: Platform, movable_clock: SandboxClock) -> None:
    caller = _with_headers(platform, {"X-Token": _token(platform)})

    movable_clock.advance(platform.profile.tenant_token_hours * HOUR - SECOND)

    assert caller.events.list(page=1, size=1).ok


@case("token-expires", "A-02", "令牌到期那一秒起 HTTP 401", area=CONSOLE, story="令牌", severity="critical")
def test_token_expires(platform: Platform, movable_clock: SandboxClock) -> None:
    caller = _with_headers(platform, {"X-Token": _token(platform)})

    movable_clock.advance(platform.profile.tenant_token_hours * HOUR)

    check_http(caller.events.list(page=1, size=1), 401)


@case("wechat-claims", "A-02", "会员令牌是 HS256 的 JWT，带约定的声明", area=MINI_PROGRAM, story="登录")
def test_member_token_says_who_the_member_is(platform: Platform, movable_clock: SandboxClock) -> None:
    token = _member_token(platform)
    me = _with_member_token(platform, token).me().require_data()

    claims = jwt.decode(token, options={"verify_signature": False})

    assert jwt.get_unverified_header(token)["alg"] == "HS256"
    assert claims.keys() >= {"organizationId", "sub", "appId", "iss", "worker", "iat", "exp"}
    assert (claims["sub"], claims["appId"]) == (me["id"], platform.profile.app_id)
    assert (str(claims["organizationId"]), bool(claims["worker"])) == (me["organizationId"], me["worker"])
    assert claims["iat"] * SECOND == movable_clock.now() < claims["exp"] * SECOND


@cases("wechat_kind")
def test_wechat_code_tells_the_kind_of_member(case: Case, platform: Platform, words: WordContext) -> None:
    me = platform.member(case.query["kind"]).me().require_data()

    check_kept({}, me, case, words)


@case(
    "wechat-unknown-app",
    "A-01",
    "未知的小程序 appid 登不进去",
    area=MINI_PROGRAM,
    story="登录",
    severity="critical",
)
def test_unknown_app_cannot_sign_in(platform: Platform, mark: str) -> None:
    answer = platform.mini_program.login(f"wx-{mark}", "plain")

    assert not answer.ok
    assert answer.data is None


@case("wechat-code-empty", "A-01", "微信码为空登不进去", area=MINI_PROGRAM, story="登录")
def test_empty_code_cannot_sign_in(platform: Platform) -> None:
    answer = platform.mini_program.login(platform.profile.app_id, "")

    check_refused(answer, "40001", "code")


@case(
    "member-token-missing",
    "A-02",
    "小程序没有令牌，HTTP 401",
    area=MINI_PROGRAM,
    story="令牌",
    severity="blocker",
)
def test_no_member_token_is_401(platform: Platform) -> None:
    answer = platform.mini_program.me()

    check_http(answer, 401)


@cases("member_token_bent")
def test_bent_member_token_is_401(case: Case, platform: Platform) -> None:
    token = BENT_TOKENS[case.query["bend"]](_member_token(platform))

    answer = _with_member_token(platform, token).me()

    check_outcome(answer, case)


@case(
    "member-token-of-tenant",
    "A-02",
    "租户的令牌在小程序无效，HTTP 401",
    area=MINI_PROGRAM,
    story="令牌",
    severity="critical",
)
def test_tenant_token_does_not_open_the_mini_program(platform: Platform) -> None:
    answer = _with_member_token(platform, _token(platform)).me()

    check_http(answer, 401)


@case(
    "member-token-unsigned",
    "A-02",
    "alg 为 none 的会员令牌，HTTP 401",
    area=MINI_PROGRAM,
    story="令牌",
    severity="blocker",
)
def test_unsigned_member_token_is_401(platform: Platform) -> None:
    claims = jwt.decode(_member_token(platform), options={"verify_signature": False})

    forged = jwt.encode(claims, None, algorithm="none")

    check_http(_with_member_token(platform, forged).me(), 401)


@case(
    "member-token-forged",
    "A-02",
    "用别的密钥签的会员令牌，HTTP 401",
    area=MINI_PROGRAM,
    story="令牌",
    severity="blocker",
)
def test_member_token_signed_by_another_is_401(platform: Platform) -> None:
    claims = jwt.decode(_member_token(platform), options={"verify_signature": False})

    forged = jwt.encode(claims, "a-guessed-secret-of-thirty-two-bytes", algorithm="HS256")

    check_http(_with_member_token(platform, forged).me(), 401)


@case(
    "member-token-claims-changed",
    "A-02",
    "改了声明而沿用原签名的会员令牌，HTTP 401",
    area=MINI_PROGRAM,
    story="令牌",
    severity="critical",
)
def test_member_token_with_changed_claims_is_401(platform: Platform) -> None:
    header, payload, signature = _member_token(platform).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    bent = base64.urlsafe_b64encode(json.dumps({**claims, "worker": not claims["worker"]}).encode())

    token = ".".join([header, bent.decode().rstrip("="), signature])

    check_http(_with_member_token(platform, token).me(), 401)


@case(
    "member-token-other-app",
    "A-02",
    "令牌与 X-Wx-Appid 不是同一个小程序，HTTP 401",
    area=MINI_PROGRAM,
    story="令牌",
    severity="critical",
)
def test_member_token_of_another_app_is_401(platform: Platform) -> None:
    token, other = _member_token(platform), platform.profile.other_app_id
    if other is None:
        raise Unavailable(f"环境 {platform.profile.title} 没有第二个组织的小程序（wechat.other_app_id）")

    answer = _with_member_token(platform, token, app_id=other).me()

    check_http(answer, 401)


@case("member-token-lives", "A-02", "会员令牌到期前一秒仍有效", area=MINI_PROGRAM, story="令牌")
def test_member_token_lives_until_it_expires(platform: Platform, movable_clock: SandboxClock) -> None:
    caller = _with_member_token(platform, _member_token(platform))

    movable_clock.advance(platform.profile.member_token_hours * HOUR - SECOND)

    assert caller.me().ok


@case(
    "member-token-expires",
    "A-02",
    "会员令牌到期那一秒起 HTTP 401",
    area=MINI_PROGRAM,
    story="令牌",
    severity="critical",
)
def test_member_token_expires(platform: Platform, movable_clock: SandboxClock) -> None:
    caller = _with_member_token(platform, _member_token(platform))

    movable_clock.advance(platform.profile.member_token_hours * HOUR)

    check_http(caller.me(), 401)


def _credentials(platform: Platform) -> dict[str, Any]:
    main = platform.profile.tenants["admin"]
    return {"username": main.username, "password": main.password}


def _token(platform: Platform) -> str:
    return platform.console.login(_credentials(platform)).require_data()["token"]


def _member_token(platform: Platform) -> str:
    """A token of a plain member: the profile's, or a fresh one by a call of the test's own."""
    found = platform.profile.wechat_codes.get("plain")
    if found is not None and found.token is not None:
        return found.token
    if found is None or found.code is None:
        raise Unavailable(f"环境 {platform.profile.title} 没有普通会员的微信登录码（wechat.codes.plain）")
    return platform.mini_program.login(platform.profile.app_id, found.code).require_data()["accessToken"]


def _with_headers(platform: Platform, headers: dict[str, str]) -> AdminClient:
    return platform.console.signed_in(FixedHeaders(headers))


def _with_member_token(platform: Platform, token: str, *, app_id: str | None = None) -> MemberClient:
    headers = {"X-Wx-Appid": app_id or platform.profile.app_id or "", "accessToken": token}
    return platform.mini_program.signed_in(FixedHeaders(headers))


def _other_character(token: str, place: int) -> str:
    other = "A" if token[place] != "A" else "B"
    return token[:place] + other + token[place + 1 :]
