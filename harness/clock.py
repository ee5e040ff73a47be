"""The one clock of a run: the sandbox's, else this machine's. In epoch milliseconds of whole seconds."""

import time
from collections.abc import Mapping
from typing import Any, Protocol

from clients import SandboxClient
from harness.case_words import at_path

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Clock(Protocol):
    def now(self) -> int:
        """Epoch milliseconds of a whole second."""


class SystemClock:
    """Real time, for an environment whose clock is nobody's to move."""

    def now(self) -> int:
        return int(time.time()) * SECOND


class SandboxClock:
    """The sandbox's clock. It stands still but for what is set here, so its reading is kept."""

    def __init__(self, sandbox: SandboxClient) -> None:
        self._sandbox = sandbox
        self._now: int | None = None

    def now(self) -> int:
        if self._now is None:
            self._now = self._sandbox.clock().require_data()["now"]
        return self._now

    def set(self, now: int) -> None:
        self._now = self._sandbox.set_clock(now).require_data()["now"]

    def go(self, where: Mapping[str, Any] | None, row: Mapping[str, Any]) -> None:
        """To where a case wants the clock: a time of the row, plus seconds."""
        if where is not None:
            self.set(at_path(row, where["at"]) + where["plus_seconds"] * SECOND)

    def advance(self, milliseconds: int) -> None:
        self.set(self.now() + milliseconds)

    def tick(self) -> None:
        """Let the sandbox do what is due by now, as a move of the clock does."""
        self._sandbox.tick().require_ok()
