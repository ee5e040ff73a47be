"""What reviewers read: labels, Chinese titles, a step for each call with its evidence; never a secret.

The platform is a stub whose answers carry canaries; one run, whose results are read as files.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.harness.projects import Project, case_entry, output
from tests.harness.stub_platform import answering, envelope, page

PASSWORD = "pa55 canary&ü"
TOKEN = "token-canary-0123456789"
MOBILE = "13912345678"
CANARIES = (PASSWORD, "pa55", TOKEN, MOBILE)
SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": PASSWORD}
STORE = {
    "organizationId": "1",
    "name": "虹口校区",
    "tel": MOBILE,
    **dict.fromkeys(("address", "longitude", "latitude")),
}
SUITE = """
@cases("stores")
def test_stores(case: Case, admin: AdminClient) -> None:
    admin.stores.list(page=1, size=1).require_ok()

@cases("broken")
def test_broken(case: Case, admin: AdminClient) -> None:
    admin.channels.list()

@case("python-broken", "C-03", "代码用例也一样", area=AREA, story="试写", severity="critical")
def test_python_broken(admin: AdminClient) -> None:
    try:
        admin.channels.list()
    except Exception:
        raise

@cases("refused")
def test_refused(case: Case, admin: AdminClient) -> None:
    admin.events.create({"name": "x", "detail": "mobile 139" + "12345678"}).require_ok()

@cases("telling")
def test_telling(case: Case, admin: AdminClient, platform) -> None:
    password = platform.profile.tenants["admin"].password
    token = platform.console.login({"username": "boss", "password": password}).data["token"]
    stores = admin.stores.list()
    print("printed", token, password, stores.data)
    assert stores.data == [], f"应为空，实为 {stores.data} {token}"

@cases("unsent")
def test_unsent(case: Case, viewer: AdminClient) -> None: ...

@case("python-unsent", "A-03", "没有只读租户", area=AREA, story="试写", severity="minor")
def test_python_unsent(viewer: AdminClient) -> None: ...
"""


@dataclass(frozen=True)
class Report:
    """A run and its Allure results."""

    result: pytest.RunResult
    folder: Path

    def test(self, case_id: str) -> dict[str, Any]:
        (found,) = (test for test in self.tests() if labels(test)["case"] == case_id)
        return found

    def tests(self) -> list[dict[str, Any]]:
        return [json.loads(path.read_text("utf-8")) for path in self.folder.glob("*-result.json")]

    def attachments(self, step: dict[str, Any]) -> dict[str, str]:
        return {one["name"]: (self.folder / one["source"]).read_text("utf-8") for one in step["attachments"]}


def labels(test: dict[str, Any]) -> dict[str, str]:
    return {label["name"]: label["value"] for label in test["labels"]}


@contextmanager
def stub() -> Iterator[str]:
    routes = {
        "POST /dab/tenants/login": envelope("0", "ok", {"token": TOKEN}),
        "GET /dab/event/list": page(),
        "GET /dab/organizations/store_list": page(STORE),
        "GET /dab/channel/list": page({"id": 7, "name": None, "mobile": MOBILE, "note": f"call {MOBILE}"}),
        "POST /dab/event": envelope("40001", f"detail: {MOBILE} is not allowed with {TOKEN}"),
    }
    with answering(envelope("0", "ok"), routes=routes) as url:
        yield url


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    project = Project(tmp_path_factory.mktemp("allure"))
    whole = case_entry("stores-fine", title="门店列表“可读” 🎉", severity="blocker", smoke=True, owner="王芳")
    project.cases("stores", {**whole, "issue": "https://issues.example.test/7", "rule": "C-02"})
    for name in ("broken", "refused", "telling", "unsent"):
        project.cases(name, case_entry(f"{name}-one"))
    project.tests("some", SUITE)
    with stub() as url:
        project.profile(
            "real",
            urls__admin=f"{url}/dab",
            tenants__viewer={"username_env": "DAB_V", "password_env": "DAB_W"},
        )
        result = project.run("--profile=real", "--alluredir=results", "-rs", "--showlocals", **SIGN_IN)
    return Report(result, project.root / "results")


def test_case_carries_its_labels(report: Report) -> None:
    found = labels(report.test("stores-fine"))

    expected = {"epic": "管理后台", "feature": "活动", "story": "试写", "severity": "blocker"}
    assert {**found, **expected, "rule": "C-02", "case": "stores-fine", "owner": "王芳"} == found
    assert {"name": "tag", "value": "smoke"} in report.test("stores-fine")["labels"]


def test_case_links_its_issue(report: Report) -> None:
    (link,) = report.test("stores-fine")["links"]

    assert (link["type"], link["url"]) == ("issue", "https://issues.example.test/7")


def test_title_is_the_case_s_in_readable_chinese(report: Report) -> None:
    assert report.test("stores-fine")["name"] == "门店列表“可读” 🎉"
    assert report.test("python-broken")["name"] == "代码用例也一样"
    written = b"".join(path.read_bytes() for path in report.folder.glob("*.json"))
    assert "门店列表".encode() in written
    assert b"\\u" not in written


def test_each_call_is_a_step_with_its_evidence(report: Report) -> None:
    steps = report.test("stores-fine")["steps"]

    record = report.attachments(report.test("stores-fine"))["调用记录"].rpartition("=== ")[2]
    assert (steps[-1]["name"], steps[-1]["status"]) == ("门店列表（admin）", "passed")
    assert record.startswith(f"{len(steps)}. 门店列表（admin）\n【请求】\nGET http://127.0.0.1:")
    assert "organizations/store_list?page=1&size=1\n" in record
    assert "X-Token: ***" in record
    assert "【响应】\nHTTP 200，" in record
    assert '"name": "虹口校区"' in record
    assert '"tel": "***"' in record
    assert record.endswith("【JSON Schema 结论】\n符合")


@pytest.mark.parametrize("case_id", ["broken-one", "python-broken"])
def test_broken_schema_fails_step_and_test_with_every_error(report: Report, case_id: str) -> None:
    test = report.test(case_id)

    step = test["steps"][-1]
    message = test["statusDetails"]["message"]
    assert (test["status"], step["status"], step["name"]) == ("failed", "failed", "渠道列表（admin）")
    assert "答复不符合 JSON Schema：admin.channels.list" in message
    assert "data[0].id: 7 is not of type 'string'" in message
    assert message.count("  data[0]") >= 2
    verdict = report.attachments(step)["JSON Schema 结论"].splitlines()
    assert all(line.startswith("不符：data[0]") for line in verdict)
    assert len(verdict) == message.count("\n  data[0]")


def test_refusal_shows_in_its_step(report: Report) -> None:
    test = report.test("refused-one")

    evidence = report.attachments(test["steps"][-1])
    assert test["status"] == "failed"
    assert (
        test["statusDetails"]["message"]
        .partition("\n")[0]
        .endswith("平台拒绝了应当成功的调用：admin.events.create")
    )
    assert '"detail": "mobile ***"' in evidence["请求"]
    assert '"message": "detail: *** is not allowed with ***"' in evidence["响应"]


@pytest.mark.parametrize(
    ("case_id", "title"), [("unsent-one", "用例 unsent-one"), ("python-unsent", "没有只读租户")]
)
def test_skipped_case_keeps_title_labels_and_reason(report: Report, case_id: str, title: str) -> None:
    test = report.test(case_id)

    assert (test["status"], test["name"]) == ("skipped", title)
    assert {"epic", "feature", "story", "severity", "rule"} <= labels(test).keys()
    assert "环境 预发环境 缺少租户 viewer（未设置环境变量 DAB_V, DAB_W）" in test["statusDetails"]["message"]


def test_no_file_of_the_report_has_a_secret(report: Report) -> None:
    found = [
        (path.name, canary)
        for path in report.folder.iterdir()
        for canary in CANARIES
        if canary in path.read_text("utf-8") or json.dumps(canary)[1:-1] in path.read_text("utf-8")
    ]

    assert len(list(report.folder.iterdir())) > 20
    assert found == []


def test_terminal_shows_no_secret(report: Report) -> None:
    said = output(report.result)

    assert "应为空，实为" in said
    assert [canary for canary in CANARIES if canary in said] == []
