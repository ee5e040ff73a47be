"""A-01, A-02: sign-in on both fronts, and the tokens' lives."""

from typing import Any

import jwt
import pytest

from sandbox import Sandbox
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.bodies import HOUR, SECOND, START


@pytest.mark.parametrize(
    "sign_in",
    [
        {"username": "admin", "password": "wrong"},
        {"username": "admin", "password": ""},
        {"username": "Admin", "password": "sandbox"},
        {"username": "nobody", "password": "sandbox"},
    ],
)
def test_wrong_sign_in_is_40101_without_token(stranger: Actor, sign_in: dict[str, str]) -> None:
    answer = stranger.post("/dab/tenants/login", sign_in)
    assert (answer.status, answer.code, answer.data) == (200, "40101", None)


@pytest.mark.parametrize("field", ["username", "password"])
@pytest.mark.parametrize("value", [None, 1, "x" * 256, "a\0b", ["admin"]])
def test_sign_in_field_of_a_wrong_kind_is_40001(stranger: Actor, field: str, value: Any) -> None:
    answer = stranger.post("/dab/tenants/login", {"username": "admin", "password": "sandbox", field: value})
    assert answer.code == "40001"
    assert field in answer.message


@pytest.mark.parametrize("header", ["X-Token", "SystemToken", "x-token", "systemtoken"])
def test_tenant_token_is_taken_in_either_header(admin: Actor, stranger: Actor, header: str) -> None:
    token = admin.headers["X-Token"]
    assert stranger.call("GET", "/dab/event/list", headers={header: token}).code == "0"


@pytest.mark.parametrize("token", ["", "garbled", "a.b.c", "未登录"])
def test_garbled_tenant_token_is_401(stranger: Actor, token: str) -> None:
    headers = {"X-Token": token.encode().decode("latin-1")}
    assert stranger.call("GET", "/dab/event/list", headers=headers).status == 401


@pytest.mark.parametrize(("age", "status"), [(12 * HOUR - SECOND, 200), (12 * HOUR, 401)])
def test_tenant_token_lasts_twelve_hours(admin: Actor, control: Actor, age: int, status: int) -> None:
    control.put("/clock", {"advanceMs": age})
    assert admin.get("/event/list").status == status


@pytest.mark.parametrize(("age", "status"), [(2 * HOUR - SECOND, 200), (2 * HOUR, 401)])
def test_member_token_lasts_two_hours(plain: Actor, control: Actor, age: int, status: int) -> None:
    control.put("/clock", {"advanceMs": age})
    assert plain.get("/members").status == status


def test_token_of_the_other_front_is_401(admin: Actor, plain: Actor, stranger: Actor) -> None:
    tenant_token, member_token = admin.headers["X-Token"], plain.headers["accessToken"]
    on_console = stranger.call("GET", "/dab/event/list", headers={"X-Token": member_token})
    on_phone = stranger.call("GET", "/clt/members", headers={**plain.headers, "accessToken": tenant_token})
    assert (on_console.status, on_phone.status) == (401, 401)


def test_member_token_carries_the_contracts_claims(plain: Actor) -> None:
    claims = jwt.decode(plain.headers["accessToken"], options={"verify_signature": False})
    me = plain.get("/members").data
    assert set(claims) == {"organizationId", "sub", "appId", "iss", "worker", "iat", "exp"}
    assert (claims["sub"], claims["organizationId"]) == (me["id"], me["organizationId"])
    assert (claims["iat"], claims["exp"]) == (START // 1000, (START + 2 * HOUR) // 1000)


def test_member_token_is_hs256(plain: Actor) -> None:
    assert jwt.get_unverified_header(plain.headers["accessToken"])["alg"] == "HS256"


def test_token_signed_by_another_is_401(plain: Actor) -> None:
    claims = jwt.decode(plain.headers["accessToken"], options={"verify_signature": False})
    forged = jwt.encode(claims, "another secret that is long enough", algorithm="HS256")
    assert plain.call("GET", "/members", headers={"accessToken": forged}).status == 401


def test_unsigned_token_is_401(plain: Actor) -> None:
    claims = jwt.decode(plain.headers["accessToken"], options={"verify_signature": False})
    unsigned = jwt.encode(claims, None, algorithm="none")
    assert plain.call("GET", "/members", headers={"accessToken": unsigned}).status == 401


@pytest.mark.parametrize("app_id", ["", "wx-sandbox-other", "wx-unknown"])
def test_member_token_needs_its_own_app_id(plain: Actor, app_id: str) -> None:
    assert plain.call("GET", "/members", headers={"X-Wx-Appid": app_id}).status == 401


@pytest.mark.parametrize("code", [None, "", "  "])
def test_wechat_code_left_out_or_empty_is_40001(stranger: Actor, code: str | None) -> None:
    query = {} if code is None else {"code": code}
    answer = stranger.call(
        "GET", "/clt/wechat/login", query_string=query, headers={"X-Wx-Appid": "wx-sandbox-main"}
    )
    assert (answer.code, answer.data) == ("40001", None)


@pytest.mark.parametrize("headers", [{}, {"X-Wx-Appid": "wx-unknown"}])
def test_unknown_app_id_is_40101(stranger: Actor, headers: dict[str, str]) -> None:
    answer = stranger.call("GET", "/clt/wechat/login?code=plain", headers=headers)
    assert (answer.code, answer.data) == ("40101", None)


@pytest.mark.parametrize(
    ("code", "worker", "student"), [("staff", True, False), ("student", False, True), ("plain", False, False)]
)
def test_published_codes_are_their_members(app: Sandbox, code: str, worker: bool, student: bool) -> None:
    me = member(app, code).get("/members").data
    assert (me["worker"], me["student"]) == (worker, student)


def test_published_code_names_a_member_of_each_organization(app: Sandbox) -> None:
    here = member(app, "plain").get("/members").data
    there = member(app, "plain", "wx-sandbox-other").get("/members").data
    assert here["id"] != there["id"]
    assert here["organizationId"] != there["organizationId"]


def test_other_code_makes_a_member_once(app: Sandbox) -> None:
    first, second, again = (member(app, code).get("/members").data["id"] for code in ("a", "b", "a"))
    assert first != second
    assert again == first


def test_sign_in_is_noted_on_the_member(app: Sandbox, control: Actor) -> None:
    control.put("/clock", {"advanceMs": HOUR})
    assert member(app, "plain").get("/members").data["lastLoginTime"] == START + HOUR


def test_new_member_is_gone_after_a_reset(app: Sandbox, control: Actor) -> None:
    newcomer = member(app, "newcomer")
    control.post("/reset")
    assert newcomer.get("/members").status == 401


def test_tenant_stays_signed_in_after_a_reset(app: Sandbox, control: Actor) -> None:
    admin = tenant(app, "admin")
    control.post("/reset")
    assert admin.get("/event/list").status == 200
