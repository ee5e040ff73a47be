"""The table at the end: each rule with its cases, calls and seconds, and the rules that no case has run."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from harness.reruns import is_rerun, is_second_try
from harness.rules import Rule
from harness.run import RUN
from harness.stopping import was_never_run

COLUMNS = "{:<6} {:>6} {:>7} {:>6} {:>7} {:>8} {:>7} {:>9}"
WORST_LAST = ("passed", "flaky", "skipped", "failed")
EXECUTED = ("passed", "flaky", "failed")


@dataclass
class CaseResult:
    """One test over its phases."""

    rule: str | None = None
    outcome: str = "passed"
    calls: int = 0
    seconds: float = 0.0


@dataclass
class Tally:
    """The figures of one rule."""

    calls: int = 0
    seconds: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, result: CaseResult) -> None:
        self.calls += result.calls
        self.seconds += result.seconds
        self.outcomes[result.outcome] += 1

    def line(self, name: str) -> str:
        figures = (self.outcomes[outcome] for outcome in ("passed", "flaky", "failed", "skipped"))
        return COLUMNS.format(name, self.outcomes.total(), *figures, self.calls, f"{self.seconds:.2f}")


class Summary:
    """Collects on the controller; under xdist the figures travel in the reports' user properties."""

    def __init__(self) -> None:
        self.results: dict[str, CaseResult] = {}
        self._extras: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if was_never_run(report):
            return
        result = self.results.setdefault(report.nodeid, CaseResult())
        if not is_rerun(report):
            outcome = "flaky" if report.passed and is_second_try(report) else report.outcome
            result.outcome = max(result.outcome, outcome, key=WORST_LAST.index)
        result.seconds += report.duration
        properties = dict(report.user_properties)
        result.rule = str(properties["rule"]) if "rule" in properties else result.rule
        result.calls = int(str(properties.get("calls", result.calls)))
        self._extras.update(
            str(value) for name, value in report.user_properties if name == "field_beyond_schema"
        )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        rules = terminalreporter.config.stash[RUN].rules
        tallies = tallied(self.results.values(), rules)
        if not tallies:
            return
        terminalreporter.section("rules")
        for line in table(tallies, rules):
            terminalreporter.write_line(line)
        if self._extras:
            terminalreporter.section("fields beyond the schema")
            for extra in sorted(self._extras):
                terminalreporter.write_line(extra)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Summary(), "regression-summary")


def tallied(results: Iterable[CaseResult], rules: Mapping[str, Rule]) -> dict[str, Tally]:
    """Figures by rule, in the contract's order; tests without a rule (the project's own) are left out."""
    tallies = {rule: Tally() for rule in rules}
    for result in results:
        if result.rule is not None:
            tallies[result.rule].add(result)
    return {rule: tally for rule, tally in tallies.items() if tally.outcomes}


def table(tallies: Mapping[str, Tally], rules: Mapping[str, Rule]) -> list[str]:
    """A rule is covered when a case of it was executed; one whose cases were all skipped is not."""
    total = Tally()
    for tally in tallies.values():
        total.calls += tally.calls
        total.seconds += tally.seconds
        total.outcomes += tally.outcomes
    covered = [
        rule for rule, tally in tallies.items() if any(tally.outcomes[outcome] for outcome in EXECUTED)
    ]
    missing = [rule for rule in rules if rule not in covered]
    return [
        COLUMNS.format("rule", "cases", "passed", "flaky", "failed", "skipped", "calls", "seconds"),
        *(tally.line(rule) for rule, tally in tallies.items()),
        total.line("all"),
        f"covered: {len(covered)} of {len(rules)} rules",
        *([f"not covered: {', '.join(in_ranges(missing, list(rules)))}"] if missing else []),
    ]


def in_ranges(some: Sequence[str], of_all: Sequence[str]) -> list[str]:
    """Rules that follow each other in `of_all` and share a letter as one range: G-01 to G-16."""
    ranges: list[list[str]] = []
    for rule in some:
        last = ranges[-1][-1] if ranges else None
        follows = last is not None and of_all.index(rule) == of_all.index(last) + 1 and rule[0] == last[0]
        if follows:
            ranges[-1].append(rule)
        else:
            ranges.append([rule])
    return [found[0] if len(found) == 1 else f"{found[0]} to {found[-1]}" for found in ranges]
