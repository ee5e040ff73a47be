"""What the console decides about an order, the same for every kind: cancel, review, check in."""

from typing import Any, ClassVar

from clients.bodies import AnyBody
from clients.response import Answer
from clients.transport import Resource, segment


class OrderDesk(Resource):
    """`name` is the resource in the names of calls, `path` where its calls are.

    None of the calls is sent again by itself: a second time is another question (P-05, E-13).
    """

    name: ClassVar[str]
    path: ClassVar[str]

    def cancel(self, order_id: str) -> Answer[Any]:
        return self._decide(order_id, "cancel", "canceled")

    def review(self, order_id: str, body: AnyBody) -> Answer[Any]:
        """Decide a pending reservation or cancel by `approved` (E-09, E-10)."""
        return self._decide(order_id, "review", "review", body)

    def check_in(self, order_id: str, body: AnyBody) -> Answer[Any]:
        """Check in (核销) with `code` and `storeOrgId` (E-13)."""
        return self._decide(order_id, "check_in", "checkin", body)

    def _decide(self, order_id: str, call: str, verb: str, body: AnyBody | None = None) -> Answer[Any]:
        path = f"{self.path}/{segment(order_id)}/{verb}"
        return self._transport.call(f"{self.name}.{call}", "PUT", path, json=body, repeatable=False)
