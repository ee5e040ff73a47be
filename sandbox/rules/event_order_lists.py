"""Lists of event orders, for the console, the check-in desk and their own members."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, select

from sandbox.db import Transaction
from sandbox.models import Event, EventOrder, Member
from sandbox.rules.bodies import optional
from sandbox.rules.kinds import Id, ListOf, Text, Word
from sandbox.rules.listing import Page, Paging, in_order, page_of
from sandbox.rules.order_lists import found_by
from sandbox.rules.order_states import OrderStatus, PaymentStatus

ANY_STATUS: Final = ("", *OrderStatus)
ANY_PAYMENT: Final = ("", *PaymentStatus)


@dataclass(frozen=True, kw_only=True)
class OrderListBody:
    """What is null, empty or left out filters nothing."""

    channel: str | None = optional(Text())
    order_status: str | None = optional(Word(ANY_STATUS))
    pament_status: str | None = optional(Word(ANY_PAYMENT))
    store_org_ids: tuple[int, ...] | None = optional(ListOf(Id()))
    key_word: str | None = optional(Text())


def list_orders(
    tx: Transaction, organization_id: int, event_id: int | None, body: OrderListBody, paging: Paging
) -> Page[EventOrder]:
    selection = _orders_of_event(organization_id, event_id).where(*found_by(EventOrder, body.key_word))
    given: dict[Any, str | None] = {
        EventOrder.channel: body.channel,
        EventOrder.status: body.order_status,
        EventOrder.pament_status: body.pament_status,
    }
    selection = selection.where(*(column == value for column, value in given.items() if value))
    if body.store_org_ids:
        selection = selection.where(EventOrder.session_store_id.in_(body.store_org_ids))
    return page_of(tx, selection.order_by(*in_order(EventOrder)), paging)


def list_orders_of_member(tx: Transaction, member: Member, paging: Paging) -> Page[EventOrder]:
    mine = select(EventOrder).where(EventOrder.member_id == member.id)
    return page_of(tx, mine.order_by(*in_order(EventOrder)), paging)


def search_orders(
    tx: Transaction,
    organization_id: int,
    event_id: int | None,
    key_word: str | None,
    statuses: tuple[OrderStatus, ...],
    paging: Paging,
) -> Page[EventOrder]:
    selection = (
        _orders_of_event(organization_id, event_id)
        .where(*found_by(EventOrder, key_word))
        .where(EventOrder.status.in_(statuses))
    )
    return page_of(tx, selection.order_by(*in_order(EventOrder)), paging)


def _orders_of_event(organization_id: int, event_id: int | None) -> Select[EventOrder]:
    """C-15: of an absent event, or another organization's (C-14), there are none."""
    return (
        select(EventOrder)
        .join(Event, Event.id == EventOrder.event_id)
        .where(Event.organization_id == organization_id, EventOrder.event_id == (event_id or 0))
    )
