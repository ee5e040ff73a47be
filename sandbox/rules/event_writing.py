"""What an event's body becomes: rows of the event, its form, its sessions and its resource id."""

import json
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.models import Event, EventSession, Form, ResourceConf
from sandbox.rules.event_bodies import CustomerServerBody, EventBody, SessionBody, check_event
from sandbox.rules.event_categories import FIRST, SECOND, check_category
from sandbox.rules.event_views import NO_FORM, sessions_of
from sandbox.rules.organizations import check_stores
from sandbox.rules.refusals import absent, invalid
from sandbox.rules.wire import camel

OWN_COLUMNS: Final = (
    "resource_id",
    "name",
    "brief",
    "banner",
    "cover_image",
    "guide_image",
    "detail",
    "begin_time",
    "end_time",
    "published",
    "charge_toggle",
    "charged_amount",
    "reservation_review_toggle",
    "cancel_review_toggle",
    "checkin_qrcode_toggle",
    "sms_template_id",
    "coupon_batch",
    "event_category_first_id",
    "event_category_second_id",
)
SESSION_COLUMNS: Final = (
    "start_time",
    "end_time",
    "place_type",
    "address",
    "quota",
    "latitude",
    "longitude",
)


def write_event(tx: Transaction, organization_id: int, event: Event, body: EventBody) -> None:
    """Refuses a body that does not hold together, before any row is touched."""
    check_event(body)
    _check_references(tx, organization_id, event, body)
    for column in OWN_COLUMNS:
        setattr(event, column, getattr(body, column))
    tx.add(event)
    _write_form(tx, event, body.form)
    _write_conf(tx, body)
    _write_sessions(tx, event, body.event_session_list)


def _check_references(tx: Transaction, organization_id: int, event: Event, body: EventBody) -> None:
    own = {session.id for session in sessions_of(tx, [event.id])[event.id]}
    for index, session in enumerate(body.event_session_list):
        where = f"eventSessionList[{index}]"
        if session.id is not None and session.id not in own:
            raise absent(f"{where}.id 的场次")
        check_stores(tx, organization_id, session.applicable_store_ids or (), f"{where}.applicableStoreIds")
    check_category(tx, body.event_category_first_id, FIRST, "eventCategoryFirstId")
    check_category(tx, body.event_category_second_id, SECOND, "eventCategorySecondId")
    same = select(Event.id).where(Event.resource_id == body.resource_id, Event.deleted.is_(False))
    if tx.scalars(same.where(Event.id != event.id)).first() is not None:
        raise invalid("resourceId", "已被使用")


def _write_form(tx: Transaction, event: Event, fields: str | None) -> None:
    form = tx.get(Form, event.form_id) if event.form_id else None
    if form is None:
        if fields is None or fields == NO_FORM:
            return
        form = Form(id=tx.new_id())
        event.form_id = form.id
        tx.add(form)
    form.fields = fields or NO_FORM


def _write_conf(tx: Transaction, body: EventBody) -> None:
    """The newest event with a resource id owns what is kept by it; an earlier one is deleted."""
    conf = tx.scalars(select(ResourceConf).where(ResourceConf.resource_id == body.resource_id)).first()
    if conf is None:
        conf = ResourceConf(id=tx.new_id(), resource_id=body.resource_id)
        tx.add(conf)
    show = body.customer_server_show_vo
    conf.last_time = body.last_time
    conf.share_image_url = body.share_image_url
    conf.tags = None if body.tags is None else json.dumps(body.tags, ensure_ascii=False)
    conf.customer_server_show_vo = None if show is None else json.dumps(_show(show), ensure_ascii=False)
    conf.customer_server_guide_opened = body.customer_server_guide_opened


def _show(show: CustomerServerBody) -> dict[str, Any]:
    return {camel(name): value for name, value in asdict(show).items()}


def _write_sessions(tx: Transaction, event: Event, bodies: tuple[SessionBody, ...]) -> None:
    """Those with an id are updated, those without are new, those left out are deleted."""
    left_out = {session.id: session for session in sessions_of(tx, [event.id])[event.id]}
    for body in bodies:
        session = left_out.pop(body.id, None) if body.id is not None else None
        if session is None:
            session = EventSession(id=tx.new_id(), event_id=event.id)
            tx.add(session)
        for column in SESSION_COLUMNS:
            setattr(session, column, getattr(body, column))
        stores = body.applicable_store_ids
        session.applicable_store_ids = None if stores is None else ",".join(map(str, stores))
    for session in left_out.values():
        session.deleted = True
