"""The calls about one event by name, for suites that run the same question over all of them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from clients import AdminClient, Answer
from clients.bodies import Event
from harness.workshop import EventWorkshop

EventCall = Callable[[AdminClient, Event, EventWorkshop], Answer[Any]]
BRIEF = "别人改的简介"

EVENT_CALLS: Final[Mapping[str, EventCall]] = {
    "list": lambda caller, event, events: caller.events.list(page=1, size=10),
    "get": lambda caller, event, events: caller.events.get(event["id"]),
    "new_id": lambda caller, event, events: caller.resources.new_id("hd"),
    "create": lambda caller, event, events: caller.events.create(events.body()),
    "copy": lambda caller, event, events: caller.events.copy(event["id"]),
    "update": lambda caller, event, events: caller.events.update(
        event["id"], {**events.writable(event), "brief": BRIEF}
    ),
    "recommend": lambda caller, event, events: caller.events.recommend(event["id"], recommend=True),
    "publish": lambda caller, event, events: caller.events.publish(event["id"], publish=True),
    "delete": lambda caller, event, events: caller.events.delete(event["id"]),
    "qrcodes": lambda caller, event, events: caller.checkin_qrcodes.list(event["id"]),
    "channels": lambda caller, event, events: caller.channels.list(page=1, size=10),
    "stores": lambda caller, event, events: caller.stores.list(page=1, size=10),
    "names": lambda caller, event, events: caller.events.ids_and_names(),
    "categories": lambda caller, event, events: caller.event_categories.list(),
}
