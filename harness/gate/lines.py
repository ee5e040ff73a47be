"""The lines of a gate's table: whether the run can be trusted, then how good it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from harness.cases import SEVERITIES
from harness.gate.limits import Limits
from harness.gate.results import CaseResult, Results
from harness.quarantine import Quarantined, day_of

NO_LIMIT = "-"


class Judgement(StrEnum):
    HOLDS = "ok"
    BROKEN = "broken"
    UNTRUSTED = "not trusted"


@dataclass(frozen=True)
class Line:
    """One line; `names` is what broke it, or what a reader must see though it holds."""

    name: str
    chinese: str
    figure: str
    limit: str
    judgement: Judgement
    names: Sequence[str] = ()


@dataclass(frozen=True)
class Subject:
    """What the lines look at: `blocking` are the cases that no live entry of the quarantine excuses."""

    limits: Limits
    results: Results
    quarantine: Sequence[Quarantined]

    @property
    def live(self) -> list[Quarantined]:
        return [entry for entry in self.quarantine if entry.holds(day_of(self.results.started))]

    @property
    def expired(self) -> list[Quarantined]:
        return [entry for entry in self.quarantine if not entry.holds(day_of(self.results.started))]

    @property
    def blocking(self) -> list[CaseResult]:
        excused = {entry.case for entry in self.live}
        return [case for case in self.results.cases if case.name not in excused]


def lines_of_trust(subject: Subject) -> Iterable[Line]:
    """Each of these broken: the run cannot be trusted, whatever the rest says."""
    results, limits = subject.results, subject.limits
    yield _none_of("runs that did not end", "未正常结束的运行", results.unended)
    yield _none_of("tests of two runs", "重复的用例", results.doubled)
    yield _none_of("collection errors", "收集错误", results.collection_errors)
    yield _none_of("gaps in the ledger", "台账缺口", results.gaps)
    yield _none_of("leaks", "泄露", results.leaks)
    executed = sum(case.executed for case in subject.blocking)
    enough = executed >= limits.least_executed
    yield Line(
        "executed cases",
        "已执行用例",
        str(executed),
        f"at least {limits.least_executed}",
        Judgement.HOLDS if enough else Judgement.UNTRUSTED,
    )
    skipped = [f"{case.name}: {case.reason}" for case in subject.blocking if case.skipped]
    yield _at_most("skipped cases", "跳过用例", skipped, limits.most_skipped, Judgement.UNTRUSTED)


def lines_of_quality(subject: Subject) -> Iterable[Line]:
    """Each of these broken: the run is not good enough."""
    limits, cases = subject.limits, subject.blocking
    for severity in SEVERITIES:
        if severity in limits.pass_rate:
            yield _pass_rate(severity, limits.pass_rate[severity], cases)
    if limits.smoke_green:
        yield _smoke([case for case in cases if case.smoke])
    if limits.rule_baseline is not None:
        yield _rules(limits.rules, covered_rules(subject.results))
    flaky = [case.name for case in cases if case.outcome == "flaky"]
    yield _at_most("flaky cases", "不稳定用例", flaky, limits.most_flaky, Judgement.BROKEN)
    yield _seconds(
        "seconds of the run", "运行耗时（秒）", subject.results.run_seconds, limits.most_run_seconds
    )
    yield _seconds(
        "seconds of all tests", "用例耗时合计（秒）", subject.results.test_seconds, limits.most_test_seconds
    )
    yield _quarantine(subject)


def covered_rules(results: Results) -> set[str]:
    """A rule is covered when a case of it was executed: neither skipped nor broken."""
    return {case.rule for case in results.cases if case.rule is not None and case.executed}


def _none_of(name: str, chinese: str, found: Sequence[str]) -> Line:
    judgement = Judgement.UNTRUSTED if found else Judgement.HOLDS
    return Line(name, chinese, str(len(found)), "none", judgement, found)


def _at_most(name: str, chinese: str, found: Sequence[str], most: int | None, worse: Judgement) -> Line:
    broken = most is not None and len(found) > most
    limit = NO_LIMIT if most is None else f"at most {most}"
    return Line(
        name, chinese, str(len(found)), limit, worse if broken else Judgement.HOLDS, found if broken else ()
    )


def _pass_rate(severity: str, least: Fraction, cases: Iterable[CaseResult]) -> Line:
    """Of passed and failed cases. Cases that were all skipped, or all flaky, have proved nothing."""
    of_severity = [case for case in cases if case.severity == severity]
    counted = [case for case in of_severity if case.outcome == "passed" or case.failed]
    failed = [case.name for case in counted if case.failed]
    passed = len(counted) - len(failed)
    holds = passed * 100 >= least * len(counted) if counted else not of_severity
    rate = f"{_floored(passed, len(counted))} ({passed} of {len(counted)})" if counted else "no case"
    judgement = Judgement.HOLDS if holds else Judgement.BROKEN
    names = [] if holds else failed or [f"{case.name}: {case.outcome}" for case in of_severity]
    limit = f"at least {float(least):g}%"
    return Line(f"pass rate of {severity}", f"通过率 {severity}", rate, limit, judgement, names)


def _floored(passed: int, total: int) -> str:
    """Percent cut, not rounded: 100% is said of all cases only."""
    tenths = passed * 1000 // total
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def _smoke(cases: Sequence[CaseResult]) -> Line:
    """A run without a smoke case has shown nothing of it."""
    others = [f"{case.name}: {case.outcome}" for case in cases if case.outcome != "passed"]
    judgement = Judgement.HOLDS if cases and not others else Judgement.BROKEN
    figure = f"{len(cases) - len(others)} of {len(cases)}" if cases else "no case"
    return Line("smoke cases passed", "冒烟用例通过", figure, "all", judgement, others)


def _rules(baseline: frozenset[str], covered: set[str]) -> Line:
    missing = sorted(baseline - covered)
    judgement = Judgement.BROKEN if missing else Judgement.HOLDS
    figure = f"{len(baseline) - len(missing)} of {len(baseline)}"
    return Line("rules of the last release", "上次发布覆盖的规则", figure, "all", judgement, missing)


def _seconds(name: str, chinese: str, seconds: float, most: float | None) -> Line:
    judgement = Judgement.BROKEN if most is not None and seconds > most else Judgement.HOLDS
    limit = NO_LIMIT if most is None else f"at most {most:g}"
    return Line(name, chinese, f"{seconds:.1f}", limit, judgement)


def _quarantine(subject: Subject) -> Line:
    outcomes = {case.name: case.outcome for case in subject.results.cases}
    expired = [
        f"{entry.case}: expired on {entry.expires}: {entry.reason} ({entry.owner})"
        for entry in subject.expired
    ]
    live = [
        f"{entry.case}: {outcomes[entry.case]}, until {entry.expires}: {entry.reason} ({entry.owner})"
        for entry in subject.live
        if entry.case in outcomes
    ]
    judgement = Judgement.BROKEN if expired else Judgement.HOLDS
    figure = f"{len(subject.live)}, and {len(expired)} expired"
    return Line("quarantined cases", "隔离用例", figure, "none expired", judgement, [*expired, *live])
