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

LEAST: Final = 2
MOST_ITEMS: Final = 1000
_AS_BEFORE, _REVERSED, _OTHER = "as before", "reversed", "in another order"


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


def lists(value: Any, met: Met, path: str = "") -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Each list of distinct items, by its path: what it holds, in its order, and the other way round."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = EACH_KEY if is_id_like(key) else key
            yield from lists(inner, met, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        items = [met.known(item) for item in value[:MOST_ITEMS]]
        if len(set(items)) == len(items) > 1:
            yield path, (hash(frozenset(items)), hash(tuple(items)), hash(tuple(reversed(items))))
        if len(value) == 1:
            yield from lists(value[0], met, f"{path}[]")


class Orders:
    """Keeps three numbers of each list of the old recording, and compares those of the new with them."""

    def __init__(self) -> None:
        self._old: dict[tuple[str, int, str], tuple[int, int, int]] = {}
        self._seen: dict[tuple[str, str], dict[str, Sighting]] = {}

    def keep(self, test: str, at: int, found: tuple[str, tuple[int, int, int]]) -> None:
        self._old[test, at, found[0]] = found[1]

    def compare(
        self, call: str, test: str, at: int, found: tuple[str, tuple[int, int, int]], place: Place
    ) -> None:
        path, (held, order, _) = found
        old = self._old.pop((test, at, path), None)
        if old is None or old[0] != held:
            return
        word = _AS_BEFORE if order == old[1] else _REVERSED if order == old[2] else _OTHER
        sightings = self._seen.setdefault((call, path), {})
        sightings.setdefault(word, Sighting()).add(place.exchange, place.test, place.witness)

    def findings(self) -> Iterator[Finding]:
        """Where most lists that can be compared, and two at least, came in another order."""
        for (call, path), sightings in self._seen.items():
            changed = {word: one for word, one in sightings.items() if word != _AS_BEFORE}
            count = sum(one.values for one in changed.values())
            same = sightings.get(_AS_BEFORE, Sighting()).values
            if count >= LEAST and count > same and changed:
                word = max(changed, key=lambda one: changed[one].values)
                yield seen(Kind.ORDER, call, f"{path}[]", _AS_BEFORE, word, merged(changed.values()))


def _identity(item: Any) -> str:
    """The id of an item, else all that it says."""
    if isinstance(item, Mapping):
        ids: Sequence[str] = [key for key in item if key == "id" or key.endswith("Id")]
        for key in sorted(ids, key=lambda key: key != "id"):
            if isinstance(item[key], str) and is_id_like(item[key]):
                return str(item[key])
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, sort_keys=True)
