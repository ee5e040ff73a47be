"""The ledger of a run: what was collected, what became of each test, and whether the reports hold the same.

It lies beside the Allure results as `ledger-<run id>.json`; the gate believes it, and it alone.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from clients import DataError
from harness.documents import read_json

PATTERN: Final = "ledger-*.json"


@dataclass(frozen=True)
class Entry:
    """One test; `flaky` one that passed only when it was run again."""

    nodeid: str
    case: str | None
    rule: str | None
    severity: str
    smoke: bool
    outcome: str
    flaky: bool
    attempts: int
    seconds: float
    reason: str


@dataclass(frozen=True)
class CollectionError:
    """A file that could not be collected."""

    place: str
    reason: str


@dataclass(frozen=True)
class Ledger:
    """`started` in epoch milliseconds; `exit` is pytest's own code, before anything else judges the run.

    `gaps` are tests that one of collection, Allure results and JUnit has and another has not; `leaks` places
    in which a secret stands, never the secret.
    """

    run: str
    started: int
    seconds: float
    profile: str
    seed: int
    exit: int
    interrupted: bool
    selection: str
    collected: tuple[str, ...]
    deselected: int
    collection_errors: tuple[CollectionError, ...]
    tests: tuple[Entry, ...]
    gaps: tuple[str, ...]
    leaks: tuple[str, ...]


def write_ledger(ledger: Ledger, folder: Path) -> Path:
    """Complete or not there at all; raises `OSError`."""
    path = folder / f"ledger-{ledger.run}.json"
    part = path.with_suffix(".tmp")
    part.write_text(json.dumps(asdict(ledger), ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)
    return path


def read_ledger(path: Path) -> Ledger:
    """Raises `DataError` for a file that is no ledger."""
    document = read_json(path)
    try:
        whole: Ledger = _made(Ledger, document)
        return replace(
            whole,
            collected=tuple(whole.collected),
            collection_errors=tuple(_made(CollectionError, one) for one in whole.collection_errors),
            tests=tuple(_made(Entry, one) for one in whole.tests),
            gaps=tuple(whole.gaps),
            leaks=tuple(whole.leaks),
        )
    except (KeyError, TypeError) as error:
        raise DataError(f"{path}: not a ledger of a run: {error}; run again with --alluredir") from None


def _made(kind: Any, document: Any) -> Any:
    """Every field must be there; what a later version adds is not read."""
    return kind(**{field.name: document[field.name] for field in fields(kind)})
