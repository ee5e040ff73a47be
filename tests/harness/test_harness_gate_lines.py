"""Each line of a gate, on both sides of its limit."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from harness.gate.lines import Judgement
from harness.ledger import Ledger
from tests.harness.ledgers import entry, flaky, ledger, line, not_collected, verdict

ONE, TWO = entry("case-one"), entry("case-two")
FAILED = entry("case-bad", "failed")
SKIPPED = entry("case-skipped", "skipped")
BROKEN_ONE = entry("case-broken", "broken")
HOLDS, BROKEN, UNTRUSTED = Judgement.HOLDS, Judgement.BROKEN, Judgement.UNTRUSTED


def rate(severity: str, least: str) -> dict[str, Any]:
    return {"pass_rate": {severity: Fraction(least)}}


def many(passed: int, failed: int = 0, severity: str = "normal") -> Ledger:
    good = (entry(f"case-good-{number}", severity=severity) for number in range(passed))
    bad = (entry(f"case-bad-{number}", "failed", severity=severity) for number in range(failed))
    return ledger(*good, *bad)


def baseline(*rules: str) -> dict[str, Any]:
    return {"rule_baseline": Path("gate-baseline.toml"), "rules": frozenset(rules)}


@pytest.mark.parametrize(
    ("found", "name", "figure"),
    [
        (ledger(ONE, interrupted=True), "runs that did not end", "1"),
        (ledger(ONE, exit=2), "runs that did not end", "1"),
        (ledger(ONE, exit=3), "runs that did not end", "1"),
        (ledger(ONE, exit=4), "runs that did not end", "1"),
        (ledger(ONE, exit=10), "runs that did not end", "1"),
        (ledger(ONE, SKIPPED, exit=1), "runs that did not end", "1"),
        (ledger(ONE, exit=2, collection_errors=(not_collected(),)), "collection errors", "1"),
        (ledger(ONE, gaps=("case-two: 已收集，Allure 结果中没有",)), "gaps in the ledger", "1"),
        (ledger(ONE, collected=(ONE.nodeid, TWO.nodeid)), "gaps in the ledger", "1"),
        (ledger(ONE, leaks=("junit.xml: 含有环境的密钥或密码",)), "leaks", "1"),
        (ledger(), "executed cases", "0"),
        (ledger(SKIPPED), "executed cases", "0"),
        (ledger(BROKEN_ONE), "executed cases", "0"),
    ],
)
def test_run_that_proves_nothing_is_not_trusted(found: Ledger, name: str, figure: str) -> None:
    said = verdict(found)

    assert (said.code, said.broken_lines) == (11, [name])
    assert (line(said, name).figure, line(said, name).judgement) == (figure, UNTRUSTED)


@pytest.mark.parametrize(
    "found", [ledger(ONE), ledger(ONE, FAILED), ledger(flaky("case-one"), exit=7)], ids=["0", "1", "7"]
)
def test_run_in_order_is_trusted(found: Ledger) -> None:
    assert verdict(found).code == 0


def test_empty_shard_is_no_matter() -> None:
    assert verdict(ledger(ONE), ledger(run="two", exit=5)).code == 0


def test_gap_that_the_ledger_tells_is_told_once() -> None:
    found = ledger(ONE, collected=(ONE.nodeid, TWO.nodeid), gaps=(f"{TWO.nodeid}: 已收集，没有结果",))

    assert list(line(verdict(found), "gaps in the ledger").names) == list(found.gaps)


def test_what_is_not_trusted_is_named() -> None:
    found = ledger(ONE, collection_errors=(not_collected(),), leaks=("a.txt: 密码",), interrupted=True)

    said = verdict(found)

    assert [one.names for one in said.lines if one.judgement is UNTRUSTED] == [
        ["run one was interrupted"],
        ["tests/test_x.py: SyntaxError: invalid syntax"],
        ["a.txt: 密码"],
    ]


@pytest.mark.parametrize(("least", "code"), [(2, 0), (3, 11)])
def test_executed_cases_are_counted_with_failed_ones_alone(least: int, code: int) -> None:
    said = verdict(ledger(ONE, FAILED, SKIPPED, BROKEN_ONE), least_executed=least)

    assert (said.code, line(said, "executed cases").figure) == (code, "2")


@pytest.mark.parametrize(("most", "code", "names"), [(None, 0, ()), (1, 0, ()), (0, 11, ("case-skipped",))])
def test_skipped_cases(most: int | None, code: int, names: tuple[str, ...]) -> None:
    said = verdict(ledger(ONE, SKIPPED, BROKEN_ONE), most_skipped=most)

    assert said.code == code
    assert [name.partition(":")[0] for name in line(said, "skipped cases").names] == list(names)


@pytest.mark.parametrize(
    ("found", "least", "figure", "judgement"),
    [
        (many(3), "100", "100% (3 of 3)", HOLDS),
        (many(1999, 1), "100", "99.9% (1999 of 2000)", BROKEN),
        (many(199, 1), "99.5", "99.5% (199 of 200)", HOLDS),
        (many(198, 1), "99.5", "99.4% (198 of 199)", BROKEN),
        (many(0, 2), "0", "0% (0 of 2)", HOLDS),
        (many(3, severity="minor"), "100", "no case", HOLDS),
    ],
)
def test_pass_rate(found: Ledger, least: str, figure: str, judgement: Judgement) -> None:
    said = line(verdict(found, **rate("normal", least)), "pass rate of normal")

    assert (said.figure, said.judgement) == (figure, judgement)
    assert list(said.names) == ([] if judgement is HOLDS else ["case-bad-0"])


@pytest.mark.parametrize("severity", ["blocker", "critical", "normal", "minor", "trivial"])
def test_pass_rate_is_of_its_severity_alone(severity: str) -> None:
    found = ledger(ONE, entry("case-worst", "broken", severity=severity), entry("case-other", severity="x"))

    said = verdict(found, **rate(severity, "100"))

    assert (said.code, said.broken_lines) == (1, [f"pass rate of {severity}"])


@pytest.mark.parametrize(
    ("other", "told"), [(SKIPPED, "case-skipped: skipped"), (flaky("case-flaky"), "case-flaky: flaky")]
)
def test_severity_that_has_proved_nothing_is_broken(other: Any, told: str) -> None:
    said = verdict(ledger(entry("case-minor", severity="minor"), other), **rate("normal", "100"))

    assert said.code == 1
    assert list(line(said, "pass rate of normal").names) == [told]


def test_flaky_case_counts_for_and_against_no_pass_rate() -> None:
    said = verdict(ledger(ONE, FAILED, flaky("case-flaky")), **rate("normal", "50"))

    assert line(said, "pass rate of normal").figure == "50% (1 of 2)"


@pytest.mark.parametrize(("most", "code"), [(None, 0), (1, 0), (0, 1)])
def test_flaky_cases(most: int | None, code: int) -> None:
    said = verdict(ledger(ONE, flaky("case-flaky")), most_flaky=most)

    assert (said.code, line(said, "flaky cases").figure) == (code, "1")
    assert list(line(said, "flaky cases").names) == ["case-flaky"] * code


@pytest.mark.parametrize(
    ("tests", "told"),
    [
        ([entry("case-smoke", smoke=True)], []),
        ([entry("case-smoke", smoke=True), FAILED], []),
        ([entry("case-smoke", "failed", smoke=True)], ["case-smoke: failed"]),
        ([ONE, entry("case-smoke", "skipped", smoke=True)], ["case-smoke: skipped"]),
        ([flaky("case-smoke", smoke=True)], ["case-smoke: flaky"]),
    ],
)
def test_smoke_cases_must_all_have_passed(tests: list[Any], told: list[str]) -> None:
    said = verdict(ledger(*tests), smoke_green=True)

    assert list(line(said, "smoke cases passed").names) == told
    assert said.code == bool(told)


def test_run_without_a_smoke_case_shows_nothing_of_it() -> None:
    said = verdict(ledger(ONE), smoke_green=True)

    assert (said.code, line(said, "smoke cases passed").figure) == (1, "no case")


@pytest.mark.parametrize(
    ("rules", "figure", "told"),
    [
        (("E-01",), "1 of 1", []),
        (("E-01", "E-02"), "2 of 2", []),
        (("E-01", "E-03", "P-01"), "1 of 3", ["E-03", "P-01"]),
    ],
)
def test_rules_of_the_last_release(rules: tuple[str, ...], figure: str, told: list[str]) -> None:
    covering = (
        entry("case-bad", "failed", rule="E-02"),
        entry("case-skipped", "skipped", rule="E-03"),
        entry("case-broken", "broken", rule="P-01"),
    )

    said = verdict(ledger(ONE, *covering), **baseline(*rules))

    shown = line(said, "rules of the last release")
    assert (shown.figure, list(shown.names), said.code) == (figure, told, bool(told))


@pytest.mark.parametrize(
    ("limit", "name"),
    [("most_run_seconds", "seconds of the run"), ("most_test_seconds", "seconds of all tests")],
)
@pytest.mark.parametrize(("most", "code"), [(12.5, 0), (12.4, 1)])
def test_time_budget(limit: str, name: str, most: float, code: int) -> None:
    found = ledger(entry("case-one", seconds=12.0), entry("case-two", seconds=0.5), seconds=12.5)

    limits: dict[str, Any] = {limit: most}
    said = verdict(found, **limits)

    assert (said.code, line(said, name).figure) == (code, "12.5")


def test_what_is_not_trusted_stands_before_what_is_broken() -> None:
    said = verdict(ledger(FAILED, leaks=("a.txt: 密码",)), **rate("normal", "100"))

    assert (said.code, said.broken_lines) == (11, ["leaks"])


def test_failed_cases_that_the_limits_allow_break_nothing() -> None:
    said = verdict(ledger(ONE, FAILED), **rate("normal", "50"))

    assert (said.code, [case.name for case in said.failed]) == (0, ["case-bad"])
