"""The matrix at the end: what became of each state and action of orders, by kind."""

from collections.abc import Iterable, Mapping
from typing import Final

import pytest

from harness.cases import Case
from harness.order_states import ACTIONS
from harness.run import RUN

HEADINGS: Final = dict(
    zip(
        ACTIONS,
        ("start", "paid", "failed", "cancel", "console", "approve", "refuse", "checkin", "unpaid", "ends"),
        strict=True,
    )
)
"""Short names of the actions; `unpaid` is the time to pay running out, `ends` the effective time."""
LEGEND: Final = "> goes through  . refused or unmoved  F failed  s skipped; a sign for each case"
OF_MATRICES: Final = "_order_state"
"""How the names of the case files end that hold a matrix, one for each kind."""
WORST_LAST: Final = ("passed", "skipped", "failed")
WIDTH: Final = 8


class OrderMatrix:
    """Collects on the controller, where xdist's reports arrive too; cases are known by their ids."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if (case_id := dict(report.user_properties).get("case")) is not None:
            known = self.outcomes.get(str(case_id), "passed")
            self.outcomes[str(case_id)] = max(known, report.outcome, key=WORST_LAST.index)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name, found in terminalreporter.config.stash[RUN].catalogue.files.items():
            if name.endswith(OF_MATRICES) and (lines := matrix(found, self.outcomes)):
                terminalreporter.section(f"order states: {found[0].story}")
                for line in lines:
                    terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(OrderMatrix(), "order-matrix")


def matrix(cases: Iterable[Case], outcomes: Mapping[str, str]) -> list[str]:
    """States × actions, a sign for each case that ran; nothing where none of the cases did."""
    signs: dict[str, dict[str, str]] = {}
    for case in cases:
        if case.before is not None and case.action is not None and case.id in outcomes:
            row = signs.setdefault(case.before["status"], {})
            row[case.action] = row.get(case.action, "") + _sign(case, outcomes[case.id])
    if not signs:
        return []
    first = max(map(len, signs))
    heads = "".join(f" {heading:<{WIDTH}}" for heading in HEADINGS.values())
    rows = [
        f"{state:<{first}}" + "".join(f" {row.get(action, ''):<{WIDTH}}" for action in ACTIONS)
        for state, row in signs.items()
    ]
    return [line.rstrip() for line in (f"{'':<{first}}{heads}", *rows, LEGEND)]


def _sign(case: Case, outcome: str) -> str:
    if outcome != "passed":
        return "F" if outcome == "failed" else "s"
    after = (case.expect.get("status"), case.expect.get("payment"))
    before = case.before or {}
    return "." if "code" in case.expect or after == (before["status"], before["payment"]) else ">"
