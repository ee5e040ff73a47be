"""`pytest --gate=FILE`: judges the run at its end, prints the table, decides between exit codes 0, 1 and 11.

The quarantine is read in every run, so that a mistake in it is told before anything runs.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from clients import HarnessError
from harness.gate.limits import Limits, load_limits
from harness.gate.lines import Subject
from harness.gate.results import merged
from harness.gate.table import table
from harness.gate.verdict import UNTRUSTED, judged
from harness.ledger import Ledger
from harness.quarantine import Quarantined, load_quarantine
from harness.run import RUN
from harness.suites import python_case_ids, suite_files

QUARANTINE = pytest.StashKey[Sequence[Quarantined]]()
_JUDGED = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)


class Gate:
    """On the controller, where the ledger is kept."""

    def __init__(self, limits: Limits, quarantine: Sequence[Quarantined]) -> None:
        self._limits = limits
        self._quarantine = quarantine

    @pytest.hookimpl(wrapper=True, tryfirst=True)  # outermost: after the ledger, and pytest's own last line
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        yield
        keeper = session.config.pluginmanager.getplugin("ledger")
        ledger = keeper.ledger if keeper is not None else None
        lines, code = self._judge(ledger, int(session.exitstatus))
        if session.exitstatus in _JUDGED:
            session.exitstatus = code
        reporter = session.config.pluginmanager.getplugin("terminalreporter")
        if reporter is not None and lines:
            reporter.ensure_newline()
            reporter.section(f"gate: {self._limits.source}")
            for line in lines:
                reporter.write_line(line)

    def _judge(self, ledger: Ledger | None, exit_code: int) -> tuple[list[str], int]:
        """The table and the gate's exit code; a run without a ledger has shown nothing."""
        if ledger is None:
            return ["the run cannot be trusted: it has kept no ledger (exit code 11)"], UNTRUSTED
        if exit_code in _JUDGED:
            ledger = replace(ledger, exit=exit_code)  # who has failed the run since must be in the ledger too
        verdict = judged(Subject(self._limits, merged([ledger]), self._quarantine))
        return list(table(verdict)), verdict.code


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("regression").addoption(
        "--gate",
        metavar="FILE",
        help="judge the run by this gate (data/gate.toml explains one), which decides the exit code; "
        "needs --alluredir",
    )


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    data = config.rootpath / str(config.getini("harness_data"))
    try:
        config.stash[QUARANTINE] = load_quarantine(data, lambda: _case_ids(config))
        if (gate := _gate(config, data)) is not None:
            config.pluginmanager.register(gate, "regression-gate")
    except HarnessError as error:
        raise pytest.UsageError(str(error)) from None


def _gate(config: pytest.Config, data: Path) -> Gate | None:
    if (file := config.getoption("gate")) is None or config.getoption("collectonly"):
        return None
    if config.getoption("allure_report_dir", default=None) is None:
        raise pytest.UsageError(
            "--gate judges the results of the run: say where they go, --alluredir=allure-results"
        )
    limits = load_limits(config.invocation_params.dir / file, data, config.stash[RUN].rules)
    return Gate(replace(limits, source=Path(file)), config.stash[QUARANTINE])


def _case_ids(config: pytest.Config) -> set[str]:
    files = suite_files(config.rootpath, config.getini("testpaths"))
    return config.stash[RUN].catalogue.ids() | python_case_ids(files)
