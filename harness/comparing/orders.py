"""Findings of the order of lists: the same items, at the same place of the same test, in another order.

Ids are others in each run. An item is known by when its id was first met in its test, which is the same in
both; one that was not met before, by its id, which is the same where both runs read what was already there.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from harness.comparing.findings import Finding, Kind, Sighting, merged, seen
from harness.comparing.formats import is_id_like
from harness.comparing.shapes import EACH_KEY, Place

LEAST: Final = 3
LEAST_OF_VALUES: Final = 10
MOST_ITEMS: Final = 1000
_AS_BEFORE, _REVERSED, _OTHER = "as before", "reversed", "in another order"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list holds, its order, and that the other way round: a number each, so that all can be kept."""

    held: int
    order: int
    reverse: int
    is_of_values: bool


@dataclass
class Met:
    """The ids that a test has met so far, each with its turn."""

    turns: dict[str, int] = field(default_factory=dict)

    def meet(self, value: Any) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                self.meet(inner)
        elif isinstance(value, list):
            for inner in value:
                self.meet(inner)
        elif isinstance(value, str) and 6 <= len(value) <= 40 and is_id_like(value):
            self.turns.setdefault(value, len(self.turns))

    def known(self, item: Any) -> str:
        identity = _identity(item)
        turn = self.turns.get(identity)
        return identity if turn is None else f"#{turn}"


def lists(value: Any, met: Met, path: str = "") -> Iterator[tuple[str, Listed]]:
    """Each list of distinct items, by its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = EACH_KEY if is_id_like(key) else key
            yield from lists(inner, met, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        items = [met.known(item) for item in value[:MOST_ITEMS]]
        if len(set(items)) == len(items) > 1:
            plain = not isinstance(value[0], dict)
            yield path, Listed(hash(frozenset(items)), hash(tuple(items)), hash(tuple(items[::-1])), plain)
        if len(value) == 1:
            yield from lists(value[0], met, f"{path}[]")


class Orders:
    """Keeps what is told of each list of the old recording, and compares those of the new with it."""

    def __init__(self) -> None:
        self._old: dict[tuple[str, int, str], Listed] = {}
        self._seen: dict[tuple[str, str], dict[str, Sighting]] = {}
        self._of_values: set[tuple[str, str]] = set()

    def keep(self, test: str, at: int, found: tuple[str, Listed]) -> None:
        self._old[test, at, found[0]] = found[1]

    def compare(self, call: str, test: str, at: int, found: tuple[str, Listed], place: Place) -> None:
        path, new = found
        old = self._old.pop((test, at, path), None)
        if old is None or old.held != new.held:
            return
        if new.is_of_values:
            self._of_values.add((call, path))
        word = _AS_BEFORE if new.order == old.order else _REVERSED if new.order == old.reverse else _OTHER
        sightings = self._seen.setdefault((call, path), {})
        sightings.setdefault(word, Sighting()).add(place.exchange, place.test, place.witness)

    def findings(self) -> Iterator[Finding]:
        """Where hardly a list came as before; plain values come in another order by chance too."""
        for (call, path), sightings in self._seen.items():
            changed = {word: one for word, one in sightings.items() if word != _AS_BEFORE}
            together = merged(changed.values())
            least = LEAST_OF_VALUES if (call, path) in self._of_values else LEAST
            same = sightings.get(_AS_BEFORE, Sighting()).values
            if together.values >= max(least, least * same):
                word = max(changed, key=lambda one: changed[one].values)
                yield seen(Kind.ORDER, call, f"{path}[]", _AS_BEFORE, word, together)


def _identity(item: Any) -> str:
    """The id of an item, else all that it says."""
    if isinstance(item, Mapping):
        ids: Sequence[str] = [key for key in item if key == "id" or key.endswith("Id")]
        for key in sorted(ids, key=lambda key: key != "id"):
            if isinstance(item[key], str) and is_id_like(item[key]):
                return str(item[key])
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, sort_keys=True)
