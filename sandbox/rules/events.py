"""The life of an event on the console (E-01 to E-06, E-11)."""

from dataclasses import replace

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Event, Form, ResourceConf
from sandbox.rules.checkin_qrcodes import keep_qrcodes
from sandbox.rules.copying import copied_name, duplicate
from sandbox.rules.event_bodies import EventBody
from sandbox.rules.event_views import sessions_of
from sandbox.rules.event_writing import write_event
from sandbox.rules.refusals import absent
from sandbox.rules.resources import EVENT, new_resource_id

NAME_LIMIT = 100


def find_event(tx: Transaction, organization_id: int | None, event_id: int | None) -> Event:
    """C-14: another organization's event is as absent as a deleted one."""
    event = tx.get(Event, event_id or 0)
    if event is None or event.deleted or event.organization_id != organization_id:
        raise absent("活动")
    return event


def find_published_event(tx: Transaction, organization_id: int | None, event_id: int | None) -> Event:
    """E-03: what the mini-program can see."""
    event = find_event(tx, organization_id, event_id)
    if not event.published:
        raise absent("活动")
    return event


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


def copy_event(tx: Transaction, event: Event, host: str) -> None:
    """E-05."""
    copy = duplicate(
        event,
        id=tx.new_id(),
        resource_id=new_resource_id(tx, EVENT),
        name=copied_name(event.name or "", NAME_LIMIT),
        form_id=_copy_form(tx, event.form_id),
        published=False,
        recommend=False,
    )
    tx.add(copy)
    for session in sessions_of(tx, [event.id])[event.id]:
        tx.add(duplicate(session, id=tx.new_id(), event_id=copy.id))
    conf = tx.scalars(select(ResourceConf).where(ResourceConf.resource_id == event.resource_id)).first()
    if conf is not None:
        tx.add(duplicate(conf, id=tx.new_id(), resource_id=copy.resource_id))
    keep_qrcodes(tx, copy, host)


def publish_event(event: Event, published: bool) -> None:
    event.published = published


def recommend_event(event: Event, recommend: bool) -> None:
    event.recommend = recommend


def delete_event(tx: Transaction, organization_id: int, event_id: int | None) -> None:
    """C-10: the row stays; what is not there is as good as deleted."""
    event = tx.get(Event, event_id or 0)
    if event is not None and event.organization_id == organization_id:
        event.deleted = True


def _copy_form(tx: Transaction, form_id: int | None) -> int | None:
    form = tx.get(Form, form_id) if form_id else None
    if form is None:
        return None
    copy = duplicate(form, id=tx.new_id())
    tx.add(copy)
    return copy.id
