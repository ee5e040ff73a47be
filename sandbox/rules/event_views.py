"""An event as both fronts answer it: its row, its sessions, and what is kept or computed beside them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Event, EventSession, Form, ResourceConf, Store
from sandbox.rules.event_bodies import STORE
from sandbox.rules.event_status import status_of
from sandbox.rules.orders import live_orders, seats_left
from sandbox.rules.organizations import store_view, stores_by_organization
from sandbox.rules.wire import wire

NO_FORM = "[]"


def event_view(tx: Transaction, event: Event) -> dict[str, Any]:
    return event_views(tx, [event])[0]


def event_views(tx: Transaction, events: Sequence[Event]) -> list[dict[str, Any]]:
    """Loads what belongs to all of them at once, not event by event."""
    sessions = sessions_of(tx, [event.id for event in events])
    every = [session for group in sessions.values() for session in group]
    live = live_orders(tx, [session.id for session in every])
    stores = stores_by_organization(tx, store_ids(every))
    confs = _confs(tx, [event.resource_id for event in events])
    forms = _forms(tx, [event.form_id for event in events])
    return [
        {
            **wire(event),
            "status": status_of(event, tx.now),
            "form": forms.get(event.form_id, NO_FORM),
            **_conf_view(confs.get(event.resource_id)),
            **_places_view(sessions[event.id], stores),
            "eventSessionList": [_session_view(session, live) for session in sessions[event.id]],
        }
        for event in events
    ]


def sessions_of(tx: Transaction, event_ids: Iterable[int]) -> dict[int | None, list[EventSession]]:
    """The live sessions of each event, in the order they were made."""
    live = select(EventSession).where(EventSession.event_id.in_(event_ids), EventSession.deleted.is_(False))
    sessions: dict[int | None, list[EventSession]] = defaultdict(list)
    for session in tx.scalars(live.order_by(EventSession.id)):
        sessions[session.event_id].append(session)
    return sessions


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


def _conf_view(conf: ResourceConf | None) -> dict[str, Any]:
    conf = conf or ResourceConf(id=0)
    return {
        "lastTime": conf.last_time,
        "shareImageUrl": conf.share_image_url,
        "tags": json.loads(conf.tags) if conf.tags else None,
        "customerServerShowVO": json.loads(conf.customer_server_show_vo)
        if conf.customer_server_show_vo
        else None,
        "customerServerGuideOpened": conf.customer_server_guide_opened,
    }


def _confs(tx: Transaction, resource_ids: Iterable[str | None]) -> dict[str | None, ResourceConf]:
    found = tx.scalars(select(ResourceConf).where(ResourceConf.resource_id.in_(resource_ids)))
    return {conf.resource_id: conf for conf in found}


def _forms(tx: Transaction, form_ids: Iterable[int | None]) -> dict[int | None, str]:
    found = tx.scalars(select(Form).where(Form.id.in_([form_id for form_id in form_ids if form_id])))
    return {form.id: form.fields or NO_FORM for form in found}
