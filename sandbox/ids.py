"""64-bit ids, time-ordered and unique (C-06)."""

import time
from threading import Lock
from typing import ClassVar

from sandbox.clock import Clock

SEQUENCE_BITS = 20  # leaves the milliseconds of every year the clock can show


class Ids:
    """The same in each run. Never goes back: with the clock set back it counts on from the newest id."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._lock = Lock()

    def new(self) -> int:
        with self._lock:
            self._last = max(self._clock.now << SEQUENCE_BITS, self._last + 1)
            return self._last

    def reset(self, last: int = 0) -> None:
        with self._lock:
            self._last = last


class MessageIds:
    """Never the same again, after a reset or a new start either: a broker's consumers outlive the sandbox."""

    _last: ClassVar = 0
    _lock: ClassVar = Lock()

    @classmethod
    def new(cls) -> int:
        with cls._lock:
            cls._last = max(time.time_ns(), cls._last + 1)
            return cls._last
