"""What is judged: the ledgers of a run, or of its shards, merged into one result for each case."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clients import DataError
from harness.ledger import PATTERN, Ledger, read_ledger
from harness.traffic import PLATFORM_UNREACHABLE

WORST_LAST = ("passed", "skipped", "flaky", "broken", "failed")
_FAILED, _NONE_SELECTED, _FLAKY = 1, 5, 7
_RAN_TO_ITS_END = (0, _FAILED, _NONE_SELECTED, _FLAKY)  # 5: an empty shard; 7: --fail-on-flaky


@dataclass(frozen=True)
class CaseResult:
    """One case over its tests (or a test that is no case, under its node id), as bad as the worst of them."""

    name: str
    rule: str | None
    severity: str
    smoke: bool
    outcome: str
    seconds: float
    reason: str

    @property
    def executed(self) -> bool:
        """A broken case (its worker died, the run ended before it, the harness failed) has proved nothing."""
        return self.outcome in {"passed", "flaky", "failed"}

    @property
    def skipped(self) -> bool:
        return self.outcome == "skipped"

    @property
    def failed(self) -> bool:
        return self.outcome in {"failed", "broken"}

    def with_test(self, other: "CaseResult") -> "CaseResult":
        worse = max(self, other, key=lambda one: WORST_LAST.index(one.outcome))
        return CaseResult(
            name=self.name,
            rule=worse.rule,
            severity=worse.severity,
            smoke=self.smoke or other.smoke,
            outcome=worse.outcome,
            seconds=self.seconds + other.seconds,
            reason=worse.reason,
        )


@dataclass(frozen=True)
class Results:
    """`unended` tells of runs that did not end by themselves, `doubled` of tests in two ledgers."""

    cases: Sequence[CaseResult]
    runs: int
    started: int
    run_seconds: float
    test_seconds: float
    unended: Sequence[str]
    doubled: Sequence[str]
    collection_errors: Sequence[str]
    gaps: Sequence[str]
    leaks: Sequence[str]


def find_ledgers(places: Iterable[Path]) -> list[Path]:
    """The ledgers in results folders, or those given; raises `DataError` for a place without one."""
    found: list[Path] = []
    for place in places:
        there = sorted(place.glob(PATTERN)) if place.is_dir() else [place] * place.is_file()
        if not there:
            raise DataError(
                f"{place}: there is no ledger; give a folder that a run with --alluredir=FOLDER wrote"
            )
        found += [path for path in there if path.resolve() not in {one.resolve() for one in found}]
    return found


def read_results(places: Iterable[Path]) -> Results:
    return merged([read_ledger(path) for path in find_ledgers(places)])


def merged(ledgers: Sequence[Ledger]) -> Results:
    """One result of one run, or of the shards that share it."""
    return Results(
        cases=list(_cases(ledgers).values()),
        runs=len(ledgers),
        started=max(ledger.started for ledger in ledgers),
        run_seconds=max(ledger.seconds for ledger in ledgers),
        test_seconds=sum(test.seconds for ledger in ledgers for test in ledger.tests),
        unended=[line for ledger in ledgers for line in _unended(ledger)],
        doubled=[*_doubled(ledgers), *_mixed(ledgers)],
        collection_errors=[
            f"{error.place}: {error.reason}" for ledger in ledgers for error in ledger.collection_errors
        ],
        gaps=[line for ledger in ledgers for line in _gaps(ledger)],
        leaks=[leak for ledger in ledgers for leak in ledger.leaks],
    )


def _cases(ledgers: Iterable[Ledger]) -> Mapping[str, CaseResult]:
    cases: dict[str, CaseResult] = {}
    for ledger in ledgers:
        for test in ledger.tests:
            found = CaseResult(
                name=test.case or test.nodeid,
                rule=test.rule,
                severity=test.severity,
                smoke=test.smoke,
                outcome="flaky" if test.flaky and test.outcome == "passed" else test.outcome,
                seconds=test.seconds,
                reason=test.reason,
            )
            known = cases.get(found.name)
            cases[found.name] = found if known is None else known.with_test(found)
    return cases


def _unended(ledger: Ledger) -> Iterator[str]:
    if ledger.interrupted:
        yield f"run {ledger.run} was interrupted"
    elif ledger.collection_errors:
        return  # told by themselves
    elif ledger.exit not in _RAN_TO_ITS_END:
        gone = ": the platform has gone" if ledger.exit == PLATFORM_UNREACHABLE else ""
        yield f"run {ledger.run} ended with exit code {ledger.exit}{gone}"
    elif ledger.exit == _FAILED and all(test.outcome in {"passed", "skipped"} for test in ledger.tests):
        yield f"run {ledger.run} ended with exit code 1, and no test of its ledger failed"


def _doubled(ledgers: Iterable[Ledger]) -> Iterator[str]:
    first: dict[str, str] = {}
    for ledger in ledgers:
        for nodeid in dict.fromkeys([*ledger.collected, *(test.nodeid for test in ledger.tests)]):
            if (before := first.setdefault(nodeid, ledger.run)) != ledger.run:
                yield (
                    f"{nodeid} is in run {before} and in run {ledger.run}; shards may share no test, "
                    "and of two runs into one folder one is judged by the path of its ledger"
                )


def _mixed(ledgers: Iterable[Ledger]) -> Iterator[str]:
    profiles = sorted({ledger.profile for ledger in ledgers})
    if len(profiles) > 1:
        yield f"the runs are of several profiles: {', '.join(profiles)}; judge each by itself"


def _gaps(ledger: Ledger) -> Iterator[str]:
    """The ledger's own, and what was collected and has no result, should the ledger not say so."""
    yield from ledger.gaps
    told = "\n".join(ledger.gaps)
    done = {test.nodeid for test in ledger.tests}
    for nodeid in ledger.collected:
        if nodeid not in done and nodeid not in told:
            yield f"{nodeid} was collected and has no result"
