"""Whether both fronts answer as the platform does, how fast, and how far its clock is from this machine's."""

import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from statistics import median
from typing import Any, Final

from clients import Answer, ExchangeFailure
from harness.doctor.findings import ADMIN, MEMBER, Finding, State, Subject
from harness.platform import Platform
from harness.rows.witness import SKEW_MS

CALLS: Final = 3
_MENDS: Final = {
    "Unreachable": "check urls.{front}, whether the platform is up, and [network]",
    "TimedOut": "check whether the platform is up, and limits.read_seconds",
}
_OTHER_MEND: Final = "check urls.{front}: what answers there is not the platform (a login page, a gateway?)"
_ASKED: Final[dict[str, Callable[[Platform], Answer[Any]]]] = {
    ADMIN: lambda platform: platform.console.channels.list(page=1, size=1),
    MEMBER: lambda platform: platform.mini_program.me(),
}
"""A reading call of each front, by nobody: its refusal is an answer too."""


def fronts(subject: Subject) -> Iterator[Finding]:
    bounds: list[tuple[float, float]] = []
    for front in _ASKED:
        if front in subject.unreachable:
            yield Finding(f"{front} front", State.SKIPPED, "no connection stands")
        else:
            yield _front(front, subject, bounds)
    yield _skew(subject, bounds)


def _front(front: str, subject: Subject, bounds: list[tuple[float, float]]) -> Finding:
    took, server = [], ""
    for _ in range(CALLS):
        before = time.time()
        try:
            exchange = _ASKED[front](subject.platform).exchange
        except ExchangeFailure as failure:
            subject.unreachable.add(front)
            mend = _MENDS.get(type(failure).__name__, _OTHER_MEND).format(front=front)
            return Finding(f"{front} front", State.FAILED, told(failure), mend)
        took.append(exchange.milliseconds)
        server = exchange.response_headers.get("Server", "")
        if (there := _seconds(exchange.response_headers.get("Date", ""))) is not None:
            bounds.append((there - time.time(), there + 1 - before))
    said = f"{exchange.url.partition('?')[0]} answers as the platform does, in {median(took):.0f} ms"
    return Finding(f"{front} front", State.OK, f"{said} (server: {server or 'it does not say'})")


def _skew(subject: Subject, bounds: list[tuple[float, float]]) -> Finding:
    """An answer's Date is cut to its second, and of a moment between sending and receiving."""
    if subject.profile.sandbox:
        return Finding("platform clock", State.OK, "the sandbox's own, which stands still but for the cases")
    if not bounds:
        return Finding("platform clock", State.SKIPPED, "no answer has a Date")
    least, most = max(low for low, _ in bounds), min(high for _, high in bounds)
    least, most = min(least, most), max(least, most)
    subject.skew_seconds = (least + most) / 2
    return skewed("platform clock", least, most)


def skewed(check: str, least: float, most: float) -> Finding:
    """How far a clock is ahead of this machine's, at least and at most, in seconds."""
    found = f"between {least:+.2f} s and {most:+.2f} s from this machine's"
    allowed = SKEW_MS / 1000
    if least > allowed or most < -allowed:
        return Finding(
            check,
            State.WARN,
            f"{found}: more than the {allowed:.0f} s that cases about times bear",
            "set the clocks of both machines by NTP",
        )
    return Finding(check, State.OK, found)


def told(failure: Exception) -> str:
    """The kind of a failure and its reason, on one line."""
    lines = str(failure).splitlines()
    return "; ".join(line.strip() for line in lines[:2])


def _seconds(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None
