"""What a test has made on the platform, and how each thing is taken away: deleted, cancelled or hidden."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from clients import AdminClient, PlatformFailure

SHOWN: Final = "isShow"
"""The field that hides a row of a resource without a delete."""
ENDED: Final = "40901"
"""The code of a cancel that comes too late: the order has ended already (P-05)."""
REFUNDED: Final = "REFUNDED"


class Made(Protocol):
    """`actor` is who made it; who may undo it is of the same organization."""

    @property
    def actor(self) -> str: ...

    def undo(self, client: AdminClient) -> None:
        """Raises a `PlatformFailure` where the platform does not let it be undone."""


@dataclass(frozen=True)
class CreatedRow:
    """A row of a resource of the console's client, with the body that it was created by."""

    actor: str
    resource: str
    row_id: str
    body: str = field(default="{}", repr=False)

    def undo(self, client: AdminClient) -> None:
        """What cannot be deleted is put back to what it was created as, but hidden."""
        resource: Any = getattr(client, self.resource)
        if can_be_deleted(resource):
            resource.delete(self.row_id).require_ok()
        else:
            resource.update(self.row_id, {**json.loads(self.body), SHOWN: 0}).require_ok()


@dataclass(frozen=True)
class BookedOrder:
    """A member's order; `desk` is the console's resource that cancels it."""

    actor: str
    desk: str
    order_id: str

    def undo(self, client: AdminClient) -> None:
        cancel_order(client, self.desk, self.order_id)


@dataclass(frozen=True)
class PulledLines:
    """Lines of a batch that were taken in: refunded, each frees its seat, or ends its group (Y-06)."""

    actor: str
    lines: tuple[Mapping[str, Any], ...] = field(repr=False)

    def undo(self, client: AdminClient) -> None:
        """In one batch again, the last line first: members leave before their leader."""
        refunds = [{**line, "orderStatus": REFUNDED} for line in reversed(self.lines)]
        results = client.one_yuan_orders.pull({"orders": refunds}).require_data()
        refused = [result for result in results if result["code"] not in {"0", ENDED}]
        if refused:
            one = refused[0]
            raise PlatformFailure(
                f"{len(refused)} 行退款的拉取订单被拒绝：{one['orderSn']} {one['code']} {one['message']}"
            )


def can_be_deleted(resource: object) -> bool:
    """Whether a resource of the console's client has a delete."""
    return hasattr(resource, "delete")


def cancel_order(client: AdminClient, desk: str, order_id: str) -> bool:
    """Whether it was still alive; one that has ended stays as it is."""
    answer = getattr(client, desk).cancel(order_id)
    if answer.code == ENDED:
        return False
    answer.require_ok()
    return True
