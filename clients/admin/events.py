"""Events (活动) on the admin console."""

import json
from typing import Any

from clients.bodies import AnyBody, Event, EventBody, EventSearch, IdAndName, Paging
from clients.response import Answer
from clients.transport import Resource, segment

EventRows = list[Event]
IdsAndNames = list[IdAndName]


class Events(Resource):
    def list(
        self,
        *,
        search_word: str | None = None,
        event_search: EventSearch | str | None = None,
        page: Paging = None,
        size: Paging = None,
        limit: Paging = None,
    ) -> Answer[EventRows]:
        """One page of events, in the order of C-12.

        `event_search` as a mapping is sent as JSON, as a string as it is; either is URL-encoded once.
        """
        as_json = isinstance(event_search, dict)
        params = {
            "searchWord": search_word,
            "eventSearchVO": json.dumps(event_search, ensure_ascii=False) if as_json else event_search,
            "page": page,
            "size": size,
            "limit": limit,
        }
        return self._transport.call("admin.events.list", "GET", "event/list", params=params)

    def get(self, event_id: str) -> Answer[Event]:
        return self._transport.call("admin.events.get", "GET", f"event/{segment(event_id)}")

    def create(self, body: EventBody | AnyBody) -> Answer[str]:
        """The answer's data is the new event's id."""
        return self._transport.call("admin.events.create", "POST", "event", json=body)

    def create_raw(self, body: bytes) -> Answer[str]:
        """As `create`, with the bytes of a body as they are."""
        return self._transport.call("admin.events.create", "POST", "event", raw_body=body)

    def update(self, event_id: str, body: EventBody | AnyBody) -> Answer[Any]:
        """A whole-object PUT: an optional field left out becomes null (C-03)."""
        return self._transport.call("admin.events.update", "PUT", f"event/{segment(event_id)}", json=body)

    def delete(self, event_id: str) -> Answer[Any]:
        return self._transport.call("admin.events.delete", "DELETE", f"event/{segment(event_id)}")

    def copy(self, event_id: str) -> Answer[None]:
        """Makes a copy each time and answers no id, so it is never sent again by itself."""
        return self._transport.call(
            "admin.events.copy", "PUT", f"event/{segment(event_id)}/copy", repeatable=False
        )

    def publish(self, event_id: str, publish: bool | str | None) -> Answer[Any]:
        """Publish or withdraw; form-encoded (C-16)."""
        form = {"publish": form_word(publish)}
        return self._transport.call(
            "admin.events.publish", "PUT", f"event/{segment(event_id)}/publish", form=form
        )

    def recommend(self, event_id: str, recommend: bool | str | None) -> Answer[Any]:
        """Pin or unpin; form-encoded (C-16)."""
        form = {"recommend": form_word(recommend)}
        return self._transport.call(
            "admin.events.recommend", "PUT", f"event/{segment(event_id)}/recommend", form=form
        )

    def ids_and_names(self) -> Answer[IdsAndNames]:
        path = "event/get_all_events_the_id_and_name"
        return self._transport.call("admin.events.ids_and_names", "GET", path)


def form_word(value: bool | str | None) -> str | None:
    """How a boolean travels in a form; a string goes as it is, None is left out."""
    return str(value).lower() if isinstance(value, bool) else value
