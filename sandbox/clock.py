"""The sandbox's only source of time: frozen, moved by hand."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Lock
from typing import Final

UTC8: Final = timezone(timedelta(hours=8))
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def millis(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(milliseconds=1)


def moment(epoch_ms: int) -> datetime:
    """The whole second of it, in UTC+8 (C-07)."""
    return (EPOCH + timedelta(seconds=epoch_ms // 1000)).astimezone(UTC8)


class Clock:
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
