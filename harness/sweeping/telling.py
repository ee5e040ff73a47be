"""Leftovers as a person reads them: a line each, and the counts of what nothing takes away."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from harness.showing import shown_words
from harness.sweeping.leftovers import Leftover
from harness.zone import UTC8

COLUMNS: Final = "{:<16}  {:<18}  {:<20}  {}"
Mask = Callable[[str], str]


def table(found: Iterable[Leftover], mask: Mask) -> list[str]:
    """A line for each row: when its run began (UTC+8), its resource, id and title."""
    return [COLUMNS.format("run of", "resource", "id", "title"), *(_line(one, mask) for one in found)]


def reasons(left: Iterable[tuple[Leftover, str]], mask: Mask) -> list[str]:
    """What could not be taken away, each with the first line of its reason."""
    return [f"{_line(one, mask)}: {mask(reason).splitlines()[0]}" for one, reason in left]


def for_good(counts: Mapping[str, int]) -> str:
    """What has no delete call, in a line: `3 orders, 2 one_yuan_products (hidden)`."""
    return ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))


def _line(one: Leftover, mask: Mask) -> str:
    began = f"{datetime.fromtimestamp(one.stamp.started / 1000, UTC8):%Y-%m-%d %H:%M}"
    return COLUMNS.format(began, one.resource, one.row_id, shown_words(mask(one.title))).rstrip()
