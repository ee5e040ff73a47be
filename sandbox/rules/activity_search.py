"""`eventSearchVO` (C-13), the same for each kind of activity."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from sandbox.rules.activity_kinds import A, ActivityKind, ActivityStatus
from sandbox.rules.bodies import optional
from sandbox.rules.kinds import Id, Moment, Word


@dataclass(frozen=True, kw_only=True)
class ActivitySearch:
    status: str | None = optional(Word(tuple(ActivityStatus)))
    event_category_first_id: int | None = optional(Id())
    event_category_second_id: int | None = optional(Id())
    begin_time: int | None = optional(Moment())
    end_time: int | None = optional(Moment())

    def conditions(self, kind: ActivityKind[A], now: int) -> list[ColumnElement[bool]]:
        """Only what is given filters; the times must enclose the activity's own."""
        model = kind.model
        given = {
            model.event_category_first_id: self.event_category_first_id,
            model.event_category_second_id: self.event_category_second_id,
        }
        conditions = [column == value for column, value in given.items() if value is not None]
        if self.status is not None:
            conditions.append(kind.has_status(ActivityStatus(self.status), now))
        if self.begin_time is not None:
            conditions.append(model.begin_time >= self.begin_time)
        if self.end_time is not None:
            conditions.append(model.end_time <= self.end_time)
        return conditions
