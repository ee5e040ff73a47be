"""Event orders: booking a session, and what sets them apart from other orders (E-03, E-06 to E-09)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.faults.hook import replaceable
from sandbox.models import Event, EventOrder, EventSession, Member, Store
from sandbox.rules.activity_kinds import ActivityStatus
from sandbox.rules.bodies import Nested, optional, required
from sandbox.rules.event_bodies import STORE
from sandbox.rules.event_kind import EVENTS
from sandbox.rules.event_views import store_ids
from sandbox.rules.events import find_event
from sandbox.rules.kinds import Id, ListOf, Text
from sandbox.rules.order_forms import AnswerBody, read_answers
from sandbox.rules.order_kinds import OrderKind
from sandbox.rules.order_making import place
from sandbox.rules.order_states import DEAD
from sandbox.rules.orders import live_orders, seats_left
from sandbox.rules.organizations import stores_by_organization
from sandbox.rules.refusals import Code, Refusal, absent, invalid


@dataclass(frozen=True, kw_only=True)
class BookingBody:
    event_id: int = required(Id())
    session_id: int = required(Id())
    session_store_id: int | None = optional(Id())
    name: str = required(Text(blank=False))
    mobile: str = required(Text(blank=False))
    channel: str | None = optional(Text())
    form_data_list: tuple[AnswerBody, ...] | None = optional(ListOf(Nested(AnswerBody)))


class EventOrderKind(OrderKind[EventOrder, Event]):
    model = EventOrder
    activities = EVENTS

    def activity_of(self, tx: Transaction, order: EventOrder) -> Event:
        return tx.get_one(Event, order.event_id)

    def stores_of(self, tx: Transaction, order: EventOrder) -> Sequence[int]:
        session = tx.get(EventSession, order.session_id or 0)
        return store_ids([session]) if session else []

    def reviews_reservations(self, activity: Event) -> bool:
        return bool(activity.reservation_review_toggle)


EVENT_ORDERS = EventOrderKind()


@replaceable
def book(tx: Transaction, member: Member, body: BookingBody) -> EventOrder:
    event = find_event(tx, member.organization_id, body.event_id)
    session = tx.lock(EventSession, body.session_id)
    if session is None or session.deleted or session.event_id != event.id:
        raise absent("场次")
    store = _chosen_store(tx, session, body.session_store_id)
    answers = read_answers(tx, event, body.form_data_list or ())
    _check_open(event, session, tx.now)
    _check_seat(tx, session, member)
    order = EventOrder(
        id=tx.new_id(),
        member_id=member.id,
        event_id=event.id,
        event_tile=event.name,
        name=body.name,
        mobile=body.mobile,
        channel=body.channel,
        session_id=session.id,
        session_store_id=store.organization_id if store else None,
        session_start_time=session.start_time,
        session_end_time=session.end_time,
        session_address=store.address if store else session.address,
        charged_mount=(event.charged_amount or 0) if event.charge_toggle else 0,
    )
    place(tx, EVENT_ORDERS, event, order, answers)
    return order


def _chosen_store(tx: Transaction, session: EventSession, store_org_id: int | None) -> Store | None:
    """E-06: one of a STORE session's; elsewhere none is chosen."""
    if session.place_type != STORE:
        return None
    if store_org_id is None or store_org_id not in store_ids([session]):
        raise invalid("sessionStoreId", "应为该场次的门店")
    return stores_by_organization(tx, [store_org_id])[store_org_id]


def _check_open(event: Event, session: EventSession, now: int) -> None:
    """E-03."""
    if EVENTS.status_of(event, now) is not ActivityStatus.OPEN:
        raise Refusal(Code.NOT_IN_TIME, "活动不在报名时间内")
    if session.start_time is not None and now >= session.start_time:
        raise Refusal(Code.NOT_IN_TIME, "场次已开始")


def _check_seat(tx: Transaction, session: EventSession, member: Member) -> None:
    """E-03, E-07. The session is locked, so that nobody takes the seat between counting and booking."""
    mine = select(EventOrder.id).where(EventOrder.session_id == session.id, EventOrder.member_id == member.id)
    if tx.scalars(mine.where(EventOrder.status.not_in(DEAD))).first() is not None:
        raise Refusal(Code.ALREADY_JOINED, "已报名该场次")
    if seats_left(session.quota, live_orders(tx, [session.id]).get(session.id, 0)) == 0:
        raise Refusal(Code.SOLD_OUT, "名额已满")
