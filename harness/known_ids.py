"""Ids of what is there before any test: categories, stores. Looked up by name, once a process."""

from collections.abc import Callable, Mapping
from typing import Final

from clients import AdminClient, HarnessError
from harness.platform import Platform

ABSENT: Final = "1000000000000000001"
"""An id that no row has: 64-bit as they all are, long before the first of them."""


class KnownIds:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._known: dict[str, str] = {"absent": ABSENT}
        self._lookups: Mapping[str, Callable[[], dict[str, str]]] = {
            "category_first": self._categories,
            "category_second": self._categories,
            "category_second_other": self._categories,
            "store": lambda: _stores(self._platform.tenant(), ("store", "store_second")),
            "store_second": lambda: _stores(self._platform.tenant(), ("store", "store_second")),
            "store_other_organization": lambda: _stores(
                self._platform.tenant("other"), ("store_other_organization",)
            ),
        }

    def __call__(self, name: str) -> str:
        """The id that a case calls `name`; raises `Unavailable` where the profile lacks a caller for it."""
        if name not in self._known:
            self._known.update(self._lookups[name]())
        return self._known[name]

    def _categories(self) -> dict[str, str]:
        """A second-level category and its parent, and a second-level one of another parent."""
        rows = self._platform.tenant().event_categories.list().require_data()
        seconds = [row for row in rows if row["type"] == "SECOND"]
        other = next((row for row in seconds if row["parentId"] != seconds[0]["parentId"]), None)
        if other is None:
            raise HarnessError("the platform has no two second-level event categories of different parents")
        return {
            "category_first": str(seconds[0]["parentId"]),
            "category_second": seconds[0]["id"],
            "category_second_other": other["id"],
        }


def _stores(admin: AdminClient, names: tuple[str, ...]) -> dict[str, str]:
    rows = admin.stores.list(page=1, size=len(names)).require_data()
    if len(rows) < len(names):
        raise HarnessError(f"the organization has {len(rows)} stores, the cases need {len(names)}")
    return {name: row["organizationId"] for name, row in zip(names, rows, strict=True)}
