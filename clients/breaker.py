"""Stops a run whose platform has gone: too many connections failed in a row, over its processes together."""

from dataclasses import dataclass
from pathlib import Path

from clients.shared_state import SharedState

_REASON_LENGTH = 300


@dataclass(frozen=True)
class Stop:
    """Why no further call leaves: so many connections failed in a row, the last one for this reason."""

    failures: int
    reason: str


class Breaker:
    """Counts what all threads and processes that share the folder meet; once it has stopped, it stays so."""

    def __init__(self, folder: Path, stop_after: int) -> None:
        self._stop_after = stop_after
        self._state = SharedState(folder / "breaker")

    def failed(self, reason: str) -> None:
        """A connection could not be made, or broke; the reason is redacted already."""
        with self._state.changed() as state:
            if state.get("failures", 0) < self._stop_after:
                state.update(failures=state.get("failures", 0) + 1, reason=reason[:_REASON_LENGTH])

    def stood(self) -> None:
        """An answer came, whatever it says."""
        with self._state.changed() as state:
            if state.get("failures", 0) < self._stop_after:
                state.clear()

    def stop(self) -> Stop | None:
        state = self._state.values()
        failures = state.get("failures", 0)
        return Stop(failures, state["reason"]) if failures >= self._stop_after else None
