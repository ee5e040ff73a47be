"""On an environment that others use too: suites pass or say why not, leave nothing, touch nobody's rows."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness.projects import ran
from tests.stranger.colleague import Colleague
from tests.stranger.environment import Shared, shared_environment

SECONDS = 1500
PASSED, INTERRUPTED = 0, 2
LEAST_READING = 40
"""How many cases at least can be judged by reading alone."""
LOOKS = 6000
"""How often a run is looked at until it has made something."""
PART = "event or worker or load or smoke"
"""The whole takes several minutes: `pytest --profile=FILE` against such a sandbox, beside `Colleague`."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="进程组与信号是 POSIX 的")


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    with shared_environment(tmp_path) as made:
        yield made


@contextmanager
def beside_a_colleague(shared: Shared) -> Iterator[Colleague]:
    colleague = Colleague(shared.url, seed=7)
    colleague.start()
    try:
        yield colleague
    finally:
        colleague.stop()


def told(process: "subprocess.Popen[str]") -> str:
    return process.communicate(timeout=SECONDS)[0]


def wait_until_it_has_made_something(shared: Shared, run: "subprocess.Popen[str]") -> None:
    """Asks the database, which takes longer than a run needs to go on."""
    for _ in range(LOOKS):
        if len(shared.left_by_runs()) >= 2:
            return
        assert run.poll() is None, told(run)
    raise AssertionError("the run has made nothing")


def test_suites_pass_or_say_why_not_and_leave_nothing(shared: Shared, tmp_path: Path) -> None:
    report, before = tmp_path / "junit.xml", shared.alive()
    with beside_a_colleague(shared) as colleague:
        run = shared.suites("-q", "-n", "2", "-m", PART, f"--junitxml={report}")
        output = told(run)

    outcomes = {test.outcome for test in ran(report)}
    assert (run.returncode, outcomes) == (PASSED, {"passed", "skipped"}), output
    assert all(test.message.strip() for test in ran(report) if test.outcome == "skipped")
    assert shared.left_by_runs() == {}
    assert shared.alive() == before  # what carries no mark is not left either
    assert colleague.writes > colleague.rows > 0
    assert colleague.differences() == []


def test_profile_that_allows_nothing_changes_no_row(tmp_path: Path) -> None:
    report = tmp_path / "junit.xml"
    with shared_environment(tmp_path, unsteady=0, slow=0) as shared:
        shared.may_only_read()
        before = shared.rows()
        run = shared.suites("-q", "-n", "2", f"--junitxml={report}")
        output = told(run)
        after = shared.rows()

    outcomes = Counter(test.outcome for test in ran(report))
    assert (run.returncode, set(outcomes)) == (PASSED, {"passed", "skipped"}), output
    assert outcomes["passed"] >= LEAST_READING
    assert {table for table in before if after[table] != before[table]} == set()


def test_what_a_killed_run_has_left_is_swept(shared: Shared) -> None:
    with beside_a_colleague(shared) as colleague:
        run = shared.suites("-q", "-n", "2", "-m", "order")
        wait_until_it_has_made_something(shared, run)
        os.killpg(run.pid, signal.SIGKILL)
        told(run)
        left = shared.left_by_runs()
        sweep = shared.sweep("--older-than=0s", "--yes")
        output = told(sweep)

    assert left != {}
    assert (sweep.returncode, shared.left_by_runs()) == (0, {}), output
    assert colleague.differences() == []


@pytest.mark.parametrize(
    ("number", "workers"), [(signal.SIGINT, "2"), (signal.SIGTERM, "0")], ids=["interrupt", "terminate"]
)
def test_run_that_is_stopped_takes_its_rows_away(
    shared: Shared, workers: str, number: signal.Signals
) -> None:
    with beside_a_colleague(shared) as colleague:
        run = shared.suites("-q", "-n", workers, "-m", "order")
        wait_until_it_has_made_something(shared, run)
        os.kill(run.pid, number)
        output = told(run)

    assert (run.returncode, shared.left_by_runs()) == (INTERRUPTED, {}), output
    assert colleague.differences() == []
