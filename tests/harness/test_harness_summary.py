"""The table at the end: figures by rule, and which rules were not covered."""

from typing import Literal

import pytest

from harness.rules import Rule
from harness.summary import CaseResult, Summary, in_ranges, table, tallied

Outcome = Literal["passed", "failed", "skipped"]
PHASES: tuple[Literal["setup", "call", "teardown"], ...] = ("setup", "call", "teardown")
RULES = {
    name: Rule(name, "event", ("doc",), "规则", "A rule.")
    for name in ("C-01", "E-01", "E-02", "E-03", "P-01")
}


def reported(
    rule: str | None, *outcomes: Outcome, calls: int = 0, seconds: float = 0.1
) -> list[pytest.TestReport]:
    """The reports of one test, phase by phase, as an xdist worker sends them: lists for tuples."""
    node = f"test_it[{rule}-{outcomes}]"
    properties: list[tuple[str, object]] = [] if rule is None else [("case", "some-case"), ("rule", rule)]
    made = []
    for when, outcome in zip(PHASES, outcomes, strict=False):
        if when == "teardown":
            properties = [*properties, ("calls", calls)]
        made.append(
            pytest.TestReport(
                node,
                ("test_it.py", 1, "test_it"),
                {},
                outcome,
                None,
                when,
                duration=seconds,
                user_properties=properties,
            )
        )
    return made


def rerun(rule: str, *outcomes: Outcome, phase: int = 1) -> list[pytest.TestReport]:
    """An attempt that failed in a phase and is tried again, and the last one, as the plugin has them."""
    first, last = reported(rule, *outcomes), reported(rule, *outcomes)
    vars(first[phase]).update(outcome="rerun")
    for number, attempt in enumerate((first, last)):
        for report in attempt:
            vars(report).update(rerun=number)
    return [*first, *last]


def lines(*results: CaseResult) -> dict[str, list[str]]:
    """The table's lines by their first word."""
    cells = [line.split() for line in table(tallied(results, RULES), RULES)]
    return {first: rest for first, *rest in cells}


def test_table_counts_outcomes_calls_and_seconds_by_rule() -> None:
    found = lines(
        CaseResult("E-01", "passed", 3, 0.5),
        CaseResult("E-01", "failed", 4, 0.25),
        CaseResult("C-01", "passed", 1, 1.0),
        CaseResult("E-01", "skipped", 0, 0.0),
    )

    assert found["rule"] == ["cases", "passed", "flaky", "failed", "skipped", "calls", "seconds"]
    assert found["C-01"] == ["1", "1", "0", "0", "0", "1", "1.00"]
    assert found["E-01"] == ["3", "1", "0", "1", "1", "7", "0.75"]
    assert found["all"] == ["4", "2", "0", "1", "1", "8", "1.75"]


def test_table_is_in_the_contract_s_order() -> None:
    results = [CaseResult(rule) for rule in ("P-01", "C-01", "E-02")]

    assert list(tallied(results, RULES)) == ["C-01", "E-02", "P-01"]


def test_rule_whose_cases_were_all_skipped_is_not_covered() -> None:
    found = table(tallied([CaseResult("E-01", "skipped"), CaseResult("E-02", "failed")], RULES), RULES)

    assert found[-2] == "covered: 1 of 5 rules"
    assert found[-1] == "not covered: C-01, E-01, E-03, P-01"


def test_nothing_is_said_to_be_missing_where_all_is_covered() -> None:
    found = table(tallied([CaseResult(rule) for rule in RULES], RULES), RULES)

    assert found[-1] == "covered: 5 of 5 rules"


@pytest.mark.parametrize(
    ("some", "ranges"),
    [
        ([], []),
        (["C-01"], ["C-01"]),
        (["C-01", "E-01"], ["C-01", "E-01"]),
        (["E-01", "E-02", "E-03", "P-01"], ["E-01 to E-03", "P-01"]),
        (["E-01", "E-03"], ["E-01", "E-03"]),
    ],
)
def test_rules_in_a_row_are_one_range(some: list[str], ranges: list[str]) -> None:
    assert in_ranges(some, list(RULES)) == ranges


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (("passed", "passed", "passed"), "passed"),
        (("passed", "failed", "passed"), "failed"),
        (("failed", "passed"), "failed"),
        (("passed", "passed", "failed"), "failed"),
        (("passed", "skipped", "failed"), "failed"),
        (("skipped", "passed"), "skipped"),
        (("passed", "skipped", "passed"), "skipped"),
    ],
)
def test_test_is_as_good_as_its_worst_phase(outcomes: tuple[Outcome, ...], expected: str) -> None:
    summary = Summary()

    for report in reported("E-01", *outcomes):
        summary.pytest_runtest_logreport(report)

    (result,) = summary.results.values()
    assert result.outcome == expected


def test_calls_and_seconds_are_of_the_whole_test() -> None:
    summary = Summary()

    for report in [
        *reported("E-01", "passed", "passed", "passed", calls=7),
        *reported(None, "passed", "passed"),
    ]:
        summary.pytest_runtest_logreport(report)

    measured, unruled = summary.results.values()
    assert (measured.rule, measured.calls, round(measured.seconds, 2)) == ("E-01", 7, 0.3)
    assert tallied([unruled], RULES) == {}


@pytest.mark.parametrize("phase", [0, 1, 2])
def test_test_that_passed_on_a_rerun_is_flaky(phase: int) -> None:
    summary = Summary()

    for report in rerun("E-01", "passed", "passed", "passed", phase=phase):
        summary.pytest_runtest_logreport(report)

    (result,) = summary.results.values()
    assert (result.outcome, round(result.seconds, 2)) == ("flaky", 0.6)


def test_test_that_failed_on_its_rerun_failed() -> None:
    summary = Summary()

    for report in rerun("E-01", "passed", "failed", "passed"):
        summary.pytest_runtest_logreport(report)

    (result,) = summary.results.values()
    assert result.outcome == "failed"


def test_flaky_cases_have_a_column_and_cover_their_rule() -> None:
    results = [CaseResult("E-01", "flaky"), CaseResult("E-01")]

    assert lines(*results)["E-01"][:5] == ["2", "1", "1", "0", "0"]
    assert table(tallied(results[:1], RULES), RULES)[-2] == "covered: 1 of 5 rules"
