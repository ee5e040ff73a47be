"""The matrices at the end: what became of each state and action, for orders of each kind and for groups."""

from collections.abc import Iterable, Mapping
from typing import Final

import pytest

from harness.cases import Case
from harness.reruns import is_rerun, is_second_try
from harness.run import RUN

HEADINGS: Final[Mapping[str, str]] = {
    "start_paying": "start",
    "notify_success": "paid",
    "notify_failed": "failed",
    "cancel_by_member": "cancel",
    "cancel_by_console": "console",
    "approve": "approve",
    "refuse": "refuse",
    "check_in": "checkin",
    "payment_time_ends": "unpaid",
    "effect_ends": "ends",
    "leader_pulled_again": "again",
    "leader_refunded": "refund",
    "member_joins": "joins",
    "member_fills": "fills",
    "member_refunded": "leaves",
    "old_member_pulled": "old",
    "read_in_time": "read",
    "read_after_expiry": "late",
    "read_when_taken_down": "down",
    "read_by_console": "console",
    "tick_after_expiry": "tick",
}
"""Short names of the actions, in the order of the columns; `data/case.schema.json` has the same actions.

`unpaid` is the time to pay running out, `ends` the effective time; `late` is a read after the expiry, `down`
one when the product is taken down.
"""
LEGEND: Final = "> goes through  . refused or unmoved  F failed  ~ flaky  s skipped; a sign for each case"
OF_MATRICES: Final = "_state"
"""How the names of the case files end that hold a matrix."""
WORST_LAST: Final = ("passed", "flaky", "skipped", "failed")
SIGNS: Final = {"failed": "F", "flaky": "~", "skipped": "s"}
WIDTH: Final = 8


class StateMatrices:
    """Collects on the controller, where xdist's reports arrive too; cases are known by their ids."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        case_id = dict(report.user_properties).get("case")
        if case_id is not None and not is_rerun(report):
            outcome = "flaky" if report.passed and is_second_try(report) else report.outcome
            known = self.outcomes.get(str(case_id), "passed")
            self.outcomes[str(case_id)] = max(known, outcome, key=WORST_LAST.index)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name, found in terminalreporter.config.stash[RUN].catalogue.files.items():
            if name.endswith(OF_MATRICES) and (lines := matrix(found, self.outcomes)):
                terminalreporter.section(f"states: {found[0].story}")
                for line in lines:
                    terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(StateMatrices(), "state-matrices")


def matrix(cases: Iterable[Case], outcomes: Mapping[str, str]) -> list[str]:
    """States × actions, a sign for each case that ran; nothing where none of the cases did."""
    signs: dict[str, dict[str, str]] = {}
    for case in cases:
        if case.before is not None and case.action is not None and case.id in outcomes:
            row = signs.setdefault(state_of(case.before), {})
            row[case.action] = row.get(case.action, "") + _sign(case, outcomes[case.id])
    if not signs:
        return []
    columns = [action for action in HEADINGS if any(action in row for row in signs.values())]
    first = max(map(len, signs))
    heads = "".join(f" {HEADINGS[action]:<{WIDTH}}" for action in columns)
    rows = [
        f"{state:<{first}}" + "".join(f" {row.get(action, ''):<{WIDTH}}" for action in columns)
        for state, row in signs.items()
    ]
    return [line.rstrip() for line in (f"{'':<{first}}{heads}", *rows, LEGEND)]


def state_of(before: Mapping[str, str]) -> str:
    """The matrix's row: the status of an order, or what a group is."""
    return before["status"] if "status" in before else before["group"]


def missing_pairs(found: Iterable[Case], states: Iterable[str], actions: Iterable[str]) -> list[str]:
    """The pairs of a state and an action that no case is about."""
    there = {(state_of(case.before), case.action) for case in found if case.before is not None}
    columns = list(actions)
    return [f"{state} × {action}" for state in states for action in columns if (state, action) not in there]


def _sign(case: Case, outcome: str) -> str:
    if outcome in SIGNS:
        return SIGNS[outcome]
    before = case.before or {}
    after = {name: case.expect.get(name) for name in before}
    return "." if "code" in case.expect or after == before else ">"
