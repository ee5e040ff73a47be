"""How fast calls may leave: a ceiling over all processes of a run, and the pauses between attempts."""

import random
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, Protocol

import requests

from clients.shared_state import SharedState

LONGEST_PAUSE: Final = 60.0
"""Seconds; also of what a platform asks for by Retry-After."""
MAY_ASK_FOR_A_PAUSE: Final = frozenset({429, 503})


class Pace(Protocol):
    def wait(self) -> None:
        """Returns when the next call may leave."""


class SharedPace:
    """A ceiling over all threads and processes that share the folder.

    Places are given out in the order in which they are asked for, so nobody is passed over; and whoever comes
    late to its place moves the next ones on, so that no two calls leave closer together than the ceiling
    allows. A process that is killed loses its place, and holds up nobody.
    """

    def __init__(
        self,
        folder: Path,
        per_second: float,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`now` must be one clock for all processes of a machine, as `time.monotonic` is."""
        self._interval = 1 / per_second
        self._queue = SharedState(folder / "queue")
        self._departures = SharedState(folder / "departures")
        self._now = now
        self._sleep = sleep

    def wait(self) -> None:
        self._sleep_until(self._place())
        with self._departures.changed() as departures:
            if "last" in departures:
                self._sleep_until(departures["last"] + self._interval)
            departures["last"] = self._now()

    def _place(self) -> float:
        with self._queue.changed() as queue:
            place: float = max(self._now(), queue.get("next", 0.0))
            queue["next"] = place + self._interval
        return place

    def _sleep_until(self, moment: float) -> None:
        while (left := moment - self._now()) > 0:
            self._sleep(left)


class Pauses:
    """The pauses between the attempts of one call: doubled each time, up to `LONGEST_PAUSE`.

    Of each pause a random part, at most half, is left out, so that callers who failed together do not come
    back together. A platform that asks for more by Retry-After (429, 503) gets it, up to the same limit.
    """

    def __init__(
        self,
        *,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`jitter` gives numbers from 0 to 1; the tests' own random numbers are left alone."""
        self._sleep = sleep
        self._jitter = jitter or random.Random().random  # noqa: S311 - spreads calls, hides nothing
        self._now = now

    def after(self, attempts: int, answer: requests.Response | Exception, first_seconds: float) -> None:
        """Sleep after so many attempts, the last of which brought `answer`."""
        whole = min(first_seconds * 2 ** (attempts - 1), LONGEST_PAUSE)
        seconds = max(whole * (1 - self._jitter() / 2), min(self._asked_for(answer), LONGEST_PAUSE))
        if seconds > 0:
            self._sleep(seconds)

    def _asked_for(self, answer: requests.Response | Exception) -> float:
        if isinstance(answer, Exception) or answer.status_code not in MAY_ASK_FOR_A_PAUSE:
            return 0
        asked = str(answer.headers.get("Retry-After", "")).strip()
        if asked.isascii() and asked.isdigit():
            return float(asked)
        until, there = _epoch(asked), _epoch(str(answer.headers.get("Date", "")))
        return 0 if until is None else until - (self._now() if there is None else there)


def _epoch(date: str) -> float | None:
    """Of an HTTP date; a pause between two of one machine is right whatever its clock says."""
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
