"""Defects in what is stored of orders and of the answers on their forms."""

from collections.abc import Callable

from sqlalchemy import select

from sandbox.db import Transaction
from sandbox.faults.hook import replaces, when_changed, when_made
from sandbox.faults.writes import spare_id
from sandbox.models import EventOrder, FormData, Member
from sandbox.rules.event_orders import BookingBody, book
from sandbox.rules.order_states import OrderStatus
from sandbox.rules.refusals import Refusal

CUT = 8


@when_made(FormData, "T-01", "E-12")
def form_answer_type_undocumented(_tx: Transaction, answer: FormData) -> None:
    """The type of an answer on a form is stored in capitals."""
    answer.type = (answer.type or "").upper()


@when_made(FormData, "T-02", "E-12")
def form_answer_cut_short(_tx: Transaction, answer: FormData) -> None:
    """Of an answer on a form only the first eight characters are stored."""
    answer.value = (answer.value or "")[:CUT]


@when_made(FormData, "T-02", "E-12")
def form_answer_without_its_order(_tx: Transaction, answer: FormData) -> None:
    """An answer on a form is stored without the id of its order."""
    answer.event_order_id = None


@when_made(FormData, "T-03", "E-12")
def form_answer_stamps_others(tx: Transaction, answer: FormData) -> None:
    """Storing an answer on a form moves the updated_time of other orders' answers to the same field."""
    same_field = select(FormData).where(FormData.key == answer.key)
    for other in tx.scalars(same_field.where(FormData.event_order_id != answer.event_order_id)):
        other.updated_time = tx.now


@replaces(book, "T-04", "E-12")
def refused_booking_leaves_answers(
    rule: Callable[[Transaction, Member, BookingBody], EventOrder],
    tx: Transaction,
    member: Member,
    body: BookingBody,
) -> EventOrder:
    """A booking that is refused leaves the answers on its form behind."""
    try:
        return rule(tx, member, body)
    except Refusal:
        tx.rollback()
        first = spare_id(tx, FormData)
        for place, answer in enumerate(body.form_data_list or ()):
            tx.add(FormData(id=first + place, type="text", key=answer.key, value=answer.value))
        tx.commit()
        raise


@when_changed(EventOrder, "T-02", "C-10")
def cancelled_booking_marked_deleted(_tx: Transaction, order: EventOrder) -> None:
    """A cancelled event order, which lists go on showing, is marked as deleted."""
    if order.status == OrderStatus.CANCELED:
        order.deleted = True
