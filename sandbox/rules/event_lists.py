"""Lists of events for the console (C-11 to C-13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, select

from sandbox.db import Transaction
from sandbox.models import Event
from sandbox.rules.bodies import optional
from sandbox.rules.event_status import EventStatus, has_status
from sandbox.rules.kinds import Id, Moment, Word
from sandbox.rules.listing import Page, Paging, in_order, matching, page_of


@dataclass(frozen=True, kw_only=True)
class EventSearch:
    """`eventSearchVO` (C-13)."""

    status: str | None = optional(Word(tuple(EventStatus)))
    event_category_first_id: int | None = optional(Id())
    event_category_second_id: int | None = optional(Id())
    begin_time: int | None = optional(Moment())
    end_time: int | None = optional(Moment())

    def conditions(self, now: int) -> list[ColumnElement[bool]]:
        """Only what is given filters; the times must enclose the event's own."""
        given = {
            Event.event_category_first_id: self.event_category_first_id,
            Event.event_category_second_id: self.event_category_second_id,
        }
        conditions = [column == value for column, value in given.items() if value is not None]
        if self.status is not None:
            conditions.append(has_status(EventStatus(self.status), now))
        if self.begin_time is not None:
            conditions.append(Event.begin_time >= self.begin_time)
        if self.end_time is not None:
            conditions.append(Event.end_time <= self.end_time)
        return conditions


def list_events(
    tx: Transaction, organization_id: int, word: str | None, search: EventSearch, paging: Paging
) -> Page[Event]:
    selection = _events_of(organization_id).where(matching(Event.name, word), *search.conditions(tx.now))
    return page_of(tx, selection.order_by(*in_order(Event)), paging)


def event_names(tx: Transaction, organization_id: int) -> Sequence[Row[int, str | None]]:
    names = _events_of(organization_id).with_only_columns(Event.id, Event.name)
    return tx.execute(names.order_by(*in_order(Event))).all()


def _events_of(organization_id: int) -> Select[Event]:
    return select(Event).where(Event.organization_id == organization_id, Event.deleted.is_(False))
