"""A member's own event orders."""

from typing import Any

from clients.bodies import AnyBody, Booking, EventOrder, Paging
from clients.response import Answer
from clients.transport import Resource, segment

MyEventOrders = list[EventOrder]
PATH = "event_orders"


class MemberEventOrders(Resource):
    def book(self, body: AnyBody) -> Answer[Booking]:
        """Book a session by an `EventBookingBody`."""
        return self._transport.call("member.event_orders.book", "POST", PATH, json=body)

    def list(self, *, page: Paging = None, size: Paging = None) -> Answer[MyEventOrders]:
        params = {"page": page, "size": size}
        return self._transport.call("member.event_orders.list", "GET", PATH, params=params)

    def cancel(self, order_id: str) -> Answer[Any]:
        """Cancel mine, or ask for it where cancels are reviewed (E-10)."""
        path = f"{PATH}/{segment(order_id)}"
        return self._transport.call("member.event_orders.cancel", "PUT", path, repeatable=False)
