"""A platform that goes away half-way: no further call leaves, the tests left are not run, and all is told.

After `[limits] stop_after` connections in a row have failed, over the workers together, each test that is
left ends as broken before it begins, with that reason in every report.
"""

import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import pytest

from harness.reachability import UNREACHABLE
from harness.run import RUN
from harness.traffic import PLATFORM_UNREACHABLE, PREFIX, SHARED, stop_of

NEVER_RUN: Final = "never_run"
"""The property of a test that was not run."""
_NEVER_RAN = pytest.StashKey[bool]()
_IN_WORKERS: Final = "shared_traffic"


class NeverRan(Exception):
    """In the place of a test's set-up: neither the platform nor the test has failed."""


class Tally:
    """On the controller: what became of the tests of a run that stopped."""

    def __init__(self) -> None:
        self._ran: set[str] = set()
        self._failed_for_it: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not was_never_run(report):
            self._ran.add(report.nodeid)
        if any(name == UNREACHABLE for name, _ in report.user_properties):
            self._failed_for_it.add(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if (stop := stop_of(terminalreporter.config)) is None:
            return
        session: Any = terminalreporter._session  # noqa: SLF001 - who else knows how many were collected
        terminalreporter.section("the platform has gone")
        terminalreporter.write_line(
            f"the run has stopped (exit code {PLATFORM_UNREACHABLE}): {stop.failures} connections in a row "
            f"have failed, the last one: {stop.reason}"
        )
        terminalreporter.write_line(
            f"tests that ran: {len(self._ran)}, of which failed for it: {len(self._failed_for_it)}; "
            f"never run: {session.testscollected - len(self._ran)}"
        )


def pytest_configure(config: pytest.Config) -> None:
    """The controller makes a folder of the run's own, and hands its path to the workers."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(), "tally-of-a-stopped-run")
    profile = config.stash[RUN].profile
    if profile.sandbox or profile.recording is not None:
        return
    if (given := getattr(config, "workerinput", {}).get(_IN_WORKERS)) is not None:
        config.stash[SHARED] = Path(given)
    else:
        made = config.stash[SHARED] = Path(tempfile.mkdtemp(prefix=PREFIX))
        config.add_cleanup(lambda: shutil.rmtree(made, ignore_errors=True))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """pytest-xdist's, for each worker before it starts."""
    if (shared := node.config.stash.get(SHARED, None)) is not None:
        node.workerinput[_IN_WORKERS] = str(shared)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that has begun goes on to its own end, also when it is tried again (`--reruns`)."""
    begun = getattr(item, "execution_count", 1) > 1 and _NEVER_RAN not in item.stash
    if begun or (stop := stop_of(item.config)) is None:
        return
    if _NEVER_RAN not in item.stash:
        item.stash[_NEVER_RAN] = True
        item.user_properties.append((NEVER_RUN, True))
    raise NeverRan(
        f"用例未执行：平台已断开，连续 {stop.failures} 次连接失败，运行停止（最后一次：{stop.reason}）"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.excinfo is not None and call.excinfo.errisinstance(NeverRan):
        report.longrepr = str(call.excinfo.value)  # where it was raised tells nobody anything
    return report


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Counted by themselves on the terminal, and explained once: they are not as many errors."""
    return ("never run", "-", "NEVER RUN") if report.failed and was_never_run(report) else None


def was_never_run(report: pytest.TestReport | pytest.CollectReport) -> bool:
    return any(name == NEVER_RUN for name, _ in getattr(report, "user_properties", ()))
