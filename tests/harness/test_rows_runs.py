"""Runs whose database is known fail where rows are wrong; without one they say so and run all the same."""

from pathlib import Path

import pytest

from tests.harness.projects import Project, Ran, output, ran
from tests.harness.stub_platform import answering, envelope
from tests.harness.watched import Rows, rows_file

SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": "pa55-canary"}
ROUTES = {"POST /dab/tenants/login": envelope("0", "ok", {"token": "token-canary-0123456789"})}
SUITE = """
from clients import PlatformFailure

@case("rows-raised", "E-01", "改员工", area=AREA, story="试写")
def test_raised(admin: AdminClient) -> None:
    admin.workers.update("7", {"name": "李四"})

@case("rows-swallowed", "E-01", "改员工", area=AREA, story="试写")
def test_swallowed(admin: AdminClient) -> None:
    try:
        admin.workers.update("7", {"name": "李四"})
    except PlatformFailure:
        pass

@case("rows-asked", "E-01", "问员工", area=AREA, story="试写")
def test_asked(rows) -> None:
    assert rows.one("worker", "id", "7")["name"] == "张三"

@case("rows-lacking", "E-01", "问表单", area=AREA, story="试写")
def test_lacking(rows) -> None:
    rows.where("form", "id", "1")
"""
IN_THE_SANDBOX = """
def test_witness(platform, evidence) -> None:
    assert (evidence.witness is not None) is {watched}

@case("rows-asked", "E-01", "问活动", area=AREA, story="试写")
def test_asked(rows, events: EventWorkshop) -> None:
    rows.one("event", "id", events.make()["id"])
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.tests("some", SUITE)
    return made


@pytest.fixture
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    made = rows_file(tmp_path_factory.mktemp("database"), "worker")
    made.put("worker", 7, name="张三")
    return made


def run(project: Project, *arguments: str, **environment: str) -> tuple[pytest.RunResult, dict[str, Ran]]:
    """On a platform that says yes to everything and writes nothing."""
    report = project.root / "junit.xml"
    with answering(envelope("0", "ok"), routes=ROUTES) as url:
        project.profile("real", urls__admin=f"{url}/dab", database={"url_env": "DAB_DATABASE_URL"})
        result = project.run("--profile=real", f"--junitxml={report}", *arguments, **SIGN_IN, **environment)
    return result, {test.name: test for test in ran(report)} if report.exists() else {}


def test_wrong_rows_fail_the_test_also_where_it_swallows_that(project: Project, rows: Rows) -> None:
    result, tests = run(project, "-rs", DAB_DATABASE_URL=rows.url)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert all(
        "数据库行与规则不符：admin.workers.update（1 处）" in tests[name].message
        for name in ("rows-raised", "rows-swallowed")
    )
    assert tests["rows-swallowed"].outcome in {"failure", "error"}
    assert "rows: watched" in result.outlines


def test_rows_that_are_asked_for_are_read_or_skipped(project: Project, rows: Rows) -> None:
    _, tests = run(project, DAB_DATABASE_URL=rows.url)

    assert tests["rows-asked"].outcome == "passed"
    assert tests["rows-lacking"].outcome == "skipped"
    assert "数据库里没有 form.id" in tests["rows-lacking"].message


def test_links_that_cannot_be_watched_are_told(project: Project, rows: Rows) -> None:
    result, _ = run(project, DAB_DATABASE_URL=rows.url)

    (line,) = (line for line in result.outlines if line.startswith("rows that are not watched"))
    assert "event.id" in line
    assert "worker.id" not in line


def test_database_that_is_not_named_is_a_skip(project: Project) -> None:
    result, tests = run(project)

    assert result.ret == 0, output(result)
    assert [tests[name].outcome for name in ("rows-raised", "rows-asked")] == ["passed", "skipped"]
    assert "缺少数据库的地址（未设置环境变量 DAB_DATABASE_URL）" in tests["rows-asked"].message
    assert "rows: not looked at (DAB_DATABASE_URL is not set)" in result.outlines


def test_rows_are_not_looked_at_where_that_is_asked(project: Project, rows: Rows) -> None:
    result, tests = run(project, "--rows=off", DAB_DATABASE_URL=rows.url)

    assert result.ret == 0, output(result)
    assert tests["rows-asked"].message.endswith("不看数据库行（--rows=off）")
    assert "rows: not looked at (--rows=off)" in result.outlines


def test_database_that_cannot_be_read_ends_the_run_without_its_password(project: Project) -> None:
    url = "mysql+pymysql://reader:pa55canary@127.0.0.1:9/rows"
    result, _ = run(project, DAB_DATABASE_URL=url)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "--rows=off runs without it" in output(result)
    assert "pa55canary" not in output(result)


@pytest.mark.parametrize(("option", "watched"), [("--rows=off", False), ("--rows=watch", True)])
def test_sandbox_is_watched_unless_that_is_off(project: Project, option: str, watched: bool) -> None:
    project.tests("some", IN_THE_SANDBOX.format(watched=watched))

    result = project.run("-rs", option)

    assert result.ret == 0, output(result)
    assert any(line.startswith("rows: watched") for line in result.outlines) is watched
    assert ("SKIPPED" in output(result)) is not watched
