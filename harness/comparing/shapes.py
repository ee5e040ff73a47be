"""What the answers of a call look like, added up over a run: a tree of fields, each with what was seen there.

It grows with the number of fields, not with that of answers: values are not kept, but for words of small
sets and an example of each format.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from harness.comparing.findings import Sighting, Witness
from harness.comparing.formats import format_of, is_id_like, is_word

EACH_KEY: Final = "{}"
MOST_FIELDS: Final = 80
MOST_WORDS: Final = 24
LONGEST_EXAMPLE: Final = 40
_TYPES: Final[Mapping[type, str]] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    dict: "object",
    list: "array",
    type(None): "null",
}


@dataclass(frozen=True)
class Place:
    """Which exchange, of which test, is being looked at."""

    exchange: int
    test: int
    witness: Witness


class Shape:
    """What was seen at one place of an answer; `absent` is told of objects that lack this field."""

    __slots__ = ("absent", "all", "fields", "formats", "is_map", "items", "types", "words")

    def __init__(self) -> None:
        self.all = Sighting()
        self.absent = Sighting()
        self.types: dict[str, Sighting] = {}
        self.formats: dict[str, Sighting] = {}
        self.words: dict[str, Sighting] | None = {}
        self.fields: dict[str, Shape] = {}
        self.items: Shape | None = None
        self.is_map = False

    def add(self, value: Any, place: Place) -> None:
        self.all.add(place.exchange, place.test, place.witness)
        name = _TYPES[type(value)]
        before = self.types.get("object")
        earlier = before.copied() if name == "object" and before is not None else None
        self._seen(self.types, name, place)
        if isinstance(value, dict):
            self._add_object(value, place, earlier)
        elif isinstance(value, list):
            for item in value:
                if self.items is None:
                    self.items = Shape()
                self.items.add(item, place)
        elif value is not None:
            self._add_value(value, place)

    def add_other(self, kind: str, place: Place) -> None:
        """An answer that is no JSON: a file, a text, nothing."""
        self.all.add(place.exchange, place.test, place.witness)
        self._seen(self.types, kind, place)

    def sighting(self, type_name: str) -> Sighting:
        return self.types.get(type_name) or Sighting()

    def as_map(self) -> None:
        """Its keys are values: what lies under any of them is one field."""
        if self.is_map:
            return
        self.is_map = True
        merged = Shape()
        for child in self.fields.values():
            merged.merge(child)
        self.fields = {EACH_KEY: merged} if self.fields else {}

    def merge(self, other: "Shape") -> None:
        self.all.merge(other.all)
        self.absent.merge(other.absent)
        _merge(self.types, other.types)
        _merge(self.formats, other.formats)
        if self.words is None or other.words is None:
            self.words = None
        else:
            _merge(self.words, other.words)
        for key, child in other.fields.items():
            self.fields.setdefault(key, Shape()).merge(child)
        if other.items is not None:
            self.items = self.items or Shape()
            self.items.merge(other.items)

    def _add_object(self, value: Mapping[str, Any], place: Place, earlier: Sighting | None) -> None:
        if (
            not self.is_map
            and len(self.fields) + len(value) > MOST_FIELDS
            and (len(self.fields.keys() | value.keys()) > MOST_FIELDS)
        ):
            self.as_map()
        for key, child in value.items():
            name = EACH_KEY if self.is_map or is_id_like(key) else key
            if name not in self.fields:
                self.fields[name] = Shape()
                if earlier is not None:
                    self.fields[name].absent = earlier.copied()
            self.fields[name].add(child, place)
        for name, field in self.fields.items():
            if name not in value and name != EACH_KEY:
                field.absent.add(place.exchange, place.test, place.witness)

    def _add_value(self, value: Any, place: Place) -> None:
        if (written := format_of(value)) is not None:
            sighting = self._seen(self.formats, written, place)
            sighting.example = sighting.example or str(value)[:LONGEST_EXAMPLE]
        if isinstance(value, str) and written is not None and self.words is not None:
            if is_word(value):
                self._seen(self.words, value, place)
            if not is_word(value) or len(self.words) > MOST_WORDS:
                self.words = None  # any text: no closed set

    @staticmethod
    def _seen(sightings: dict[str, Sighting], name: str, place: Place) -> Sighting:
        found = sightings.get(name)
        if found is None:
            found = sightings[name] = Sighting()
        found.add(place.exchange, place.test, place.witness)
        return found


def _merge(into: dict[str, Sighting], others: Mapping[str, Sighting]) -> None:
    for name, sighting in others.items():
        into.setdefault(name, Sighting()).merge(sighting)
