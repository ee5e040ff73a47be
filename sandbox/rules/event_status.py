"""E-02: an event's status is computed. Said twice, for a row and for a selection, side by side."""

from enum import StrEnum

from sqlalchemy import ColumnElement, or_

from sandbox.models import Event


class EventStatus(StrEnum):
    NOTOPEN = "NOTOPEN"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


def status_of(event: Event, now: int) -> EventStatus:
    if not event.published or event.end_time is None or now >= event.end_time:
        return EventStatus.CLOSED
    if event.begin_time is not None and now < event.begin_time:
        return EventStatus.NOTOPEN
    return EventStatus.OPEN


def has_status(status: EventStatus, now: int) -> ColumnElement[bool]:
    """Times in rows are whole seconds, so that `now` may be cut to one for comparing."""
    closed = or_(Event.published.is_not(True), Event.end_time.is_(None), Event.end_time <= now)
    early = Event.begin_time > now
    match status:
        case EventStatus.CLOSED:
            return closed
        case EventStatus.NOTOPEN:
            return ~closed & early
        case EventStatus.OPEN:
            return ~closed & ~early
