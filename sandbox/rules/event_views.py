"""An event as both fronts answer it: its row, its sessions, and what is kept or computed beside them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sandbox.db import Transaction
from sandbox.models import Event, EventSession, ResourceConf, Store
from sandbox.rules.activity_children import children_of
from sandbox.rules.activity_views import activity_views
from sandbox.rules.event_bodies import STORE
from sandbox.rules.event_kind import EVENTS
from sandbox.rules.orders import live_orders, seats_left
from sandbox.rules.organizations import store_view, stores_by_organization
from sandbox.rules.wire import wire


def event_view(tx: Transaction, event: Event) -> dict[str, Any]:
    return event_views(tx, [event])[0]


def event_views(tx: Transaction, events: Sequence[Event]) -> list[dict[str, Any]]:
    sessions = sessions_of(tx, [event.id for event in events])
    every = [session for group in sessions.values() for session in group]
    live = live_orders(tx, [session.id for session in every])
    stores = stores_by_organization(tx, store_ids(every))
    return [
        {
            **shared,
            **_places_view(sessions[event.id], stores),
            "eventSessionList": [_session_view(session, live) for session in sessions[event.id]],
        }
        for event, shared in zip(events, activity_views(tx, EVENTS, events, _kept), strict=True)
    ]


def sessions_of(tx: Transaction, event_ids: Iterable[int]) -> dict[int | None, list[EventSession]]:
    """The live sessions of each event, in the order they were made."""
    return children_of(tx, EventSession, EventSession.event_id, event_ids)


def store_ids(sessions: Iterable[EventSession]) -> list[int]:
    """The stores of those sessions that are held in stores, each once, in order."""
    joined = [
        session.applicable_store_ids.split(",")
        for session in sessions
        if session.place_type == STORE and session.applicable_store_ids
    ]
    return list(dict.fromkeys(int(store_id) for group in joined for store_id in group))


def _session_view(session: EventSession, live: dict[int | None, int]) -> dict[str, Any]:
    return {
        **wire(session),
        "seatsLeft": seats_left(session.quota, live.get(session.id, 0)),
        "applicableStoreCount": len(store_ids([session])),
    }


def _places_view(sessions: Iterable[EventSession], stores: dict[int | None, Store]) -> dict[str, Any]:
    places = store_ids(sessions)
    return {
        "applicableStoreIds": ",".join(map(str, places)),
        "applicableStoreCount": len(places),
        "storeVo": next((store_view(stores[place]) for place in places if place in stores), None),
    }


def _kept(conf: ResourceConf) -> dict[str, Any]:
    return {"lastTime": conf.last_time}
