"""Ids of what is there before any test: categories, stores, channels. Looked up by name, once a process."""

from collections.abc import Callable, Mapping
from typing import Final

from clients import HarnessError
from harness.platform import OTHER_TENANT, Platform
from harness.profile import MAIN_TENANT

ABSENT: Final = "1000000000000000001"
"""An id that no row has: 64-bit as they all are, long before the first of them."""


class KnownIds:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._known: dict[str, str] = {"absent": ABSENT}
        ours, theirs = MAIN_TENANT, OTHER_TENANT
        self._lookups: Mapping[str, Callable[[], dict[str, str]]] = {
            **dict.fromkeys(("category_first", "category_second", "category_second_other"), self._categories),
            **dict.fromkeys(("store", "store_second"), lambda: self._stores(ours, "store", "store_second")),
            "store_other_organization": lambda: self._stores(theirs, "store_other_organization"),
            **dict.fromkeys(
                ("channel", "channel_second"), lambda: self._channels(ours, "channel", "channel_second")
            ),
            "channel_other_organization": lambda: self._channels(theirs, "channel_other_organization"),
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

    def _stores(self, role: str, *names: str) -> dict[str, str]:
        rows = self._platform.tenant(role).stores.list(page=1, size=len(names)).require_data()
        return _named(names, [row["organizationId"] for row in rows], "stores")

    def _channels(self, role: str, *names: str) -> dict[str, str]:
        rows = self._platform.tenant(role).channels.list(page=1, size=len(names)).require_data()
        return _named(names, [row["id"] for row in rows], "channels")


def _named(names: tuple[str, ...], ids: list[str], what: str) -> dict[str, str]:
    if len(ids) < len(names):
        raise HarnessError(f"the organization has {len(ids)} {what}, the cases need {len(names)}")
    return dict(zip(names, ids, strict=True))
