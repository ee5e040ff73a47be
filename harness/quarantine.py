"""`data/quarantine.yaml`: cases that run and cannot block a gate, each with an owner, until a day."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from clients import DataError
from harness.documents import lines_of, problems, read_json, read_yaml, told
from harness.zone import UTC8

FILE = "quarantine.yaml"
_EXPLAINED = "data/quarantine.yaml shows an entry"


@dataclass(frozen=True)
class Quarantined:
    """One entry; `expires` is the last day on which it holds."""

    case: str
    reason: str
    owner: str
    expires: date
    issue: str | None = None

    def holds(self, today: date) -> bool:
        return today <= self.expires


def day_of(epoch_ms: int) -> date:
    """The day of a run, in UTC+8: the one "today" of entries, whenever its results are judged."""
    return datetime.fromtimestamp(epoch_ms / 1000, UTC8).date()


def load_quarantine(data: Path, known: Callable[[], Collection[str]]) -> tuple[Quarantined, ...]:
    """The entries; `known` tells the ids of all cases, asked only where there are entries.

    Raises `DataError` with a line for each mistake. No file is no entry.
    """
    path = data / FILE
    if not path.is_file():
        return ()
    document = read_yaml(path)
    found = problems(document, read_json(data / "quarantine.schema.json"))
    if found:
        lines = lines_of(path, [error.absolute_path for error in found])
        places = zip(lines, found, strict=True)
        raise DataError("\n".join(f"{path}:{line}: {told(error)}; {_EXPLAINED}" for line, error in places))
    entries = document["quarantine"] or []
    if mistakes := list(_mistakes(path, entries, known)):
        raise DataError("\n".join(mistakes))
    return tuple(Quarantined(**{**entry, "expires": _day(entry["expires"])}) for entry in entries)


def _mistakes(
    path: Path, entries: list[dict[str, Any]], known: Callable[[], Collection[str]]
) -> Iterator[str]:
    ids = known() if entries else ()
    places = lines_of(path, [("quarantine", index) for index in range(len(entries))])
    for line, entry, before in zip(places, entries, _before(entries), strict=True):
        case_id = entry["case"]
        if case_id not in ids:
            yield f"{path}:{line}: there is no case {case_id!r}; correct its id, or take the entry out"
        if case_id in before:
            yield f"{path}:{line}: the case {case_id!r} stands here twice; leave one entry"
        if _day(entry["expires"]) is None:
            yield f'{path}:{line}: expires: {entry["expires"]!r} is no day; write one as "2026-12-31"'


def _before(entries: Iterable[dict[str, Any]]) -> Iterator[set[str]]:
    """For each entry, the case ids that stand before it."""
    seen: set[str] = set()
    for entry in entries:
        yield set(seen)
        seen.add(entry["case"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
