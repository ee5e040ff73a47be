"""What sets one kind of activity apart where the rules treat all kinds alike."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from sandbox.db import Transaction
from sandbox.models import Activity
from sandbox.rules.tenants import Privilege

A = TypeVar("A", bound=Activity)


class ActivityStatus(StrEnum):
    NOTOPEN = "NOTOPEN"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


@dataclass(frozen=True, kw_only=True)
class ActivityKind(Generic[A]):
    model: type[A]
    noun: str
    prefix: str  # of its resource ids, without the underscore
    resource_type: str  # its name on the wire, and the first part of its privileges
    name: str  # the column that is searched, and changed in a copy
    name_limit: int
    shown: str  # the column that says whether it is on the mini-program
    closed_when_hidden: bool

    def privilege(self, act: str) -> Privilege:
        return Privilege(f"{self.resource_type}_{act}")

    def new_resource_id(self, tx: Transaction) -> str:
        return f"{self.prefix}_{tx.new_id()}"

    def column(self, name: str) -> InstrumentedAttribute[Any]:
        attribute: InstrumentedAttribute[Any] = getattr(self.model, name)
        return attribute

    def status_of(self, activity: A, now: int) -> ActivityStatus:
        """E-02, G-05: computed. Said twice, for a row and for a selection, side by side."""
        hidden = self.closed_when_hidden and not getattr(activity, self.shown)
        if hidden or activity.end_time is None or now >= activity.end_time:
            return ActivityStatus.CLOSED
        if activity.begin_time is not None and now < activity.begin_time:
            return ActivityStatus.NOTOPEN
        return ActivityStatus.OPEN

    def has_status(self, status: ActivityStatus, now: int) -> ColumnElement[bool]:
        """Times in rows are whole seconds, so that `now` may be cut to one for comparing."""
        closed = or_(self.model.end_time.is_(None), self.model.end_time <= now)
        if self.closed_when_hidden:
            closed = or_(closed, self.column(self.shown).is_not(True))
        early = self.model.begin_time > now
        match status:
            case ActivityStatus.CLOSED:
                return closed
            case ActivityStatus.NOTOPEN:
                return ~closed & early
            case ActivityStatus.OPEN:
                return ~closed & ~early
