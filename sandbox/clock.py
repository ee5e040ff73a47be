"""The sandbox's only source of time: frozen and moved by hand, or running with the real one."""

import time
from datetime import UTC, datetime, timedelta, timezone
from threading import Lock
from typing import Final

UTC8: Final = timezone(timedelta(hours=8))
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def millis(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(milliseconds=1)


def real_now() -> int:
    return time.time_ns() // 1_000_000


def moment(epoch_ms: int) -> datetime:
    """The whole second of it, in UTC+8 (C-07)."""
    return (EPOCH + timedelta(seconds=epoch_ms // 1000)).astimezone(UTC8)


class Clock:
    """It stands still unless it is set."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._now = start
        self._lock = Lock()

    @property
    def now(self) -> int:
        """Epoch milliseconds."""
        return self._now

    def set(self, now: int) -> None:
        with self._lock:
            self._now = now

    def reset(self) -> None:
        self.set(self._start)

    def held(self) -> "Clock":
        """What one transaction sees of it."""
        return self


class RunningClock(Clock):
    """Real time, which nobody sets, and which never goes back."""

    def __init__(self) -> None:
        super().__init__(real_now())

    @property
    def now(self) -> int:
        with self._lock:
            self._now = max(self._now, real_now())
            return self._now

    def set(self, now: int) -> None:
        """Leaves it as it is."""

    def held(self) -> Clock:
        """Of one moment is all that one transaction does."""
        return Clock(self.now)
