"""Orders of events: how a session is booked, and what the console does about it."""

from collections.abc import Mapping
from typing import Any

from clients import AdminClient, Answer, HarnessError
from clients.admin.order_desk import OrderDesk
from clients.bodies import Booking, EventBookingBody
from harness.bookings import MANY, MOBILE, Bookings
from harness.people import Person

OPEN_NOW = {"$clock": "-1h"}


class EventBookings(Bookings):
    """Sessions of events that are published and open; they are held in the first store, two days from now."""

    amount = "chargedMount"
    states = (
        "UNPAID",
        "PAY_PROCESSING",
        "RESERVATION_REVIEW_PENDING",
        "UNUSED",
        "USED",
        "CANCEL_REVIEW_PENDING",
        "CANCELED",
        "TIME_OUT",
    )

    def desk(self, caller: AdminClient | None = None) -> OrderDesk:
        return (caller or self.admin).event_orders

    def activity(
        self, changes: Mapping[str, Any] | None = None, *, price: int = 0, cancel_reviewed: bool = False
    ) -> Mapping[str, Any]:
        event: Mapping[str, Any] = self._activities.make(
            {
                "published": True,
                "beginTime": OPEN_NOW,
                "chargeToggle": price > 0,
                "chargedAmount": price,
                "cancelReviewToggle": cancel_reviewed,
                "eventSessionList.0.placeType": "STORE",
                "eventSessionList.0.applicableStoreIds": {"$id_of": "store"},
                **(changes or {}),
            }
        )
        return event

    def body(self, activity: Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
        session = activity["eventSessionList"][0]
        valid: EventBookingBody = {
            "eventId": activity["id"],
            "sessionId": session["id"],
            "sessionStoreId": self.store(activity),
            "name": f"学员{self._activities.mark}",
            "mobile": MOBILE,
            "channel": "线上-微信",
            "formDataList": [],
        }
        return self._activities.changed(valid, changes or {})

    def book_session(
        self, event: Mapping[str, Any], person: Person, session: Mapping[str, Any]
    ) -> Answer[Booking]:
        """Book this one of its sessions, in its first store where it has stores."""
        stores = session["applicableStoreIds"] or ""
        changes = {"sessionId": session["id"], "sessionStoreId": stores.split(",")[0] or None}
        return self.send(person, self.body(event, changes))

    def send(self, person: Person, body: Mapping[str, Any]) -> Answer[Booking]:
        return person.calls.event_orders.book(body)

    def cancel(self, person: Person, order_id: str) -> Answer[Any]:
        return person.calls.event_orders.cancel(order_id)

    def listed(self, activity_id: str, key_word: str | None = None) -> list[Mapping[str, Any]]:
        filters = {"keyWord": key_word}
        return [*self.admin.event_orders.list(activity_id, filters, page=1, size=MANY).require_data()]

    def store(self, activity: Mapping[str, Any]) -> str | None:
        stores = activity["eventSessionList"][0]["applicableStoreIds"] or ""
        return stores.split(",")[0] or None

    def needed_for(self, state: str) -> Mapping[str, Any]:
        return {"reservationReviewToggle": True} if state == "RESERVATION_REVIEW_PENDING" else {}

    def team_ends(self, activity: Mapping[str, Any], order: Mapping[str, Any]) -> int:
        raise HarnessError("events have no teams")

    def effect_ends(self, activity: Mapping[str, Any], order: Mapping[str, Any]) -> int:
        return int(activity["eventSessionList"][0]["endTime"])
