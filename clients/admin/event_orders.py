"""Orders of events on the admin console."""

from clients.admin.order_desk import OrderDesk
from clients.bodies import AnyBody, EventOrder, Paging
from clients.permissions import Effect
from clients.response import Answer

EventOrderRows = list[EventOrder]


class EventOrders(OrderDesk):
    name = "admin.event_orders"
    path = "event_orders"

    def list(
        self,
        event_id: str | None,
        filters: AnyBody | None = None,
        *,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[EventOrderRows]:
        """The orders of an event, narrowed by an `EventOrderFilter`."""
        params = {"page": page, "size": size, "eventId": event_id}
        name, path, body = f"{self.name}.list", f"{self.path}/get_order_list", filters or {}
        return self._transport.call(name, "POST", path, params=params, json=body, effect=Effect.READS)

    def search(
        self,
        event_id: str | None,
        *,
        key_word: str | None = None,
        status: str | None = None,
        page: Paging = None,
        size: Paging = None,
    ) -> Answer[EventOrderRows]:
        """The check-in desk's search; `status` is UNUSED or USED."""
        params = {"event_id": event_id, "keyWord": key_word, "status": status, "page": page, "size": size}
        return self._transport.call(f"{self.name}.search", "GET", f"{self.path}/search", params=params)
