"""At the end of a run on a lasting platform: what it has left is found, taken away if possible, and told.

Each test cleans up after itself; a worker that crashed, an interrupt or a lost answer may have kept it from
that. The controller looks once more, when no worker goes on.
"""

import signal
import threading
from collections import Counter
from collections.abc import Generator

import pytest

from clients import HarnessError, PlatformFailure, Redactor
from harness.cleanup import LEFT
from harness.platform import opened
from harness.run import RUN, Run
from harness.sweeping.removal import swept
from harness.sweeping.telling import for_good, reasons, table


class Sweeper:
    """On the controller."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._began = False
        self._for_good: Counter[str] = Counter()
        self._told: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._began = True
        if report.when == "teardown":
            for name, value in report.user_properties:
                if name == LEFT:
                    kind, _, number = str(value).rpartition("=")
                    self._for_good[kind] += int(number)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self) -> Generator[None, None, None]:
        """Once the workers have been stopped, and before the terminal sums up: the innermost wrapper."""
        yield
        if self._began:
            self._told = self._swept()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._told or self._for_good:
            terminalreporter.section(f"left on {self._run.profile.title}")
            for line in self._told:
                terminalreporter.write_line(line)
            if self._for_good:
                terminalreporter.write_line(f"without a call that deletes them: {for_good(self._for_good)}")

    def _swept(self) -> list[str]:
        run = self._run
        mask = run.redactor.text
        try:
            with opened(run.profile, None, Redactor(run.profile.secrets())) as platform:
                gone, left = swept(platform, lambda stamp: stamp == run.stamp)
        except (PlatformFailure, HarnessError) as failure:
            return [
                f"could not look for what is left: {mask(str(failure)).splitlines()[0]}",
                f"later: python -m harness sweep --profile {run.profile.name}",
            ]
        told = [f"{len(gone)} rows that tests had left were taken away, {len(left)} are left:"]
        return [*told, *(table(gone, mask) if gone else ()), *reasons(left, mask)] if gone or left else []


def pytest_configure(config: pytest.Config) -> None:
    run = config.stash[RUN]
    if run.profile.sandbox or run.profile.recording is not None or not run.profile.allowed.write:
        return
    if hasattr(config, "workerinput") or config.getoption("collectonly"):
        return
    config.pluginmanager.register(Sweeper(run), "sweeper")
    if threading.current_thread() is threading.main_thread():
        _interrupt_when_terminated(config)


def _interrupt_when_terminated(config: pytest.Config) -> None:
    """A CI that cancels a job sends SIGTERM: tests clean up then as after Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)

    def restore() -> None:
        signal.signal(signal.SIGTERM, before)

    config.add_cleanup(restore)
