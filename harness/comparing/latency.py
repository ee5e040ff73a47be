"""Findings of time: a call that takes longer, beyond the noise of both runs.

One machine is slower than another, and a busy one than itself: how all calls together moved is taken out.
Calls of one test are near each other in time, and disturbed together, so that each test counts once, by its
median. The lower quartile has to move as well: load lengthens the slow half of the calls, a slower platform
all of them.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Final

from harness.comparing.chance import UNLIKELY, of_shift
from harness.comparing.findings import WITNESSES, Finding, Kind, Witness

FEWEST_SAMPLES: Final = 30
FEWEST_TESTS: Final = 8
LEAST_MILLISECONDS: Final = 50.0
LEAST_SHARE: Final = 0.5
FEWEST_CALLS: Final = 3
FEWEST_APART: Final = 10
FEWEST_TESTS_APART: Final = 5


@dataclass
class Times:
    """The milliseconds of one call in one recording, by test."""

    by_test: dict[str, "array[float]"] = field(default_factory=dict)

    def add(self, test: str, milliseconds: float) -> None:
        self.by_test.setdefault(test, array("f")).append(milliseconds)

    def of(self, tests: Collection[str]) -> "Times":
        return Times({test: self.by_test[test] for test in tests})

    def is_enough(self, samples: int = FEWEST_SAMPLES, tests: int = FEWEST_TESTS) -> bool:
        return self.count >= samples and len(self.by_test) >= tests

    @property
    def count(self) -> int:
        return sum(map(len, self.by_test.values()))

    @property
    def all(self) -> list[float]:
        return [value for values in self.by_test.values() for value in values]

    def medians(self) -> list[float]:
        return [median(self.by_test[test]) for test in sorted(self.by_test)]


def compare_times(
    old: Mapping[str, Times], new: Mapping[str, Times], witnesses: Mapping[str, Witness]
) -> Iterator[Finding]:
    factor = factor_of(old, new)
    for call in sorted(old.keys() & new.keys()):
        kind = _kind(old[call], new[call], factor)
        if kind is not None:
            seen_by = list(dict.fromkeys(witnesses[test] for test in new[call].by_test))
            before, after = (f"median {median(times[call].all):.0f} ms" for times in (old, new))
            exchanges, tests = new[call].count, len(new[call].by_test)
            yield Finding(kind, call, None, before, after, exchanges, tests, tuple(seen_by[:WITNESSES]))


def factor_of(old: Mapping[str, Times], new: Mapping[str, Times]) -> float:
    """How much longer all calls together took: the machine, the network, the load."""
    ratios = []
    for call in old.keys() & new.keys():
        before, after = _of_same_tests(old[call], new[call])
        if before.is_enough() and after.is_enough() and (centre := median(before.medians())) > 0:
            ratios.append(median(after.medians()) / centre)
    return median(ratios) if len(ratios) >= FEWEST_CALLS else 1.0


def unknown_calls(old: Mapping[str, Times], new: Mapping[str, Times]) -> list[str]:
    """Calls of both that too few samples tell of."""
    return sorted(call for call in old.keys() & new.keys() if not _is_known(old[call], new[call]))


def _is_known(old: Times, new: Times) -> bool:
    return all(times.is_enough() for times in _of_same_tests(old, new))


def _of_same_tests(old: Times, new: Times) -> tuple[Times, Times]:
    both = old.by_test.keys() & new.by_test.keys()
    return old.of(both), new.of(both)


def _kind(old: Times, new: Times, factor: float) -> Kind | None:
    back = 1 / factor if factor else 1.0
    if _is_longer(old, new, factor) and _is_longer(old, new, 1.0):
        return Kind.SLOWER
    return Kind.FASTER if _is_longer(new, old, back) and _is_longer(new, old, 1.0) else None


def _is_longer(short: Times, long: Times, factor: float) -> bool:
    """Whether `long` is longer than `short` times the factor: by more than both floors, and no chance.

    Of few samples only those that do not even overlap tell: a call that each worker makes once.
    """
    if _is_known(short, long):
        return _is_shifted(*_of_same_tests(short, long), factor)
    if not all(times.is_enough(FEWEST_APART, FEWEST_TESTS_APART) for times in (short, long)):
        return False
    expected = max(short.all) * factor
    return min(long.all) - expected >= _floor(expected)


def _is_shifted(short: Times, long: Times, factor: float) -> bool:
    expected = [value * factor for value in short.medians()]
    found = long.medians()
    beyond = [after - before for before, after in zip(expected, found, strict=True)]
    if min(median(beyond), _lower_quartile(beyond)) < _floor(median(expected)):
        return False
    return of_shift(expected, found) < UNLIKELY


def _floor(milliseconds: float) -> float:
    return max(LEAST_MILLISECONDS, LEAST_SHARE * milliseconds)


def _lower_quartile(values: list[float]) -> float:
    return quantiles(values, n=4, method="inclusive")[0]
