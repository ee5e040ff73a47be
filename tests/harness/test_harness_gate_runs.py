"""`pytest --gate=FILE` end to end, alone and by two workers: the table at the end, and the exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.ledger import PATTERN, read_ledger
from tests.harness.projects import Project, case_entry, output, told

SUITE = """
import os

@cases("some")
def test_some(case: Case, request) -> None:
    match os.environ.get(case.id.replace("-", "_")):
        case "fail":
            raise AssertionError("不符")
        case "skip":
            pytest.skip("缺少环境")
        case "crash":
            os._exit(1)
        case "interrupt":
            raise KeyboardInterrupt
        case "once":
            tried = request.config.rootpath / f"{case.id}.tried"
            if not tried.exists():
                tried.touch()
                raise AssertionError("不稳定")
"""
GATE = """
most_skipped = 0
most_flaky = 1
[pass_rate]
blocker = 100
normal = 50
"""
WORKERS = pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
Run = Callable[..., pytest.RunResult]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for schema in ("gate", "quarantine"):
        made.copied(f"data/{schema}.schema.json")
    made.cases(
        "some",
        case_entry("some-one", severity="blocker"),
        case_entry("some-two"),
        case_entry("some-three"),
    )
    made.tests("some", SUITE)
    made.write("gate.toml", GATE)
    return made


@pytest.fixture
def run(project: Project) -> Run:
    def ran(*arguments: str, **outcomes: str) -> pytest.RunResult:
        return project.run("--gate=gate.toml", "--alluredir=results", *arguments, **outcomes)

    return ran


def quarantine(project: Project, case: str, expires: str) -> None:
    entry = {"case": case, "reason": "平台已知问题", "owner": "wang", "expires": expires}
    project.write("data/quarantine.yaml", json.dumps({"quarantine": [entry]}, ensure_ascii=False))


def last(result: pytest.RunResult) -> str:
    return result.outlines[-1]


@WORKERS
def test_all_passed_and_the_gate_too(run: Run, workers: tuple[str, ...]) -> None:
    result = run(*workers)

    assert (result.ret, last(result)) == (0, "the gate is passed (exit code 0)")
    assert any("gate: gate.toml" in line for line in result.outlines)
    assert "pass rate of blocker" in output(result)


def test_failed_case_that_the_limits_do_not_allow(run: Run) -> None:
    result = run(some_one="fail")

    assert (result.ret, last(result)) == (1, "the gate is not passed: pass rate of blocker (exit code 1)")
    assert "    some-one" in result.outlines


def test_gate_decides_over_the_failures_that_it_allows(run: Run) -> None:
    result = run(some_two="fail")

    assert (result.ret, last(result)) == (0, "the gate is passed (exit code 0)")


def test_gate_that_fails_though_all_passed(project: Project, run: Run) -> None:
    project.write("gate.toml", "smoke_green = true\n")

    result = run()

    assert (result.ret, last(result)) == (1, "the gate is not passed: smoke cases passed (exit code 1)")


def test_more_skips_than_allowed_are_not_trusted(run: Run) -> None:
    result = run(some_two="skip")

    assert (result.ret, last(result)) == (11, "the run cannot be trusted: skipped cases (exit code 11)")
    assert "    some-two: Skipped: 缺少环境" in result.outlines


@WORKERS
def test_failures_in_quarantine_do_not_block(project: Project, run: Run, workers: tuple[str, ...]) -> None:
    quarantine(project, "some-one", "2099-12-31")

    result = run(*workers, some_one="fail")

    assert (result.ret, last(result)) == (0, "the gate is passed (exit code 0)")
    assert "    some-one: failed, until 2099-12-31: 平台已知问题 (wang)" in result.outlines


def test_quarantine_changes_nothing_without_a_gate(project: Project) -> None:
    quarantine(project, "some-one", "2099-12-31")

    assert project.run("--alluredir=results", some_one="fail").ret == 1


def test_expired_quarantine_breaks_the_gate(project: Project, run: Run) -> None:
    quarantine(project, "some-one", "2020-12-31")

    result = run()

    assert (result.ret, last(result)) == (1, "the gate is not passed: quarantined cases (exit code 1)")
    assert "    some-one: expired on 2020-12-31: 平台已知问题 (wang)" in result.outlines


@WORKERS
def test_case_that_passed_on_a_rerun_is_flaky(run: Run, workers: tuple[str, ...]) -> None:
    result = run("--reruns", "1", *workers, some_two="once")

    flaky = next(line.split() for line in result.outlines if line.startswith("flaky cases"))
    rule = next(line.split() for line in result.outlines if line.startswith("E-01"))
    assert (result.ret, flaky) == (0, ["flaky", "cases", "1", "at", "most", "1", "ok"])
    assert rule[:6] == ["E-01", "3", "2", "1", "0", "0"]


def test_case_that_failed_on_each_rerun_failed(run: Run) -> None:
    result = run("--reruns", "2", some_one="fail")

    assert (result.ret, last(result)) == (1, "the gate is not passed: pass rate of blocker (exit code 1)")
    assert "3 rerun" not in output(result)
    assert "2 rerun" in output(result)


def test_nothing_is_run_again_unless_asked(run: Run) -> None:
    assert run(some_one="once").ret == 1


def test_crashed_worker_s_case_failed(run: Run) -> None:
    result = run("-n", "2", some_one="crash")

    assert (result.ret, last(result)) == (1, "the gate is not passed: pass rate of blocker (exit code 1)")


@WORKERS
def test_collection_error(project: Project, run: Run, workers: tuple[str, ...]) -> None:
    project.tests("broken", "def test_broken(:\n")

    result = run(*workers)

    assert result.ret == (11 if workers else 2)
    assert "collection errors" in last(result)


@pytest.mark.parametrize(
    ("arguments", "outcomes", "code"),
    [
        ((), {"some_one": "interrupt"}, 2),
        (("--case=some-one", "--deselect=tests/test_some.py"), {}, 5),
        (("--profile=real",), {"DAB_ADMIN_USERNAME": "a", "DAB_ADMIN_PASSWORD": "b"}, 10),
        (("--nosuch",), {}, 4),
    ],
    ids=["interrupted", "none selected", "unreachable", "wrong use"],
)
def test_pytest_s_own_codes_are_kept(
    project: Project, run: Run, arguments: tuple[str, ...], outcomes: dict[str, str], code: int
) -> None:
    project.profile("real")

    assert run(*arguments, **outcomes).ret == code


@WORKERS
def test_command_says_the_same_of_the_results_afterwards(
    project: Project, run: Run, workers: tuple[str, ...]
) -> None:
    result = run(*workers, some_one="fail", some_two="fail")

    said = project.command("gate", str(project.root / "gate.toml"), str(project.root / "results"))

    table = result.outlines[result.outlines.index(said.outlines[0]) :]
    assert (said.ret, said.outlines) == (1, table)


def test_shards_of_a_suite_are_judged_as_one_run(project: Project) -> None:
    """Each shard by itself breaks a gate of three executed cases."""
    project.write("gate.toml", "least_executed = 3\n")
    gate = str(project.root / "gate.toml")
    for number, case in enumerate(("some-one", "some-two", "some-three")):
        assert project.run(f"--case={case}", f"--alluredir=shard-{number}").ret == 0
    shards = [str(project.root / f"shard-{number}") for number in range(3)]

    codes = [project.command("gate", gate, *chosen).ret for chosen in (shards, shards[:2])]

    assert codes == [0, 11]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("--gate=gate.toml",),
            "--gate judges the results of the run: say where they go, --alluredir=allure",
        ),
        (("--gate=nosuch.toml", "--alluredir=results"), "nosuch.toml: cannot be read: No such file"),
        (
            ("--gate=bad.toml", "--alluredir=results"),
            "bad.toml: most_flaky: -1 is less than the minimum of 0",
        ),
    ],
)
def test_gate_that_cannot_be_used_is_told_before_anything_runs(
    project: Project, arguments: tuple[str, ...], says: str
) -> None:
    project.write("bad.toml", "most_flaky = -1\n")
    before = project.files()

    result = project.run(*arguments)

    (message,) = told(result)
    assert (result.ret, project.files()) == (4, before)
    assert says in message


def test_gate_after_a_space_is_found(project: Project) -> None:
    """pytest takes a path after a space for one of its own: the gate's lies inside the project."""
    result = project.run("--gate", "gate.toml", "--alluredir=results")

    assert result.ret == 0


def test_listing_the_tests_needs_no_verdict(project: Project) -> None:
    result = project.run("--gate=gate.toml", "--collect-only")

    assert (result.ret, "executed cases" in output(result)) == (0, False)


def test_ledger_of_a_flaky_case_counts_its_attempts(project: Project, run: Run) -> None:
    run("--reruns", "1", some_two="once")

    (path,) = (project.root / "results").glob(PATTERN)
    tests = {test.case: test for test in read_ledger(path).tests}
    assert (tests["some-two"].flaky, tests["some-two"].attempts) == (True, 2)
    assert (tests["some-one"].flaky, tests["some-one"].attempts) == (False, 1)
