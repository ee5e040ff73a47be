"""Rows as they are at one moment, as the driver has them: most are only compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Raw = tuple[Any, ...]
"""A row's values in the order of its table's columns."""


@dataclass(frozen=True)
class Extent:
    """The greatest key of a table, 0 of an empty one, and how many rows it has."""

    last: int
    rows: int


@dataclass
class Snapshot:
    """By table and key. `cut` are tables of which there was more than was read."""

    tables: dict[str, dict[int, Raw]] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)

    def add(self, table: str, rows: Mapping[int, Raw]) -> None:
        self.tables.setdefault(table, {}).update(rows)

    def keys(self, table: str) -> set[int]:
        return set(self.tables.get(table, ()))
