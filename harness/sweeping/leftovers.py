"""What runs have left on a lasting platform: every row that carries a mark, found by reading whole lists.

A search looks into names alone, and a case may have made the name what it likes: the mark may stand in any
text of the row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from clients import AdminClient
from harness.marks import Stamp, stamps_in
from harness.platform import OTHER_TENANT, Platform
from harness.profile import MAIN_TENANT
from harness.undoing import SHOWN, can_be_deleted

PAGE: Final = 1000
RESOURCES: Final = ("events", "group_buys", "workers", "one_yuan_products")
SHARED: Final = frozenset({"one_yuan_products"})
"""Resources that all organizations share (C-14)."""
TITLES: Final = ("name", "titile", "productName")
Wanted = Callable[[Stamp], bool]


@dataclass(frozen=True)
class Leftover:
    """A row with a mark. `role` is a tenant that sees it, `stamp` that of the run which made it."""

    role: str
    resource: str
    row_id: str
    title: str
    stamp: Stamp
    row: Mapping[str, Any] = field(repr=False, compare=False, hash=False)


def leftovers(platform: Platform, wanted: Wanted) -> list[Leftover]:
    """Those of the runs that are wanted, of every organization that the profile signs in to.

    Those that were made last come first, as they are to be taken away. A hidden row is none: there is
    nothing more to be done about it. Raises a `PlatformFailure` where a list cannot be read.
    """
    found: dict[tuple[str, str], Leftover] = {}
    for role in _roles(platform):
        for resource in RESOURCES:
            if resource not in SHARED or role == MAIN_TENANT:
                for one in _of(platform.tenant(role), role, resource):
                    if wanted(one.stamp):
                        found.setdefault((resource, one.row_id), one)
    return sorted(found.values(), key=lambda one: (len(one.row_id), one.row_id), reverse=True)


def _roles(platform: Platform) -> Sequence[str]:
    other = platform.profile.tenants.get(OTHER_TENANT)
    return (MAIN_TENANT, OTHER_TENANT) if other is not None and other.usable else (MAIN_TENANT,)


def _of(client: AdminClient, role: str, resource: str) -> Iterator[Leftover]:
    calls: Any = getattr(client, resource)
    for row in _whole(calls):
        stamps = stamps_in("\n".join(_texts(row)))
        if stamps and (can_be_deleted(calls) or row[SHOWN] == 1):
            title = next(str(row[key]) for key in TITLES if key in row)
            yield Leftover(role, resource, row["id"], title, max(stamps, key=lambda one: one.text), row)


def _whole(calls: Any) -> Iterator[Mapping[str, Any]]:
    """A list to its end. Others write meanwhile: a row may come twice, and one that was passed over is found
    the next time."""
    page = 1
    while rows := calls.list(page=page, size=PAGE).require_data():
        yield from rows
        page += 1


def _texts(row: Mapping[str, Any]) -> Iterator[str]:
    return (value for value in row.values() if isinstance(value, str))
