"""Ledgers as runs leave them, without a run; and what a gate says of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.gate.limits import Limits
from harness.gate.lines import Line, Subject
from harness.gate.results import merged
from harness.gate.verdict import Verdict, judged
from harness.ledger import CollectionError, Entry, Ledger
from harness.quarantine import Quarantined

STARTED = 1_767_225_599_000
"""2025-12-31 23:59:59 in UTC, which is 2026-01-01 in UTC+8."""


def entry(name: str, outcome: str = "passed", **changes: Any) -> Entry:
    """A test of the case `name`, and what differs from one that passed at once."""
    made = Entry(
        nodeid=f"tests/test_some.py::test_some[{name}]",
        case=name,
        rule="E-01",
        severity="normal",
        smoke=False,
        outcome=outcome,
        flaky=False,
        attempts=1,
        seconds=1.0,
        reason="" if outcome == "passed" else f"{name} 不符",
    )
    return replace(made, **changes)


def flaky(name: str, **changes: Any) -> Entry:
    return entry(name, flaky=True, attempts=2, **changes)


def ledger(*tests: Entry, run: str = "one", **changes: Any) -> Ledger:
    """A run in order of these tests, and what differs from it."""
    failed = any(test.outcome in {"failed", "broken"} for test in tests)
    made = Ledger(
        run=run,
        started=STARTED,
        seconds=10.0,
        profile="sandbox",
        seed=1,
        exit=int(failed),
        interrupted=False,
        selection="",
        collected=tuple(test.nodeid for test in tests),
        deselected=0,
        collection_errors=(),
        tests=tests,
        gaps=(),
        leaks=(),
    )
    return replace(made, **changes)


def not_collected(place: str = "tests/test_x.py") -> CollectionError:
    return CollectionError(place, "SyntaxError: invalid syntax")


def verdict(*ledgers: Ledger, quarantine: tuple[Quarantined, ...] = (), **limits: Any) -> Verdict:
    """What a gate of these limits says."""
    return judged(Subject(Limits(Path("gate.toml"), **limits), merged(ledgers), quarantine))


def line(found: Verdict, name: str) -> Line:
    return next(one for one in found.lines if one.name == name)
