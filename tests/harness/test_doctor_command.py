"""`python -m harness doctor` as a whole: its table, its JSON, its exit codes; that it shows no secret."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from _pytest.capture import CaptureFixture

from harness.__main__ import main
from harness.doctor.examination import CHECKS, exit_code
from harness.doctor.findings import Finding, State
from harness.doctor.telling import table
from tests.harness.projects import PROJECT, Project
from tests.harness.stub_platform import LOGIN_PAGE, answering, closed_port

USERS = {
    "DAB_ADMIN_USERNAME": "admin",
    "DAB_ADMIN_PASSWORD": "sandbox",
    "DAB_OTHER_USERNAME": "other-canary",
    "DAB_OTHER_PASSWORD": "pa55-canary-w0rd",
    "CLT_PLAIN": "c0de-canary",
}
OTHER = {"username_env": "DAB_OTHER_USERNAME", "password_env": "DAB_OTHER_PASSWORD"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    for name, value in USERS.items():
        monkeypatch.setenv(name, value)
    return Project(tmp_path)


def doctor(project: Project, capsys: CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["doctor", f"--data={project.root / 'data'}", *arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def lines_of(said: str) -> Mapping[str, str]:
    """The state of each check; of several lines of one check, the last."""
    return {line[9:].split("  ")[0]: line[:9].strip() for line in said.splitlines() if line[:1].isupper()}


def urls(url: str) -> dict[str, Any]:
    return {"urls__admin": f"{url}/dab", "urls__member": f"{url}/clt"}


def test_sandbox_is_in_order(project: Project, capsys: CaptureFixture[str]) -> None:
    code, said = doctor(project, capsys)

    assert code == 0, said
    assert "FAILED" not in said
    assert said.splitlines()[-1].startswith("nothing stands in the way of a run: ")


def test_served_sandbox_is_looked_over_as_a_real_environment(
    project: Project, capsys: CaptureFixture[str], served_sandbox: str
) -> None:
    wechat = {"app_id": "wx-sandbox-main", "codes": {"plain": {"code_env": "CLT_PLAIN"}}}
    project.profile("real", **urls(served_sandbox), tenants__other=OTHER, wechat=wechat, allow_payment=False)

    code, said = doctor(project, capsys, "--profile=real")

    states = lines_of(said)
    assert code == 0, said
    assert states["tenant admin"] == states["privileges of admin"] == states["connection"] == "OK"
    assert states["tenant other"] == states["allow_payment"] == states["database"] == "WARN"
    assert states["member plain"] == "SKIPPED"
    assert "server: Werkzeug/" in said


def test_no_secret_is_shown_anywhere(
    project: Project, capsys: CaptureFixture[str], served_sandbox: str
) -> None:
    wechat = {"app_id": "wx-sandbox-main", "codes": {"plain": {"code_env": "CLT_PLAIN"}}}
    project.profile("real", **urls(served_sandbox), tenants__other=OTHER, wechat=wechat)
    file = project.root / "found.json"

    _, said = doctor(project, capsys, "--profile=real", "--use-codes", f"--json={file}")

    for shown in (said, file.read_text("utf-8")):
        assert "pa55-canary-w0rd" not in shown
        assert "c0de-canary" not in shown
        assert "eyJ" not in shown


def test_json_has_the_same_as_the_table(project: Project, capsys: CaptureFixture[str]) -> None:
    file = project.root / "found.json"

    code, said = doctor(project, capsys, f"--json={file}")

    document = json.loads(file.read_text("utf-8"))
    assert (document["profile"], document["exit"]) == ("sandbox", code)
    assert len(document["checks"]) == len([line for line in said.splitlines()[:-1] if line[:1].isupper()])
    assert {tuple(check) for check in document["checks"]} == {("check", "state", "found", "mend")}


def test_platform_that_is_down_is_code_10(project: Project, capsys: CaptureFixture[str]) -> None:
    with closed_port() as url:
        project.profile("real", **urls(url))
        code, said = doctor(project, capsys, "--profile=real")

    states = lines_of(said)
    assert code == 10
    assert (states["connection"], states["admin front"], states["tenant admin"]) == (
        "FAILED",
        "SKIPPED",
        "SKIPPED",
    )
    assert said.splitlines()[-1].startswith("the platform is not reachable: ")


def test_login_page_in_its_place_is_code_10(project: Project, capsys: CaptureFixture[str]) -> None:
    with answering(LOGIN_PAGE, "text/html") as url:
        project.profile("real", **urls(url))
        code, said = doctor(project, capsys, "--profile=real")

    assert (code, lines_of(said)["admin front"]) == (10, "FAILED")


def test_main_sign_in_that_is_refused_is_code_1(
    project: Project, capsys: CaptureFixture[str], served_sandbox: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAB_ADMIN_PASSWORD", "wr0ng-canary")
    project.profile("real", **urls(served_sandbox))

    code, said = doctor(project, capsys, "--profile=real")

    assert (code, lines_of(said)["tenant admin"]) == (1, "FAILED")
    assert "wr0ng-canary" not in said


def test_main_sign_in_that_is_not_set_is_code_1_and_the_rest_is_looked_at(
    project: Project, capsys: CaptureFixture[str], served_sandbox: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAB_ADMIN_PASSWORD")
    project.profile("real", **urls(served_sandbox))

    code, said = doctor(project, capsys, "--profile=real")

    assert code == 1
    assert "DAB_ADMIN_PASSWORD is not set (tenants.admin): nothing can run without it" in said
    assert lines_of(said)["admin front"] == "OK"


def test_profile_of_another_shape_is_code_1_and_all_that_is_told(
    project: Project, capsys: CaptureFixture[str]
) -> None:
    project.profile("real", colour="red", urls__admin="marketing.test")

    code, said = doctor(project, capsys, "--profile=real")

    assert code == 1
    assert [line[:16].split() for line in said.splitlines() if line[:1].isupper()] == [
        ["FAILED", "profile"]
    ] * 2
    assert "'colour' was unexpected" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--profile=nosuch"], "no profile 'nosuch'"),
        (["--json=nowhere/found.json"], "nowhere/found.json: cannot be written"),
    ],
)
def test_wrong_use_is_code_4(
    arguments: list[str], says: str, project: Project, capsys: CaptureFixture[str]
) -> None:
    code, said = doctor(project, capsys, *arguments)

    assert code == 4
    assert says in said


@pytest.mark.parametrize(
    ("states", "unreachable", "code"),
    [
        ([State.OK, State.SKIPPED, State.WARN], False, 0),
        ([State.OK, State.FAILED], False, 1),
        ([State.OK, State.FAILED], True, 10),
    ],
)
def test_exit_code_is_that_of_the_worst(states: list[State], unreachable: bool, code: int) -> None:
    findings = [Finding("x", state, "") for state in states]

    assert exit_code(findings, is_unreachable=unreachable) == code


def test_table_escapes_what_a_terminal_would_obey() -> None:
    lines = list(table([Finding("x", State.WARN, "a\x1b[31m\nb", "c\x07")], 0))

    assert lines[0] == r"WARN     x  a\x1b[31m\nb"
    assert lines[1].endswith(r"-> c\x07")


def test_every_check_of_the_package_is_made() -> None:
    modules = {path.stem for path in (PROJECT / "harness" / "doctor").glob("*.py")}
    without_checks = {"__init__", "examination", "findings", "telling"}

    assert {check.__module__.rpartition(".")[2] for check in CHECKS} == modules - without_checks
