"""What each call may do to rows, and which rows belong together: `data/rows.yaml`, read once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clients import DataError
from harness.documents import problems, read_json, read_yaml, told


@dataclass(frozen=True)
class Names:
    """A set of names, or with `all_but` its complement."""

    names: frozenset[str] = frozenset()
    all_but: bool = False

    def has(self, name: str) -> bool:
        return (name in self.names) != self.all_but


@dataclass(frozen=True)
class Link:
    """`table.column` is a `parent.parent_column`."""

    table: str
    column: str
    parent: str
    parent_column: str


@dataclass(frozen=True)
class Family:
    """A root with the tables below it, a parent always before its children."""

    root: str
    links: tuple[Link, ...]

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.root, *(link.table for link in self.links))

    def link_of(self, table: str) -> Link | None:
        return next((link for link in self.links if link.table == table), None)


@dataclass(frozen=True)
class About:
    """Rows whose column has what stands at a place of the call: `path.1`, `body.eventId`, `data`."""

    table: str
    column: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Effects:
    """A number of made rows is exact; None stands for any."""

    about: tuple[About, ...] = ()
    makes: Mapping[str, int | None] = field(default_factory=dict)
    changes: Mapping[str, Names] = field(default_factory=dict)
    removes: frozenset[str] = frozenset()
    says: Mapping[str, Names] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownAt:
    """A part of an answer that is a row, told by `key`, the wire name of a field."""

    place: tuple[str, ...]
    table: str
    key: str = "id"


@dataclass(frozen=True)
class RowRules:
    reference: tuple[str, ...]
    families: tuple[Family, ...]
    calls: Mapping[str, Effects]
    reads: frozenset[str]
    shown: Mapping[str, tuple[ShownAt, ...]]
    computed: Mapping[str, frozenset[str]]

    def families_of(self, table: str) -> list[Family]:
        return [family for family in self.families if table in family.tables]


def load_row_rules(data: Path) -> RowRules:
    """Raises `DataError` with every mistake of the file, its place and the mend."""
    path = data / "rows.yaml"
    document = read_yaml(path)
    found = [told(error) for error in problems(document, read_json(data / "rows.schema.json"))]
    found = found or _loose_ends(document)
    if found:
        raise DataError("\n".join(f"{path}: {mistake}" for mistake in found))
    return RowRules(
        reference=tuple(document["reference"]),
        families=tuple(_family(one) for one in document["families"]),
        calls={name: _effects(one) for name, one in document["calls"].items()},
        reads=frozenset(document["reads"]),
        shown={name: _shown(places) for name, places in document["shown"].items()},
        computed={table: frozenset(columns) for table, columns in document["computed"].items()},
    )


def _loose_ends(document: Mapping[str, Any]) -> list[str]:
    """Links to a parent that its family has not, or only later."""
    mistakes = []
    for family in document["families"]:
        known = {family["root"]}
        for table, link in family["links"].items():
            ((column, parent),) = link.items()
            if parent.partition(".")[0] not in known:
                place = f"families.{family['root']}.links.{table}.{column}"
                mistakes.append(f"{place}: {parent!r} is no table that stands before it: {sorted(known)}")
            known.add(table)
    return mistakes


def _family(document: Mapping[str, Any]) -> Family:
    links = []
    for table, link in document["links"].items():
        ((column, of),) = link.items()
        parent, _, parent_column = of.partition(".")
        links.append(Link(table, column, parent, parent_column))
    return Family(document["root"], tuple(links))


def _effects(document: Mapping[str, Any]) -> Effects:
    return Effects(
        about=tuple(_about(of, places) for of, places in document.get("about", {}).items()),
        makes={table: None if n == "any" else n for table, n in document.get("makes", {}).items()},
        changes={table: _names(names) for table, names in document.get("changes", {}).items()},
        removes=frozenset(document.get("removes", ())),
        says={table: _names(names) for table, names in document.get("says", {}).items()},
    )


def _shown(places: Mapping[str, str]) -> tuple[ShownAt, ...]:
    return tuple(ShownAt(tuple(place.split(".")), *of.split(".")) for place, of in places.items())


def _about(of: str, places: str | list[str]) -> About:
    table, _, column = of.partition(".")
    return About(table, column, (places,) if isinstance(places, str) else tuple(places))


def _names(document: Mapping[str, Iterable[str]] | list[str]) -> Names:
    if isinstance(document, Mapping):
        return Names(frozenset(document["but"]), all_but=True)
    return Names(frozenset(document))
