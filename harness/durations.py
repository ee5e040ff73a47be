"""How long each test took when last recorded: `data/durations.json`, by which shards are made equally long.

A case stands there by its id, which no rename of a file or function changes, any other test by its node id.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from clients import DataError
from harness.documents import read_json
from harness.ledger import Ledger
from harness.written import write_whole

FILE: Final = "durations.json"
_SHORTEST: Final = 0.001
"""Tests of no time at all would all go to one shard."""


def durations_of(ledgers: Iterable[Ledger]) -> dict[str, float]:
    """Seconds of each test that was executed; of several tests of one case, those of the longest."""
    found: dict[str, float] = {}
    for ledger in ledgers:
        for test in ledger.tests:
            if test.outcome in {"passed", "failed"}:
                name, seconds = test.case or test.nodeid, max(round(test.seconds, 3), _SHORTEST)
                found[name] = max(seconds, found.get(name, 0.0))
    return found


def read_durations(data: Path) -> dict[str, float]:
    """Empty where nothing is recorded; raises `DataError` for a file that holds something else."""
    path = data / FILE
    if not path.is_file():
        return {}
    document = read_json(path)
    if not isinstance(document, dict) or not all(type(one) in (int, float) for one in document.values()):
        raise DataError(f"{path}: must hold a number of seconds for each test; see harness/durations.py")
    return document


def write_durations(durations: Mapping[str, float], data: Path) -> Path:
    path = data / FILE
    write_whole(path, json.dumps(durations, ensure_ascii=False, indent=0, sort_keys=True) + "\n")
    return path
