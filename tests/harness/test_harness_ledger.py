"""Whatever befalls a run, what was collected is what Allure and JUnit hold, and the exit code is right."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clients import DataError
from harness.ledger import Ledger, read_ledger
from tests.harness.projects import Project, Ran, case_entry, output, ran
from tests.harness.stub_platform import answering, envelope

SIGN_IN = {"DAB_ADMIN_USERNAME": "boss", "DAB_ADMIN_PASSWORD": "pa55-canary"}
WORKERS = pytest.mark.parametrize("workers", [(), ("-n2",)], ids=["alone", "with workers"])
IMPORTS = """
import os, signal, time
from pathlib import Path
"""
FINE = """
@case("fine-{0}", "E-01", "好的 {0}", area=AREA, story="试写", severity="critical", smoke=True)
def test_fine_{0}() -> None: ...
"""
DEADLY = """
@case("deadly-{0}", "E-01", "致命 {0}", area=AREA, story="试写")
def test_deadly_{0}() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
"""
INTERRUPTING = """
@case("run-interrupting", "E-01", "中断", area=AREA, story="试写")
def test_a_interrupting() -> None:
    os.kill(os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid(), signal.SIGINT)
    time.sleep(20)  # until the interruption arrives
"""
UNWRITABLE = """
@case("run-unwritable", "E-01", "结果目录没了", area=AREA, story="试写")
def test_a_unwritable() -> None:
    os.rename("results", "elsewhere")
    Path("results").write_text("no folder any more")
"""
DEPARTING = """
@cases("departing")
def test_departing(case: Case, admin: AdminClient, platform) -> None:
    if case.id == "departing-second":  # from here on nobody answers
        admin.transport.base_url = "http://127.0.0.1:9/dab"
    admin.stores.list()
"""


@dataclass(frozen=True)
class Reports:
    """A run, and all that it has written."""

    result: pytest.RunResult
    ledger: Ledger | None
    results: dict[str, dict[str, Any]]
    junit: list[Ran]

    def outcomes(self) -> dict[str, str]:
        assert self.ledger is not None
        return {entry.case or entry.nodeid: entry.outcome for entry in self.ledger.tests}

    def agree(self) -> bool:
        assert self.ledger is not None
        names = sorted(entry.case or entry.nodeid.rpartition("::")[2] for entry in self.ledger.tests)
        held = self.results.keys() - {error.place for error in self.ledger.collection_errors}
        in_junit = [one.name for one in self.junit if one.name in names]
        return set(self.ledger.collected) == held and sorted(in_junit) == names


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def run(project: Project, *arguments: str, **environment: str) -> Reports:
    folder, junit = project.root / "results", project.root / "junit.xml"
    options = (f"--alluredir={folder}", f"--junitxml={junit}", "-p", "no:randomly", *arguments)
    result = project.run(*options, **environment)
    ledgers = list(folder.glob("ledger-*.json")) if folder.is_dir() else []
    written = [json.loads(path.read_text("utf-8")) for path in folder.glob("*-result.json")]
    return Reports(
        result,
        read_ledger(ledgers[0]) if ledgers else None,
        {one["fullName"]: one for one in written},
        ran(junit) if junit.is_file() else [],
    )


def reasons(reports: Reports, outcome: str) -> set[str]:
    assert reports.ledger is not None
    return {entry.reason for entry in reports.ledger.tests if entry.outcome == outcome}


def _hear_interruptions(project: Project) -> None:
    """What is started in a shell's background is born deaf to SIGINT, and so are its children."""
    with (project.root / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write("\nimport signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n")


def suite(project: Project, *parts: str, fine: Sequence[int] = range(3)) -> None:
    project.tests("some", IMPORTS + "".join(parts) + "".join(FINE.format(number) for number in fine))


@WORKERS
def test_ledger_of_a_good_run_holds_what_the_reports_hold(project: Project, workers: tuple[str, ...]) -> None:
    suite(project, "def test_plain() -> None: ...\n", "def test_bad() -> None: assert 1 == 2, '应为一'\n")

    reports = run(project, *workers, "-k", "not fine_2")

    assert reports.ledger is not None
    assert reports.agree()
    assert (reports.result.ret, reports.ledger.exit, reports.ledger.deselected) == (1, 1, 1)
    assert (reports.ledger.gaps, reports.ledger.leaks, reports.ledger.collection_errors) == ((), (), ())
    entries = {entry.nodeid.rpartition("::")[2]: entry for entry in reports.ledger.tests}
    fine, bad = entries["test_fine_0"], entries["test_bad"]
    assert (fine.case, fine.rule, fine.severity, fine.smoke) == ("fine-0", "E-01", "critical", True)
    assert (fine.outcome, fine.attempts, fine.flaky, fine.reason) == ("passed", 1, False, "")
    assert (bad.case, bad.outcome) == (None, "failed")
    assert "应为一" in bad.reason
    assert not list((project.root / "results").glob(".*"))


def test_two_workers_that_are_killed_leave_a_result_each(project: Project) -> None:
    suite(project, DEADLY.format(1), DEADLY.format(2), fine=range(6))

    reports = run(project, "-n2")

    assert reports.agree()
    assert reports.result.ret == pytest.ExitCode.TESTS_FAILED
    assert {name for name, outcome in reports.outcomes().items() if outcome == "broken"} == {
        "deadly-1",
        "deadly-2",
    }
    assert all("crashed while running" in reason for reason in reasons(reports, "broken"))
    died = next(one for one in reports.results.values() if one["name"] == "致命 1")
    assert {"name": "case", "value": "deadly-1"} in died["labels"]


def test_tests_that_no_worker_is_left_for_are_told(project: Project) -> None:
    suite(project, DEADLY.format(1), DEADLY.format(2), fine=range(40))

    reports = run(project, "-n2", "--max-worker-restart=0")

    assert reports.agree()
    assert reports.result.ret != 0
    assert len(reports.outcomes()) == 42
    assert any("用例未执行" in reason for reason in reasons(reports, "broken"))


@WORKERS
def test_file_that_cannot_be_collected_has_a_result(project: Project, workers: tuple[str, ...]) -> None:
    suite(project)
    project.tests("wrong", "def test_it(: ...\n")

    reports = run(project, *workers)

    assert reports.result.ret in {pytest.ExitCode.INTERRUPTED, pytest.ExitCode.TESTS_FAILED}
    assert reports.ledger is not None
    (error,) = reports.ledger.collection_errors
    assert error.place == "tests/test_wrong.py"
    assert "SyntaxError" in error.reason
    result = reports.results["tests/test_wrong.py"]
    assert (result["status"], result["name"]) == ("broken", "收集失败：tests/test_wrong.py")
    assert "SyntaxError" in result["statusDetails"]["message"]


@WORKERS
def test_interrupted_run_tells_what_it_did_not_run(project: Project, workers: tuple[str, ...]) -> None:
    suite(project, INTERRUPTING, fine=range(10))
    _hear_interruptions(project)

    reports = run(project, *workers)

    assert reports.result.ret == pytest.ExitCode.INTERRUPTED, output(reports.result)
    assert reports.ledger is not None
    assert reports.ledger.interrupted
    assert reports.agree()
    assert reports.outcomes()["run-interrupting"] == "broken"
    assert any("运行被中断" in reason for reason in reasons(reports, "broken"))


def test_run_that_stops_at_a_failure_tells_what_it_did_not_run(project: Project) -> None:
    suite(project, "def test_a() -> None: assert 1 == 2\n")

    reports = run(project, "-x")

    assert reports.agree()
    assert (reports.result.ret, list(reports.outcomes().values()).count("broken")) == (1, 3)


@WORKERS
def test_results_that_cannot_be_written_leave_the_run_untrusted(
    project: Project, workers: tuple[str, ...]
) -> None:
    suite(project, UNWRITABLE)

    reports = run(project, *workers)

    assert reports.result.ret == 11, output(reports.result)
    assert "gaps in the reports" in output(reports.result)
    assert "could not be written to" in output(reports.result)


def test_junit_that_cannot_be_written_is_not_mistaken_for_success(project: Project) -> None:
    suite(project)
    (project.root / "junit.xml").mkdir()

    result = project.run("--alluredir=results", "--junitxml=junit.xml")

    assert result.ret != 0


@WORKERS
def test_platform_that_goes_away_half_way_is_told_by_the_exit_code(
    project: Project, workers: tuple[str, ...]
) -> None:
    project.cases("departing", *(case_entry(f"departing-{name}") for name in ("first", "second", "third")))
    project.tests("some", DEPARTING)
    routes = {"POST /dab/tenants/login": envelope("0", "ok", {"token": "token-canary"})}
    body = envelope("0", "ok", [], total=0, page=1, size=10)
    with answering(body, routes=routes) as url:
        project.profile("real", urls__admin=f"{url}/dab")
        reports = run(project, "--profile=real", *workers, **SIGN_IN)

    assert reports.result.ret == 10, output(reports.result)
    assert reports.agree()
    assert any("平台不可达" in reason for reason in reasons(reports, "failed"))


@pytest.mark.parametrize("content", ["{", "[]", '{"run": "1"}', '{"tests": 1}'])
def test_file_that_is_no_ledger_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ledger-1.json"
    path.write_text(content, "utf-8")

    with pytest.raises(DataError, match=r"ledger-1\.json"):
        read_ledger(path)
