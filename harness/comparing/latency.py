"""Findings of time: a call that takes longer, beyond the noise of both runs.

One machine is slower than another, and a busy one than itself: how all calls together moved is taken out.
Calls of one test are near each other in time, and disturbed together, so that each test counts once, by its
median. The lower quartile has to move as well: load lengthens the slow half of the calls, a slower platform
all of them.
"""

from array import array
from collections.abc import Iterator, Mapping
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


@dataclass
class Times:
    """The milliseconds of one call in one recording, by test."""

    by_test: dict[str, "array[float]"] = field(default_factory=dict)

    def add(self, test: str, milliseconds: float) -> None:
        self.by_test.setdefault(test, array("f")).append(milliseconds)

    @property
    def count(self) -> int:
        return sum(map(len, self.by_test.values()))

    @property
    def is_enough(self) -> bool:
        return self.count >= FEWEST_SAMPLES and len(self.by_test) >= FEWEST_TESTS

    def medians(self) -> list[float]:
        return [median(values) for values in self.by_test.values()]


def compare_times(
    old: Mapping[str, Times], new: Mapping[str, Times], witnesses: Mapping[str, Witness]
) -> Iterator[Finding]:
    factor = factor_of(old, new)
    for call in _known(old, new):
        before, after = old[call].medians(), new[call].medians()
        if (kind := _kind(before, after, factor)) is not None:
            seen_by = list(dict.fromkeys(witnesses[test] for test in new[call].by_test))
            yield Finding(
                kind,
                call,
                None,
                f"median {median(before):.0f} ms",
                f"median {median(after):.0f} ms",
                new[call].count,
                len(after),
                tuple(seen_by[:WITNESSES]),
            )


def factor_of(old: Mapping[str, Times], new: Mapping[str, Times]) -> float:
    """How much longer all calls together took: the machine, the network, the load."""
    ratios = [
        median(new[call].medians()) / before
        for call in _known(old, new)
        if (before := median(old[call].medians())) > 0
    ]
    return median(ratios) if len(ratios) >= FEWEST_CALLS else 1.0


def unknown_calls(old: Mapping[str, Times], new: Mapping[str, Times]) -> list[str]:
    """Calls of both that too few samples tell of."""
    return sorted((old.keys() & new.keys()) - set(_known(old, new)))


def _known(old: Mapping[str, Times], new: Mapping[str, Times]) -> list[str]:
    return sorted(call for call in old.keys() & new.keys() if old[call].is_enough and new[call].is_enough)


def _kind(before: list[float], after: list[float], factor: float) -> Kind | None:
    if _is_longer(before, after, factor) and _is_longer(before, after, 1.0):
        return Kind.SLOWER
    if _is_longer(after, before, 1 / factor if factor else 1.0) and _is_longer(after, before, 1.0):
        return Kind.FASTER
    return None


def _is_longer(short: list[float], long: list[float], factor: float) -> bool:
    """Whether `long` is longer than `short` times the factor by more than both floors, and no chance."""
    expected = [value * factor for value in short]
    for centre in (median, _lower_quartile):
        base = centre(expected)
        if centre(long) - base < max(LEAST_MILLISECONDS, LEAST_SHARE * base):
            return False
    return of_shift(expected, long) < UNLIKELY


def _lower_quartile(values: list[float]) -> float:
    return quantiles(values, n=4, method="inclusive")[0]
