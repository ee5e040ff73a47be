"""Runs whose sandbox keeps its rows elsewhere: nothing is left there, and a server that is down is a skip.

With --require-services it is a failure.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.harness.projects import Project, Ran, output, ran
from tests.harness.stub_platform import closed_port

SECRET = "pa55canary"
SUITE = """
@case("db-{0}", "E-01", "建一个活动", area=AREA, story="试写")
def test_{0}(events: EventWorkshop) -> None:
    assert events.make()["id"]
"""
LOOKING = """
from pathlib import Path

def test_rows(events: EventWorkshop, mark: str) -> None:
    events.make()
    assert any(mark.encode() in file.read_bytes() for file in Path("{}").glob("rows_*.sqlite*"))
"""
WORKERS = pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["alone", "with workers"])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.tests("some", SUITE.format("one") + SUITE.format("two"))
    return made


@pytest.fixture
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the database's file."""
    return tmp_path_factory.mktemp("rows")


def run(project: Project, *arguments: str) -> tuple[pytest.RunResult, list[Ran]]:
    report = project.root / "junit.xml"
    result = project.run(f"--junitxml={report}", *arguments)
    return result, ran(report)


def run_without_a_server(project: Project, *arguments: str) -> tuple[pytest.RunResult, list[Ran]]:
    with closed_port() as url:
        database = f"mysql+pymysql://root:{SECRET}@127.0.0.1:{urlsplit(url).port}/rows"
        return run(project, f"--sandbox-database={database}", *arguments)


def test_run_on_a_sqlite_file_has_its_rows_there_and_leaves_none(project: Project, rows: Path) -> None:
    project.tests("some", LOOKING.format(rows.as_posix()))

    result, _ = run(project, f"--sandbox-database=sqlite:///{rows.as_posix()}/rows.sqlite")

    assert result.ret == 0, output(result)
    assert list(rows.iterdir()) == []


def test_workers_on_a_sqlite_file_pass_and_leave_none(project: Project, rows: Path) -> None:
    result, tests = run(project, f"--sandbox-database=sqlite:///{rows.as_posix()}/rows.sqlite", "-n2")

    assert result.ret == 0, output(result)
    assert [test.outcome for test in tests] == ["passed"] * 2
    assert list(rows.iterdir()) == []


@WORKERS
def test_server_that_is_down_is_a_skip_with_its_reason(project: Project, workers: tuple[str, ...]) -> None:
    result, tests = run_without_a_server(project, "-rs", *workers)

    assert result.ret == 0
    assert [test.outcome for test in tests] == ["skipped"] * 2
    assert all(test.message.startswith("数据库服务不可用：mysql+pymysql://") for test in tests)
    assert SECRET not in output(result)


@WORKERS
def test_server_that_is_down_is_a_failure_where_services_are_required(
    project: Project, workers: tuple[str, ...]
) -> None:
    result, tests = run_without_a_server(project, "--require-services", "--showlocals", *workers)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert [test.outcome for test in tests] == ["error"] * 2
    assert all("数据库服务不可用：mysql+pymysql://" in test.message for test in tests)
    assert SECRET not in output(result)
