"""On an environment that looks real: what it lacks is skipped with the reason, what was made is deleted.

The environment is a served sandbox; only its profile makes it a real one.
"""

from typing import Any

import pytest

from clients import AdminClient, MemberClient, TenantSignIn, Transport
from tests.harness.projects import PROJECT, Project, Ran, case_entry, ran

SIGN_IN = {"DAB_ADMIN_USERNAME": "admin", "DAB_ADMIN_PASSWORD": "sandbox"}
OTHER = {"DAB_OTHER_USERNAME": "other", "DAB_OTHER_PASSWORD": "sandbox"}
LACKING = """
@cases("viewer")
def test_viewer(case: Case, viewer: AdminClient) -> None: ...

@case("lacks-other", "C-14", "要另一个组织", area=AREA, story="试写")
def test_other(other_admin: AdminClient) -> None: ...

@case("lacks-privilege", "A-03", "要缺权限的租户", area=AREA, story="试写")
def test_privilege(platform) -> None:
    platform.tenant_without("EVENT_VIEW")

@case("lacks-plain", "E-03", "要会员", area=AREA, story="试写")
def test_member(member) -> None: ...

@case("lacks-staff", "E-03", "要员工", area=AREA, story="试写")
def test_staff(platform) -> None:
    platform.member("staff")

@case("lacks-clock", "E-02", "要时钟", area=AREA, story="试写")
def test_clock(movable_clock) -> None: ...

@case("lacks-store", "C-14", "要另一个组织的门店", area=AREA, story="试写")
def test_store(words) -> None:
    words.id_of("store_other_organization")

@case("lacks-new-members", "E-03", "要新会员", area=AREA, story="试写")
def test_new_members(people) -> None:
    people("wang")

@case("lacks-payment-secret", "P-02", "要支付通知", area=AREA, story="试写")
def test_payment(cashier) -> None:
    cashier.settle("7", 1)

@case("lacks-provider", "P-02", "要支付方", area=AREA, story="试写")
def test_provider(payment_provider) -> None: ...

@case("lacks-nothing", "E-01", "什么也不缺", area=AREA, story="试写")
def test_nothing(events: EventWorkshop) -> None:
    assert events.make()["status"]
"""
REASONS = {
    "lacks-viewer": "环境 预发环境 缺少租户 viewer（未设置环境变量 DAB_V_USERNAME, DAB_V_PASSWORD）",
    "lacks-other": "环境 预发环境 缺少租户 other（配置中没有）",
    "lacks-privilege": "环境 预发环境 缺少租户 without EVENT_VIEW（配置中没有）",
    "lacks-plain": "环境 预发环境 缺少微信登录码 plain（未设置环境变量 CLT_PLAIN_CODE）",
    "lacks-staff": "环境 预发环境 缺少微信登录码 staff（配置中没有）",
    "lacks-clock": "环境 预发环境 不允许拨动时钟",
    "lacks-new-members": "环境 预发环境 不允许用例新建会员（allow_new_members）",
    "lacks-payment-secret": "环境 预发环境 缺少支付通知的签名密钥（未设置环境变量 CLT_PAY_SECRET）",
    "lacks-provider": "环境 预发环境 缺少支付通知的签名密钥（未设置环境变量 CLT_PAY_SECRET）",
    "lacks-store": "环境 预发环境 缺少租户 other（配置中没有）",
}
MAKING = """
from pathlib import Path

def note(mark: str) -> None:
    with Path("marks.txt").open("a", encoding="utf-8") as file:
        file.write(mark + "\\n")

@case("makes-and-fails", "E-01", "建好后失败", area=AREA, story="试写")
def test_fails(admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    note(mark)
    made = [events.make() for _ in range(3)]
    admin.events.copy(made[0]["id"]).require_ok()
    assert admin.events.list(search_word=mark).total == 0

@cases("refused")
def test_taken_wrongly(case: Case, admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    note(mark)
    check_outcome(admin.events.create(events.body()), case)

@case("makes-elsewhere", "C-14", "另一个组织建的", area=AREA, story="试写")
def test_elsewhere(other_admin: AdminClient, events: EventWorkshop, mark: str) -> None:
    note(mark)
    events.make(caller=other_admin)
    other_admin.events.copy(events.make(caller=other_admin)["id"]).require_ok()

@case("makes-several-kinds", "G-12", "各种都建", area=AREA, story="试写")
def test_several_kinds(admin: AdminClient, events: EventWorkshop, group_buys, mark: str) -> None:
    note(mark)
    admin.group_buys.copy(group_buys.make()["id"]).require_ok()
    admin.events.copy(events.make()["id"]).require_ok()
    admin.workers.create({"name": mark, "workerNo": mark}).require_ok()

@case("makes-by-a-caller", "E-01", "用例自己登录后建的", area=AREA, story="试写")
def test_by_a_caller(platform, mark: str) -> None:
    note(mark)
    caller = platform.tenant()
    resource_id = caller.resources.new_id("hd").require_data()
    start = 1900000000000
    session = {"startTime": start, "endTime": start + 1000, "placeType": "ADDRESS", "address": "x"}
    body = {"resourceId": resource_id, "name": mark, "beginTime": start, "endTime": start + 1000}
    caller.events.create({**body, "eventSessionList": [session]}).require_ok()
"""

READING = """
@case("it-reads", "C-02", "只读", area=AREA, story="试写")
def test_reads(admin: AdminClient) -> None:
    admin.events.list(page=1, size=1).require_ok()

@case("it-writes", "E-01", "写", area=AREA, story="试写")
def test_writes(events: EventWorkshop) -> None:
    events.make()

@case("writes-raw", "C-04", "直接写", area=AREA, story="试写")
def test_raw(admin: AdminClient) -> None:
    try:
        admin.transport.call("admin.events.delete", "DELETE", "event/1")
    except AssertionError:
        pass

@case("it-pays", "P-02", "支付", area=AREA, story="试写")
def test_pays(member) -> None:
    member.payments.start("1").require_ok()

@pytest.mark.load
@case("it-crowds", "E-07", "并发", area=AREA, story="试写")
def test_crowds(admin: AdminClient) -> None: ...
"""


def run(project: Project, *arguments: str, **environment: str) -> tuple[pytest.RunResult, dict[str, Ran]]:
    report = project.root / "junit.xml"
    result = project.run(f"--junitxml={report}", *arguments, **environment)
    return result, {test.name: test for test in ran(report)}


def client(url: str, username: str) -> AdminClient:
    return AdminClient(Transport(f"{url}/dab", sign_in=TenantSignIn(username, username, "sandbox")))


MEMBER_TOKEN = {"app_id": "wx-sandbox-main", "codes": {"plain": {"token_env": "CLT_TOKEN"}}}


def member_token(url: str) -> str:
    """As a member has it who has signed in by WeChat already."""
    answer = MemberClient(Transport(f"{url}/clt")).login("wx-sandbox-main", "plain")
    return answer.require_data()["accessToken"]


def real(project: Project, url: str, **changes: Any) -> None:
    urls = {"urls__admin": f"{url}/dab", "urls__member": f"{url}/clt"}
    project.profile("real", **urls, **changes)


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("lacking"))
    made.cases("viewer", case_entry("lacks-viewer"))
    made.tests("some", LACKING)
    return made


@pytest.fixture(scope="module")
def on_a_real_environment(lacking: Project, served_sandbox: str) -> tuple[pytest.RunResult, dict[str, Ran]]:
    viewer = {"username_env": "DAB_V_USERNAME", "password_env": "DAB_V_PASSWORD"}
    wechat = {"app_id": "wx-sandbox-main", "codes": {"plain": {"code_env": "CLT_PLAIN_CODE"}}}
    payment = {"secret_env": "CLT_PAY_SECRET"}
    real(lacking, served_sandbox, tenants__viewer=viewer, wechat=wechat, payment=payment)
    return run(lacking, "--profile=real", **SIGN_IN)


@pytest.fixture(scope="module")
def on_the_sandbox(lacking: Project) -> dict[str, Ran]:
    profile = (PROJECT / "data" / "profiles" / "sandbox.toml").read_text("utf-8")
    callers = ("viewer =", "other =", "codes =", "EVENT_VIEW =")
    allowances = ("allow_clock =", "allow_new_members =", "[payment]", "secret =")
    kept = [line for line in profile.splitlines() if not line.startswith(callers + allowances)]
    lacking.write("data/profiles/poor.toml", "\n".join(kept))
    return run(lacking, "--profile=poor")[1]


@pytest.fixture(scope="module")
def making(tmp_path_factory: pytest.TempPathFactory, served_sandbox: str) -> tuple[list[str], dict[str, Ran]]:
    """The marks of the tests that made something, and what became of the tests."""
    project = Project(tmp_path_factory.mktemp("making"))
    project.cases("refused", case_entry("taken-wrongly", expect={"code": "40001"}))
    project.tests("some", MAKING)
    other = {"username_env": "DAB_OTHER_USERNAME", "password_env": "DAB_OTHER_PASSWORD"}
    real(project, served_sandbox, tenants__other=other)
    _, tests = run(project, "--profile=real", "-p", "no:randomly", **SIGN_IN, **OTHER)
    return (project.root / "marks.txt").read_text("utf-8").split(), tests


@pytest.mark.parametrize("case_id", REASONS)
def test_lack_is_skipped_with_its_reason(
    case_id: str, on_a_real_environment: tuple[pytest.RunResult, dict[str, Ran]]
) -> None:
    _, tests = on_a_real_environment

    assert (tests[case_id].outcome, tests[case_id].message) == ("skipped", REASONS[case_id])


def test_what_lacks_nothing_runs(
    on_a_real_environment: tuple[pytest.RunResult, dict[str, Ran]], on_the_sandbox: dict[str, Ran]
) -> None:
    result, tests = on_a_real_environment

    assert (result.ret, tests["lacks-nothing"].outcome) == (0, "passed")
    assert on_the_sandbox["lacks-nothing"].outcome == "passed"
    assert "profile: real, 预发环境" in result.outlines


@pytest.mark.parametrize("case_id", REASONS)
def test_lack_of_the_sandbox_is_a_failure(case_id: str, on_the_sandbox: dict[str, Ran]) -> None:
    assert on_the_sandbox[case_id].outcome in {"failure", "error"}
    assert "环境 内置沙箱 " in on_the_sandbox[case_id].message


def test_tests_that_make_rows_end_as_they_should(making: tuple[list[str], dict[str, Ran]]) -> None:
    _, tests = making

    assert {name: test.outcome for name, test in tests.items()} == {
        "makes-and-fails": "failure",
        "taken-wrongly": "failure",
        "makes-elsewhere": "passed",
        "makes-several-kinds": "passed",
        "makes-by-a-caller": "passed",
    }


@pytest.mark.parametrize("username", ["admin", "other"])
def test_nothing_is_left_behind(
    username: str, making: tuple[list[str], dict[str, Ran]], served_sandbox: str
) -> None:
    marks, _ = making
    caller = client(served_sandbox, username)

    left = [
        answer.require_data()
        for mark in marks
        for answer in (
            caller.events.list(search_word=mark),
            caller.group_buys.list(search_word=mark),
            caller.workers.list(search_key=mark),
        )
    ]

    assert left == [[]] * 3 * 5


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("careful"))
    made.tests("some", READING)
    return made


def test_profile_that_allows_nothing_skips_with_the_reason(careful: Project, served_sandbox: str) -> None:
    nothing = {"allow_write": None, "allow_payment": None}
    real(careful, served_sandbox, **nothing, wechat=MEMBER_TOKEN)

    result, tests = run(careful, "--profile=real", **SIGN_IN, CLT_TOKEN=member_token(served_sandbox))

    assert {name: (test.outcome, test.message) for name, test in tests.items()} == {
        "it-reads": ("passed", ""),
        "it-writes": ("skipped", "环境不允许写（allow_write）：POST event"),
        "writes-raw": ("skipped", "环境不允许写（allow_write）：DELETE event/1"),
        "it-pays": ("skipped", "环境不允许写（allow_write）：POST payments/1"),
        "it-crowds": ("skipped", "环境 预发环境 不允许一次发出许多调用（allow_load）"),
    }
    assert result.ret == 0


def test_profile_that_allows_writing_alone_makes_no_payment(careful: Project, served_sandbox: str) -> None:
    real(careful, served_sandbox, allow_payment=None, allow_load=True, wechat=MEMBER_TOKEN)

    _, tests = run(careful, "--profile=real", **SIGN_IN, CLT_TOKEN=member_token(served_sandbox))

    assert tests["it-pays"].message == "环境不允许支付（allow_payment）：POST payments/1"
    assert {name: test.outcome for name, test in tests.items()} == {
        "it-reads": "passed",
        "it-writes": "passed",
        "writes-raw": "passed",
        "it-pays": "skipped",
        "it-crowds": "passed",
    }
