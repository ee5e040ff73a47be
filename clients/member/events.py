"""Events (活动) on the mini-program."""

from clients.bodies import Event
from clients.response import Answer
from clients.transport import Resource, segment


class MemberEvents(Resource):
    def get(self, event_id: str) -> Answer[Event]:
        """The event's page; only a published event has one (E-03)."""
        return self._transport.call("member.events.get", "GET", f"event/{segment(event_id)}")
