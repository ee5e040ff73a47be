"""Events (活动) on the admin console."""

from typing import Any

from clients.admin.activities import Activities
from clients.bodies import Event, IdAndName
from clients.response import Answer

IdsAndNames = list[IdAndName]


class Events(Activities[Event]):
    """Its `copy` answers no id (E-05)."""

    name = "admin.events"
    path = "event"

    def publish(self, event_id: str, publish: bool | str | None) -> Answer[Any]:
        """Publish or withdraw; form-encoded (C-16)."""
        return self._switch(event_id, "publish", publish)

    def ids_and_names(self) -> Answer[IdsAndNames]:
        path = f"{self.path}/get_all_events_the_id_and_name"
        return self._transport.call("admin.events.ids_and_names", "GET", path)
