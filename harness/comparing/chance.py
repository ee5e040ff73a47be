"""When a difference of two samples is more than chance."""

import math
from collections.abc import Sequence
from typing import Final

UNLIKELY: Final = 0.001
UNLIKELY_OF_CONSTANT: Final = 0.01
"""Of a word in capitals: no name or text of the data is one by chance."""
FEWEST: Final = 3


def of_none(seen: int, among: int, others: int) -> float:
    """How likely it is that all `seen` of `among` fell on one side and none on `others`, were both alike.

    The one-sided exact test of Fisher for a table with a zero.
    """
    if seen == 0:
        return 1.0
    return math.exp(_log_choose(among, seen) - _log_choose(among + others, seen))


def is_new(seen: int, among: int, others: int, *, unlikely: float = UNLIKELY) -> bool:
    """Whether what was `seen` on one side, and never in the `others` of the other side, is no chance."""
    return others > 0 and of_none(seen, among, others) < unlikely


def of_shift(one: Sequence[float], other: Sequence[float]) -> float:
    """The two-sided test of Mann and Whitney, by its normal approximation with ties corrected."""
    pooled = sorted((value, side) for side, values in enumerate((one, other)) for value in values)
    count, n, m = len(pooled), len(one), len(other)
    if not n or not m:
        return 1.0
    rank_sum, ties, start = 0.0, 0.0, 0
    while start < count:
        end = start
        while end < count and pooled[end][0] == pooled[start][0]:
            end += 1
        rank_sum += (start + end + 1) / 2 * sum(side == 0 for _, side in pooled[start:end])
        ties += (end - start) ** 3 - (end - start)
        start = end
    spread = n * m / 12 * (count + 1 - ties / (count * max(count - 1, 1)))
    if spread <= 0:
        return 1.0
    distance = abs(rank_sum - n * (n + 1) / 2 - n * m / 2) / math.sqrt(spread)
    return math.erfc(distance / math.sqrt(2))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
