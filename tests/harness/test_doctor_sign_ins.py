"""What the doctor says of the profile's callers: sign-ins, tokens, WeChat codes, privileges."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
import responses

from harness.doctor import examination
from harness.doctor.examination import CHECKS, examined
from harness.doctor.findings import ADMIN, MEMBER, Finding, State, Subject
from harness.doctor.network import network
from harness.doctor.privileges import READING, privileges
from harness.doctor.sign_ins import members, tenants
from tests.harness.doctored import ROOT, SIGN_IN, VIEWER, found, one, profile_of, signs_in, subject_of, token
from tests.harness.stub_platform import envelope, page

HOUR = 3600
LOGIN = f"{ROOT}/dab/tenants/login"
READING_POSTS = {
    LOGIN,
    f"{ROOT}/dab/event_orders/get_order_list",
    f"{ROOT}/dab/group_buy_event/launch_list",
}
ALLOWANCES = ("allow_write", "allow_payment", "allow_load", "allow_clock", "allow_new_members")
WECHAT_LOGIN = f"{ROOT}/clt/wechat/login"
CODES = {"plain": {"code_env": "CLT_PLAIN"}, "staff": {"token_env": "CLT_STAFF"}}
WECHAT = {"app_id": "wx1", "codes": CODES}
SET = {**SIGN_IN, "DAB_VIEWER_USERNAME": "looker", "DAB_VIEWER_PASSWORD": "look", "CLT_PLAIN": "c0de-canary"}


@pytest.fixture
def mock() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def without_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows the name of the made-up platform."""
    monkeypatch.setattr(examination, "CHECKS", tuple(check for check in CHECKS if check is not network))


def test_tenant_that_signs_in_has_a_token_with_a_life(mock: responses.RequestsMock, tmp_path: Path) -> None:
    now = time.time()
    signs_in(mock, token(iat=now, exp=now + 12 * HOUR))

    findings = found(tenants, profile_of(tmp_path))

    assert one(findings, "tenant admin").found == "signed in; its token lives for 12.0 h"
    assert one(findings, "token clock").state is State.OK


def test_token_s_clock_that_is_far_off_is_a_warning(mock: responses.RequestsMock, tmp_path: Path) -> None:
    signs_in(mock, token(iat=time.time() - HOUR, exp=time.time()))

    assert one(found(tenants, profile_of(tmp_path)), "token clock").state is State.WARN


@pytest.mark.parametrize(
    "given", ["opaque", token(sub="x"), token(exp="soon", iat="now")], ids=["opaque", "no exp", "odd"]
)
def test_token_that_does_not_tell_is_no_fault(
    given: str, mock: responses.RequestsMock, tmp_path: Path
) -> None:
    signs_in(mock, given)

    (only,) = found(tenants, profile_of(tmp_path))

    assert (only.state, only.found) == (State.OK, "signed in; its token does not say how long it lives")


@pytest.mark.parametrize(("role", "state"), [("admin", State.FAILED), ("viewer", State.WARN)])
def test_refused_sign_in_names_the_variables(
    role: str, state: State, mock: responses.RequestsMock, tmp_path: Path
) -> None:
    mock.post(LOGIN, body=envelope("40101", "用户名或密码错误"))

    finding = one(found(tenants, profile_of(tmp_path, SET, tenants__viewer=VIEWER)), f"tenant {role}")

    assert finding.state is state
    assert finding.found == "refused: HTTP 200, code 40101: 用户名或密码错误"
    assert (
        finding.mend
        == f"check user and password in DAB_{role.upper()}_USERNAME and DAB_{role.upper()}_PASSWORD"
    )


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"body": envelope("0", "ok", {})}, "signed in, but the answer has no data.token"),
        ({"body": requests.ReadTimeout("late")}, "平台超时未答"),
    ],
    ids=["no token", "late"],
)
def test_sign_in_without_a_usable_answer_fails(
    answer: dict[str, Any], says: str, mock: responses.RequestsMock, tmp_path: Path
) -> None:
    mock.post(LOGIN, **answer)

    (only,) = found(tenants, profile_of(tmp_path))

    assert only.state is State.FAILED
    assert only.found.startswith(says)


def test_tenant_whose_variables_are_not_set_is_not_signed_in(
    mock: responses.RequestsMock, tmp_path: Path
) -> None:
    signs_in(mock, token())

    findings = found(tenants, profile_of(tmp_path, tenants__viewer=VIEWER))

    assert one(findings, "tenant viewer").state is State.SKIPPED
    assert len(mock.calls) == 1


def test_nobody_signs_in_where_no_front_is_reachable(mock: responses.RequestsMock, tmp_path: Path) -> None:
    with subject_of(profile_of(tmp_path, {**SET, "CLT_STAFF": "t"}, wechat=WECHAT)) as subject:
        subject.unreachable |= {ADMIN, MEMBER}
        findings = [*tenants(subject), *members(subject), *privileges(subject)]

    assert {finding.state for finding in findings} == {State.SKIPPED}
    assert len(mock.calls) == 0


def test_code_is_not_used_up_unless_asked_for(mock: responses.RequestsMock, tmp_path: Path) -> None:
    finding = one(found(members, profile_of(tmp_path, SET, wechat=WECHAT)), "member plain")

    assert (finding.state, len(mock.calls)) == (State.SKIPPED, 0)
    assert finding.mend.startswith("--use-codes signs in by it")


def test_code_is_used_where_asked_for(mock: responses.RequestsMock, tmp_path: Path) -> None:
    signs_in(mock, token(iat=1, exp=1 + 2 * HOUR), "clt/wechat/login")

    findings = found(members, profile_of(tmp_path, SET, wechat=WECHAT), use_codes=True)

    assert one(findings, "member plain").found == "signed in; its token lives for 2.0 h"
    assert one(findings, "member staff").state is State.SKIPPED
    assert len(mock.calls) == 1


def test_code_that_was_used_before_is_a_warning(mock: responses.RequestsMock, tmp_path: Path) -> None:
    mock.get(WECHAT_LOGIN, body=envelope("40029", "invalid code"))

    finding = one(found(members, profile_of(tmp_path, SET, wechat=WECHAT), use_codes=True), "member plain")

    assert (finding.state, finding.found) == (State.WARN, "refused: HTTP 200, code 40029: invalid code")


@pytest.mark.parametrize(
    ("left", "state", "says"),
    [
        (2 * HOUR + 30, State.OK, "its token is good; its token lives for 2.0 h"),
        (600 + 30, State.WARN, "its token is good; its token lives for 1"),
        (-2 * HOUR, State.WARN, "its token is good; its token ended 2.0 h ago"),
    ],
)
def test_member_s_token_is_tried_and_its_life_told(
    left: float, state: State, says: str, mock: responses.RequestsMock, tmp_path: Path
) -> None:
    mock.get(f"{ROOT}/clt/members", body=envelope("0", "ok", {"id": "1"}))
    environment = {**SET, "CLT_STAFF": token(iat=1, exp=time.time() + left)}

    finding = one(found(members, profile_of(tmp_path, environment, wechat=WECHAT)), "member staff")

    assert finding.state is state
    assert finding.found.startswith(says)


def test_member_s_token_that_is_refused_is_a_warning(mock: responses.RequestsMock, tmp_path: Path) -> None:
    mock.get(f"{ROOT}/clt/members", body=envelope("401", "登录已失效"), status=401)
    profile = profile_of(tmp_path, {**SET, "CLT_STAFF": "opaque"}, wechat=WECHAT)

    finding = one(found(members, profile), "member staff")

    assert finding.state is State.WARN
    assert finding.found.startswith("its token is refused: HTTP 401, code 401: 登录已失效")


def test_profile_without_the_mini_program_is_a_warning(tmp_path: Path) -> None:
    assert one(found(members, profile_of(tmp_path)), "members").state is State.WARN


def judged(
    mock: responses.RequestsMock, folder: Path, *forbidden: str, without: str | None = None
) -> tuple[State, str]:
    """The privileges of the main tenant, or of one without a privilege, where some calls answer 403."""
    refusal = envelope("403", "没有权限")
    for path in forbidden:
        method, _, url = path.partition(" ")
        mock.add(method, url, body=refusal, status=403)
    for method in ("GET", "POST"):
        mock.add(method, re.compile(f"{ROOT}/dab/.*"), body=page())
    profile = profile_of(folder, SET, tenants__viewer=VIEWER)
    called, check = "tenant admin", "privileges of admin"
    if without is not None:
        lacking = {without: profile.tenants["viewer"]}
        profile = replace(profile, tenants_without=lacking)
        called, check = f"tenant without {without}", f"privileges without {without}"
    with subject_of(profile) as subject:
        subject.tokens[called] = "t"
        finding = one(list(privileges(subject)), check)
    return finding.state, finding.found


EVENTS = f"GET {ROOT}/dab/event/list"
WORKERS = f"GET {ROOT}/dab/workers"


def test_main_tenant_with_every_privilege_is_in_order(mock: responses.RequestsMock, tmp_path: Path) -> None:
    assert judged(mock, tmp_path) == (State.OK, f"as they should be, by {len(READING)} reading calls")
    assert len(mock.calls) == len(READING)


def test_main_tenant_that_lacks_one_fails(mock: responses.RequestsMock, tmp_path: Path) -> None:
    state, says = judged(mock, tmp_path, EVENTS, WORKERS)

    assert (state, says) == (State.FAILED, "403 without EVENT_VIEW, WORKER_VIEW: the cases that need it fail")


def test_tenant_that_lacks_what_it_should_is_in_order(mock: responses.RequestsMock, tmp_path: Path) -> None:
    assert judged(mock, tmp_path, EVENTS, without="EVENT_VIEW")[0] is State.OK


def test_tenant_that_has_what_it_should_lack_is_a_warning(
    mock: responses.RequestsMock, tmp_path: Path
) -> None:
    state, says = judged(mock, tmp_path, without="EVENT_VIEW")

    assert (state, says.partition(":")[0]) == (State.WARN, "it has EVENT_VIEW, which it should lack")


def test_tenant_that_lacks_more_than_it_should_is_a_warning(
    mock: responses.RequestsMock, tmp_path: Path
) -> None:
    state, says = judged(mock, tmp_path, EVENTS, WORKERS, without="EVENT_VIEW")

    assert (state, says.partition(":")[0]) == (State.WARN, "403 without WORKER_VIEW")


def test_privilege_of_which_no_reading_call_tells_is_said_to_be_so(
    mock: responses.RequestsMock, tmp_path: Path
) -> None:
    state, says = judged(mock, tmp_path, without="EVENT_EDIT")

    assert (state, says) == (State.OK, "as they should be; no reading call tells of EVENT_EDIT itself")


@pytest.mark.usefixtures("without_connections")
@pytest.mark.parametrize("given", [token(sub="t0ken-canary"), "opaque-t0ken-canary"], ids=["JWT", "opaque"])
def test_secrets_and_tokens_are_masked_wherever_the_platform_repeats_them(
    given: str, mock: responses.RequestsMock, tmp_path: Path
) -> None:
    repeated = envelope("401", f"{SIGN_IN['DAB_ADMIN_PASSWORD']} {given}")
    mock.get(re.compile(f"{ROOT}/.*"), body=repeated, status=401)
    signs_in(mock, given)
    mock.post(re.compile(f"{ROOT}/.*"), body=f"{given} is no JSON")

    findings, _ = examined(profile_of(tmp_path, {**SET, "CLT_STAFF": "another"}, wechat=WECHAT))

    assert one(findings, "tenant admin").state is State.OK
    assert given not in str(findings)
    assert "canary" not in str(findings)


def test_whatever_a_check_says_is_masked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = SIGN_IN["DAB_ADMIN_PASSWORD"]

    def careless(_: Subject) -> Iterator[Finding]:
        yield Finding("x", State.FAILED, f"found {secret}", f"mend {secret}")

    monkeypatch.setattr(examination, "CHECKS", (careless,))

    assert examined(profile_of(tmp_path)) == ([Finding("x", State.FAILED, "found ***", "mend ***")], 1)


@pytest.mark.usefixtures("without_connections")
def test_nothing_but_reading_calls_leaves_whatever_the_profile_allows(
    mock: responses.RequestsMock, tmp_path: Path
) -> None:
    signs_in(mock, token(sub="x"))
    signs_in(mock, token(sub="y"), "clt/wechat/login")
    for method in ("GET", "POST", "PUT", "DELETE"):
        mock.add(method, re.compile(f"{ROOT}/.*"), body=page())
    allowed: dict[str, Any] = dict.fromkeys(ALLOWANCES, True)

    examined(profile_of(tmp_path, SET, wechat=WECHAT, **allowed), use_codes=True)

    sent = {(call.request.method, str(call.request.url).partition("?")[0]) for call in mock.calls}
    assert len(sent) > len(READING)
    assert {url for method, url in sent if method != "GET"} == READING_POSTS
