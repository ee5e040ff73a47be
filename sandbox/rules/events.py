"""The life of an event on the console (E-01 to E-06, E-11)."""

from dataclasses import replace

from sandbox.db import Transaction
from sandbox.models import Event
from sandbox.rules.activities import copy_activity, find_activity, find_shown_activity
from sandbox.rules.checkin_qrcodes import keep_qrcodes
from sandbox.rules.copying import duplicate
from sandbox.rules.event_bodies import EventBody
from sandbox.rules.event_kind import EVENTS
from sandbox.rules.event_views import sessions_of
from sandbox.rules.event_writing import write_event


def find_event(tx: Transaction, organization_id: int | None, event_id: int | None) -> Event:
    return find_activity(tx, EVENTS, organization_id, event_id)


def find_published_event(tx: Transaction, organization_id: int | None, event_id: int | None) -> Event:
    return find_shown_activity(tx, EVENTS, organization_id, event_id)


def create_event(tx: Transaction, organization_id: int, body: EventBody, host: str) -> Event:
    """All its sessions are new, whatever ids they come with."""
    sessions = tuple(replace(session, id=None) for session in body.event_session_list)
    event = Event(id=tx.new_id(), organization_id=organization_id, order_no=0, recommend=False)
    write_event(tx, organization_id, event, replace(body, event_session_list=sessions))
    keep_qrcodes(tx, event, host)
    return event


def update_event(tx: Transaction, organization_id: int, event: Event, body: EventBody, host: str) -> None:
    write_event(tx, organization_id, event, body)
    keep_qrcodes(tx, event, host)
    event.updated_time = tx.now  # T-03, also when only a session or the form has changed


def copy_event(tx: Transaction, event: Event, host: str) -> Event:
    """E-05."""
    copy = copy_activity(tx, EVENTS, event)
    for session in sessions_of(tx, [event.id])[event.id]:
        tx.add(duplicate(session, id=tx.new_id(), event_id=copy.id))
    keep_qrcodes(tx, copy, host)
    return copy
