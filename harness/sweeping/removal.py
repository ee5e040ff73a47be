"""Takes leftovers away: live orders are cancelled, rows deleted, what has no delete is hidden."""

from collections.abc import Iterable
from typing import Any, Final

from clients import AdminClient, PlatformFailure
from clients.bodies import OneYuanProductBody
from harness.platform import Platform
from harness.sweeping.leftovers import PAGE, Leftover, Wanted, leftovers
from harness.undoing import SHOWN, can_be_deleted, cancel_order
from harness.workshop import picked

ROUNDS: Final = 3
ENDED: Final = frozenset({"CANCELED", "TIME_OUT", "TEAM_FAIL", "USED"})
DESKS: Final = {"events": "event_orders", "group_buys": "group_buy_orders"}


def swept(platform: Platform, wanted: Wanted) -> tuple[list[Leftover], list[tuple[Leftover, str]]]:
    """What was taken away, and what is left, each with the reason.

    Looks again until nothing more is found: lists move while others write.
    """
    gone: list[Leftover] = []
    for _ in range(ROUNDS):
        found = leftovers(platform, wanted)
        left = remove(platform, found)
        kept = {one for one, _ in left}
        gone += [one for one in found if one not in kept]
        if len(found) == len(left):
            break
    return gone, left


def remove(platform: Platform, found: Iterable[Leftover]) -> list[tuple[Leftover, str]]:
    """Those that could not be taken away, each with the reason; it keeps no other."""
    left = []
    for one in found:
        try:
            _remove(platform.tenant(one.role), one)
        except PlatformFailure as failure:
            left.append((one, str(failure)))
    return left


def _remove(client: AdminClient, one: Leftover) -> None:
    if (desk := DESKS.get(one.resource)) is not None:
        for order in _orders(client, desk, one.row_id):
            if order["status"] not in ENDED:
                cancel_order(client, desk, order["id"])
    resource: Any = getattr(client, one.resource)
    if can_be_deleted(resource):
        resource.delete(one.row_id).require_ok()
    else:
        resource.update(one.row_id, {**picked(one.row, OneYuanProductBody), SHOWN: 0}).require_ok()


def _orders(client: AdminClient, desk: str, activity_id: str) -> list[Any]:
    if desk == "event_orders":
        return [*client.event_orders.list(activity_id, page=1, size=PAGE).require_data()]
    return [*client.group_buy_orders.orders(activity_id, page=1, size=PAGE).require_data()]
