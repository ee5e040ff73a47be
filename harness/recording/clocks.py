"""Real time, as a recording keeps it and a replay reads it again: each reading of a test, in its order."""

from collections.abc import Callable

from harness.clock import SystemClock


class RecordedClock(SystemClock):
    """Real time, each reading of which is kept."""

    def __init__(self, keep: Callable[[int], int]) -> None:
        self._keep = keep

    def now(self) -> int:
        return self._keep(super().now())


class ReplayedClock(SystemClock):
    """The readings of the recorded run; whoever reads oftener than it gets the last again."""

    def __init__(self, reading: Callable[[], int]) -> None:
        self._reading = reading

    def now(self) -> int:
        return self._reading()
