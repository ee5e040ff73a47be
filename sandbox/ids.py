"""64-bit ids, time-ordered and unique (C-06), the same in each run."""

from threading import Lock

from sandbox.clock import Clock

SEQUENCE_BITS = 20  # leaves the milliseconds of every year the clock can show


class Ids:
    """Never goes back: with the clock set back it counts on from the newest id."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._lock = Lock()

    def new(self) -> int:
        with self._lock:
            self._last = max(self._clock.now << SEQUENCE_BITS, self._last + 1)
            return self._last

    def reset(self) -> None:
        with self._lock:
            self._last = 0
